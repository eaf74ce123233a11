# Что бот клиники говорит пациентам. На «вы», коротко и тепло.
# Строка, которой нечего сказать (нет карты, нет ссылки, пациент пишет о себе), пропадает целиком.
# Услуга нигде не названа, и никто не просит позвонить: кому нужен человек, тот получает его здесь.

## welcome

welcome-hello =
    Здравствуйте, { $patient_name }!
    Спасибо, что написали нам. Это { $clinic_name }, писать сюда можно в любое время.
    Сначала отвечает программа-помощник; кнопка «Нужен человек» сразу соединит вас с сотрудником.
    Наш адрес: { $address }
    { $map_url }

## booked

booked-details =
    Здравствуйте, { $patient_name }!
    Вы записаны: { $clinic_name },
    { $date }, { $time }
    Пациент: { $visitor_name }
    Специалист: { $provider }
    Адрес: { $address }
    Карта: { $map_url }
    Календарь, перенос, отмена: { $visit_url }
    Будем рады вас видеть.

booked-preparation =
    Ваш визит: { $date }, { $time }. Как к нему подготовиться:
    { $preparation }
    Если что-то непонятно, просто спросите здесь.

moved-details =
    Здравствуйте, { $patient_name }!
    Ваш визит перенесён. { $clinic_name }, новое время:
    { $date }, { $time }
    Пациент: { $visitor_name }
    Специалист: { $provider }
    Адрес: { $address }
    Календарь, перенос, отмена: { $visit_url }

cancelled-details =
    Здравствуйте, { $patient_name }!
    Визит отменён: { $clinic_name }, { $date }, { $time }.
    Пациент: { $visitor_name }
    Если нужна новая дата, ответьте «другое время», и мы её предложим.

cancelled-sorry =
    Здравствуйте, { $patient_name }!
    К сожалению, нам пришлось отменить визит: { $clinic_name }, { $date }, { $time }.
    Пациент: { $visitor_name }
    Просим прощения. Ответьте «другое время», и мы предложим новую дату.

## visit-reminder

visit-reminder-ask =
    Здравствуйте, { $patient_name }!
    Скоро ваш визит: { $clinic_name },
    { $date }, { $time }
    Пациент: { $visitor_name }
    Специалист: { $provider }
    Адрес: { $address }
    Вам удобно это время? Можно ответить «да», «другое время» или «отмена».

visit-reminder-day-before =
    Здравствуйте, { $patient_name }!
    Скоро ждём вас: { $clinic_name },
    { $date }, { $time }
    Пациент: { $visitor_name }
    Специалист: { $provider }
    Адрес: { $address }
    Подскажите, пожалуйста, придёте ли вы: «да», «другое время» или «отмена».

visit-reminder-soon =
    { $clinic_name }: мы держим для вас время, { $date }, { $time }.
    Пациент: { $visitor_name }
    Адрес: { $address }
    Вы придёте? Можно ответить «да», «опаздываю» или «отмена».

visit-reminder-several =
    Здравствуйте, { $patient_name }!
    Скоро ваши визиты: { $clinic_name }, { $date }:
    { $visits }
    Адрес: { $address }
    Вам удобно это время? Можно ответить «да», «другое время» или «отмена».

visit-reminder-thanks =
    Спасибо, визит подтверждён: { $date }, { $time }.
    Пациент: { $visitor_name }
    До встречи! { $clinic_name }

visit-reminder-thanks-several =
    Спасибо, визиты подтверждены: { $date }
    { $visits }
    До встречи! { $clinic_name }

visit-reminder-slots =
    Конечно. Свободно вот это время:
    { $slots }
    Что вам подходит? Пока вы не выбрали, ваше прежнее время остаётся за вами.

visit-reminder-no-slots =
    Сразу подходящего времени не нашлось. Сотрудник подберёт его и напишет вам сюда.
    Ответим не позднее: { $opening }
    До тех пор ваше прежнее время остаётся за вами.

visit-reminder-slot-gone =
    К сожалению, это время только что заняли. Ищем другое.

