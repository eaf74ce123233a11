# Ma: amit a szolgálatban lévőnek tudnia és tennie kell.

today-title = Ma
today-summary = { $visits } időpont · { $confirmed } megerősítve
today-tasks = Teendők
today-tasks-empty = Nincs teendő. Amit a program nem tud elintézni, magától ide kerül.
today-script = Mit mondjon
today-open-conversation = A beszélgetés megnyitása
today-open-journal = Megnyitás a naplóban
today-outcome-confirmed = Megerősítette
today-outcome-moved = Áthelyeztük
today-outcome-cancelled = Lemondta
today-outcome-no-answer = Nem vette fel
today-outcome-settled = Elintézve
today-due = határidő: { $at }
today-due-over = { $minutes } perce lejárt
today-due-over-hours = { $hours } órája lejárt
today-due-emergency = most
today-waiting = Válaszra várnak
today-waiting-empty = Senki sem vár válaszra.
today-open-inbox = Az üzenetek megnyitása
today-coming = Ma jönnek
today-coming-empty = Ma nincs időpont. Foglaljon egyet a naptárban.
today-open-day = A nap megnyitása
today-late = { $minutes } percet késik
today-sits = { $minutes } perce vár
today-step-arrive = Megérkezett
today-step-chair = A székbe
today-step-complete = Befejezve
today-unsure = Még nem erősítették meg
today-unsure-empty = Minden időpontot megerősítettek.
today-unsure-asked = { $times ->
    [0] még nem kérdeztük
   *[other] { $times } alkalommal kérdeztük, nincs válasz
}
today-unsure-unreachable = a program nem éri el
today-unsure-next = a program ekkor kérdez újra: { $at }
today-unsure-call = telefonhívás ekkor: { $at }
today-tomorrow = Holnap
today-outbox = Elakadt üzenetek
today-outbox-held = eddig: { $until }
today-outbox-doubt = nem biztos
today-outbox-failed = nem ment el

# Miért kell hozzá ember.

task-reason-unconfirmed = Nem válaszolt az emlékeztetőkre.
task-reason-no-slots = Egyik felajánlott időpont sem felelt meg.
task-reason-cancelled-for-us = A rendelő lemondta a vizitet, új időpontot még nem választottak.
task-reason-visit-changed = Az időpont megváltozott, mialatt a páciens válaszolt.
task-reason-missed-call = Hívtak minket, és senki nem vette fel.
task-reason-missed-often = A páciens több időpontra nem jött el.
task-reason-too-late = A páciens késni fog; felborulhat a nap rendje.
task-reason-no-answer = A páciens nem válaszolt.
task-reason-not-sent = Egy üzenetet nem sikerült elküldeni.
task-reason-emergency = A páciens fájdalomról vagy sürgős esetről ír.
task-reason-broken-script = Egy forgatókönyv elakadt.
task-reason-unclear = A program nem értette a választ.
task-reason-no-slot-fits = Nincs szabad idő, amely a páciens kérésének megfelel.
task-reason-handed-over = A program átadta egy munkatársnak.
task-reason-callback = A weboldal látogatója visszahívást kért.
task-reason-person = A páciens emberrel szeretne beszélni.
task-reason-number-not-theirs = Egy szám vagy fiók már nem a páciensé. Kérjük, tudja meg az újat; az okát a karton mutatja.
task-reason-doubt-wrong-person = Egy közösen használt számról azt írták, hogy nem ők azok. Kérjük, tudja meg, hogy használja-e még a páciens.
task-reason-doubt-nothing-arrives = Több egymás utáni üzenet sem érkezett meg. Kérjük, tudja meg, hogy a páciensé-e még a szám.
task-reason-doubt-back-again = Hetek óta nem élő számról írnak. Kérjük, tudja meg, hogy a páciens-e az.
task-reason-doubt-renamed = A fiók más nevet mutat, mint eddig. Kérjük, tudja meg, hogy a páciens-e az.

# Mit mondjon a telefonban.

task-script-greeting = Jó napot kívánok, { $staff } vagyok, { $clinic }.
task-script-speak-with = { $patient } pácienssel beszélek?
task-script-visit = Önnek időpontja van: { $at }. El tud jönni?
task-script-yes = Ha igen: köszönjük, várjuk szeretettel.
task-script-move = Ha nem: ajánljon más időpontot, és helyezze át a naptárban.
task-script-missed = Hiányoltuk Önt a legutóbbi időpontján. Keressünk egy újat?
task-script-cancelled = Elnézést kérünk, hogy le kellett mondanunk a vizitjét: { $at }. Keressünk új időpontot?
task-script-missed-call = Elnézést kérünk, hogy nem tudtuk fogadni a hívását. Miben segíthetünk?
task-script-help = Hogy van, és miben segíthetünk?
today-restored = Visszatartva a mentés visszaállítása óta
today-restored-of = kelt: { $at }
today-restored-send-all = Egyik sem ment el: mind küldhető
today-restored-drop-all = Mind elment: elvetés
