# Today: what the person on shift has to know and do.

today-title = Today
today-summary = { $visits ->
    [one] { $visits } visit
   *[other] { $visits } visits
} · { $confirmed } confirmed
today-tasks = To do
today-tasks-empty = Nothing to do. What the bot cannot settle comes here by itself.
today-script = What to say
today-open-conversation = Open the conversation
today-open-journal = Open in the journal
today-outcome-confirmed = Confirmed
today-outcome-moved = Moved
today-outcome-cancelled = Cancelled
today-outcome-no-answer = No answer
today-outcome-settled = Settled
today-due = due { $at }
today-due-over = { $minutes } min overdue
today-due-over-hours = { $hours } h overdue
today-due-emergency = now
today-waiting = Waiting for an answer
today-waiting-empty = Nobody waits for an answer.
today-open-inbox = Open the inbox
today-coming = Coming today
today-coming-empty = No visits today. Book one in the journal.
today-open-day = Open the day
today-late = { $minutes } min late
today-sits = has waited { $minutes } min
today-step-arrive = Arrived
today-step-chair = To the chair
today-step-complete = Completed
today-unsure = Not confirmed yet
today-unsure-empty = All visits are confirmed.
today-unsure-asked = { $times ->
    [0] not asked yet
    [one] asked once, no answer
   *[other] asked { $times } times, no answer
}
today-unsure-unreachable = cannot be reached by the bot
today-unsure-next = the bot asks again at { $at }
today-unsure-call = call task at { $at }
today-tomorrow = Tomorrow
today-outbox = Messages held up
today-outbox-held = until { $until }
today-outbox-doubt = not certain
today-outbox-failed = not sent

# Why a person must do something.

task-reason-unconfirmed = The reminders were not answered.
task-reason-no-slots = No time offered suited the patient.
task-reason-cancelled-for-us = The clinic cancelled the visit; no new date has been chosen yet.
task-reason-visit-changed = The visit changed while the patient was answering.
task-reason-missed-call = Somebody called and nobody took the call.
task-reason-missed-often = The patient has missed several visits.
task-reason-too-late = The patient will be late; the day may no longer hold.
task-reason-no-answer = The patient did not answer.
task-reason-not-sent = A message could not be sent.
task-reason-emergency = The patient writes of pain or an emergency.
task-reason-broken-script = A playbook could not go on.
task-reason-unclear = The bot did not understand the answer.
task-reason-no-slot-fits = No free time fits what the patient asked for.
task-reason-handed-over = The bot handed over to a person.
task-reason-callback = The visitor of the website asked to be called.
task-reason-person = The patient asked for a person.
task-reason-number-not-theirs = A number or account is no longer the patient’s. Please find the new one; it stands on the card why.
task-reason-doubt-wrong-person = Whoever answered at a shared number said that they are somebody else. Please find out whether it is still the patient’s.
task-reason-doubt-nothing-arrives = Several messages in a row did not arrive. Please find out whether the number is still the patient’s.
task-reason-doubt-back-again = Somebody writes from a number that was dead for weeks. Please find out whether it is still the patient.
task-reason-doubt-renamed = The account shows another name than before. Please find out whether it is still the patient.

# What to say on the phone.

task-script-greeting = Good day, this is { $staff } from { $clinic }.
task-script-speak-with = Am I speaking with { $patient }?
task-script-visit = You have a visit on { $at }. Will you come?
task-script-yes = If yes: thank you, we look forward to seeing you.
task-script-move = If not: offer another time, and move the visit in the journal.
task-script-missed = We missed you at your last visit. Shall we find a new time?
task-script-cancelled = I am sorry that we had to cancel your visit on { $at }. Shall we find a new time?
task-script-missed-call = We are sorry that we missed your call. What can we do for you?
task-script-help = How are you, and how can we help?
today-restored = Held since a backup was restored
today-restored-of = of { $at }
today-restored-send-all = None of them has gone: send all
today-restored-drop-all = All have gone: drop them
