# Amit a rendelő asszisztensprogramja a pácienseknek mond. Önözve, röviden, kedvesen.
# Az a sor, amelynek nincs mondanivalója (nincs térkép, nincs hivatkozás, a páciens a saját időpontjáról ír), teljesen kimarad.
# Kezelés neve sehol nem szerepel, és senkit nem kérünk telefonálásra: akinek ember kell, itt kapja meg.

## welcome

welcome-hello =
    Kedves { $patient_name }!
    Köszönjük, hogy írt nekünk. Rendelőnk: { $clinic_name }. Ide bármikor írhat.
    Először az asszisztensprogramunk válaszol; a „Munkatársat kérek” gombbal egy érintéssel eléri kollégáinkat.
    Címünk: { $address }
    { $map_url }

## booked

booked-details =
    Kedves { $patient_name }!
    Időpontját rögzítettük: { $clinic_name },
    { $date }, { $time }
    Páciens: { $visitor_name }
    Fogadja: { $provider }
    Cím: { $address }
    Térkép: { $map_url }
    Naptár, módosítás, lemondás: { $visit_url }
    Szeretettel várjuk!

booked-preparation =
    Így készülhet az időpontjára ({ $date }, { $time }):
    { $preparation }
    Ha valami nem világos, kérdezzen bátran itt.

moved-details =
    Kedves { $patient_name }!
    Időpontja megváltozott. { $clinic_name }, az új időpont:
    { $date }, { $time }
    Páciens: { $visitor_name }
    Fogadja: { $provider }
    Cím: { $address }
    Naptár, módosítás, lemondás: { $visit_url }

cancelled-details =
    Kedves { $patient_name }!
    Az időpontot töröltük: { $clinic_name }, { $date }, { $time }.
    Páciens: { $visitor_name }
    Ha új időpontot szeretne, írja azt, hogy „másik időpont”, és ajánlunk egyet.

cancelled-sorry =
    Kedves { $patient_name }!
    Sajnáljuk, de le kellett mondanunk az időpontot: { $clinic_name }, { $date }, { $time }.
    Páciens: { $visitor_name }
    Elnézését kérjük. Írja azt, hogy „másik időpont”, és ajánlunk újat.

## visit-reminder

visit-reminder-ask =
    Kedves { $patient_name }!
    Közeleg az időpontja: { $clinic_name },
    { $date }, { $time }
    Páciens: { $visitor_name }
    Fogadja: { $provider }
    Cím: { $address }
    Megfelel Önnek? Válaszolhat így: „igen”, „másik időpont” vagy „lemondom”.

visit-reminder-day-before =
    Kedves { $patient_name }!
    Hamarosan várjuk: { $clinic_name },
    { $date }, { $time }
    Páciens: { $visitor_name }
    Fogadja: { $provider }
    Cím: { $address }
    Kérjük, jelezze, hogy jön-e: „igen”, „másik időpont” vagy „lemondom”.

visit-reminder-soon =
    { $clinic_name }: fenntartjuk Önnek az időpontot, { $date }, { $time }.
    Páciens: { $visitor_name }
    Cím: { $address }
    Eljön? Válaszolhat így: „igen”, „késem” vagy „lemondom”.

visit-reminder-several =
    Kedves { $patient_name }!
    Közelegnek az időpontjai: { $clinic_name }, { $date }:
    { $visits }
    Cím: { $address }
    Megfelelnek Önnek? Válaszolhat így: „igen”, „másik időpont” vagy „lemondom”.

visit-reminder-thanks =
    Köszönjük, az időpontot visszaigazoltuk: { $date }, { $time }.
    Páciens: { $visitor_name }
    Várjuk szeretettel! { $clinic_name }

visit-reminder-thanks-several =
    Köszönjük, az időpontokat visszaigazoltuk: { $date }
    { $visits }
    Várjuk szeretettel! { $clinic_name }

visit-reminder-slots =
    Természetesen. Ezek az időpontok szabadok:
    { $slots }
    Melyik felel meg Önnek? Amíg nem választ, a mostani időpontja megmarad.

visit-reminder-no-slots =
    Most azonnal nem tudunk megfelelő időpontot ajánlani. Egy munkatársunk keres egyet, és ide ír Önnek.
    Válasz legkésőbb: { $opening }
    Addig a mostani időpontja megmarad.

