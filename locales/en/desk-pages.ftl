### What several pages of the desk say.

open-now-until = Open until { $until }
open-now-opens = Closed. Opens { $at }
open-now-closed = Closed
desk-chair = chair { $chair }
language-en = English
language-ru = Russian
language-hu = Hungarian
language-fa = Persian
visit-page-today = today
visit-page-tomorrow = tomorrow


desk-sms-parts = As a text message: { $parts ->
    [one] { $parts } part
   *[other] { $parts } parts
}
