### Страницы, которые пациент открывает по ссылке.

visit-page-title = Ваш визит
visit-page-greeting = { $patient }, вас ждут
visit-page-greeting-requested = { $patient }, вы просили об этом визите
visit-page-greeting-closed = { $patient }, это был ваш визит
visit-page-length = { $minutes ->
    [one] Приём займёт около { $minutes } минуты.
   *[other] Приём займёт около { $minutes } минут.
}
visit-page-minutes = { $minutes } мин
visit-page-late-said = { $minutes ->
    [one] Вы предупредили, что опоздаете на { $minutes } минуту. Спасибо.
    [few] Вы предупредили, что опоздаете на { $minutes } минуты. Спасибо.
   *[other] Вы предупредили, что опоздаете на { $minutes } минут. Спасибо.
}
visit-page-confirm = Приду
visit-page-another-time = Другое время
visit-page-late = Опаздываю
visit-page-late-ask = На сколько?
visit-page-cancel = Не смогу прийти
visit-page-cancel-ask = Подскажите, почему? С вашим ответом визит будет отменён.
visit-page-cancel-note = Вам удобнее другой день? Выберите «Другое время», и запись сохранится.
visit-page-reason-unwell = Плохо себя чувствую
visit-page-reason-no-time = Нет времени
visit-page-reason-cost = Стоимость
visit-page-reason-elsewhere = Лечусь в другом месте
visit-page-reason-other = Другая причина
visit-page-person = Написать человеку
visit-page-more = Ещё о визите
visit-page-calendar = В календарь
visit-page-map = Как доехать
visit-page-times-title = Какое время вам удобно?
visit-page-times-none = В ближайшие недели подходящего свободного времени нет. Сотрудник подберёт его вместе с вами.
visit-page-times-note = Нажмите на время, и визит будет перенесён. Прежнее время займёт другой пациент.
visit-page-back = Оставить как есть
visit-page-done-confirmed = Спасибо. Ждём вас.
visit-page-done-moved = Визит перенесён. Вот новое время.
visit-page-done-late = Спасибо, что предупредили. Не торопитесь в дороге.
visit-page-done-cancelled = Визит отменён. Когда захотите, подберём вам другое время.
visit-page-done-person = Вам напишет сотрудник клиники.
visit-page-changed = Тем временем кое-что изменилось. Вот как обстоит сейчас.
visit-page-answers-by = ответит до { $time }
visit-page-answers-from = ответит { $time }

link-ended-title = Эта ссылка больше не действует
link-ended-why = Её срок истёк, или вам уже прислали новую.
link-ended-way-on = Откройте последнее сообщение от клиники или ответьте на него: вам помогут.

unsubscribe-title = Больше не присылать письма?
unsubscribe-what = Напоминания о визитах по электронной почте тоже перестанут приходить. Другие способы связи останутся.
unsubscribe-do = Не присылать письма
unsubscribe-done = Писем больше не будет
unsubscribe-done-what = Если передумаете, скажите об этом на следующем визите или ответьте на любое сообщение клиники.
