# Рядом с каждым сообщением: почему оно идёт так, ждёт или не уходит. Это читают сотрудники клиники.

why-suppressed-no-consent = Не отправлено: пациент не давал согласия на такие сообщения.
why-suppressed-no-consent-change = Изменить это может только пациент: согласие в карте разрешит следующие такие сообщения.
why-suppressed-opted-out = Не отправлено: пациент просил больше не писать сюда.
why-suppressed-opted-out-change = Изменить это может только пациент: если сам снова напишет сюда и попросит о сообщениях.
why-suppressed-refused = Не отправлено: пациент в списке тех, кому клиника отказала.
why-suppressed-refused-change = Снять отказ может руководитель; до этого написать может сотрудник на стойке.
why-suppressed-deceased = Не отправлено: пациент умер.
why-suppressed-deceased-change = Если отметка в карте ошибочна, стойка может исправить её там.
why-suppressed-no-bots = Бот не пишет: пациент хочет общаться только с людьми.
why-suppressed-no-bots-change = Стойка может позвонить или написать; пациент в любой момент может снова разрешить бота.
why-suppressed-open-complaint = Не отправлено: у пациента открытая жалоба.
why-suppressed-open-complaint-change = Такие сообщения пойдут снова, когда ответственный закроет жалобу.
why-suppressed-duplicate = Не отправлено: пациенту это уже сообщили.
why-suppressed-duplicate-change = Стойка может написать об этом ещё раз вручную.
why-suppressed-over-cap = Не отправлено: пациент получил достаточно сообщений, а это менее важное.
why-suppressed-over-cap-change = Стойка может отправить вручную; число сообщений в день меняет руководитель в настройках.
why-suppressed-stale = Не отправлено: его время прошло.
why-suppressed-stale-change = Менять ничего не нужно; стойка может написать заново.
why-suppressed-not-reachable = Не отправлено: нет канала, по которому с пациентом можно связаться.
why-suppressed-not-reachable-change = Стойка может добавить в карту телефон, почту или мессенджер.
why-suppressed-not-verified = Не отправлено: содержание личное, а ни один контакт пациента не подтверждён.
why-suppressed-not-verified-change = Пациент может подтвердить контакт, ответив с него, или стойка проверит его на визите.
why-suppressed-window-closed = Не отправлено: мессенджер разрешает писать лишь некоторое время после сообщения пациента.
why-suppressed-window-closed-change = Возможность появится, когда пациент напишет; руководитель может согласовать шаблон для этого сообщения.
why-suppressed-template-paused = Не отправлено: мессенджер приостановил согласованный шаблон для этого сообщения.
why-suppressed-template-paused-change = Шаблон, который не нравится пациентам, приостанавливают на несколько часов; руководитель может выбрать другой в настройках канала.
why-suppressed-template-not-approved = Не отправлено: мессенджер не одобрил шаблон для этого сообщения.
why-suppressed-template-not-approved-change = Руководитель видит состояние шаблона в настройках канала и может выбрать другой.
why-suppressed-template-advertises = Не отправлено: мессенджер считает шаблон для этого сообщения рекламой, а согласия на рекламу пациент не давал.
why-suppressed-template-advertises-change = Руководитель может согласовать шаблон категории «Сервисные» (Utility); пациент может согласиться на рекламу.
why-suppressed-over-budget = Не отправлено: бюджет канала исчерпан.
why-suppressed-over-budget-change = Увеличить бюджет канала может руководитель в настройках.
why-suppressed-visit-changed = Не отправлено: визит с тех пор изменился.
why-suppressed-visit-changed-change = Менять ничего не нужно: о новом времени уйдут свои сообщения.
why-suppressed-gone-before = Не отправлено повторно: возможно, оно ушло до восстановления из резервной копии, и его сняли на стойке.
why-suppressed-gone-before-change = Любой сотрудник стойки может написать пациенту заново.
why-suppressed-arrived-after-all = Не понадобилось: то, что оно повторило бы на другом канале, за это время доставлено или на него ответили.
why-suppressed-arrived-after-all-change = Делать ничего не нужно.

why-held-quiet-hours = Ждёт до { $until }: в тихие часы никого не беспокоим.
why-held-quiet-hours-change = Стойка может отправить сейчас; тихие часы меняет руководитель в настройках.
why-held-daily-cap = Ждёт до { $until }: на сегодня пациент сообщения уже получил.
why-held-daily-cap-change = Стойка может отправить сейчас; число сообщений в день меняет руководитель в настройках.
why-held-out-of-hours = Ждёт до { $until }: клиника закрыта.
why-held-out-of-hours-change = Отправить сейчас может автор или любой сотрудник на стойке.
why-held-restored = Ждёт после восстановления из копии: отправку должен разрешить человек.
why-held-restored-change = Отправить может любой сотрудник на стойке, убедившись, что до восстановления оно не ушло.

why-channel-preferred = Через { $channel }: так попросил пациент.
why-channel-preferred-change = Пациент может назвать другой канал; стойка отметит это в карте.
why-channel-ladder = Через { $channel }: первая ступень лестницы клиники, на которой пациент доступен.
why-channel-ladder-change = Лестницу меняет руководитель в настройках; важнее неё предпочтительный канал в карте.
why-channel-last-answered = Через { $channel }: здесь пациент отвечал в последний раз.
why-channel-last-answered-change = Важнее будет предпочтительный канал в карте; указать его может стойка.
why-channel-cheapest = Через { $channel }: самый дешёвый способ связаться с пациентом.
why-channel-cheapest-change = Важнее будет предпочтительный канал в карте; указать его может стойка.
why-channel-only-one = Через { $channel }: единственный способ связаться с пациентом.
why-channel-only-one-change = Стойка может добавить в карту ещё один контакт.
why-channel-next-in-ladder = Через { $channel }: на предыдущем канале доставка не подтвердилась.
why-channel-next-in-ladder-change = Сколько сценарий ждёт до следующего канала, меняет руководитель.
why-channel-chosen = Через { $channel }: так выбрал сотрудник.
why-channel-chosen-change = До отправки автор может выбрать другой канал.

# Через что пришло: «подтверждено через Telegram, вт 18:42».

origin-desk = на стойке
origin-channel = через { $channel }
origin-visit-page = на странице визита
origin-import = при импорте
origin-program = программой

origin-mark-booked = записано { $through }, { $at }
origin-mark-confirmed = подтверждено { $through }, { $at }
origin-mark-arrived = пришёл на приём, отмечено { $through }, { $at }
origin-mark-in-chair = в кресле, отмечено { $through }, { $at }
origin-mark-completed = завершено, отмечено { $through }, { $at }
origin-mark-cancelled = отменено { $through }, { $at }
origin-mark-moved = перенесено { $through }, { $at }
origin-mark-no-show = неявка, отмечено { $through }, { $at }
origin-mark-late = опоздание, сообщено { $through }, { $at }

channel-telegram = Telegram
channel-bale = Bale
channel-whatsapp = WhatsApp
channel-messenger = Messenger
channel-vk = ВКонтакте
channel-max = MAX
channel-viber = Viber
channel-sms = SMS
channel-email = Эл. почта
channel-web = Чат на сайте
channel-telephone = Телефон
channel-sandbox = Учебный мессенджер
