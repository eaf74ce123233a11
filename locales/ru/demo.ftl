# The telephones of a demo clinic.
demo-pushing = Клиника живёт дальше…
demo-phones-title = Телефоны пациентов
demo-phones-find = Найти пациента
demo-phones-nobody = С таким именем никого нет.
demo-phones-asked = ждём ответа
demo-phone-empty = Сообщений пока нет.
demo-phone-without = У этого пациента телефон без мессенджера: до него можно только дозвониться.
demo-phone-say = Написать от имени пациента
demo-phone-send = Отправить
demo-phone-close = Закрыть телефон
demo-phone-back = Все телефоны
demo-phone-react = Поставить палец вверх
