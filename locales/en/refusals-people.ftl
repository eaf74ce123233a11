### Why something about people, staff, services or the clinic cannot be done as asked.

refusal-actor-not-allowed = Your role does not allow this.
refusal-patient-not-own-choice = Only the clinic can change this on your card.
refusal-patient-not-yours = This belongs to another patient.
refusal-patient-own-guardian = Nobody can be their own guardian.
refusal-patient-born-in-future = This birthday is in the future.
refusal-patient-born-too-early = Please check the year of birth.
refusal-staff-email = This is not an e-mail address.
refusal-staff-last-owner = At least one owner who can sign in must remain.
refusal-service-minutes = Between { $least } and { $most } minutes, please.
refusal-service-buffer = At most { $most } minutes can be kept free after a visit.
refusal-clinic-region = Choose the country in which phone numbers are read.
refusal-clinic-url = This is not a web address. It begins with https://.
refusal-clinic-public-url = Enter the address without a path, like https://desk.example.
refusal-clinic-quiet-hours = Quiet hours must end at another time than they begin.
refusal-clinic-daily-cap = Between 1 and { $most } messages a day, please.
refusal-task-already-done = Somebody else has already done this.
refusal-task-fallen-away = This has settled itself meanwhile. There is nothing left to do.
