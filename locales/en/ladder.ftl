### The ladder: which channel is tried after which, whom that reaches, and what it costs.

settings-ladder = Ladder
ladder-what = On which channels a message of the bot is tried, one after another, when nobody reports that it has arrived. What a patient prefers always goes first.
ladder-none = No ladder yet. The bot writes where the patient last answered, else on the cheapest channel, and does not try another by itself. Choose below for what you want to set one.
ladder-rest = For everything else: where the patient last answered, else the cheapest channel.
ladder-new = Set a ladder
ladder-purpose = For
ladder-group = To whom
ladder-every-purpose = all messages
ladder-open = Open
ladder-specific = If several fit, the most specific counts: purpose and group, then purpose, then group.
ladder-undo = Undo the last change
ladder-group-everybody = everybody
ladder-group-children = about children
ladder-group-leads = not yet patients
ladder-group-seniors = from 65 years on
ladder-group-speaking = who read in { $language }
ladder-then = { $before }, after { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
} { $channel }
ladder-then-by-answer = { $before }, without an answer { $channel }
ladder-rungs = Steps
ladder-unsaved = not saved yet
ladder-changed = changed, not saved yet
ladder-preferred-first = First comes the channel that a patient prefers, then these from top to bottom. Drag them or use the arrows.
ladder-no-rungs = No steps yet. Add the channel that should be tried first.
ladder-minutes = minutes without delivery
ladder-no-reports = Does not reliably report delivery. By itself the bot goes no further from here; only a playbook does, when no answer comes.
ladder-not-connected = not connected
ladder-up = Up
ladder-down = Down
ladder-channel = Channel
ladder-add = Add
ladder-show = Count again
ladder-reset = Remove this ladder
ladder-reach = Whom it reaches
ladder-reach-of = { $many ->
    [one] { $many } patient of this group
   *[other] { $many } patients of this group
}
ladder-reach-of-newest = { $many } patients of this group among the { $cards } newest cards
ladder-reach-here = here
ladder-reach-so-far = by here in all
ladder-reach-elsewhere = { $many ->
    [one] { $many } more patient is reached by no step, only on another channel.
   *[other] { $many } more patients are reached by no step, only on another channel.
}
ladder-reach-left-out = { $many ->
    [one] The bot does not write to { $many } patient: by their own wish or because of their standing.
   *[other] The bot does not write to { $many } patients: by their own wish or because of their standing.
}
ladder-reach-nowhere = { $many ->
    [one] { $many } patient is reached on no channel
   *[other] { $many } patients are reached on no channel
}
ladder-reach-nobody = There is nobody in this group.
ladder-cost = What it costs
ladder-cost-hundred = { $many } messages: { $first } if each arrives at its first try, { $most } if none does before the last.
ladder-cost-month = As many as in the last 30 days ({ $many }): { $first } to { $most }.
ladder-cost-parts = A text message is counted with { $many ->
    [one] { $many } part
   *[other] { $many } parts
}, as yours usually have.
ladder-cost-free = Nothing: no connected channel is paid for.
ladder-unpriced = The prices of { $channel } are not known yet, so they are not counted.
ladder-type-prices = Enter the prices
ladder-unreached = Reached on no channel
ladder-unreached-of = { $about }: { $many ->
    [one] { $many } patient
   *[other] { $many } patients
}. Another contact on the card would help.
ladder-unreached-none = Everybody is reached on some channel.
ladder-unreached-more = and { $many } more
ladder-message-follows = Says again what nobody had reported as delivered on another channel.
ladder-message-climbed = No delivery was reported within { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}: said again on the next step of the ladder.
ladder-message-late = It arrived late: after { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
} the next step of the ladder had its turn.
ladder-message-stayed = No delivery was reported within { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}, and there was no further step.
ladder-message-account-down = It did not leave: its channel was out of order for longer than the ladder waits, so it was said on the next step.
ladder-message-cost-list = It cost { $sum } ({ $parts ->
    [one] { $parts } part
   *[other] { $parts } parts
}), by your price list.
ladder-message-cost-provider = It cost { $sum }, as the provider says.
channel-prices = Prices
channel-prices-list = What the provider asks
channel-prices-help-segment = One line for each country, in { $currency } per part of a text message: “+36; 14.9”. “*; 40” is for all others. A list from a spreadsheet can be pasted.
channel-prices-help-message = One line for each country, in { $currency } per message: “+36; 24”. Where the provider tells them apart, with the kind in between: “+36; utility; 8”, “+36; marketing; 35”, “+36; service; 0”. “*; 40” is for all others.
channel-traffic-paid = { $sum } for { $many ->
    [one] { $many } message
   *[other] { $many } messages
}

refusal-ladder-purpose = The bot writes nothing by itself for this purpose.
refusal-ladder-no-rungs = Add at least one channel.
refusal-ladder-channel-twice = Each channel can stand here once.
refusal-ladder-nothing-written = Nothing can be written over the telephone.
refusal-ladder-minutes = Step { $place }: enter whole minutes from 1 to { $most }.
refusal-ladder-changed-meanwhile = Somebody has changed the ladder meanwhile. Open it again to see how it stands.
refusal-prices-unreadable = Line { $line }: write a country, a semicolon and a price, such as “+36; 14.9”.
refusal-prices-prefix = Line { $line }: a country is written with its digits, such as +36, all others as *.
refusal-prices-kind = Line { $line }: the kind is service, utility or marketing.
refusal-prices-twice = Line { $line }: this country stands there twice.
refusal-prices-too-many = Line { $line }: there is room for { $most } lines.
refusal-outbox-not-climbing = This message does not wait for the next step of the ladder.
