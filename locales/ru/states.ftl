### Слова о том, что чем является.

## Состояние визита.

visit-state-requested = заявка
visit-state-booked = записан
visit-state-confirmed = подтверждён
visit-state-arrived = пришёл
visit-state-in-chair = в кресле
visit-state-completed = состоялся
visit-state-cancelled = отменён
visit-state-moved = перенесён
visit-state-no-show = неявка

## Почему визит отменён.

cancel-reason-unwell = плохое самочувствие
cancel-reason-no-time = нет времени
cancel-reason-cost = стоимость
cancel-reason-elsewhere = лечение в другом месте
cancel-reason-clinic = отменила клиника
cancel-reason-mistake = записан по ошибке
cancel-reason-other = другая причина
cancel-reason-unsaid = причина не названа

## Что должен сделать сотрудник.

task-kind-call = Позвонить
task-kind-answer = Ответить
task-kind-emergency = Экстренно
task-kind-decide = Принять решение
task-outcome-confirmed = подтверждено
task-outcome-moved = перенесено
task-outcome-cancelled = отменено
task-outcome-no-answer = не отвечает
task-outcome-settled = решено

## Кто здесь работает.

role-desk = администратор
role-clinician = врач
role-manager = управляющий
role-owner = владелец

## Части дня.

daypart-morning = утро
daypart-afternoon = день
daypart-evening = вечер

## Для чего пациенту можно писать и согласен ли он.

purpose-service = сообщения о лечении
purpose-marketing = предложения и новости
purpose-reviews = просьбы об отзыве
purpose-data-transfer = передача данных
purpose-photos = использование фотографий
consent-standing-given = согласие есть
consent-standing-not-given = согласия нет
consent-standing-withdrawn = согласие отозвано
consent-standing-objected = возражает

## Кто это для клиники и насколько мы уверены в контакте.

patient-standing-lead = обратившийся
patient-standing-patient = пациент
patient-standing-refused = в списке отказов
patient-standing-deceased = умер
sureness-unverified = не подтверждён
sureness-verified = подтверждён
sureness-shared = общий для нескольких человек
contact-state-open = на связи
contact-state-opted-out = просил не писать
contact-state-unreachable = недоступен
contact-state-not-theirs = больше не принадлежит пациенту
not-theirs-wrong-person = Тот, кто там читает, сообщил, что это не он.
not-theirs-told-at-desk = В регистратуре узнали, что там читает другой человек.
not-theirs-nothing-arrives = Туда давно ничего не доходит.

## Что записано в карте пациента.

patient-field-clinic = клиника
patient-field-name = имя
patient-field-locale = язык
patient-field-born-on = дата рождения
patient-field-guardian = представитель
patient-field-zone = часовой пояс
patient-field-preferred-channel = предпочитаемый канал
patient-field-bots = сообщения от бота
patient-field-standing = статус
patient-field-note = заметка
patient-field-external-key = номер в другой программе клиники
