### Why a page was not shown, or a form not taken.

refusal-thing-not-found = Itt nincs semmi, vagy nem Önre tartozik.
refusal-page-not-found = Nincs ilyen oldal.
refusal-page-malformed = A kérést nem sikerült elolvasni. Semmi sem változott.
refusal-page-foreign = Az űrlap elavult, vagy más oldalról érkezett. Semmi sem változott: nyissa meg újra az oldalt, és ismételje meg.
refusal-page-too-large = Ez túl nagy, nem tudjuk fogadni. Semmi sem változott.
refusal-page-too-slow = Ez túl sokáig tartott. Mielőtt megismétli, nézze meg, nem történt-e már meg.
refusal-page-too-often = Túl sok kérés érkezett. Kérjük, várjon egy kicsit.
refusal-page-wrong-method = Ez a cím nem így használható.
refusal-page-unavailable = Az adatok most nem érhetők el. Semmi sem veszett el: kérjük, próbálja újra egy perc múlva.
refusal-page-disk-full = A számítógép lemeze megtelt, ezért most semmi sem menthető. Ez sem lett elmentve. Kérjük, szóljon annak, aki a gépet felügyeli, és utána ismételje meg.
refusal-page-unsure = Mentés közben megszakadt a kapcsolat az adatokkal. Kérjük, nézze meg, hogy mégis elmentődött-e, mielőtt megismétli.
refusal-page-broken = Nálunk hiba történt. Semmi sem veszett el: kérjük, próbálja újra, és ha megismétlődik, írja meg nekünk a kódot.
refusal-form-unreadable = Ezt nem sikerült elolvasni. Kérjük, ellenőrizze.
refusal-form-day-unreadable = Ez nem dátum. Írja így: 2026-11-23.
refusal-form-choose = Kérjük, válasszon egyet.
refusal-contact-mail = Ez nem e-mail-cím.
refusal-patient-guardian-unknown = Ennek a gondviselőnek nincs kartonja.
refusal-patient-guardian-has-guardian = Őhelyette is más nyilatkozik. Azt válassza, aki mindkettőjükért felel.
refusal-reply-empty = Kérjük, először írjon valamit.
refusal-reply-too-long = A válasz túl hosszú: legfeljebb { $most } karakter lehet.
refusal-reply-file-type = Csak kép (JPEG, PNG, WebP) és PDF-fájl küldhető.
refusal-reply-file-unreadable = A kép sérült, nem olvasható.
refusal-reply-file-too-large = A fájl { $size } MB; ezen a csatornán legfeljebb { $most } MB küldhető.
refusal-reply-too-many-files = Egy válasz mellé legfeljebb { $most } fájl tehető.
refusal-reply-files-too-large = Ezek a fájlok együtt nagyobbak, mint { $most } MB. Küldje el őket két válaszban.
refusal-reply-file-not-taken = Ezen a csatornán nem küldhető fájl. Válasszon másik csatornát, vagy küldje el csak a szöveget.
refusal-reply-file-no-address = Ezen a csatornán a fájl linkként megy ki, a rendelőnek viszont még nincs nyilvános címe. Válasszon másik csatornát.
refusal-reply-file-window = A beteg régóta nem írt ezen a csatornán, ezért itt csak jóváhagyott szöveg küldhető, fájl nélkül. Válasszon másik csatornát.
refusal-note-file = Feljegyzéshez nem csatolható fájl. Küldje el a betegnek, vagy mentse a feljegyzést fájl nélkül.
refusal-slot-gone = Ezt az időpontot épp most foglalták le. Ezek a most szabad időpontok.
refusal-channel-not-set-up = Ez a csatorna nincs teljesen beállítva. Nyissa meg a beállításait, és mentse el újra.
refusal-channel-wrong-address = Ez nem ennek a csatornának a címe.

## What stands around it.

trouble-title = Ez nem sikerült
trouble-code = Kód:
trouble-way-on = Tovább
