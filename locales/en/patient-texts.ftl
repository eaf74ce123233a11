# What the care bot says to patients. Polite, short, warm.
# A line whose placeholder has nothing to say (no map, no link, the patient's own visit) is left out whole.
# Nothing in here names a service, and nothing asks to telephone: who needs a person gets one here.

## welcome

welcome-hello =
    Hello, { $patient_name }!
    Thank you for writing to { $clinic_name }. You can reach us here at any hour.
    Our assistant program answers first; one tap on "A person, please" brings you to our team.
    Where we are: { $address }
    { $map_url }

## booked

booked-details =
    Hello, { $patient_name }!
    The visit to { $clinic_name } is booked:
    { $date }, { $time }
    For: { $visitor_name }
    With: { $provider }
    Where: { $address }
    Map: { $map_url }
    Calendar, another time, cancelling: { $visit_url }
    We look forward to seeing you.

booked-preparation =
    How to prepare for the visit on { $date }, { $time }:
    { $preparation }
    If anything is unclear, just ask here.

moved-details =
    Hello, { $patient_name }!
    The visit to { $clinic_name } has been moved. The new time:
    { $date }, { $time }
    For: { $visitor_name }
    With: { $provider }
    Where: { $address }
    Calendar, another time, cancelling: { $visit_url }

cancelled-details =
    Hello, { $patient_name }!
    The visit to { $clinic_name } has been cancelled: { $date }, { $time }.
    For: { $visitor_name }
    If you would like a new date, answer "another time" and we will offer one.

cancelled-sorry =
    Hello, { $patient_name }!
    We are sorry: { $clinic_name } has to cancel the visit on { $date }, { $time }.
    For: { $visitor_name }
    We would like to find you a new date: answer "another time", and we will offer some.

## visit-reminder

visit-reminder-ask =
    Hello, { $patient_name }!
    A visit to { $clinic_name } is coming up:
    { $date }, { $time }
    For: { $visitor_name }
    With: { $provider }
    Where: { $address }
    Does this time suit you? You can answer "yes", "another time" or "cancel".

visit-reminder-day-before =
    Hello, { $patient_name }!
    We are expecting you soon at { $clinic_name }:
    { $date }, { $time }
    For: { $visitor_name }
    With: { $provider }
    Where: { $address }
    Please let us know whether you are coming: "yes", "another time" or "cancel".

visit-reminder-soon =
    { $clinic_name }: we have kept the time for you on { $date }, { $time }.
    For: { $visitor_name }
    Where: { $address }
    Are you coming? You can answer "yes", "late" or "cancel".

visit-reminder-several =
    Hello, { $patient_name }!
    Visits to { $clinic_name } are coming up on { $date }:
    { $visits }
    Where: { $address }
    Do these times suit you? You can answer "yes", "another time" or "cancel".

visit-reminder-thanks =
    Thank you, it is confirmed: { $date }, { $time }.
    For: { $visitor_name }
    See you at { $clinic_name }!

visit-reminder-thanks-several =
    Thank you, these visits are confirmed for { $date }:
    { $visits }
    See you at { $clinic_name }!

visit-reminder-slots =
    Of course. These times are free:
    { $slots }
    Which one suits you? Your present time stays yours until you choose.

visit-reminder-no-slots =
    We have no fitting free time to offer at once, so a person will look for one and write to you here.
    Answer by: { $opening }
    Your present time stays yours until then.

visit-reminder-slot-gone =
    Sorry, somebody has just taken that time. We are looking for others.

visit-reminder-moved =
    Done, the visit has been moved. The new time:
    { $date }, { $time }
    For: { $visitor_name }
    With: { $provider }
    Calendar and everything else: { $visit_url }

visit-reminder-cancel-why =
    We are sorry that you cannot come. May we ask why? It helps us, and you need not say.

visit-reminder-cancelled =
    The visit has been cancelled: { $date }, { $time }.
    For: { $visitor_name }
    Thank you for letting us know.

visit-reminder-new-date =
    Shall we find you a new date? These times are free:
    { $slots }

visit-reminder-kept =
    Very well, everything stays as it was: { $date }, { $time }.
    For: { $visitor_name }
    See you then!

## running-late

running-late-how-much =
    Thank you for telling us. About how many minutes late will you be?

running-late-noted =
    { $minutes ->
        [one] Noted: about { $minutes } minute later. We are waiting for you, no need to hurry.
       *[other] Noted: about { $minutes } minutes later. We are waiting for you, no need to hurry.
    }

running-late-too-late =
    { $minutes ->
        [one] Thank you for telling us. With { $minutes } minute the time may become too short.
       *[other] Thank you for telling us. With { $minutes } minutes the time may become too short.
    }
    A person is looking at the day now and will write to you here. Please keep on coming for now.

## no-show

no-show-missed-you =
    Hello, { $patient_name }!
    We missed you at { $clinic_name } on { $date }, { $time }. We hope that all is well.
    For: { $visitor_name }
    Shall we find a new time? Answer "yes" or tell us here what would suit you.

