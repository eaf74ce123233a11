### The words for what things are.

## What a visit is.

visit-state-requested = requested
visit-state-booked = booked
visit-state-confirmed = confirmed
visit-state-arrived = arrived
visit-state-in-chair = in the chair
visit-state-completed = completed
visit-state-cancelled = cancelled
visit-state-moved = moved
visit-state-no-show = missed

## Why a visit was cancelled.

cancel-reason-unwell = not well
cancel-reason-no-time = no time
cancel-reason-cost = cost
cancel-reason-elsewhere = treated elsewhere
cancel-reason-clinic = the clinic had to cancel
cancel-reason-mistake = booked by mistake
cancel-reason-other = another reason
cancel-reason-unsaid = no reason given

## What a person must do.

task-kind-call = Call
task-kind-answer = Answer
task-kind-emergency = Emergency
task-kind-decide = Decide
task-outcome-confirmed = confirmed
task-outcome-moved = moved
task-outcome-cancelled = cancelled
task-outcome-no-answer = no answer
task-outcome-settled = settled

## Who works here.

role-desk = reception
role-clinician = clinician
role-manager = manager
role-owner = owner

## Parts of the day.

daypart-morning = morning
daypart-afternoon = afternoon
daypart-evening = evening

## For what a patient may be written to, and whether they agree.

purpose-service = messages about care
purpose-marketing = offers and news
purpose-reviews = requests for a review
purpose-data-transfer = passing on of data
purpose-photos = use of photos
consent-standing-given = agreed
consent-standing-not-given = not asked or not agreed
consent-standing-withdrawn = withdrawn
consent-standing-objected = objected

## Who somebody is to the clinic, and how sure we are of a contact.

patient-standing-lead = enquirer
patient-standing-patient = patient
patient-standing-refused = on the refusal list
patient-standing-deceased = deceased
sureness-unverified = not verified
sureness-verified = verified
sureness-shared = used by several people
contact-state-open = can be reached
contact-state-opted-out = asked for no messages
contact-state-unreachable = cannot be reached
contact-state-not-theirs = no longer theirs
not-theirs-wrong-person = Whoever reads there said that they are somebody else.
not-theirs-told-at-desk = The desk has learned that somebody else reads there.
not-theirs-nothing-arrives = Nothing has arrived there for a long time.

## What stands on a patient's card.

patient-field-clinic = clinic
patient-field-name = name
patient-field-locale = language
patient-field-born-on = birthday
patient-field-guardian = guardian
patient-field-zone = time zone
patient-field-preferred-channel = preferred channel
patient-field-bots = messages from the bot
patient-field-standing = standing
patient-field-note = note
patient-field-external-key = number in the clinic's other program