visit-reminder-slot-gone =
    Sajnáljuk, ezt az időpontot éppen most foglalta le valaki. Keresünk másikat.

visit-reminder-moved =
    Kész, az időpontot áttettük. Az új időpont:
    { $date }, { $time }
    Páciens: { $visitor_name }
    Fogadja: { $provider }
    Naptár és minden egyéb: { $visit_url }

visit-reminder-cancel-why =
    Sajnáljuk, hogy nem tud eljönni. Megkérdezhetjük, miért? Segít nekünk, de nem kötelező megválaszolni.

visit-reminder-cancelled =
    Az időpontot töröltük: { $date }, { $time }.
    Páciens: { $visitor_name }
    Köszönjük, hogy szólt.

visit-reminder-new-date =
    Keressünk Önnek új időpontot? Ezek szabadok:
    { $slots }

visit-reminder-kept =
    Rendben, minden marad a régiben: { $date }, { $time }.
    Páciens: { $visitor_name }
    Várjuk szeretettel!

## running-late

running-late-how-much =
    Köszönjük, hogy szólt. Körülbelül hány percet késik?

running-late-noted =
    Feljegyeztük: körülbelül { $minutes } perc késés. Várjuk, nem kell sietnie.

running-late-too-late =
    Köszönjük, hogy szólt. { $minutes } perc késéssel az idő kevés lehet.
    Egy munkatársunk most nézi át a napot, és ide ír Önnek. Kérjük, egyelőre induljon el, illetve jöjjön tovább.

## no-show

no-show-missed-you =
    Kedves { $patient_name }!
    Vártuk Önt: { $clinic_name }, { $date }, { $time }. Reméljük, minden rendben van.
    Páciens: { $visitor_name }
    Keressünk új időpontot? Válaszoljon azzal, hogy „igen”, vagy írja meg itt, mikor lenne jó.

no-show-again =
    Kedves { $patient_name }!
    Most sem sikerült: { $date }, { $time }. Előfordul.
    Páciens: { $visitor_name }
    Írja meg, mi lenne Önnek könnyebb, és egy munkatársunk itt, Önnel együtt keres időpontot.

## a call that nobody took

missed-call-sorry =
    { $clinic_name }: elnézését kérjük, nem tudtuk fogadni a hívását.
    Eddig visszahívjuk: { $opening }
    Ha Önnek kényelmesebb, írja meg itt válaszban, miről van szó.

missed-call-closed =
    { $clinic_name }: elnézését kérjük, most zárva vagyunk, és nem tudtuk fogadni a hívását.
    Eddig visszahívjuk: { $opening }
    Ha Önnek kényelmesebb, írja meg itt válaszban, miről van szó: nyitáskor egy munkatársunk elolvassa.

## válaszok arra, amit a páciens ír

handed-over =
    Köszönjük. Egy munkatársunk elolvassa, és itt válaszol Önnek.
    Válasz legkésőbb: { $opening }

handed-over-closed =
    Köszönjük, üzenete megérkezett. Most zárva vagyunk; nyitáskor egy munkatársunk elolvassa, és itt válaszol Önnek.
    Válasz legkésőbb: { $opening }

not-understood =
    Köszönjük. Program vagyok, és lehet, hogy nem jól értettem, ezért egy munkatársunk olvassa el, és itt válaszol Önnek.
    Válasz legkésőbb: { $opening }

emergency-routed =
    Üzenetét sürgősként továbbítottuk munkatársainknak.
    Itt válaszolunk Önnek, legkésőbb: { $opening }
    Ha a vérzés nem áll el, nehezen lélegzik vagy nyel, vagy gyorsan növekvő duzzanatot lát, ne várjon a válaszunkra: azonnal tárcsázza a segélyhívó számot: { $emergency_number }.

stop-done =
    Kész: { $clinic_name } ide nem küld több üzenetet. Ha meggondolja magát, küldje azt, hogy START.

start-done =
    Örülünk, hogy újra itt van! { $clinic_name } ismét ide ír Önnek. Ha nem kér többet, küldje azt, hogy STOP.

out-of-hours =
    Köszönjük, üzenete megérkezett. Jelenleg zárva vagyunk. { $clinic_name }
    Munkatársunk válaszol, legkésőbb: { $opening }

