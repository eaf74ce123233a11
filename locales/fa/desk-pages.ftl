### What several pages of the desk say.

open-now-until = باز تا { $until }
open-now-opens = بسته است. باز می‌شود: { $at }
open-now-closed = بسته است
desk-chair = یونیت { $chair }
language-en = انگلیسی
language-ru = روسی
language-hu = مجاری
language-fa = فارسی
visit-page-today = امروز
visit-page-tomorrow = فردا

## The playbooks, where a line of the timeline names one.

desk-playbook-welcome = خوشامدگویی
desk-playbook-booked = پیام ثبت نوبت
desk-playbook-visit-reminder = یادآوری نوبت
desk-playbook-running-late = تأخیر
desk-playbook-no-show = پس از نوبتِ ازدست‌رفته
