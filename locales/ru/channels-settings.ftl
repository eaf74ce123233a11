# Настройки каналов и что с ними может быть не так.

channel-telegram-token = Токен бота
channel-telegram-token-help = В Telegram напишите @BotFather, отправьте /newbot и скопируйте токен из ответа. Он выглядит так: 123456789:AAE…
channel-telegram-server = Адрес сервера
channel-telegram-server-help = Меняйте, только если у вас свой сервер Bot API.

channel-bale-token = Токен бота
channel-bale-token-help = В Bale напишите @botfather, создайте бота и скопируйте токен из ответа.
channel-bale-server = Адрес сервера
channel-bale-server-help = Меняйте, только если Bale дал вам другой адрес.

channel-whatsapp-token = Токен доступа
channel-whatsapp-token-help = В настройках Meta Business, раздел «Системные пользователи»: создайте пользователя, дайте ему приложение и аккаунт WhatsApp и создайте бессрочный токен.
channel-whatsapp-phone-number-id = ID номера телефона
channel-whatsapp-phone-number-id-help = В приложении Meta: WhatsApp, настройка API. Это не сам номер телефона.
channel-whatsapp-app-secret = Секрет приложения
channel-whatsapp-app-secret-help = В приложении Meta: настройки приложения, «Основное». По нему мы узнаём обращения Meta.
channel-whatsapp-list-button = Кнопка, открывающая список
channel-whatsapp-list-button-help = Показывается под вопросами, у которых больше трёх ответов, например «Выбрать». Не более 20 знаков.
channel-whatsapp-template = Название одобренного шаблона
channel-whatsapp-template-help = Спустя сутки после последнего сообщения пациента WhatsApp пропускает только одобренный текст. Создайте шаблон категории Utility на каждом языке ваших пациентов, с двумя переменными и без кнопок: первая — имя пациента, вторая — сообщение. Без шаблона напоминание уйдёт по следующему каналу.
channel-whatsapp-verify-token = Проверочный токен
channel-whatsapp-verify-token-help = Введите его у Meta: WhatsApp, «Конфигурация», Webhook, вместе с адресом выше, и подпишитесь на поле messages.
channel-whatsapp-server = Адрес сервера
channel-whatsapp-server-help = Меняйте, только если Meta потребует более новую версию.

channel-messenger-token = Токен доступа страницы
channel-messenger-token-help = В приложении Meta: Messenger, настройки API. Добавьте страницу и создайте токен.
channel-messenger-page-id = ID страницы
channel-messenger-page-id-help = Номер вашей страницы, там же, рядом с её названием.
channel-messenger-app-secret = Секрет приложения
channel-messenger-app-secret-help = В приложении Meta: настройки приложения, «Основное». По нему мы узнаём обращения Meta.
channel-messenger-verify-token = Проверочный токен
channel-messenger-verify-token-help = Введите его у Meta: Messenger, настройки API, Webhooks, вместе с адресом выше. Подпишитесь на messages, messaging_postbacks, message_deliveries, message_reads и messaging_referrals.
channel-messenger-server = Адрес сервера
channel-messenger-server-help = Меняйте, только если Meta потребует более новую версию.

channel-viber-token = Токен бота
channel-viber-token-help = Viber выдаёт его после одобрения бота: панель администратора Viber, «Информация», «Токен».
channel-viber-sender-name = Имя отправителя
channel-viber-sender-name-help = Пациенты видят его над каждым сообщением. Не более 28 знаков.
channel-viber-welcome = Первые слова
channel-viber-welcome-help = Их видит каждый, кто открыл чат. Viber разрешает клинике писать только после того, как пациент нажал кнопку или написал сам.
channel-viber-welcome-button = Кнопка под ними
channel-viber-welcome-button-help = Одно нажатие начинает разговор, например «Начать».
channel-viber-server = Адрес сервера
channel-viber-server-help = Меняйте, только если Viber дал вам другой адрес.

channel-vk-token = Ключ доступа сообщества
channel-vk-token-help = В вашем сообществе ВКонтакте: «Управление», «Работа с API», «Ключи доступа», «Создать ключ». Разрешите сообщения и управление сообществом.
channel-vk-group-id = Номер сообщества
channel-vk-group-id-help = «Управление», «Работа с API», Callback API: число после group_id.
channel-vk-confirmation = Строка, которую должен вернуть сервер
channel-vk-confirmation-help = «Управление», «Работа с API», Callback API. Нужна, только если ВКонтакте будет обращаться к этой программе сама; без публичного адреса сообщения забираются.
channel-vk-secret = Секретный ключ
channel-vk-secret-help = Введите его ВКонтакте в разделе Callback API как секретный ключ до нажатия «Подтвердить». Затем включите события: входящее сообщение, действие с сообщением, разрешение и запрет сообщений.
channel-vk-server = Адрес сервера
channel-vk-server-help = Меняйте, только если ВКонтакте дала вам другой адрес.

