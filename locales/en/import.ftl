### The command that takes a clinic's own journal and patient list in.

import-service-unnamed = Visit

import-file = { $name }: { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}
import-sheet = Sheet “{ $sheet }”: { $rows ->
    [one] { $rows } row
   *[other] { $rows } rows
}
import-columns = The columns, as they were understood:
import-column = { $header } → { $field } ({ $confidence })
import-column-unread = { $header }: not read
import-column-blank = column { $number }
import-first = The first rows, as they were understood:
import-row-visit = line { $line }: { $patient } · { $when } · { $provider } · { $service } · { $status }
import-row-patient = line { $line }: { $patient } · { $contact } · born: { $born }
import-unsaid = not said
import-keyed = patient { $key }
import-good = { $rows ->
    [one] { $rows } row can be imported.
   *[other] { $rows } rows can be imported.
}
import-bad = { $rows ->
    [one] { $rows } row cannot be imported:
   *[other] { $rows } rows cannot be imported:
}
import-doubts = { $rows ->
    [one] { $rows } row to look at:
   *[other] { $rows } rows to look at:
}
import-finding = line { $line }, “{ $column }”: { $rule }
import-finding-row = line { $line }: { $rule }
import-finding-sheet = “{ $sheet }”, { $finding }
import-more = … and { $rows } more
import-new-providers = Will be entered as people who treat, without a sign-in: { $names }
import-new-chairs = Will be entered as chairs: { $names }
import-new-services = Will be entered as services: { $names }
import-ask = Import now? Write “yes” to begin.
import-yes = yes y
import-nothing-written = Nothing was written.
import-needs-yes = Nothing was written. Add --yes to import without being asked.
import-progress = { $done } of { $total } rows: { $good } good, { $bad } bad
import-done-patients = Patients: { $added } added, { $changed } completed, { $known } known.
import-done-visits = Visits: { $added } added, { $moved } moved, { $changed } changed, { $known } known.

import-field-patient-id = patient number
import-field-family = family name
import-field-given = given name
import-field-name = full name
import-field-phone = phone
import-field-email = e-mail
import-field-born = date of birth
import-field-language = language
import-field-guardian = guardian
import-field-guardian-phone = guardian’s phone
import-field-marketing = agrees to offers
import-field-visit-id = visit number
import-field-start = day and time
import-field-date = day
import-field-time = time
import-field-end = end
import-field-minutes = duration
import-field-provider = who treats
import-field-chair = chair or room
import-field-service = service
import-field-status = status
import-field-note = note

import-confidence-guessed = please check: seen from the values only
import-confidence-likely = likely
import-confidence-sure = sure
import-confidence-told = as you said