callback-noted =
    Köszönjük. Feljegyeztük, hogy visszahívást kér, a megadott számmal és időponttal.

contact-linked =
    Köszönjük, kedves { $patient_name }!
    Mostantól { $clinic_name } ide ír Önnek.

contact-ask =
    Hogy tudjuk, ki ír nekünk, kérjük, ossza meg a számát az alábbi gombbal. { $clinic_name } csak az Ön ellátásához használja.

stale-button =
    Az időpont közben megváltozott. Most ez érvényes: { $date }, { $time }.
    Páciens: { $visitor_name }
    Minden részlet: { $visit_url }

nothing-to-do =
    Köszönjük! Nincs több teendője.

## gombok: legfeljebb 20 karakter, ahogy az üzenetküldők engedik

button-confirm = Visszaigazolom
button-another-time = Másik időpont
button-cancel = Lemondom
button-person = Munkatársat kérek
button-wrong-person = Nem nekem szól
button-more = További időpontok
button-late = Késni fogok
button-late-5 = 5 perc
button-late-10 = 10 perc
button-late-15 = 15 perc
button-late-30 = 30 perc
button-keep = Mégis megtartom
button-new-date = Új időpontot kérek
button-share-contact = Számom megosztása
button-reason-unwell = Nem vagyok jól
button-reason-no-time = Nincs időm
button-reason-cost = Az ára miatt
button-reason-elsewhere = Máshol kezelnek
button-reason-other = Más ok

## e-mailek tárgya

subject-welcome-hello = Üdvözöljük! { $clinic_name }
subject-booked-details = Időpontja: { $date }, { $time }
subject-booked-preparation = Így készülhet az időpontjára
subject-moved-details = Időpontja megváltozott: { $date }, { $time }
subject-cancelled-details = Időpontját töröltük
subject-cancelled-sorry = Sajnos le kellett mondanunk az időpontját
subject-visit-reminder-ask = Időpontja: { $date }, { $time }
subject-visit-reminder-day-before = Időpontja: { $date }, { $time }
subject-visit-reminder-soon = Időpontja: { $date }, { $time }
subject-visit-reminder-several = Időpontjai: { $date }
subject-visit-reminder-thanks = Visszaigazolva: { $date }, { $time }
subject-visit-reminder-thanks-several = Visszaigazolva: { $date }
subject-visit-reminder-slots = Szabad időpontok
subject-visit-reminder-no-slots = Másik időpont
subject-visit-reminder-slot-gone = Szabad időpontok
subject-visit-reminder-moved = Időpontját áttettük: { $date }, { $time }
subject-visit-reminder-cancel-why = Az időpontjáról
subject-visit-reminder-cancelled = Időpontját töröltük
subject-visit-reminder-new-date = Új időpont
subject-visit-reminder-kept = Időpontja megmarad: { $date }, { $time }
subject-running-late-how-much = A mai időpontjáról
subject-running-late-noted = A mai időpontjáról
subject-running-late-too-late = A mai időpontjáról
subject-missed-call-sorry = Nem tudtuk fogadni a hívását
subject-missed-call-closed = Most zárva vagyunk
subject-no-show-missed-you = Vártuk Önt
subject-no-show-again = Önnek megfelelő időpont
subject-handed-over = Az Ön üzenete – { $clinic_name }
subject-handed-over-closed = Az Ön üzenete – { $clinic_name }
subject-not-understood = Az Ön üzenete – { $clinic_name }
subject-emergency-routed = Sürgős: az Ön üzenete – { $clinic_name }
subject-stop-done = Nem küldünk több üzenetet – { $clinic_name }
subject-start-done = Üdvözöljük újra – { $clinic_name }
subject-out-of-hours = Az Ön üzenete – { $clinic_name }
subject-callback-noted = { $clinic_name }: a visszahívási kérése
subject-contact-linked = Üdvözöljük! { $clinic_name }
subject-contact-ask = Ki ír nekünk?
subject-stale-button = Időpontja megváltozott
subject-nothing-to-do = Köszönjük

## listák sorai

line-slot = { $place }. { $date_time }, { $provider }
line-slot-alone = { $place }. { $date_time }
line-visit = { $time }, { $visitor_name }, { $provider }
line-visit-alone = { $time }, { $visitor_name }
