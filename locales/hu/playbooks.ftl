### Forgatókönyvek: a nevük, mit tett egy-egy futásuk és miért, és mi a baj egy forgatókönyvvel.

## A programmal érkező forgatókönyvek.

playbook-welcome-name = Üdvözlés
playbook-welcome-about = Egyszer köszön, amikor a páciens üzenetküldője a kartonjához kapcsolódik.
playbook-booked-name = A vizit adatai
playbook-booked-about = Megírja, mikor és hová kell jönni, amint a rendelő vizitet foglalt vagy áthelyezett.
playbook-cancelled-name = Lemondott vizit
playbook-cancelled-about = Szól a páciensnek, ha a rendelő lemondott egy vizitet, és új időpontot keres.
playbook-visit-reminder-name = Emlékeztető a vizitre
playbook-visit-reminder-about = Megerősítést kér három nappal, egy nappal és két órával előtte; másik időpontot keres; ha senki sem válaszol, munkatársnak adja át.
playbook-running-late-name = Késés
playbook-running-late-about = Megkérdezi, mennyit késik a páciens, jelöli a naplóban, és munkatársat hív, ha a nap nem bírja el.
playbook-missed-call-name = Nem fogadott hívás
playbook-missed-call-about = Elnézést kér attól, akinek nem vettük fel, megmondja, mikor hívja vissza a rendelő, és felajánlja az írást.
playbook-no-show-name = Elmulasztott vizit
playbook-no-show-about = Elmulasztott vizit után szemrehányás nélkül ír, és új időpontokat kínál.

## Amire a forgatókönyvnek hatnia kell.

goal-call-back-within-promise = visszahívás az ígért időn belül
goal-no-show-rate = elmulasztott vizitek
goal-confirmation-rate = megerősített vizitek
goal-settled-in-channel = telefonhívás nélkül elintézve

## Mikor kerül sor egy lépésre.

condition-unconfirmed = a vizit még nincs megerősítve
condition-open-now = a rendelő most nyitva van
condition-closed-now = a rendelő most zárva van
condition-moved-by-us = a rendelő helyezte át a vizitet
condition-booked-by-us = a rendelő foglalta a vizitet
condition-cancelled-by-us = a vizitet a rendelő mondta le
condition-cancelled-for-us = a rendelő nem tudja megtartani a vizitet
condition-missed-often = egy éven belül legalább két vizit elmaradt
condition-missed-once = egy éven belül kettőnél kevesebb vizit maradt el
condition-still-fits = a vizit még belefér a napba
condition-does-not-fit = a vizit már nem fér bele a napba

## Mit válaszolhat a páciens.

answer-confirm = megerősíti
answer-another-time = másik időpontot kér
answer-cancel = lemondja
answer-late = késik
answer-person = munkatársat kér
answer-more = további időpontokat kér
answer-slot = egy felkínált időpontot választ
answer-reason = megmondja az okát
answer-keep = megtartja a vizitet
answer-yes = igent mond
answer-no = nemet mond
answer-thanks = megköszöni

## Mit tett egy futás.

trace-started = Elindult
trace-waiting = Vár
trace-said = Megírta
trace-asked = Megkérdezte
trace-answered = A páciens válaszolt
trace-offered = Időpontokat kínált
trace-no-slots = Nem talált megfelelő időpontot
trace-marked = Jelölte a naplóban
trace-mark-refused = A napló nem engedte
trace-journal-refused = Amit a napló mondott
trace-task = Munkatársat kért meg valamire
trace-joined = A család több vizitjéről szól egyszerre
trace-handed-over = Munkatársnak adta át
trace-skipped-condition = Kimaradt: nem vonatkozik rá
trace-skipped-too-soon = Kimaradt: a foglalás túl friss ahhoz, hogy rákérdezzünk
trace-skipped-passed = Kimaradt: elmúlt az ideje
trace-ended = Véget ért
trace-stopped = Leállt
trace-broken = A forgatókönyvnek innen nincs folytatása

## Hogyan ért véget egy futás.

outcome-sent = megírva
outcome-asked = megkérdezve
outcome-done = kész
outcome-unanswered = nem jött válasz
outcome-confirmed = vizit megerősítve
outcome-moved = új időpont kiválasztva
outcome-cancelled = vizit lemondva
outcome-booked = új vizit foglalva
outcome-declined = nem kér új vizitet
outcome-noted = késés feljegyezve
outcome-handed-over = munkatársnak átadva
stop-visit-confirmed = a vizitet megerősítették
stop-visit-moved = a vizitet áthelyezték
stop-visit-cancelled = a vizitet lemondták
stop-visit-started = a vizit elkezdődött vagy véget ért
stop-spoken = telefonon beszéltek vele
stop-joined = egy másik üzenet egyszerre szól több vizitről
stop-patient-gone = a páciens már nincs itt
stop-switched-off = a forgatókönyvet kikapcsolták
stop-broken = a forgatókönyvnek nincs folytatása

## Mi a baj egy forgatókönyvvel.

fault-unreadable = Ez nem olvasható: { $detail }
fault-no-steps = Egy forgatókönyvhöz legalább egy lépés kell.
fault-bad-name = A név latin kisbetűkből, számjegyekből és kötőjelből áll: { $detail }
fault-twice = Két lépésnek { $detail } a neve.
fault-unknown-happening = A rendelő történetében nincs ilyen esemény: { $detail }.
fault-unknown-step = Nincs ilyen lépés: { $detail }.
fault-unknown-answer = Nincs ilyen válasz: { $detail }.
fault-unknown-condition = Nincs ilyen feltétel: { $detail }.
fault-unknown-mark = A napló nem ismer ilyen jelölést: { $detail }.
fault-answer-without-step = Ez a gomb sehová sem vezet: { $detail }.
fault-days-before-needs-at = A „days-before” és az „at” együtt jár.
fault-several-moments = Egy lépésnek csak egy időpontja lehet.
fault-bad-span = Az időtartamot így írja: 30m, 2h vagy 7d: { $detail }
fault-missing = Ehhez a lépéshez ez is kell: „{ $detail }”.
fault-does-nothing = Ez a lépés nem tesz semmit.
fault-several-actions = Egy lépés csak egy dolgot tesz.
fault-endless-question = Egy kérdés után valamelyik későbbi lépésnek időpont kell, különben örökké várna.
fault-circle = Ez a lépés úgy tér vissza önmagához, hogy közben senkire sem vár.
