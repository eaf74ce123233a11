### Why a page was not shown, or a form not taken.

refusal-thing-not-found = Здесь ничего нет или это открыто не для вас.
refusal-page-not-found = Такой страницы нет.
refusal-page-malformed = Запрос не удалось прочитать. Ничего не изменено.
refusal-page-foreign = Форма устарела или пришла с другого сайта. Ничего не изменено: откройте страницу заново и повторите.
refusal-page-too-large = Слишком большой объём, принять не получилось. Ничего не изменено.
refusal-page-too-slow = Это заняло слишком много времени. Прежде чем повторить, посмотрите, не выполнено ли уже.
refusal-page-too-often = Слишком много запросов. Подождите немного.
refusal-page-wrong-method = Этот адрес так не используется.
refusal-page-unavailable = Сейчас нет доступа к данным. Ничего не потеряно: попробуйте через минуту.
refusal-page-disk-full = На диске компьютера закончилось место, поэтому сохранить ничего нельзя. Это не сохранено. Сообщите тому, кто обслуживает компьютер, и повторите позже.
refusal-page-unsure = Связь с данными оборвалась во время сохранения. Прежде чем повторять, проверьте, не сохранилось ли это.
refusal-page-broken = Что-то сломалось на нашей стороне. Ничего не потеряно: попробуйте ещё раз, а если повторится, сообщите нам код.
refusal-form-unreadable = Не удалось прочитать. Проверьте, пожалуйста.
refusal-form-day-unreadable = Это не дата. Запишите её так: 2026-11-23.
refusal-form-choose = Выберите один из вариантов.
refusal-contact-mail = Это не адрес электронной почты.
refusal-patient-guardian-unknown = Карточки этого представителя нет.
refusal-patient-guardian-has-guardian = За этого человека самого отвечает другой. Выберите того, кто отвечает за обоих.
refusal-reply-empty = Сначала напишите ответ.
refusal-reply-too-long = Ответ слишком длинный: не больше { $most } знаков.
refusal-slot-gone = Это время только что заняли. Вот что свободно сейчас.
refusal-channel-not-set-up = Канал настроен не полностью. Откройте его настройки и сохраните их заново.
refusal-channel-wrong-address = Это не адрес этого канала.

## What stands around it.

trouble-title = Не получилось
trouble-code = Код:
trouble-way-on = Продолжить
