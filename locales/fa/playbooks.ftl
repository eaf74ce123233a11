### سناریوها: نام هر کدام، هر اجرا چه کرد و چرا، و ایراد یک سناریو چیست.

## سناریوهایی که همراه برنامه‌اند.

playbook-welcome-name = خوشامد
playbook-welcome-about = یک بار سلام می‌کند، وقتی پیام‌رسان بیمار به پرونده‌اش وصل شد.
playbook-booked-name = جزئیات نوبت
playbook-booked-about = همین که کلینیک نوبتی ثبت یا جابه‌جا کند، زمان و جای آن را می‌گوید.
playbook-cancelled-name = لغو نوبت
playbook-cancelled-about = هنگامی که کلینیک نوبتی را لغو می‌کند به بیمار خبر می‌دهد و زمان تازه‌ای پیدا می‌کند.
playbook-visit-reminder-name = یادآوری نوبت
playbook-visit-reminder-about = سه روز پیش، یک روز پیش و دو ساعت پیش از نوبت تأیید می‌خواهد؛ زمان دیگری پیدا می‌کند؛ اگر پاسخی نیامد، کار را به همکاران می‌سپارد.
playbook-running-late-name = دیر رسیدن
playbook-running-late-about = می‌پرسد بیمار چقدر دیر می‌رسد، در دفتر نوبت‌ها علامت می‌زند و اگر برنامهٔ روز به هم بخورد، همکاران را خبر می‌کند.
playbook-missed-call-name = تماس بی‌پاسخ
playbook-missed-call-about = از کسی که تماسش بی‌پاسخ ماند پوزش می‌خواهد، می‌گوید کلینیک کی تماس می‌گیرد و پیشنهاد می‌کند بنویسد.
playbook-no-show-name = نوبت از‌دست‌رفته
playbook-no-show-about = پس از نوبتی که بیمار نیامده، بی‌گلایه می‌نویسد و زمان‌های تازه پیشنهاد می‌کند.

## سناریو باید بر چه اثر بگذارد.

goal-call-back-within-promise = تماس دوباره در زمان وعده‌داده‌شده
goal-no-show-rate = نوبت‌های از‌دست‌رفته
goal-confirmation-rate = نوبت‌های تأییدشده
goal-settled-in-channel = انجام‌شده بدون تماس تلفنی

## هر گام چه زمانی برداشته می‌شود.

condition-unconfirmed = نوبت هنوز تأیید نشده است
condition-open-now = کلینیک اکنون باز است
condition-closed-now = کلینیک اکنون بسته است
condition-moved-by-us = کلینیک نوبت را جابه‌جا کرده است
condition-booked-by-us = کلینیک نوبت را ثبت کرده است
condition-cancelled-by-us = کلینیک نوبت را لغو کرده است
condition-cancelled-for-us = کلینیک نمی‌تواند در این زمان پذیرش کند
condition-missed-often = در یک سال دست‌کم دو نوبت از دست رفته است
condition-missed-once = در یک سال کمتر از دو نوبت از دست رفته است
condition-still-fits = نوبت هنوز در برنامهٔ روز جا می‌شود
condition-does-not-fit = نوبت دیگر در برنامهٔ روز جا نمی‌شود

## بیمار چه پاسخی می‌تواند بدهد.

answer-confirm = تأیید می‌کند
answer-another-time = زمان دیگری می‌خواهد
answer-cancel = لغو می‌کند
answer-late = دیر می‌رسد
answer-person = می‌خواهد با همکاران صحبت کند
answer-more = زمان‌های بیشتری می‌خواهد
answer-slot = یکی از زمان‌های پیشنهادی را برمی‌گزیند
answer-reason = دلیل را می‌گوید
answer-keep = نوبت را نگه می‌دارد
answer-yes = بله می‌گوید
answer-no = نه می‌گوید
answer-thanks = تشکر می‌کند

## هر اجرا چه کرد.

trace-started = آغاز شد
trace-waiting = منتظر است
trace-said = گفت
trace-asked = پرسید
trace-answered = بیمار پاسخ داد
trace-offered = چند زمان پیشنهاد کرد
trace-no-slots = زمان مناسبی پیدا نکرد
trace-marked = در دفتر نوبت‌ها علامت زد
trace-mark-refused = دفتر نوبت‌ها اجازه نداد
trace-journal-refused = پاسخ دفتر نوبت‌ها
trace-task = کاری را به همکاران سپرد
trace-joined = دربارهٔ چند نوبت خانواده با هم می‌گوید
trace-handed-over = به همکاران سپرد
trace-skipped-condition = انجام نشد: شرط آن برقرار نیست
trace-skipped-too-soon = انجام نشد: نوبت تازه ثبت شده و هنوز جای پرسیدن نیست
trace-skipped-passed = انجام نشد: زمانش گذشته است
trace-ended = پایان یافت
trace-stopped = متوقف شد
trace-broken = سناریو از اینجا راه ادامه ندارد

## هر اجرا چگونه پایان یافت.

outcome-sent = گفته شد
outcome-asked = پرسیده شد
outcome-done = انجام شد
outcome-unanswered = پاسخی نیامد
outcome-confirmed = نوبت تأیید شد
outcome-moved = زمان تازه انتخاب شد
outcome-cancelled = نوبت لغو شد
outcome-booked = نوبت تازه ثبت شد
outcome-declined = نوبت تازه نمی‌خواهد
outcome-noted = دیر رسیدن یادداشت شد
outcome-handed-over = به همکاران سپرده شد
stop-visit-confirmed = نوبت تأیید شد
stop-visit-moved = نوبت جابه‌جا شد
stop-visit-cancelled = نوبت لغو شد
stop-visit-started = نوبت آغاز شده یا گذشته است
stop-spoken = تلفنی با او گفت‌وگو شد
stop-joined = پیام دیگری دربارهٔ چند نوبت با هم می‌گوید
stop-patient-gone = بیمار دیگر اینجا نیست
stop-switched-off = سناریو خاموش شد
stop-broken = سناریو راه ادامه ندارد

## ایراد یک سناریو چیست.

fault-unreadable = این خوانده نمی‌شود: { $detail }
fault-no-steps = سناریو دست‌کم یک گام لازم دارد.
fault-bad-name = نام از حروف کوچک لاتین، رقم و خط تیره ساخته می‌شود: { $detail }
fault-twice = دو گام نام { $detail } دارند.
fault-unknown-happening = در تاریخچهٔ کلینیک رویدادی به نام { $detail } نیست.
fault-unknown-step = گامی به نام { $detail } نیست.
fault-unknown-answer = پاسخی به نام { $detail } نیست.
fault-unknown-condition = شرطی به نام { $detail } نیست.
fault-unknown-mark = دفتر نوبت‌ها علامتی به نام { $detail } ندارد.
fault-answer-without-step = دکمهٔ { $detail } به جایی نمی‌رسد.
fault-days-before-needs-at = «days-before» و «at» با هم می‌آیند.
fault-several-moments = هر گام فقط یک زمان دارد.
fault-bad-span = مدت را به شکل 30m یا 2h یا 7d بنویسید: { $detail }
fault-missing = این گام «{ $detail }» هم می‌خواهد.
fault-does-nothing = این گام هیچ کاری نمی‌کند.
fault-several-actions = هر گام فقط یک کار می‌کند.
fault-endless-question = پس از پرسش باید یکی از گام‌های بعدی زمانی داشته باشد، وگرنه انتظار پایان ندارد.
fault-circle = این گام بی‌آنکه منتظر کسی بماند به خودش برمی‌گردد.