channel-max-token = Токен бота
channel-max-token-help = На платформе MAX для партнёров: «Чат-боты», «Интеграция», «Получить токен».
channel-max-authority = Сертификат удостоверяющего центра
channel-max-authority-help = MAX может предъявлять сертификат национального удостоверяющего центра, который большинство компьютеров не знает. Вставьте сюда его корневой сертификат от строки BEGIN CERTIFICATE до строки END CERTIFICATE.
channel-max-server = Адрес сервера
channel-max-server-help = Меняйте, только если MAX дал вам другой адрес.

channel-email-host = Почтовый сервер
channel-email-host-help = Сервер, который отправляет вашу почту, например smtp.example.com. У почтовой службы он называется SMTP или «сервер исходящей почты».
channel-email-port = Порт
channel-email-port-help = Обычно 587 для STARTTLS или 465 для TLS.
channel-email-security = Шифрование
channel-email-security-help = Без шифрования письма можно передавать только серверу на этом же компьютере.
channel-email-security-starttls = STARTTLS
channel-email-security-tls = TLS
channel-email-security-none = Нет
channel-email-user = Имя пользователя
channel-email-user-help = Часто это полный адрес почты. Оставьте пустым, если сервер не требует входа.
channel-email-password = Пароль
channel-email-password-help = Некоторым службам нужен отдельный пароль приложения, а не ваш обычный.
channel-email-from-address = Адрес отправителя
channel-email-from-address-help = Его видят пациенты, на него приходят их ответы.
channel-email-from-name = Имя отправителя
channel-email-from-name-help = Название клиники, под которым её знают пациенты.
channel-email-bounce-address = Адрес для возвратов
channel-email-bounce-address-help = Сюда возвращаются недоставленные письма: номер сообщения стоит после знака «плюс». Оставьте пустым, если почтовая служба не разрешает другого отправителя.

channel-setting-unknown = У этого канала нет такой настройки.
channel-setting-missing = Заполните, пожалуйста, это поле.
channel-setting-too-long = Слишком длинное значение.
channel-setting-control = Здесь есть перенос строки или невидимый символ. Введите, пожалуйста, заново.
channel-setting-not-an-address = Введите, пожалуйста, адрес, который начинается с https://.
channel-setting-not-a-number = Введите, пожалуйста, целое число в допустимых пределах.
channel-setting-not-a-mail-address = Введите, пожалуйста, адрес электронной почты.
channel-setting-not-a-choice = Выберите, пожалуйста, один из вариантов.
channel-setting-wrong-form = Значение не похоже на правильное. Проверьте, пожалуйста, что скопировали его целиком.

channel-trouble-unauthorized = Служба не принимает токен или пароль. Проверьте его или создайте новый.
channel-trouble-wrong-server = По этому адресу такой службы нет. Проверьте адрес и токен.
channel-trouble-no-such-host = Сервер с таким именем не найден.
channel-trouble-refused = Сервер отказал в соединении. Проверьте адрес и порт.
channel-trouble-unreachable = Сервер сейчас недоступен.
channel-trouble-tls = Не удалось установить защищённое соединение с сервером.
channel-trouble-interrupted = Связь прервалась до того, как сообщение было передано.
channel-trouble-too-fast = Служба просит писать реже. Сообщение ждёт своей очереди.
channel-trouble-overloaded = Служба сейчас не принимает сообщения. Мы попробуем ещё раз.
channel-trouble-no-such-recipient = Такого получателя нет.
channel-trouble-never-opened = Пациент ещё не открыл чат с клиникой, поэтому написать туда первыми нельзя.
channel-trouble-mailbox-full = Почтовый ящик пациента переполнен.
channel-trouble-too-long = Сообщение слишком длинное или слишком большое для этого канала.
channel-trouble-policy = Сообщение отклонено как спам или по правилам службы.
channel-trouble-window-closed = Пациент писал слишком давно. Можно отправить только одобренный шаблон.
channel-trouble-polled-elsewhere = Сообщения этой учётной записи забирает другая программа. Остановите её или используйте другого бота.
channel-trouble-webhook-active = Сообщения этой учётной записи уходят на другой адрес. Подключите её заново.
channel-trouble-webhook-refused = Служба не может обратиться к вашему публичному адресу.
channel-trouble-no-public-address = Этот канал сам обращается к программе. Сначала укажите в настройках клиники её публичный адрес, начинающийся с https://.
channel-trouble-strange-answer = Служба прислала ответ, который нам непонятен.
channel-trouble-other = Служба отклонила сообщение.
