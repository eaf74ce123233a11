### A rendelő honlapján lévő csevegés és visszahívási űrlap, ahogy a látogatók olvassák.

chat-open = Csevegés megnyitása
chat-close = Csevegés bezárása
chat-label = Csevegés: { $clinic }
chat-write = Az Ön üzenete
chat-send = Küldés
chat-sending = Küldés…
chat-unsent = Nem ment el.
chat-retry = Újra
chat-offline = Nincs kapcsolat. Amit ír, itt megmarad, és újra elküldheti.
chat-you = Ön
chat-bot = Automatikus válasz
chat-person = { $clinic }
chat-greeting = { $clinic }: jó napot kívánunk! Miben segíthetünk Önnek?
chat-answers-now = Most válaszolunk, általában három percen belül.
chat-answers-from = Most nincs itt senki. Válaszolunk ettől: { $at }.
chat-answers-later = Most nincs itt senki. Hagyjon üzenetet: megőrizzük, és válaszolunk.
chat-book = Időpontfoglalás
chat-call = Visszahívást kérek
chat-call-title = Visszahívjuk Önt
chat-call-lead = Adja meg a számát, és hogy mikor alkalmas.
chat-call-name = Az Ön neve
chat-call-phone = Telefonszám
chat-call-at = Mikor
chat-call-soon = Amint valaki szabad
chat-call-today = ma
chat-call-tomorrow = holnap
chat-call-between = { $day }, { $from }–{ $until }
chat-call-about = Miről van szó (nem kötelező)
chat-call-send = Visszahívás kérése
chat-call-back = Inkább üzenetet írok
chat-call-done = Köszönjük, a kérését feljegyeztük. Hívni fogjuk.
chat-call-words = Kérem, hívjanak vissza: { $name }, { $phone }. Mikor: { $at }.
chat-consent = Hozzájárulok, hogy a rendelő ({ $clinic }) a nevemet és a számomat felhasználja, hogy ez ügyben visszahívjon. Ezt bármikor visszavonhatom, ha szólok a rendelőnek.
chat-fault-name = Kérjük, adja meg a nevét.
chat-fault-phone = Ez nem tűnik telefonszámnak. Külföldi számhoz írja be az országkódot is.
chat-fault-consent = Az Ön hozzájárulása nélkül nem használhatjuk a számát.
chat-fault-at = Ez az időpont már elmúlt. Kérjük, válasszon másikat.
chat-fault-fast = Ez egyszerre sok volt. Kérjük, próbálja újra néhány perc múlva.
chat-fault-other = Nem sikerült elküldeni. Kérjük, próbálja újra.
chat-attach = Kép vagy PDF csatolása
chat-files = Küldendő fájlok
chat-file-remove = Eltávolítás
chat-file-ready = Akkor megy el, amikor elküldi.
chat-file-large = Nagyobb, mint { $most } MB. Kérjük, válasszon kisebb fájlt.
chat-file-kind = Itt csak kép (JPEG, PNG, WebP, GIF) és PDF-fájl küldhető.
chat-file-damaged = Ez a fájl nem nyitható meg. Lehet, hogy sérült.
chat-file-many = Egyszerre legfeljebb öt fájl. Kérjük, előbb ezeket küldje el.
chat-file-away = Nincs kapcsolat. A fájl itt megmarad, és újra elküldheti.
chat-file-unshown = Ez a kép most nem jeleníthető meg. Nyissa meg, ha látni szeretné.

chat-try-title = A csevegés kipróbálása
chat-try-what = Így látják a csevegést a weboldal látogatói. Írjon valamit: úgy érkezik a Beérkezők közé, mint bármely más üzenet.
chat-try-then = Hagyja nyitva ezt az oldalt, és küldje el a próbaüzenetet a beállításokból: megjelenik a csevegésben.

chat-embed = Tegye ki a weboldalra
chat-embed-help = Másolja ezt a sort minden olyan oldal HTML-kódjába, ahol a csevegésnek meg kell jelennie, közvetlenül a body vége elé. Csak a lent megadott oldalakon működik.
chat-embed-copy = Másolás
chat-embed-copied = Kimásolva
chat-embed-unreachable = A weboldal még nem éri el a programot. Előbb adjon meg a „Rendelő” alatt egy https:// kezdetű nyilvános címet.
chat-embed-policy = Ha az oldalnak van tartalombiztonsági szabályzata (CSP), engedélyezze ezt a címet a script-src és a connect-src alatt.
chat-try = Próbaoldal megnyitása
chat-try-help = Előbb nyissa meg a próbaoldalt, és írjon ott valamit. Azután küldje el a próbaüzenetet: abban a csevegésben jelenik meg.

refusal-chat-foreign = A csevegés nem ezen a weboldalon áll.
refusal-chat-unknown-visitor = Ennek a böngészőnek a beszélgetése már nem ismert. Újra kezdődik.
refusal-chat-malformed = Ezt nem a csevegés küldte.
refusal-chat-too-fast = { $seconds ->
    [one] Túl gyors. Kérjük, várjon egy másodpercet.
   *[other] Túl gyors. Kérjük, várjon { $seconds } másodpercet.
}
refusal-chat-file-too-large = Ez a fájl nagyobb, mint { $most } MB.
refusal-chat-file-type = Csak kép (JPEG, PNG, WebP, GIF) és PDF-fájl küldhető.
refusal-chat-file-unreadable = A kép sérült, nem olvasható.
refusal-chat-no-consent = A megjelenített szöveg elfogadása nélkül senkit sem hívunk.
refusal-chat-no-name = Kérjük, adjon meg egy nevet.
refusal-chat-no-phone = Ez nem tűnik telefonszámnak.
refusal-chat-time-passed = Ez az időpont már elmúlt. Kérjük, válasszon másikat.
refusal-chat-not-tried = A próbaoldalon még senki sem írt. Nyissa meg, írjon valamit, és azután küldje el a próbaüzenetet.
