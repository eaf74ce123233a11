# Сегодня: что нужно знать и сделать на смене.

today-title = Сегодня
today-summary = { $visits ->
    [one] { $visits } визит
    [few] { $visits } визита
   *[other] { $visits } визитов
} · подтверждено: { $confirmed }
today-tasks = Сделать
today-tasks-empty = Дел нет. Сюда само попадёт то, что бот не смог решить.
today-script = Что сказать
today-open-conversation = Открыть диалог
today-open-journal = Открыть в журнале
today-outcome-confirmed = Подтверждает
today-outcome-moved = Перенесли
today-outcome-cancelled = Отменяет
today-outcome-no-answer = Не отвечает
today-outcome-settled = Решено
today-due = до { $at }
today-due-over = просрочено на { $minutes } мин
today-due-over-hours = просрочено на { $hours } ч
today-due-emergency = сейчас
today-waiting = Ждут ответа
today-waiting-empty = Никто не ждёт ответа.
today-open-inbox = Открыть диалоги
today-coming = Сегодня придут
today-coming-empty = Сегодня визитов нет. Запишите пациента в журнале.
today-open-day = Открыть день
today-late = опоздает на { $minutes } мин
today-sits = ждёт { $minutes } мин
today-step-arrive = Пришёл
today-step-chair = В кресло
today-step-complete = Состоялся
today-unsure = Ещё не подтвердили
today-unsure-empty = Все визиты подтверждены.
today-unsure-asked = { $times ->
    [0] ещё не спрашивали
    [one] спросили { $times } раз, ответа нет
    [few] спросили { $times } раза, ответа нет
   *[other] спросили { $times } раз, ответа нет
}
today-unsure-unreachable = бот не может связаться
today-unsure-next = бот спросит снова в { $at }
today-unsure-call = звонок в { $at }
today-tomorrow = Завтра
today-outbox = Задержанные сообщения
today-outbox-held = до { $until }
today-outbox-doubt = неясно
today-outbox-failed = не отправлено

# Почему нужен человек.

task-reason-unconfirmed = На напоминания нет ответа.
task-reason-no-slots = Ни одно из предложенных времён не подошло.
task-reason-cancelled-for-us = Клиника отменила визит, новая дата ещё не выбрана.
task-reason-visit-changed = Пока пациент отвечал, визит изменился.
task-reason-missed-call = Нам звонили, и никто не ответил.
task-reason-missed-often = Пациент пропустил несколько визитов.
task-reason-too-late = Пациент опоздает; расписание дня может сбиться.
task-reason-no-answer = Пациент не ответил.
task-reason-not-sent = Сообщение не удалось отправить.
task-reason-emergency = Пациент пишет о боли или экстренном случае.
task-reason-broken-script = Сценарий не смог продолжиться.
task-reason-unclear = Бот не понял ответа.
task-reason-no-slot-fits = Нет свободного времени, о котором просит пациент.
task-reason-handed-over = Бот передал диалог человеку.
task-reason-callback = Посетитель сайта попросил перезвонить.
task-reason-person = Пациент попросил человека.
task-reason-number-not-theirs = Номер или аккаунт больше не принадлежит пациенту. Узнайте новый; почему — написано в карточке.
task-reason-doubt-wrong-person = С общего номера ответили, что это не тот человек. Уточните, пользуется ли им ещё пациент.
task-reason-doubt-nothing-arrives = Несколько сообщений подряд не дошли. Уточните, пользуется ли пациент ещё этим номером.
task-reason-doubt-back-again = Пишут с номера, который несколько недель не работал. Уточните, пациент ли это.
task-reason-doubt-renamed = В аккаунте теперь другое имя. Уточните, пациент ли это.

# Что сказать по телефону.

task-script-greeting = Здравствуйте, это { $staff }, { $clinic }.
task-script-speak-with = Я говорю с пациентом { $patient }?
task-script-visit = Вы записаны: { $at }. Сможете прийти?
task-script-yes = Если да: спасибо, ждём вас.
task-script-move = Если нет: предложите другое время и перенесите визит в журнале.
task-script-missed = Нам вас не хватало на прошлом визите. Подберём новое время?
task-script-cancelled = К сожалению, нам пришлось отменить ваш визит: { $at }. Подберём новое время?
task-script-missed-call = Извините, что не ответили на ваш звонок. Чем мы можем помочь?
task-script-help = Как вы себя чувствуете и чем мы можем помочь?
today-restored = Задержано после восстановления из копии
today-restored-of = от { $at }
today-restored-send-all = Ни одно не ушло: отправить все
today-restored-drop-all = Все уже ушли: снять
