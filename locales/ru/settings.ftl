### Настройки.

settings-title = Настройки
settings-clinic = Клиника
settings-hours = Часы работы
settings-staff = Сотрудники
settings-services = Услуги
settings-chairs = Кресла
settings-channels = Каналы
settings-me = Моя учётная запись
settings-save = Сохранить
settings-saved = Сохранено.
settings-add = Добавить
settings-remove = Убрать
settings-back = Назад
settings-optional = необязательно
settings-days = Особые дни
settings-days-none = Праздников и особых часов пока нет. Добавьте дни, когда клиника закрыта или работает иначе.
settings-day = День
settings-day-hours = Часы; пусто, если закрыто

clinic-map-url = Ссылка на карту
clinic-quiet = Тихие часы
clinic-quiet-help = В эти часы по времени пациента бот ничего не отправляет.
clinic-quiet-from = С
clinic-quiet-until = До
clinic-daily-cap = Сообщений бота одному пациенту в день

staff-add = Добавить сотрудника
staff-none = Здесь пока никого нет. Добавьте тех, кто отвечает пациентам, и тех, кто ведёт приём.
staff-title = Как их знают пациенты
staff-role = Роль
staff-provides = В журнале
staff-provides-treatment = ведёт приём, есть столбец
staff-provides-nothing = приём не ведёт
staff-email-help = С ней входят в программу. Оставьте пустой, если вход не нужен.
staff-new-password = Новый пароль
staff-password-stays = Если оставить пустым, останется прежний.
staff-on-shift = на смене
staff-left = больше не работает
staff-has-left = Этот сотрудник больше не работает и войти не может. Его визиты остались в журнале.
staff-leaving = Увольнение
staff-leaving-what = Доступ закроется сразу. Визиты и диалоги останутся.
staff-leaves = Больше не работает…
staff-leaves-do = Закрыть доступ:
staff-returns = Снова работает

service-add = Добавить услугу
service-none = Записывать пока не на что. Добавьте, что вы предлагаете и сколько это длится.
service-name = Название
service-minutes = Минут
service-buffer = Минут перерыва после
service-offered = Запись
service-offered-yes = открыта
service-offered-retired = больше не предлагается
service-providers = Кто выполняет
service-nobody-chosen = Не отмечайте никого, если выполняют все, кто ведёт приём.
service-everybody = все
service-chairs = Где
service-no-chair-chosen = Не отмечайте ничего, если подходит любое кресло.
service-preparation = Как подготовиться
service-preparation-help = Пациент прочтёт это вместе с записью.
service-length = { $buffer ->
    [0] { $minutes } мин
   *[other] { $minutes } + { $buffer } мин
}

chair-add = Добавить кресло
chair-none = Кресел пока нет. В одном кресле в одно время может быть только один пациент.
chair-name = Название кресла

channel-none = Ни один канал не подключён. Подключите ниже, и пациенты получат сообщения там, где им удобно.
channel-connect-more = Подключить канал
channel-connect = Подключить
channel-checked = Прежде чем сохранить, настройки проверяются у провайдера.
channel-settings = Настройки
channel-stored = сохранено; оставьте пустым, чтобы не менять
channel-trial = Проверка
channel-trial-help = Отправьте себе сообщение и убедитесь, что оно приходит.
channel-trial-to = Кому
channel-trial-do = Отправить проверочное сообщение
channel-trial-sent = Проверочное сообщение отправлено.
channel-link = Ссылка для пациентов
channel-link-help = По ней можно написать в клинику. Разместите её на сайте или распечатайте для регистратуры.
channel-at-provider = У провайдера
channel-hook = Адрес, к которому обращается провайдер
channel-hook-help = Введите его там, где провайдер спрашивает адрес webhook или callback. Большинство провайдеров уже узнали его сами.
channel-on = Включить
channel-off = Выключить
channel-state-on = работает
channel-state-off = выключен
channel-state-trouble = не работает
channel-trouble-settings = Его настройки больше не читаются. Подключите аккаунт заново.
channel-balance = Остаток на счёте:
channel-about-telegram = Бот клиники. Бесплатно; пациенты нажимают кнопки.
channel-about-bale = Бот клиники для пациентов в Иране. Бесплатно.
channel-about-whatsapp = Номер клиники в WhatsApp. За одобренные тексты Meta берёт плату.
channel-about-messenger = Сообщения вашей страницы в Facebook, для разговора. Бесплатно.
channel-about-viber = Бот клиники. Viber берёт за него плату.
channel-about-vk = Сообщения вашего сообщества. Бесплатно.
channel-about-max = Бот клиники. Бесплатно.
channel-about-sms = СМС через вашего провайдера. Он берёт плату за каждую часть сообщения.
channel-about-email = Ваш почтовый сервер; к письму приложен файл календаря.
channel-about-telephone = Кто звонит, видно до ответа; на пропущенные перезванивают.
channel-about-web = Чат и форма обратного звонка на вашем сайте. Бесплатно.
channel-about-sandbox = Мессенджер внутри программы, чтобы попробовать.

me-password = Сменить пароль
me-current = Текущий пароль
me-password-do = Сменить пароль
me-password-note = На всех других устройствах вы выйдете из программы.
me-password-done = Пароль изменён.
