### Сценарии: их названия, что сделал каждый запуск и почему, и что не так со сценарием.

## Сценарии, которые поставляются с программой.

playbook-welcome-name = Приветствие
playbook-welcome-about = Здоровается один раз, когда мессенджер пациента привязан к его карточке.
playbook-booked-name = Сведения о визите
playbook-booked-about = Сообщает, когда и куда прийти, как только клиника записала пациента или перенесла визит.
playbook-cancelled-name = Отмена визита
playbook-cancelled-about = Сообщает пациенту, что клиника отменила визит, и подбирает новую дату.
playbook-visit-reminder-name = Напоминание о визите
playbook-visit-reminder-about = Просит подтверждения за три дня, за день и за два часа; подбирает другое время; передаёт сотруднику, если никто не ответил.
playbook-running-late-name = Опоздание
playbook-running-late-about = Спрашивает, на сколько пациент опоздает, ставит отметку в журнале и зовёт сотрудника, если день не выдерживает.
playbook-missed-call-name = Пропущенный звонок
playbook-missed-call-about = Извиняется перед тем, кто не дозвонился, говорит, когда клиника перезвонит, и предлагает написать.
playbook-no-show-name = Пропущенный визит
playbook-no-show-about = Пишет после пропущенного визита, без упрёков, и предлагает новое время.

## На что сценарий должен повлиять.

goal-call-back-within-promise = перезвонили в обещанный срок
goal-no-show-rate = пропущенные визиты
goal-confirmation-rate = подтверждённые визиты
goal-settled-in-channel = решено без телефонного звонка

## Когда шаг выполняется.

condition-unconfirmed = визит ещё не подтверждён
condition-open-now = клиника сейчас открыта
condition-closed-now = клиника сейчас закрыта
condition-moved-by-us = визит перенесла клиника
condition-booked-by-us = визит записала клиника
condition-cancelled-by-us = визит отменила клиника
condition-cancelled-for-us = клиника не может принять в это время
condition-missed-often = за год пропущено не меньше двух визитов
condition-missed-once = за год пропущено меньше двух визитов
condition-still-fits = визит ещё помещается в расписание дня
condition-does-not-fit = визит уже не помещается в расписание дня

## Что может ответить пациент.

answer-confirm = подтверждает
answer-another-time = хочет другое время
answer-cancel = отменяет
answer-late = опаздывает
answer-person = просит сотрудника
answer-more = хочет ещё варианты
answer-slot = выбирает предложенное время
answer-reason = называет причину
answer-keep = оставляет визит
answer-yes = говорит «да»
answer-no = говорит «нет»
answer-thanks = благодарит

## Что сделал запуск.

trace-started = Начат
trace-waiting = Ждёт
trace-said = Сообщил
trace-asked = Спросил
trace-answered = Пациент ответил
trace-offered = Предложил время
trace-no-slots = Не нашёл подходящего времени
trace-marked = Поставил отметку в журнале
trace-mark-refused = Журнал этого не позволил
trace-journal-refused = Что ответил журнал
trace-task = Попросил сотрудника о деле
trace-joined = Говорит сразу о нескольких визитах семьи
trace-handed-over = Передал сотруднику
trace-skipped-condition = Пропущено: условие не выполнено
trace-skipped-too-soon = Пропущено: запись сделана слишком недавно, спрашивать рано
trace-skipped-passed = Пропущено: время прошло
trace-ended = Завершён
trace-stopped = Остановлен
trace-broken = У сценария нет продолжения

## Чем закончился запуск.

outcome-sent = сообщено
outcome-asked = спрошено
outcome-done = сделано
outcome-unanswered = ответа нет
outcome-confirmed = визит подтверждён
outcome-moved = выбрано новое время
outcome-cancelled = визит отменён
outcome-booked = записан новый визит
outcome-declined = новый визит не нужен
outcome-noted = опоздание отмечено
outcome-handed-over = передано сотруднику
stop-visit-confirmed = визит подтверждён
stop-visit-moved = визит перенесён
stop-visit-cancelled = визит отменён
stop-visit-started = визит начался или уже прошёл
stop-spoken = с пациентом поговорили по телефону
stop-joined = о нескольких визитах говорит другое сообщение
stop-patient-gone = пациента больше нет в клинике
stop-switched-off = сценарий выключен
stop-broken = у сценария нет продолжения

## Что не так со сценарием.

fault-unreadable = Это не удаётся прочитать: { $detail }
fault-no-steps = В сценарии должен быть хотя бы один шаг.
fault-bad-name = Имя состоит из строчных латинских букв, цифр и дефисов: { $detail }
fault-twice = Два шага называются { $detail }.
fault-unknown-happening = В истории клиники нет события { $detail }.
fault-unknown-step = Нет шага { $detail }.
fault-unknown-answer = Нет ответа { $detail }.
fault-unknown-condition = Нет условия { $detail }.
fault-unknown-mark = Журнал не знает отметки { $detail }.
fault-answer-without-step = Кнопка { $detail } никуда не ведёт.
fault-days-before-needs-at = «days-before» и «at» указываются вместе.
fault-several-moments = У шага может быть только один срок.
fault-bad-span = Пишите промежуток как 30m, 2h или 7d: { $detail }
fault-missing = Этому шагу нужно ещё «{ $detail }».
fault-does-nothing = Этот шаг ничего не делает.
fault-several-actions = Шаг делает только одно дело.
fault-endless-question = После вопроса у какого-нибудь следующего шага должен быть срок, иначе ожидание не закончится.
fault-circle = Этот шаг возвращается к себе, никого не дожидаясь.
