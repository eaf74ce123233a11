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
demo-phone-file = Отправить фото или файл
demo-phone-close = Закрыть телефон
demo-phone-back = Все телефоны
demo-phone-react = Поставить палец вверх

demo-website = Сайт
demo-website-title = Сайт клиники
demo-website-languages = Язык
demo-website-care = Наша помощь
demo-website-hero = Спокойные руки, здоровые зубы
demo-website-lead = Осмотры, пломбы и гигиена в центре города, на четырёх языках.
demo-website-hint = Попробуйте чат в углу: написанное придёт во «Входящие».
demo-website-hygiene = Гигиена
demo-website-hygiene-what = Бережная чистка дважды в год сохраняет дёсны здоровыми.
demo-website-filling = Пломбы
demo-website-filling-what = За один визит, в цвет ваших зубов.
demo-website-fear = Страшно?
demo-website-fear-what = Скажите нам. Мы не торопимся, объясняем каждый шаг и останавливаемся, как только вы поднимете руку.
