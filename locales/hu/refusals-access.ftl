### Miért nem sikerül bejelentkezni, jelszót választani, a rendszert beállítani vagy munkatársat felvenni.

refusal-sign-in-wrong = Az e-mail-cím vagy a jelszó hibás.
refusal-sign-in-too-many = Túl sok próbálkozás. Kérjük, próbálja újra { $minutes } perc múlva.
refusal-password-too-short = A jelszó legalább { $least } karakterből áll. Néhány egymás utáni szót könnyű megjegyezni.
refusal-password-too-long = A jelszó legfeljebb { $most } karakterből állhat.
refusal-password-is-name = Kérjük, ne a nevét vagy az e-mail-címét válassza jelszónak.
refusal-password-common = Ez a jelszó az elsők között van, amelyeket kitalálnak. Kérjük, válasszon másikat.
refusal-password-wrong = A jelenlegi jelszó hibás.
refusal-set-up-done = A rendszer már be van állítva. Kérjük, jelentkezzen be.
refusal-set-up-code = Ez nem a beállítási kód. A kód abban a hivatkozásban található, amelyet a program indításkor kiírt.
refusal-staff-email-taken = Ezzel az e-mail-címmel már más jelentkezik be.
refusal-staff-email-needed = A jelszavas bejelentkezéshez e-mail-cím is szükséges.
refusal-service-providers = Válasszon olyan munkatársakat ebből a rendelőből, akik pácienseket kezelnek.
refusal-service-chairs = Válasszon székeket ebből a rendelőből.
