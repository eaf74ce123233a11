### What several pages of the desk say.

open-now-until = Открыто до { $until }
open-now-opens = Закрыто. Откроется: { $at }
open-now-closed = Закрыто
desk-chair = кресло { $chair }
language-en = английский
language-ru = русский
language-hu = венгерский
language-fa = персидский
visit-page-today = сегодня
visit-page-tomorrow = завтра


desk-sms-parts = Как SMS: { $parts ->
    [one] { $parts } часть
    [few] { $parts } части
   *[other] { $parts } частей
}
