### Журнал: день по врачам, один визит, форма новой записи.

journal-title = Журнал
journal-new-title = Новый визит
journal-days = Дни
journal-before = Предыдущий день
journal-after = Следующий день
journal-today = Сегодня
journal-pick = Перейти к дню
journal-go = Перейти
journal-new = Новый визит
journal-grid = Визиты дня
journal-side = Рядом с днём
journal-no-providers = Здесь пока никто не ведёт приём. Добавьте врача или гигиениста с часами работы, и в журнале появится его столбец.
journal-add-provider = Добавить сотрудника
journal-no-visits = В этот день визитов пока нет. Нажмите N, чтобы записать пациента.
journal-closed = В этот день клиника закрыта.
journal-summary = { $visits ->
    [0] Визитов нет
    [one] { $visits } визит · подтверждено { $confirmed }
    [few] { $visits } визита · подтверждено { $confirmed }
   *[other] { $visits } визитов · подтверждено { $confirmed }
}
journal-needs-you = Ждёт вас
journal-needs-nothing = По всем визитам всё решено.
journal-marks = Отметки за день
journal-marks-none = Отметок пока нет.
journal-late = опоздает на { $minutes } мин
journal-by-channel = { $channel }, { $at }
journal-by-staff = { $staff }, { $at }
journal-by-guardian = { $name }, { $through }, { $at }
journal-by-desk = в регистратуре, { $at }
journal-by-page = на странице визита, { $at }
journal-by-import = импорт, { $at }
journal-close = Закрыть визит
journal-act-accept = Принять
journal-act-confirm = Подтвердить
journal-act-arrive = Пришёл
journal-act-in-chair = Пригласить в кресло
journal-act-complete = Завершён
journal-act-no-show = Не пришёл
journal-act-late = Опаздывает…
journal-act-move = Перенести
journal-act-cancel = Отменить…
journal-undo = Вернуть
journal-move-title = Перенести визит?
journal-move-to = Свободное время
journal-move-note = Пациенту сообщат новое время.
journal-keep = Оставить как есть
journal-no-times = В ближайшие недели свободного времени нет.
journal-cancel-why = Почему отменяется?
journal-cancel-note = Пациент узнает об этом и получит предложение нового времени.
journal-cancel-do = Отменить визит:
journal-open-conversation = Открыть диалог
journal-next = дальше
journal-history = Что было
journal-back = Назад в журнал
journal-who = Кто придёт?
journal-find = Найти
journal-nobody = Никого не нашлось.
journal-new-patient = Завести карту
journal-somebody-else = Другой пациент
journal-what = На что?
journal-service = Услуга
journal-provider = К кому
journal-anybody = К любому, кто свободен
journal-from = Начиная с
journal-show-times = Показать свободное время
journal-when = Когда?
journal-nothing-free = В эти дни всё занято. Попробуйте другого врача или более поздний день.
journal-note = Заметка для своих
journal-book = Записать
