# Почему с разговором не вышло. Это читают сотрудники клиники.

refusal-conversation-closed = Этот разговор закрыт. Сначала откройте его снова.
refusal-conversation-not-assigned = Этот разговор никто не ведёт.
refusal-conversation-with-somebody-else = Здесь уже отвечает другой сотрудник. Сначала возьмите разговор на себя.
refusal-conversation-not-closed = Этот разговор и так открыт.
refusal-conversation-snooze-time = Выберите время от текущего момента до года вперёд.
refusal-conversation-not-snoozed = Этот разговор больше не отложен.
refusal-conversation-already-known = Этот разговор принадлежит другому пациенту.
refusal-conversation-note-empty = Заметка пуста.
refusal-conversation-note-too-long = Заметка слишком длинная: не больше { $most } знаков.
refusal-conversation-answered-meanwhile = Коллега уже ответил. Ваш текст сохранён: прочитайте ответ, затем отправьте или удалите свой.
refusal-conversation-closed-meanwhile = Коллега уже закрыл этот разговор. Посмотрите ещё раз, прежде чем писать.
refusal-conversation-changed-meanwhile = Здесь появилось новое. Посмотрите ещё раз и затем отправьте.
refusal-conversation-emergency = Пациент сообщает о неотложном случае. Сначала ответьте.

# О чём был разговор: выбирают, когда закрывают его.

conversation-topic-visit = Запись на приём
conversation-topic-treatment = Лечение
conversation-topic-price = Стоимость
conversation-topic-documents = Документы
conversation-topic-complaint = Жалоба
conversation-topic-thanks = Благодарность
conversation-topic-not-for-us = Не к нам
conversation-topic-other = Другое
