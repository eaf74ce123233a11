### Почему визит нельзя изменить так, как просили.

refusal-visit-only-requested = Это пока только заявка. Сначала клиника должна её принять.
refusal-visit-already-started = Этот визит уже начался.
refusal-visit-already-arrived = Пациент уже пришёл.
refusal-visit-not-today = Этот визит назначен на другой день.
refusal-visit-not-arrived = Пациент ещё не пришёл.
refusal-visit-not-open = { $state ->
    [completed] Этот визит уже состоялся.
    [cancelled] Этот визит отменён.
    [moved] Этот визит перенесён на другое время.
    [no_show] Этот визит был пропущен.
   *[other] Этот визит уже нельзя изменить.
}
refusal-visit-not-started = Этот визит ещё не начался.
refusal-visit-same-slot = Визит уже назначен на это время.
refusal-visit-late-minutes = Укажите от 1 до { $most } минут.
refusal-visit-over = Время этого визита уже прошло.
refusal-visit-nothing-to-undo = Здесь нет отметки, которую можно снять.
refusal-visit-undo-another-day = Отметку можно снять только в тот день, когда она поставлена.
refusal-visit-stale = Этот визит только что изменил кто-то другой. Вот как он выглядит сейчас.
refusal-visit-not-yours = Это визит другого пациента.
refusal-visit-note-too-long = Заметка слишком длинная.
refusal-slot-ends-before-start = Окончание должно быть позже начала.
refusal-slot-too-long = Визит длится не более 12 часов.
refusal-slot-passed = Это время уже прошло.
refusal-slot-taken = Это время только что заняли.
refusal-slot-provider-busy = У врача в это время другой визит.
refusal-slot-chair-busy = Кресло в это время занято.
refusal-absence-ends-before-start = Отсутствие должно заканчиваться позже, чем начинается.