no-show-again =
    Hello, { $patient_name }!
    It did not work out this time either: { $date }, { $time }. That can happen.
    For: { $visitor_name }
    Tell us what would make it easier, and a person will find a time together with you, here.

## a call that nobody took

missed-call-sorry =
    { $clinic_name }: we are sorry, we could not take your call.
    We will ring you back by: { $opening }
    If writing is easier, just answer here what it is about.

missed-call-closed =
    { $clinic_name }: we are sorry, we are closed just now and could not take your call.
    We will ring you back by: { $opening }
    If writing is easier, just answer here what it is about; a person reads it when we open.

## answers to what the patient says

handed-over =
    Thank you. A person from our team will read this and answer you here.
    Answer by: { $opening }

handed-over-closed =
    Thank you, your message has arrived. We are closed just now; a person will read it when we open and answer you here.
    Answer by: { $opening }

not-understood =
    Thank you. I am a program and may not have understood you, so a person will read this and answer you here.
    Answer by: { $opening }

emergency-routed =
    Your message has been passed on to our team as urgent.
    A person answers you here by: { $opening }
    If there is bleeding that does not stop, trouble breathing or swallowing, or a fast growing swelling, do not wait for our answer: dial the emergency number { $emergency_number } now.

stop-done =
    Done: { $clinic_name } will not write to you here any more. If you change your mind, send START.

start-done =
    Welcome back! { $clinic_name } will write to you here again. To end it, send STOP.

out-of-hours =
    Thank you for writing to { $clinic_name }. We are closed just now; your message has arrived.
    A person answers by: { $opening }

callback-noted =
    Thank you. Your wish to be called back has been noted, with the number and the time that you gave.

contact-linked =
    Thank you, { $patient_name }!
    From now on { $clinic_name } writes to you here.

contact-ask =
    So that we know who is writing, please share your number with the button below. { $clinic_name } uses it only for your care.

stale-button =
    This visit has changed in the meantime. It is now: { $date }, { $time }.
    For: { $visitor_name }
    Everything about it: { $visit_url }

nothing-to-do =
    Thank you! There is nothing more for you to do.

## buttons: at most 20 characters, as messengers allow

button-confirm = Confirm
button-another-time = Another time
button-cancel = Cancel the visit
button-person = A person, please
button-wrong-person = Wrong person
button-more = More times
button-late = I am running late
button-late-5 = 5 minutes
button-late-10 = 10 minutes
button-late-15 = 15 minutes
button-late-30 = 30 minutes
button-keep = Keep the visit
button-new-date = Find a new date
button-share-contact = Share my number
button-reason-unwell = I am not well
button-reason-no-time = I have no time
button-reason-cost = The cost
button-reason-elsewhere = Treated elsewhere
button-reason-other = Another reason

## subjects of e-mails

subject-welcome-hello = Welcome to { $clinic_name }
subject-booked-details = Your visit: { $date }, { $time }
subject-booked-preparation = How to prepare for your visit
subject-moved-details = Your visit has been moved: { $date }, { $time }
subject-cancelled-details = Your visit has been cancelled
subject-cancelled-sorry = We are sorry: your visit has to be cancelled
subject-visit-reminder-ask = Your visit: { $date }, { $time }
subject-visit-reminder-day-before = Your visit: { $date }, { $time }
subject-visit-reminder-soon = Your visit: { $date }, { $time }
subject-visit-reminder-several = Your visits on { $date }
subject-visit-reminder-thanks = Confirmed: { $date }, { $time }
subject-visit-reminder-thanks-several = Confirmed: { $date }
subject-visit-reminder-slots = Free times for your visit
subject-visit-reminder-no-slots = Another time for your visit
subject-visit-reminder-slot-gone = Free times for your visit
subject-visit-reminder-moved = Your visit has been moved: { $date }, { $time }
subject-visit-reminder-cancel-why = About your visit
subject-visit-reminder-cancelled = Your visit has been cancelled
subject-visit-reminder-new-date = A new date for your visit
subject-visit-reminder-kept = Your visit stays: { $date }, { $time }
subject-running-late-how-much = About your visit today
subject-running-late-noted = About your visit today
subject-running-late-too-late = About your visit today
subject-missed-call-sorry = We missed your call
subject-missed-call-closed = We are closed just now
subject-no-show-missed-you = We missed you
subject-no-show-again = A time that suits you
subject-handed-over = Your message to { $clinic_name }
subject-handed-over-closed = Your message to { $clinic_name }
subject-not-understood = Your message to { $clinic_name }
subject-emergency-routed = Urgent: your message to { $clinic_name }
subject-stop-done = No more messages from { $clinic_name }
subject-start-done = Welcome back to { $clinic_name }
subject-out-of-hours = Your message to { $clinic_name }
subject-callback-noted = { $clinic_name }: your request for a call
subject-contact-linked = Welcome to { $clinic_name }
subject-contact-ask = Who is writing?
subject-stale-button = Your visit has changed
subject-nothing-to-do = Thank you

## lines of lists

line-slot = { $place }. { $date_time }, { $provider }
line-slot-alone = { $place }. { $date_time }
line-visit = { $time }, { $visitor_name }, { $provider }
line-visit-alone = { $time }, { $visitor_name }
