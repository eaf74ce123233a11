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

## The playbooks, where a line of the timeline names one.

desk-playbook-welcome = Üdvözlés
desk-playbook-booked = Foglalási üzenet
desk-playbook-visit-reminder = Emlékeztető a vizitre
desk-playbook-running-late = Késés
desk-playbook-no-show = Kihagyott vizit után
