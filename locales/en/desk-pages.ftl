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

## The playbooks, where a line of the timeline names one.

desk-playbook-welcome = The welcome
desk-playbook-booked = The booking message
desk-playbook-visit-reminder = The visit reminder
desk-playbook-running-late = Running late
desk-playbook-no-show = After a missed visit
