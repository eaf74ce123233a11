### Miért nem módosítható egy időpont úgy, ahogyan kérték.

refusal-visit-only-requested = Ez egyelőre csak időpontkérés. Először a rendelőnek kell elfogadnia.
refusal-visit-already-started = Ez a vizit már elkezdődött.
refusal-visit-already-arrived = A páciens már megérkezett erre az időpontra.
refusal-visit-not-today = Ez az időpont egy másik napra szól.
refusal-visit-not-arrived = A páciens még nem érkezett meg.
refusal-visit-not-open = { $state ->
    [completed] Ez a vizit már megtörtént.
    [cancelled] Ezt az időpontot lemondták.
    [moved] Ezt az időpontot áthelyezték.
    [no_show] Erre az időpontra a páciens nem jött el.
   *[other] Ez az időpont már nem módosítható.
}
refusal-visit-not-started = Ez a vizit még nem kezdődött el.
refusal-visit-same-slot = Az időpont már most is erre az órára szól.
refusal-visit-late-minutes = Kérjük, 1 és { $most } perc között válasszon.
refusal-visit-over = Ez az időpont már elmúlt.
refusal-visit-nothing-to-undo = Nincs visszavonható jelölés.
refusal-visit-undo-another-day = Egy jelölés csak azon a napon vonható vissza, amelyen készült.
refusal-visit-stale = Ezt az időpontot valaki más éppen módosította. Így áll most.
refusal-visit-not-yours = Ez az időpont egy másik pácienshez tartozik.
refusal-visit-note-too-long = A megjegyzés túl hosszú.
refusal-slot-ends-before-start = A befejezésnek a kezdés után kell lennie.
refusal-slot-too-long = Egy vizit legfeljebb 12 óráig tarthat.
refusal-slot-passed = Ez az időpont már elmúlt.
refusal-slot-taken = Ezt az időpontot éppen lefoglalták.
refusal-slot-provider-busy = Az orvosnak ekkor már van egy időpontja.
refusal-slot-chair-busy = A szék ebben az időben foglalt.
refusal-absence-ends-before-start = A távollét végének a kezdete után kell lennie.
