### Miért nem végezhető el egy kérés a páciensekkel, munkatársakkal, szolgáltatásokkal vagy a rendelővel.

refusal-actor-not-allowed = Ehhez az Ön szerepköre nem ad jogosultságot.
refusal-patient-not-own-choice = Ezt az adatot csak a rendelő módosíthatja.
refusal-patient-not-yours = Ez egy másik pácienshez tartozik.
refusal-patient-own-guardian = Senki sem lehet a saját törvényes képviselője.
refusal-patient-born-in-future = Ez a születési dátum a jövőben van.
refusal-patient-born-too-early = Kérjük, ellenőrizze a születési évet.
refusal-staff-email = Ez nem e-mail-cím.
refusal-staff-last-owner = Legalább egy tulajdonosnak maradnia kell, aki be tud jelentkezni.
refusal-service-minutes = Kérjük, { $least } és { $most } perc között adja meg.
refusal-service-buffer = Egy vizit után legfeljebb { $most } perc tartható szabadon.
refusal-clinic-region = Válassza ki az országot, amely szerint a telefonszámokat olvassuk.
refusal-clinic-url = Ez nem webcím. A webcím így kezdődik: https://.
refusal-clinic-public-url = Az útvonal nélküli címet adja meg, például: https://desk.example.
refusal-clinic-quiet-hours = A csendes órák kezdete és vége nem eshet egybe.
refusal-clinic-daily-cap = Kérjük, napi 1 és { $most } üzenet között adja meg.
refusal-task-already-done = Ezt valaki más már elvégezte.
refusal-task-fallen-away = Ez időközben magától megoldódott. Nincs több teendő.
