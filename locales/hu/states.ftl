### Szavak arra, hogy mi micsoda.

## Az időpont állapota.

visit-state-requested = kérve
visit-state-booked = lefoglalva
visit-state-confirmed = megerősítve
visit-state-arrived = megérkezett
visit-state-in-chair = a székben
visit-state-completed = befejezve
visit-state-cancelled = lemondva
visit-state-moved = áthelyezve
visit-state-no-show = nem jött el

## Miért mondták le az időpontot.

cancel-reason-unwell = betegség
cancel-reason-no-time = időhiány
cancel-reason-cost = költség
cancel-reason-elsewhere = máshol kezelik
cancel-reason-clinic = a rendelő mondta le
cancel-reason-mistake = téves foglalás
cancel-reason-other = egyéb ok
cancel-reason-unsaid = nem mondott okot

## Amit egy munkatársnak kell elvégeznie.

task-kind-call = Telefonálni
task-kind-answer = Válaszolni
task-kind-emergency = Sürgős eset
task-kind-decide = Dönteni
task-outcome-confirmed = megerősítette
task-outcome-moved = áthelyezve
task-outcome-cancelled = lemondta
task-outcome-no-answer = nem vette fel
task-outcome-settled = elintézve

## Aki itt dolgozik.

role-desk = recepciós
role-clinician = kezelő
role-manager = vezető
role-owner = tulajdonos

## Napszakok.

daypart-morning = délelőtt
daypart-afternoon = délután
daypart-evening = este

## Mire írhatunk a páciensnek, és beleegyezett-e.

purpose-service = a kezeléssel kapcsolatos üzenetek
purpose-marketing = ajánlatok és hírek
purpose-reviews = értékelés kérése
purpose-data-transfer = adattovábbítás
purpose-photos = fényképek felhasználása
consent-standing-given = hozzájárult
consent-standing-not-given = nincs hozzájárulás
consent-standing-withdrawn = visszavonta
consent-standing-objected = tiltakozott

## Kicsoda a rendelő számára, és mennyire biztos egy elérhetőség.

patient-standing-lead = érdeklődő
patient-standing-patient = páciens
patient-standing-refused = az elutasítási listán
patient-standing-deceased = elhunyt
sureness-unverified = nincs igazolva
sureness-verified = igazolva
sureness-shared = többen használják
contact-state-open = elérhető
contact-state-opted-out = nem kér üzeneteket
contact-state-unreachable = nem elérhető
contact-state-not-theirs = már nem a páciensé
not-theirs-wrong-person = Aki ott olvas, azt jelezte, hogy ő valaki más.
not-theirs-told-at-desk = A recepció megtudta, hogy ott már más olvas.
not-theirs-nothing-arrives = Oda régóta semmi sem érkezik meg.

## Ami a páciens lapján áll.

patient-field-clinic = rendelő
patient-field-name = név
patient-field-locale = nyelv
patient-field-born-on = születési dátum
patient-field-guardian = törvényes képviselő
patient-field-zone = időzóna
patient-field-preferred-channel = kedvelt csatorna
patient-field-bots = a program üzenetei
patient-field-standing = státusz
patient-field-note = megjegyzés
patient-field-external-key = azonosító a rendelő másik programjában