visit-reminder-moved =
    Готово, визит перенесён. Новое время:
    { $date }, { $time }
    Пациент: { $visitor_name }
    Специалист: { $provider }
    Календарь и всё остальное: { $visit_url }

visit-reminder-cancel-why =
    Жаль, что не получится прийти. Подскажите, пожалуйста, почему? Это поможет нам, но отвечать не обязательно.

visit-reminder-cancelled =
    Визит отменён: { $date }, { $time }.
    Пациент: { $visitor_name }
    Спасибо, что предупредили.

visit-reminder-new-date =
    Подобрать вам новую дату? Свободно вот это время:
    { $slots }

visit-reminder-kept =
    Хорошо, всё остаётся как было: { $date }, { $time }.
    Пациент: { $visitor_name }
    До встречи!

## running-late

running-late-how-much =
    Спасибо, что предупредили. На сколько минут вы примерно опоздаете?

running-late-noted =
    { $minutes ->
        [one] Записали: примерно на { $minutes } минуту позже. Ждём вас, не торопитесь.
        [few] Записали: примерно на { $minutes } минуты позже. Ждём вас, не торопитесь.
       *[many] Записали: примерно на { $minutes } минут позже. Ждём вас, не торопитесь.
    }

running-late-too-late =
    { $minutes ->
        [one] Спасибо, что предупредили. При опоздании на { $minutes } минуту времени может не хватить.
        [few] Спасибо, что предупредили. При опоздании на { $minutes } минуты времени может не хватить.
       *[many] Спасибо, что предупредили. При опоздании на { $minutes } минут времени может не хватить.
    }
    Сотрудник уже смотрит расписание и напишет вам сюда. Пока, пожалуйста, продолжайте путь.

## no-show

no-show-missed-you =
    Здравствуйте, { $patient_name }!
    Мы ждали вас: { $clinic_name }, { $date }, { $time }. Надеемся, у вас всё хорошо.
    Пациент: { $visitor_name }
    Подобрать новое время? Ответьте «да» или напишите здесь, как вам удобно.

no-show-again =
    Здравствуйте, { $patient_name }!
    И в этот раз не получилось: { $date }, { $time }. Такое бывает.
    Пациент: { $visitor_name }
    Напишите, как вам было бы удобнее, и сотрудник подберёт время вместе с вами прямо здесь.

## a call that nobody took

missed-call-sorry =
    { $clinic_name }: извините, мы не смогли ответить на ваш звонок.
    Перезвоним вам до: { $opening }
    Если удобнее написать, просто ответьте здесь, о чём вопрос.

missed-call-closed =
    { $clinic_name }: извините, сейчас мы закрыты и не смогли ответить на ваш звонок.
    Перезвоним вам до: { $opening }
    Если удобнее написать, просто ответьте здесь, о чём вопрос: сотрудник прочтёт, когда мы откроемся.

## ответы на слова пациента

handed-over =
    Спасибо. Сотрудник клиники прочитает это и ответит вам здесь.
    Ответим не позднее: { $opening }

handed-over-closed =
    Спасибо, ваше сообщение получено. Сейчас мы закрыты; сотрудник прочитает его, когда откроемся, и ответит вам здесь.
    Ответим не позднее: { $opening }

not-understood =
    Спасибо. Я программа и могла понять вас неверно, поэтому это прочитает сотрудник и ответит вам здесь.
    Ответим не позднее: { $opening }

emergency-routed =
    Ваше сообщение передано сотрудникам как срочное.
    Вам ответят здесь не позднее: { $opening }
    Если кровотечение не останавливается, трудно дышать или глотать, быстро растёт отёк, не ждите нашего ответа: сразу наберите номер экстренной помощи { $emergency_number }.

stop-done =
    Готово: { $clinic_name } больше не будет писать вам сюда. Если передумаете, отправьте СТАРТ.

start-done =
    С возвращением! { $clinic_name } снова будет писать вам сюда. Чтобы прекратить, отправьте СТОП.

out-of-hours =
    Спасибо за сообщение, оно получено. { $clinic_name } сейчас не работает.
    Сотрудник ответит не позднее: { $opening }

