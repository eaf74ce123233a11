### Лестница: какой канал пробуется за каким, кого она охватывает и сколько стоит.

settings-ladder = Лестница
ladder-what = На каких каналах бот по очереди пробует доставить сообщение, если доставка не подтверждается. Канал, который предпочитает пациент, всегда идёт первым.
ladder-none = Лестницы пока нет. Бот пишет туда, где пациент отвечал в последний раз, иначе на самый дешёвый канал, и сам другой не пробует. Выберите ниже, для чего её задать.
ladder-rest = Для всего остального: там, где пациент отвечал в последний раз, иначе самый дешёвый канал.
ladder-new = Задать лестницу
ladder-purpose = Для чего
ladder-group = Кому
ladder-every-purpose = все сообщения
ladder-open = Открыть
ladder-specific = Если подходит несколько, действует самая точная: цель и группа, затем цель, затем группа.
ladder-undo = Отменить последнее изменение
ladder-group-everybody = всем
ladder-group-children = о детях
ladder-group-leads = ещё не пациентам
ladder-group-seniors = от 65 лет
ladder-group-speaking = читающим на языке: { $language }
ladder-then = { $before }, через { $minutes ->
    [one] { $minutes } минуту
    [few] { $minutes } минуты
   *[other] { $minutes } минут
} { $channel }
ladder-then-by-answer = { $before }, без ответа { $channel }
ladder-rungs = Ступени
ladder-unsaved = ещё не сохранено
ladder-changed = изменено, ещё не сохранено
ladder-preferred-first = Сначала канал, который предпочитает пациент, затем эти сверху вниз. Перетащите их или используйте стрелки.
ladder-no-rungs = Ступеней пока нет. Добавьте канал, который пробовать первым.
ladder-minutes = минут без доставки
ladder-no-reports = Надёжно не сообщает о доставке. Отсюда бот сам дальше не идёт; дальше идёт только сценарий, когда нет ответа.
ladder-not-connected = не подключён
ladder-up = Выше
ladder-down = Ниже
ladder-channel = Канал
ladder-add = Добавить
ladder-show = Пересчитать
ladder-reset = Убрать эту лестницу
ladder-reach = Кого она охватывает
ladder-reach-of = { $many ->
    [one] { $many } пациент этой группы
    [few] { $many } пациента этой группы
   *[other] { $many } пациентов этой группы
}
ladder-reach-of-newest = Пациентов этой группы: { $many } среди { $cards } новейших карт
ladder-reach-here = здесь
ladder-reach-so-far = до этой ступени всего
ladder-reach-elsewhere = Ещё { $many ->
    [one] { $many } пациент недоступен ни на одной ступени, только на другом канале.
    [few] { $many } пациента недоступны ни на одной ступени, только на другом канале.
   *[other] { $many } пациентов недоступны ни на одной ступени, только на другом канале.
}
ladder-reach-left-out = { $many ->
    [one] { $many } пациенту бот не пишет: по его желанию или из-за его статуса.
   *[other] { $many } пациентам бот не пишет: по их желанию или из-за их статуса.
}
ladder-reach-nowhere = { $many ->
    [one] { $many } пациент недоступен ни на одном канале
    [few] { $many } пациента недоступны ни на одном канале
   *[other] { $many } пациентов недоступны ни на одном канале
}
ladder-reach-nobody = В этой группе никого нет.
ladder-cost = Сколько это стоит
ladder-cost-hundred = { $many } сообщений: { $first }, если каждое дойдёт с первой попытки, { $most }, если ни одно не дойдёт до последней.
ladder-cost-month = Столько же, сколько за последние 30 дней ({ $many }): от { $first } до { $most }.
ladder-cost-parts = SMS считается за { $many ->
    [one] { $many } часть
    [few] { $many } части
   *[other] { $many } частей
}, как обычно у вас.
ladder-cost-free = Ничего: среди подключённых каналов нет платных.
ladder-unpriced = Цены канала { $channel } пока неизвестны и не учтены.
ladder-type-prices = Ввести цены
ladder-unreached = Недоступны ни на одном канале
ladder-unreached-of = { $about }: { $many ->
    [one] { $many } пациент
    [few] { $many } пациента
   *[other] { $many } пациентов
}. Помог бы ещё один контакт в карте.
ladder-unreached-none = Каждый доступен хотя бы на одном канале.
ladder-unreached-more = и ещё { $many }
ladder-message-follows = Повторяет то, доставку чего на другом канале никто не подтвердил.
ladder-message-climbed = За { $minutes ->
    [one] { $minutes } минуту
    [few] { $minutes } минуты
   *[other] { $minutes } минут
} доставка не подтвердилась: сказано ещё раз на следующей ступени лестницы.
ladder-message-late = Дошло с опозданием: через { $minutes ->
    [one] { $minutes } минуту
    [few] { $minutes } минуты
   *[other] { $minutes } минут
} очередь перешла к следующей ступени лестницы.
ladder-message-stayed = За { $minutes ->
    [one] { $minutes } минуту
    [few] { $minutes } минуты
   *[other] { $minutes } минут
} доставка не подтвердилась, а следующей ступени не было.
ladder-message-account-down = Не ушло: канал не работал дольше, чем ждёт лестница, поэтому сообщение отправлено следующей ступенью.
ladder-message-cost-list = Стоило { $sum } ({ $parts ->
    [one] { $parts } часть
    [few] { $parts } части
   *[other] { $parts } частей
}) по вашему прайс-листу.
ladder-message-cost-provider = Стоило { $sum } по данным провайдера.
channel-prices = Цены
channel-prices-list = Сколько берёт провайдер
channel-prices-help-segment = По строке на страну, в { $currency } за часть SMS: «+7; 4,5». «*; 40» — для всех остальных. Список можно вставить из таблицы.
channel-prices-help-message = По строке на страну, в { $currency } за сообщение: «+7; 24». Если провайдер различает виды, вид пишется посередине: «+7; utility; 8», «+7; marketing; 35», «+7; service; 0». «*; 40» — для всех остальных.
channel-traffic-paid = { $sum } за { $many ->
    [one] { $many } сообщение
    [few] { $many } сообщения
   *[other] { $many } сообщений
}

refusal-ladder-purpose = С этой целью бот сам ничего не пишет.
refusal-ladder-no-rungs = Добавьте хотя бы один канал.
refusal-ladder-channel-twice = Каждый канал может стоять здесь один раз.
refusal-ladder-nothing-written = По телефону ничего нельзя написать.
refusal-ladder-minutes = Ступень { $place }: введите целое число минут от 1 до { $most }.
refusal-ladder-changed-meanwhile = Тем временем лестницу кто-то изменил. Откройте её снова, чтобы увидеть, как она выглядит.
refusal-prices-unreadable = Строка { $line }: напишите страну, точку с запятой и цену, например «+7; 4,5».
refusal-prices-prefix = Строка { $line }: страна пишется цифрами, например +7, все остальные — знаком *.
refusal-prices-kind = Строка { $line }: вид — service, utility или marketing.
refusal-prices-twice = Строка { $line }: эта страна указана дважды.
refusal-prices-too-many = Строка { $line }: помещается строк: { $most }.
refusal-outbox-not-climbing = Это сообщение не ждёт следующей ступени лестницы.
