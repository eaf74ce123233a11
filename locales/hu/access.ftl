### Belépés, első indítás, és a több űrlapon is szereplő szavak.

sign-in-title = Belépés
sign-in-email = E-mail-cím
sign-in-password = Jelszó
sign-in-do = Belépés
sign-in-forgotten = Elfelejtette a jelszavát? A rendelő tulajdonosa vagy vezetője tud újat beállítani Önnek.

set-up-title = Üdvözöljük! Állítsuk be a rendelőjét.
set-up-lead = Körülbelül három perc. Később minden módosítható a beállításokban.
set-up-clinic = A rendelő
set-up-code = Beállítási kód
set-up-code-help = Abban a hivatkozásban áll, amelyet a program induláskor kiírt.
set-up-organisation = Szervezet
set-up-owner = Ön, a tulajdonos
set-up-do = Indulhat a munka

clinic-name = A rendelő neve
clinic-address = Cím
clinic-address-help = Úgy, ahogyan a páciens olvassa: emelettel vagy bejárattal.
clinic-zone = Időzóna
clinic-region = Ország
clinic-region-help = Két betű, például HU. Ennek alapján olvassuk az országhívó nélküli telefonszámokat.
clinic-locale = A rendelő nyelve
clinic-public-url = A program webcíme
clinic-public-url-help = A páciensek itt nyitják meg a hivatkozásaikat. Enélkül az üzenetek hivatkozás nélkül mennek ki.

person-given = Utónév
person-family = Vezetéknév
person-locale = A felület nyelve
password-help = Legalább 10 karakter. Néhány egymás utáni szó könnyen megjegyezhető.

hours-title = Nyitvatartás
hours-shifts = Munkaidő
hours-closed = zárva
hours-help = Például 09:00-13:00 14:00-18:00. Ha aznap zárva tartanak, hagyja üresen.
