### What several pages of the desk say.

open-now-until = Nyitva eddig: { $until }
open-now-opens = Zárva. Nyitás: { $at }
open-now-closed = Zárva
desk-chair = szék: { $chair }
language-en = angol
language-ru = orosz
language-hu = magyar
language-fa = perzsa
visit-page-today = ma
visit-page-tomorrow = holnap


desk-sms-parts = SMS-ként: { $parts } rész
