### Why a visit cannot be changed as somebody asked.

refusal-visit-only-requested = This visit is only requested so far. The clinic accepts it first.
refusal-visit-already-started = This visit has already begun.
refusal-visit-already-arrived = The patient is already here for this visit.
refusal-visit-not-today = This visit is on another day.
refusal-visit-not-arrived = The patient has not arrived yet.
refusal-visit-not-open = { $state ->
    [completed] This visit has already taken place.
    [cancelled] This visit has been cancelled.
    [moved] This visit has been moved to another time.
    [no_show] This visit was missed.
   *[other] This visit can no longer be changed.
}
refusal-visit-not-started = This visit has not begun yet.
refusal-visit-same-slot = The visit is already at this time.
refusal-visit-late-minutes = Choose between 1 and { $most } minutes.
refusal-visit-over = The time of this visit has passed.
refusal-visit-nothing-to-undo = There is no mark to take back.
refusal-visit-undo-another-day = A mark can be taken back only on the day it was made.
refusal-visit-stale = Somebody else has just changed this visit. Here is how it stands now.
refusal-visit-not-yours = This visit belongs to another patient.
refusal-visit-note-too-long = The note is too long.
refusal-slot-ends-before-start = The end must be after the start.
refusal-slot-too-long = A visit takes at most 12 hours.
refusal-slot-passed = This time has already passed.
refusal-slot-taken = This time has just been taken.
refusal-slot-provider-busy = The provider has another visit at this time.
refusal-slot-chair-busy = The chair is taken at this time.
refusal-absence-ends-before-start = The absence must end after it begins.
