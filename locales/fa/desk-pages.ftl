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


desk-sms-parts = به‌صورت پیامک: { $parts } بخش
