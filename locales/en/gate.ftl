# Beside each message: why it goes this way, waits, or does not go. Read by the people of the clinic.

why-suppressed-no-consent = Not sent: the patient has not agreed to messages of this kind.
why-suppressed-no-consent-change = Only the patient may change this: a consent on the card lets it go next time.
why-suppressed-opted-out = Not sent: the patient has asked for no more messages here.
why-suppressed-opted-out-change = Only the patient may change this, by writing to us there again and asking for messages.
why-suppressed-refused = Not sent: the patient is on the clinic's refusal list.
why-suppressed-refused-change = The manager may lift the refusal; until then a person at the desk may write.
why-suppressed-deceased = Not sent: the patient has died.
why-suppressed-deceased-change = If the mark on the card is a mistake, the desk may correct it there.
why-suppressed-no-bots = Not sent by the bot: the patient wants to hear from a person.
why-suppressed-no-bots-change = The desk may call or write; the patient may allow the bot again at any time.
why-suppressed-open-complaint = Not sent: a complaint of the patient is open.
why-suppressed-open-complaint-change = It goes again by itself when whoever owns the complaint has closed it.
why-suppressed-duplicate = Not sent: the patient has been told this already.
why-suppressed-duplicate-change = The desk may say it again by hand.
why-suppressed-over-cap = Not sent: the patient has had enough messages, and this one ranks lower.
why-suppressed-over-cap-change = The desk may send it by hand; the manager may change the number of messages a day in the settings.
why-suppressed-stale = Not sent: its moment has passed.
why-suppressed-stale-change = Nobody needs to change this; the desk may write afresh.
why-suppressed-not-reachable = Not sent: there is no channel on which the patient can be reached.
why-suppressed-not-reachable-change = The desk may add a phone number, an e-mail address or a messenger to the card.
why-suppressed-not-verified = Not sent: it is sensitive, and no contact of the patient is verified.
why-suppressed-not-verified-change = The patient may prove a contact by answering from it, or the desk may verify one in person.
why-suppressed-window-closed = Not sent: the messenger lets us write only for a while after the patient has written.
why-suppressed-window-closed-change = It opens when the patient writes; the manager may have a template approved for it.
why-suppressed-template-paused = Not sent: the messenger has paused the approved text for this.
why-suppressed-template-paused-change = It pauses a text that patients do not like, for some hours; the manager may choose another one in the settings of the channel.
why-suppressed-template-not-approved = Not sent: the messenger has not approved the text for this.
why-suppressed-template-not-approved-change = The manager sees its state in the settings of the channel and may choose another one.
why-suppressed-template-advertises = Not sent: the messenger counts the approved text for this as advertising, and the patient has not asked for any.
why-suppressed-template-advertises-change = The manager may have a text of the category Utility approved; the patient may agree to advertising.
why-suppressed-over-budget = Not sent: the channel's budget is used up.
why-suppressed-over-budget-change = The manager may raise the channel's budget in the settings.
why-suppressed-visit-changed = Not sent: the visit has changed since this was planned.
why-suppressed-visit-changed-change = Nobody needs to change this: the new time has its own messages.
why-suppressed-gone-before = Not sent again: it may have gone out before the backup was restored, and the desk has dropped it.
why-suppressed-gone-before-change = Anybody at the desk may write to the patient anew.
why-suppressed-arrived-after-all = Not needed: what it would repeat on another channel was delivered or answered meanwhile.
why-suppressed-arrived-after-all-change = Nobody has to do anything.

why-held-quiet-hours = Waits until { $until }: nobody is disturbed in quiet hours.
why-held-quiet-hours-change = The desk may release it now; the manager may change the quiet hours in the settings.
why-held-daily-cap = Waits until { $until }: the patient has had today's messages.
why-held-daily-cap-change = The desk may release it now; the manager may change the number of messages a day in the settings.
why-held-out-of-hours = Waits until { $until }: the clinic is closed.
why-held-out-of-hours-change = Whoever wrote it, or anybody at the desk, may release it now.
why-held-restored = Waits since a backup was restored: a person has to release it.
why-held-restored-change = Anybody at the desk may release it, after checking that it was not sent before the restore.

why-channel-preferred = By { $channel }: the patient asked for it.
why-channel-preferred-change = The patient may name another channel; the desk notes it on the card.
why-channel-ladder = By { $channel }: the first step of the clinic's ladder that reaches the patient.
why-channel-ladder-change = The manager may change the ladder in the settings; a preferred channel on the card goes before it.
why-channel-last-answered = By { $channel }: the patient last answered there.
why-channel-last-answered-change = A preferred channel on the patient's card goes before it; the desk may enter one.
why-channel-cheapest = By { $channel }: the cheapest way to reach the patient.
why-channel-cheapest-change = A preferred channel on the patient's card goes before it; the desk may enter one.
why-channel-only-one = By { $channel }: the only way to reach the patient.
why-channel-only-one-change = The desk may add another contact to the card.
why-channel-next-in-ladder = By { $channel }: no sign of arrival on the channel before.
why-channel-next-in-ladder-change = The manager may change how long a playbook waits before it tries the next channel.
why-channel-chosen = By { $channel }: chosen by a person.
why-channel-chosen-change = Whoever writes may choose another channel before sending.

# Through what something came: 'confirmed by Telegram, Tue 18:42'.

origin-desk = at the desk
origin-channel = by { $channel }
origin-visit-page = on the visit page
origin-import = by import
origin-program = by the program

origin-mark-booked = booked { $through }, { $at }
origin-mark-confirmed = confirmed { $through }, { $at }
origin-mark-arrived = arrived, marked { $through }, { $at }
origin-mark-in-chair = in the chair, marked { $through }, { $at }
origin-mark-completed = completed, marked { $through }, { $at }
origin-mark-cancelled = cancelled { $through }, { $at }
origin-mark-moved = moved { $through }, { $at }
origin-mark-no-show = missed, marked { $through }, { $at }
origin-mark-late = late, said { $through }, { $at }

channel-telegram = Telegram
channel-bale = Bale
channel-whatsapp = WhatsApp
channel-messenger = Messenger
channel-vk = VK
channel-max = MAX
channel-viber = Viber
channel-sms = SMS
channel-email = E-mail
channel-web = Website chat
channel-telephone = Telephone
channel-sandbox = Practice messenger
