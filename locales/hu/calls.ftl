## hívások: merre, és mi lett belőlük

call-direction-in = bejövő
call-direction-out = kimenő
call-in-answered = Bejövő hívás
call-in-missed = Nem fogadott hívás
call-in-busy = Nem fogadott hívás: foglalt volt a vonal
call-in-refused = Nem fogadott hívás: elutasítva
call-in-failed = Nem fogadott hívás: nem lehetett kapcsolni
call-out-answered = Kimenő hívás
call-out-missed = Kimenő hívás: nem vették fel
call-out-busy = Kimenő hívás: foglalt
call-out-refused = Kimenő hívás: elutasították
call-out-failed = Kimenő hívás: nem lehetett kapcsolni
call-in-ringing = Bejövő hívás, csörög
call-out-ringing = Kimenő hívás, csörög
call-in-talking = Bejövő hívás, beszélgetés folyik
call-out-talking = Kimenő hívás, beszélgetés folyik
call-in-untold = Bejövő hívás: a központ nem közölte, hogyan ért véget
call-out-untold = Kimenő hívás: a központ nem közölte, hogyan ért véget

## on the pages

calls-ringing = Bejövő hívás
calls-unknown = Ismeretlen szám
calls-withheld = Rejtett szám
calls-next-visit = Következő időpont:
calls-no-visit = Nincs foglalt időpontja
calls-family = Ő jár el érte:
calls-open-card = Adatlap megnyitása
calls-open-conversation = Beszélgetés megnyitása
calls-ring-up = Felhívás
calls-trial-listens = Hívja fel a rendelő számát egy mobilról: a hívásnak egy másodpercen belül minden nyitott oldalon meg kell jelennie.
calls-trial-rings = Írjon be egy számot, amelyet valaki fel tud venni. Előbb a pult telefonja csörög, utána az.
calls-template = Az értesítések törzse
calls-template-help = UIS: adminisztráció, értesítések. A bejövő hívás, a beszélgetés kezdete, a hívás vége és az elveszett hívás eseményhez vegyen fel egy HTTP-értesítést POST módszerrel, a fenti címmel, végén a titkos szóval, és ezzel a törzzsel.
