# Mi nem megy rendben, mióta, és mi lesz belőle.

health-title = Késések és hibák
health-since = { $since } óta
health-more = és még { $many }
health-open-settings = Beállítások megnyitása
health-unsaved-full = Semmi sem menthető: a számítógép lemeze megtelt.
health-unsaved-full-why = Kérjük, hívja azt, aki a gépet felügyeli. A páciensek üzenetei nem vesznek el: maguktól újra megérkeznek.
health-unsaved-away = Semmi sem menthető: az adatbázis nem működik.
health-unsaved-away-why = Kérjük, hívja azt, aki a gépet felügyeli. A páciensek üzenetei nem vesznek el: maguktól újra megérkeznek.
health-standing = A program egyik része leállt.
health-standing-dispatch = Nem mennek ki üzenetek.
health-standing-due = A bot nem küld emlékeztetőt, és nem lép tovább.
health-standing-files = A betegek képei és fájljai nem töltődnek le.
health-standing-housekeeping = A visszatartott üzenetek nem indulnak el.
health-standing-lookups = A szolgáltatók rendszeres megkérdezése szünetel.
health-standing-polling = A páciensek üzenetei nem töltődnek le.
health-standing-why = A programnak ez a része leállt. Kérjük, indíttassa újra a programot.
health-broken = { $channel } nem működik: { $account }.
health-late = { $many ->
    [one] { $many } üzenetnek már ki kellett volna mennie, és még vár.
   *[other] { $many } üzenetnek már ki kellett volna mennie, és még vár.
}
health-late-unsaved = Semmi sem megy ki, amit előbb nem lehet feljegyezni.
health-late-standing = A programnak az a része, amely elküldi őket, leállt.
health-late-broken = A csatornájuk nem működik. Amint működik, kimennek.
health-late-turn = A sorukra várnak: a szolgáltató egyszerre csak ennyit fogad.
health-tried = { $many ->
    [one] { $many } üzenetet nem vett át a szolgáltató.
   *[other] { $many } üzenetet nem vett át a szolgáltató.
}
health-tried-why = Biztosan nem érkeztek meg. Következő próbálkozás: { $next }.
health-restored = { $many ->
    [one] Biztonsági mentést állítottak vissza: { $many } üzenet vár, mert lehet, hogy már elment.
   *[other] Biztonsági mentést állítottak vissza: { $many } üzenet vár, mert lehet, hogy már elment.
}
health-restored-why = A program semmit sem tud a { $from } és { $until } közötti időről. Kérjük, nézzen utána a pácienseknél vagy a szolgáltatónál, majd küldje el vagy vesse el őket. Az is elveszett, amit a páciensek ezekben az órákban írtak vagy visszautasítottak.
health-restored-look = Megnézem
health-clock-ahead = A(z) „{ $node }” számítógép órája { $seconds } másodperccel siet.
health-clock-behind = A(z) „{ $node }” számítógép órája { $seconds } másodperccel késik.
health-clock-why = Amíg az óra nem pontos, ez a gép semmit sem küld és nem lép; a többi dolgozik. Kérjük, hívja azt, aki a gépeket felügyeli.
