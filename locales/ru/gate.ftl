# Рядом с каждым сообщением: почему оно идёт так, ждёт или не уходит. Это читают сотрудники клиники.

why-suppressed-no-consent = Не отправлено: пациент не давал согласия на такие сообщения.
why-suppressed-opted-out = Не отправлено: пациент просил больше не писать сюда.
why-suppressed-refused = Не отправлено: пациент в списке тех, кому клиника отказала.
why-suppressed-deceased = Не отправлено: пациент умер.
why-suppressed-no-bots = Бот не пишет: пациент хочет общаться только с людьми.
why-suppressed-open-complaint = Не отправлено: у пациента открытая жалоба.
why-suppressed-duplicate = Не отправлено: пациенту это уже сообщили.
why-suppressed-over-cap = Не отправлено: пациент получил достаточно сообщений, а это менее важное.
why-suppressed-stale = Не отправлено: его время прошло.
why-suppressed-not-reachable = Не отправлено: нет канала, по которому с пациентом можно связаться.
why-suppressed-not-verified = Не отправлено: содержание личное, а ни один контакт пациента не подтверждён.
why-suppressed-window-closed = Не отправлено: мессенджер разрешает писать лишь некоторое время после сообщения пациента.
why-suppressed-over-budget = Не отправлено: бюджет канала исчерпан.
why-suppressed-visit-changed = Не отправлено: визит с тех пор изменился.

why-held-quiet-hours = Ждёт до { $until }: в тихие часы никого не беспокоим.
why-held-daily-cap = Ждёт до { $until }: на сегодня пациент сообщения уже получил.
why-held-out-of-hours = Ждёт до { $until }: клиника закрыта.
why-held-restored = Ждёт после восстановления из копии: отправку должен разрешить человек.

why-channel-preferred = Через { $channel }: так попросил пациент.
why-channel-last-answered = Через { $channel }: здесь пациент отвечал в последний раз.
why-channel-cheapest = Через { $channel }: самый дешёвый способ связаться с пациентом.
why-channel-only-one = Через { $channel }: единственный способ связаться с пациентом.
why-channel-next-in-ladder = Через { $channel }: на предыдущем канале доставка не подтвердилась.
why-channel-chosen = Через { $channel }: так выбрал сотрудник.

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
channel-sandbox = Учебный мессенджер
