### Playbooks: their names, what each run did and why, and what is wrong with a script.

## The playbooks that come with the program.

playbook-welcome-name = Welcome
playbook-welcome-about = Says hello once, when a patient's messenger is tied to their card.
playbook-booked-name = Visit details
playbook-booked-about = Tells when and where as soon as the clinic has booked or moved a visit.
playbook-cancelled-name = Cancelled visit
playbook-cancelled-about = Tells the patient when the clinic has cancelled a visit, and finds a new date.
playbook-visit-reminder-name = Visit reminder
playbook-visit-reminder-about = Asks for a confirmation three days before, the day before and two hours before; finds another time; hands over to a person where nobody answers.
playbook-running-late-name = Running late
playbook-running-late-about = Asks how late the patient will be, marks the journal, and gets a person where the day does not hold.
playbook-missed-call-name = Missed call
playbook-missed-call-about = Tells whoever called in vain that the clinic is sorry, when it rings back, and that they may write instead.
playbook-no-show-name = Missed visit
playbook-no-show-about = Writes after a missed visit, without blame, and offers new times.

## What a playbook is meant to move.

goal-call-back-within-promise = calls back within the promise
goal-no-show-rate = missed visits
goal-confirmation-rate = confirmed visits
goal-settled-in-channel = settled without a telephone call

## When a step is taken.

condition-unconfirmed = the visit is not confirmed yet
condition-open-now = the clinic is open just now
condition-closed-now = the clinic is closed just now
condition-moved-by-us = the clinic has moved the visit
condition-booked-by-us = the clinic has booked the visit
condition-cancelled-by-us = the clinic has cancelled the visit
condition-cancelled-for-us = the clinic cannot keep the visit
condition-missed-often = at least two visits were missed within a year
condition-missed-once = fewer than two visits were missed within a year
condition-still-fits = the visit still fits into the day
condition-does-not-fit = the visit no longer fits into the day

## What a patient can answer.

answer-confirm = confirms
answer-another-time = wants another time
answer-cancel = cancels
answer-late = is running late
answer-person = wants a person
answer-more = wants more times
answer-slot = takes an offered time
answer-reason = gives a reason
answer-keep = keeps the visit
answer-yes = says yes
answer-no = says no
answer-thanks = says thanks

## What a run did.

trace-started = Began
trace-waiting = Waits
trace-said = Said
trace-asked = Asked
trace-answered = The patient answered
trace-offered = Offered times
trace-no-slots = Found no fitting time
trace-marked = Marked the journal
trace-mark-refused = The journal did not allow it
trace-journal-refused = What the journal said
trace-task = Asked a person to do something
trace-joined = Speaks for several visits of the family
trace-handed-over = Handed over to a person
trace-skipped-condition = Left out: it does not apply
trace-skipped-too-soon = Left out: the booking is too fresh to be asked about
trace-skipped-passed = Left out: its time has passed
trace-ended = Finished
trace-stopped = Stopped
trace-broken = The script has no way on from here

## How a run ended.

outcome-sent = said
outcome-asked = asked
outcome-done = done
outcome-unanswered = nobody answered
outcome-confirmed = visit confirmed
outcome-moved = new time chosen
outcome-cancelled = visit cancelled
outcome-booked = new visit booked
outcome-declined = no new visit wanted
outcome-noted = lateness noted
outcome-handed-over = handed over to a person
stop-visit-confirmed = the visit was confirmed
stop-visit-moved = the visit was moved
stop-visit-cancelled = the visit was cancelled
stop-visit-started = the visit has begun or is over
stop-spoken = they were spoken with by telephone
stop-joined = another message speaks for several visits at once
stop-patient-gone = the patient is no longer here
stop-switched-off = the playbook was switched off
stop-broken = the script has no way on

## What is wrong with a script.

fault-unreadable = This cannot be read: { $detail }
fault-no-steps = A playbook needs at least one step.
fault-bad-name = A name consists of small Latin letters, digits and hyphens: { $detail }
fault-twice = Two steps have the name { $detail }.
fault-unknown-happening = Nothing is called { $detail } in the clinic's timeline.
fault-unknown-step = There is no step { $detail }.
fault-unknown-answer = There is no answer { $detail }.
fault-unknown-condition = There is no condition { $detail }.
fault-unknown-mark = The journal knows no mark { $detail }.
fault-answer-without-step = The button { $detail } leads nowhere.
fault-days-before-needs-at = “days-before” and “at” belong together.
fault-several-moments = A step has one moment only.
fault-bad-span = Write a span as 30m, 2h or 7d: { $detail }
fault-missing = This step also needs “{ $detail }”.
fault-does-nothing = This step does nothing.
fault-several-actions = A step does one thing only.
fault-endless-question = After a question some later step must have a moment, or it would wait for ever.
fault-circle = This step leads back to itself without waiting for anybody.
