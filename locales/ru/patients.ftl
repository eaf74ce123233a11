# Пациенты: список и карта.

patients-title = Пациенты
patients-total = { $count ->
    [one] { $count } пациент
    [few] { $count } пациента
   *[other] { $count } пациентов
}
patients-over = Больше { $count } пациентов
patients-find = Имя на любом языке, телефон или почта
patients-search = Найти
patients-new = Новый пациент
patients-new-title = Новый пациент
patients-edit-title = Карта: { $patient }
patients-empty = Пациентов пока нет. Добавьте первого или загрузите список из вашей программы.
patients-nobody = Никого не нашлось. Введите меньше букв или номер телефона либо заведите новую карту.
patients-more = Ещё пациенты
patients-back = Назад к пациентам
patients-born = дата рождения: { $day }
patients-born-age = дата рождения: { $day } (возраст: { $age })
patients-number = номер { $number }
patients-conversation = Диалог
patients-edit = Изменить
patients-book = Записать на визит
patients-visits = Визиты
patients-visits-empty = Визитов пока нет. Запишите на первый.
patients-contacts = Контакты
patients-contacts-empty = Контактов пока нет. Добавьте ниже телефон или почту либо подключите мессенджер.
patients-contact-label = Телефон или адрес почты
patients-contact-add = Добавить
patients-contact-change = Изменить
patients-contact-verified = Принадлежит пациенту: проверено лично
patients-contact-shared = Пользуются несколько человек
patients-contact-opted-out = Просит сюда не писать
patients-contact-last = последнее сообщение { $at }
patients-connect = Подключить мессенджер
patients-connect-help = Пациент открывает ссылку или сканирует код и дальше пишет клинике из своего мессенджера.
patients-connect-scan = Дайте пациенту отсканировать код или отправьте ссылку.
patients-connect-code = Код со ссылкой
patients-connect-once = Ссылка только для этого пациента: кто её откроет, будет связан с этой картой.
patients-consents = Что можно присылать
patients-consent-answer = Отметить ответ
patients-consent-where = Где
patients-consent-everywhere = на всех каналах
patients-consent-proof = Чем подтверждается
patients-consent-proof-example = подписанная анкета от 12 мая
patients-consent-give = Согласен
patients-consent-refuse = Не согласен
patients-consent-withdraw = Отозвать
patients-consent-given = { $channel }, { $at }: { $proof }
patients-preferences = Пожелания
patients-bots-welcome = бот может писать
patients-no-bots = Без сообщений бота: пишет или звонит человек
patients-channel-any = где отвечает охотнее
patients-family = Семья
patients-guardian-nobody = Никто: пациент отвечает сам
patients-guardian-find = Найти представителя
patients-guardian-help = Кто отвечает за ребёнка: все сообщения идут ему.
patients-lately = Хронология
patients-lately-empty = Пока ничего не было.
patients-older = Раньше
patients-given = Имя
patients-family-name = Фамилия
patients-note-help = Важно знать администратору. Никогда не отправляется.
patients-save = Сохранить
patients-cancel = Отмена
patients-saved = Сохранено.
