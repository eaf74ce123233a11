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

## The playbooks, where a line of the timeline names one.

desk-playbook-welcome = Приветствие
desk-playbook-booked = Сообщение о записи
desk-playbook-visit-reminder = Напоминание о визите
desk-playbook-running-late = Опоздание
desk-playbook-no-show = После пропущенного визита