callback-noted =
    Спасибо. Ваша просьба о звонке записана вместе с указанными номером и временем.

contact-linked =
    Спасибо, { $patient_name }!
    Теперь { $clinic_name } будет писать вам сюда.

contact-ask =
    Чтобы мы знали, кто пишет, поделитесь, пожалуйста, своим номером с помощью кнопки ниже. { $clinic_name } использует его только для заботы о вас.

stale-button =
    За это время визит изменился. Сейчас он такой: { $date }, { $time }.
    Пациент: { $visitor_name }
    Всё о нём: { $visit_url }

nothing-to-do =
    Спасибо! Больше ничего делать не нужно.

## кнопки: не длиннее 20 знаков, как разрешают мессенджеры

button-confirm = Подтверждаю
button-another-time = Другое время
button-cancel = Отменить визит
button-person = Нужен человек
button-wrong-person = Это не я
button-more = Ещё варианты
button-late = Опаздываю
button-late-5 = 5 минут
button-late-10 = 10 минут
button-late-15 = 15 минут
button-late-30 = 30 минут
button-keep = Оставить визит
button-new-date = Подобрать дату
button-share-contact = Поделиться номером
button-reason-unwell = Плохо себя чувствую
button-reason-no-time = Нет времени
button-reason-cost = Дорого
button-reason-elsewhere = Лечусь у других
button-reason-other = Другая причина

## темы писем

subject-welcome-hello = { $clinic_name }: добро пожаловать
subject-booked-details = Ваш визит: { $date }, { $time }
subject-booked-preparation = Как подготовиться к визиту
subject-moved-details = Визит перенесён: { $date }, { $time }
subject-cancelled-details = Ваш визит отменён
subject-cancelled-sorry = К сожалению, ваш визит пришлось отменить
subject-visit-reminder-ask = Ваш визит: { $date }, { $time }
subject-visit-reminder-day-before = Ваш визит: { $date }, { $time }
subject-visit-reminder-soon = Ваш визит: { $date }, { $time }
subject-visit-reminder-several = Ваши визиты: { $date }
subject-visit-reminder-thanks = Подтверждено: { $date }, { $time }
subject-visit-reminder-thanks-several = Подтверждено: { $date }
subject-visit-reminder-slots = Свободное время для визита
subject-visit-reminder-no-slots = Другое время для визита
subject-visit-reminder-slot-gone = Свободное время для визита
subject-visit-reminder-moved = Визит перенесён: { $date }, { $time }
subject-visit-reminder-cancel-why = О вашем визите
subject-visit-reminder-cancelled = Ваш визит отменён
subject-visit-reminder-new-date = Новая дата визита
subject-visit-reminder-kept = Визит остаётся: { $date }, { $time }
subject-running-late-how-much = О вашем визите сегодня
subject-running-late-noted = О вашем визите сегодня
subject-running-late-too-late = О вашем визите сегодня
subject-missed-call-sorry = Мы пропустили ваш звонок
subject-missed-call-closed = Сейчас мы закрыты
subject-no-show-missed-you = Мы вас ждали
subject-no-show-again = Время, удобное для вас
subject-handed-over = { $clinic_name }: ваше сообщение
subject-handed-over-closed = { $clinic_name }: ваше сообщение
subject-not-understood = { $clinic_name }: ваше сообщение
subject-emergency-routed = Срочно. { $clinic_name }: ваше сообщение
subject-stop-done = { $clinic_name }: сообщений больше не будет
subject-start-done = { $clinic_name }: с возвращением
subject-out-of-hours = { $clinic_name }: ваше сообщение
subject-callback-noted = { $clinic_name }: ваша просьба о звонке
subject-contact-linked = { $clinic_name }: добро пожаловать
subject-contact-ask = Кто нам пишет?
subject-stale-button = Ваш визит изменился
subject-nothing-to-do = Спасибо

## строки списков

line-slot = { $place }. { $date_time }, { $provider }
line-slot-alone = { $place }. { $date_time }
line-visit = { $time }, { $visitor_name }, { $provider }
line-visit-alone = { $time }, { $visitor_name }
