### Строки истории пациента. Кто и через что это сделал, сказано рядом.

timeline-patient-added = Карта заведена
timeline-patient-changed = Карта изменена: { $fields }
timeline-contact-added = Контакт добавлен: { $channel }
timeline-contact-verified = Контакт подтверждён: { $channel }
timeline-contact-shared = Контактом пользуются несколько человек: { $channel }
timeline-contact-regained = Снова на связи: { $channel }
timeline-contact-lost = Недоступен: { $channel }
timeline-contact-doubted = Выясняем, чей это контакт: { $channel }
timeline-contact-not-theirs = Больше не принадлежит пациенту: { $channel }. { $why }
timeline-contact-given-back = Всё-таки принадлежит пациенту: { $channel }
timeline-opted-out = Просьба больше не писать: { $channel }
timeline-opted-in = Снова согласен получать сообщения: { $channel }
timeline-consent-given = Согласие дано: { $purpose }
timeline-consent-withdrawn = Согласие отозвано: { $purpose }
timeline-visit-requested = Заявка на визит: { $at }
timeline-visit-booked = Запись на визит: { $at }
timeline-visit-confirmed = Визит подтверждён
timeline-visit-moved = Визит перенесён: был { $from }, теперь { $to }
timeline-visit-cancelled = Визит отменён: { $reason }
timeline-visit-late = { $minutes ->
    [one] Опоздает на { $minutes } минуту
    [few] Опоздает на { $minutes } минуты
   *[other] Опоздает на { $minutes } минут
}
timeline-visit-arrived = Пришёл на визит
timeline-visit-in-chair = В кресле
timeline-visit-completed = Визит состоялся
timeline-visit-missed = Не пришёл на визит
timeline-visit-mark-undone = Отметка о визите снята
timeline-message-received = Получено сообщение
timeline-message-queued = Сообщение отправляется
timeline-message-held = Сообщение ждёт до { $until }
timeline-message-released = Отправка сообщения разрешена
timeline-message-suppressed = Сообщение не отправлено
timeline-message-accepted = Сообщение отправлено
timeline-message-delivered = Сообщение доставлено
timeline-message-read = Сообщение прочитано
timeline-message-failed = Сообщение не удалось отправить
timeline-message-delayed = Сообщение задерживается: сервер получателя пока недоступен
timeline-message-uncertain = Неизвестно, ушло ли сообщение
timeline-conversation-assigned = Разговор ведёт { $staff }
timeline-conversation-waiting = Ждёт ответа сотрудника
timeline-conversation-answered = Ответил сотрудник: { $staff }
timeline-conversation-snoozed = Разговор отложен до { $until }
timeline-conversation-reopened = Разговор возобновлён
timeline-conversation-closed = Разговор завершён
timeline-note-written = Добавлена заметка
timeline-call-answered = Телефонный разговор, { $direction }
timeline-call-missed = Пропущенный звонок
timeline-call-unanswered = Звонок без ответа
timeline-run-started = Бот начал: { $playbook }
timeline-run-ended = Бот закончил: { $playbook }
timeline-handed-over = Бот передал разговор сотруднику
timeline-task-opened = Поставлена задача
timeline-task-done = Задача выполнена
timeline-task-void = Задача отпала
