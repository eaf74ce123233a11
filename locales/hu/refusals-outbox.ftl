# Miért nem lehetett egy kimenő üzenetet módosítani. A rendelő munkatársai olvassák.

refusal-outbox-not-waiting = Erről az üzenetről már döntés született.
refusal-outbox-still-held = Ennek az üzenetnek még várnia kell. Ön elengedheti.
refusal-outbox-not-held = Ez az üzenet már nem vár: elment, vagy leállították.
refusal-outbox-not-queued = Ez az üzenet már nincs a sorban.
refusal-outbox-not-due = Ezt az üzenetet még korai elküldeni.
refusal-outbox-stale = Ennek az üzenetnek elmúlt az ideje.
refusal-outbox-other-attempt = Az üzenet küldése már nem ehhez a kísérlethez tartozik.
refusal-outbox-never-sent = Ez az üzenet el sem indult, ezért nem lehet róla jelentés.
refusal-outbox-not-uncertain = Már tudjuk, hogy ez az üzenet elment-e.

refusal-call-no-extension = Ez nem a központ melléke: legfeljebb öt számjegy és ékezet nélküli betűk. Külső számot az adhat meg, aki a beállításokat módosíthatja.
refusal-call-no-exchange = Nincs olyan telefonközpont csatlakoztatva, amelyről hívni lehet.
