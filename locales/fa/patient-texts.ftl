# آنچه دستیار کلینیک به بیماران می‌گوید. مؤدبانه، کوتاه و گرم.
# خطی که چیزی برای گفتن ندارد (نقشه نیست، پیوند نیست، نوبت خود بیمار است) به‌طور کامل حذف می‌شود.
# نام هیچ درمانی نمی‌آید و از کسی خواسته نمی‌شود تلفن بزند: هر که به همکار ما نیاز دارد، همین‌جا پاسخ می‌گیرد.

## welcome

welcome-hello =
    { $patient_name } گرامی، سلام!
    از پیام شما به { $clinic_name } سپاسگزاریم. هر ساعتی می‌توانید همین‌جا برای ما بنویسید.
    نخست دستیار هوشمند ما پاسخ می‌دهد؛ با زدن دکمهٔ «ارتباط با همکار ما» با یکی از همکاران ما در ارتباط خواهید بود.
    نشانی ما: { $address }
    { $map_url }

## booked

booked-details =
    { $patient_name } گرامی، سلام!
    نوبت شما در { $clinic_name } ثبت شد:
    { $date }، ساعت { $time }
    بیمار: { $visitor_name }
    درمانگر: { $provider }
    نشانی: { $address }
    نقشه: { $map_url }
    تقویم، تغییر یا لغو نوبت: { $visit_url }
    از دیدار شما خوشحال می‌شویم.

booked-preparation =
    برای آمادگی پیش از نوبت { $date }، ساعت { $time }:
    { $preparation }
    اگر پرسشی دارید، همین‌جا بپرسید.

moved-details =
    { $patient_name } گرامی، سلام!
    زمان نوبت شما در { $clinic_name } تغییر کرد. زمان تازه:
    { $date }، ساعت { $time }
    بیمار: { $visitor_name }
    درمانگر: { $provider }
    نشانی: { $address }
    تقویم، تغییر یا لغو نوبت: { $visit_url }

cancelled-details =
    { $patient_name } گرامی، سلام!
    نوبت شما در { $clinic_name } لغو شد: { $date }، ساعت { $time }.
    بیمار: { $visitor_name }
    اگر زمان تازه‌ای می‌خواهید، بنویسید «زمان دیگر» تا پیشنهاد بدهیم.

cancelled-sorry =
    { $patient_name } گرامی، سلام!
    متأسفانه ناچار شدیم نوبت شما را در { $clinic_name } لغو کنیم: { $date }، ساعت { $time }.
    بیمار: { $visitor_name }
    پوزش می‌خواهیم. بنویسید «زمان دیگر» تا زمان‌های تازه پیشنهاد کنیم.

## visit-reminder

visit-reminder-ask =
    { $patient_name } گرامی، سلام!
    نوبت شما در { $clinic_name } نزدیک است:
    { $date }، ساعت { $time }
    بیمار: { $visitor_name }
    درمانگر: { $provider }
    نشانی: { $address }
    این زمان برایتان مناسب است؟ می‌توانید بنویسید «بله»، «زمان دیگر» یا «لغو».

visit-reminder-day-before =
    { $patient_name } گرامی، سلام!
    به‌زودی در { $clinic_name } منتظر شما هستیم:
    { $date }، ساعت { $time }
    بیمار: { $visitor_name }
    درمانگر: { $provider }
    نشانی: { $address }
    لطفاً بفرمایید آیا تشریف می‌آورید: «بله»، «زمان دیگر» یا «لغو».

visit-reminder-soon =
    { $clinic_name }: این زمان را برای شما نگه داشته‌ایم: { $date }، ساعت { $time }.
    بیمار: { $visitor_name }
    نشانی: { $address }
    تشریف می‌آورید؟ می‌توانید بنویسید «بله»، «دیر می‌رسم» یا «لغو».

visit-reminder-several =
    { $patient_name } گرامی، سلام!
    نوبت‌های شما در { $clinic_name } نزدیک است، { $date }:
    { $visits }
    نشانی: { $address }
    این زمان‌ها برایتان مناسب است؟ می‌توانید بنویسید «بله»، «زمان دیگر» یا «لغو».

visit-reminder-thanks =
    سپاسگزاریم، نوبت تأیید شد: { $date }، ساعت { $time }.
    بیمار: { $visitor_name }
    به امید دیدار در { $clinic_name }!

visit-reminder-thanks-several =
    سپاسگزاریم، این نوبت‌ها برای { $date } تأیید شدند:
    { $visits }
    به امید دیدار در { $clinic_name }!

visit-reminder-slots =
    حتماً. این زمان‌ها آزاد است:
    { $slots }
    کدام برایتان مناسب است؟ تا وقتی انتخاب نکرده‌اید، زمان کنونی برای شما می‌ماند.

visit-reminder-no-slots =
    اکنون زمان مناسبی برای پیشنهاد نداریم. یکی از همکاران ما زمانی پیدا می‌کند و همین‌جا برایتان می‌نویسد.
    پاسخ حداکثر تا: { $opening }
    تا آن هنگام زمان کنونی برای شما می‌ماند.

visit-reminder-slot-gone =
    متأسفیم، این زمان همین الان گرفته شد. دنبال زمان دیگری می‌گردیم.

visit-reminder-moved =
    انجام شد، زمان نوبت تغییر کرد. زمان تازه:
    { $date }، ساعت { $time }
    بیمار: { $visitor_name }
    درمانگر: { $provider }
    تقویم و جزئیات دیگر: { $visit_url }

visit-reminder-cancel-why =
    متأسفیم که نمی‌توانید تشریف بیاورید. می‌شود دلیلش را بپرسیم؟ به ما کمک می‌کند، ولی پاسخ دادن الزامی نیست.

visit-reminder-cancelled =
    نوبت لغو شد: { $date }، ساعت { $time }.
    بیمار: { $visitor_name }
    سپاسگزاریم که خبر دادید.

visit-reminder-new-date =
    زمان تازه‌ای برایتان پیدا کنیم؟ این زمان‌ها آزاد است:
    { $slots }

visit-reminder-kept =
    بسیار خوب، همه چیز مثل قبل می‌ماند: { $date }، ساعت { $time }.
    بیمار: { $visitor_name }
    به امید دیدار!

## running-late

running-late-how-much =
    سپاسگزاریم که خبر دادید. حدوداً چند دقیقه دیرتر می‌رسید؟

running-late-noted =
    یادداشت شد: حدود { $minutes } دقیقه دیرتر. منتظر شما هستیم، عجله نکنید.

running-late-too-late =
    سپاسگزاریم که خبر دادید. با { $minutes } دقیقه تأخیر ممکن است وقت کافی نباشد.
    یکی از همکاران ما همین حالا برنامهٔ روز را می‌بیند و همین‌جا برایتان می‌نویسد. لطفاً فعلاً به راهتان ادامه دهید.

## no-show

no-show-missed-you =
    { $patient_name } گرامی، سلام!
    در { $clinic_name } منتظر شما بودیم: { $date }، ساعت { $time }. امیدواریم حالتان خوب باشد.
    بیمار: { $visitor_name }
    زمان تازه‌ای پیدا کنیم؟ بنویسید «بله» یا همین‌جا بگویید چه زمانی مناسب است.

no-show-again =
    { $patient_name } گرامی، سلام!
    این بار هم فرصت نشد: { $date }، ساعت { $time }. پیش می‌آید.
    بیمار: { $visitor_name }
    بنویسید چه چیزی کار را برایتان آسان‌تر می‌کند تا یکی از همکاران ما همین‌جا همراه شما زمانی پیدا کند.

## a call that nobody took

missed-call-sorry =
    { $clinic_name }: پوزش می‌خواهیم که نتوانستیم به تماس شما پاسخ بدهیم.
    تا این زمان با شما تماس می‌گیریم: { $opening }
    اگر نوشتن برایتان آسان‌تر است، همین‌جا بنویسید موضوع چیست.

missed-call-closed =
    { $clinic_name }: پوزش می‌خواهیم، اکنون بسته‌ایم و نتوانستیم به تماس شما پاسخ بدهیم.
    تا این زمان با شما تماس می‌گیریم: { $opening }
    اگر نوشتن برایتان آسان‌تر است، همین‌جا بنویسید موضوع چیست؛ هنگام باز شدن کلینیک یکی از همکاران می‌خواند.

## پاسخ به گفته‌های بیمار

handed-over =
    سپاسگزاریم. یکی از همکاران ما پیام شما را می‌خواند و همین‌جا پاسخ می‌دهد.
    پاسخ حداکثر تا: { $opening }

handed-over-closed =
    سپاسگزاریم، پیام شما رسید. اکنون تعطیل هستیم؛ یکی از همکاران ما پس از بازگشایی آن را می‌خواند و همین‌جا پاسخ می‌دهد.
    پاسخ حداکثر تا: { $opening }

not-understood =
    سپاسگزاریم. من یک برنامه هستم و شاید درست متوجه نشده باشم؛ یکی از همکاران ما پیام شما را می‌خواند و همین‌جا پاسخ می‌دهد.
    پاسخ حداکثر تا: { $opening }

emergency-routed =
    پیام شما به‌عنوان فوری به همکاران ما رسانده شد.
    همین‌جا به شما پاسخ می‌دهیم، حداکثر تا: { $opening }
    اگر خون‌ریزی بند نمی‌آید، نفس کشیدن یا بلعیدن دشوار است یا ورم به‌سرعت زیاد می‌شود، منتظر پاسخ ما نمانید و همین حالا شمارهٔ اورژانس را بگیرید: { $emergency_number }

stop-done =
    انجام شد: { $clinic_name } دیگر در اینجا برایتان پیامی نمی‌فرستد. اگر نظرتان عوض شد، بنویسید «شروع».

start-done =
    خوش برگشتید! { $clinic_name } دوباره در اینجا برایتان می‌نویسد. برای پایان دادن بنویسید «توقف».

out-of-hours =
    سپاسگزاریم، پیام شما به { $clinic_name } رسید. اکنون تعطیل هستیم.
    یکی از همکاران ما پاسخ می‌دهد، حداکثر تا: { $opening }

callback-noted =
    سپاسگزاریم. درخواست تماس شما با شماره و زمانی که نوشتید ثبت شد.

contact-linked =
    { $patient_name } گرامی، سپاسگزاریم!
    از این پس { $clinic_name } در اینجا برایتان می‌نویسد.

contact-ask =
    برای اینکه بدانیم چه کسی می‌نویسد، لطفاً با دکمهٔ زیر شمارهٔ خود را بفرستید. { $clinic_name } آن را فقط برای مراقبت از شما به کار می‌برد.

stale-button =
    این نوبت در این میان تغییر کرده است. اکنون: { $date }، ساعت { $time }.
    بیمار: { $visitor_name }
    جزئیات: { $visit_url }

nothing-to-do =
    سپاسگزاریم! کار دیگری لازم نیست.

## دکمه‌ها: حداکثر ۲۰ نویسه، چنان‌که پیام‌رسان‌ها اجازه می‌دهند

button-confirm = تأیید می‌کنم
button-another-time = زمان دیگر
button-cancel = لغو نوبت
button-person = ارتباط با همکار ما
button-wrong-person = اشتباه گرفته‌اید
button-more = زمان‌های بیشتر
button-late = دیر می‌رسم
button-late-5 = ۵ دقیقه
button-late-10 = ۱۰ دقیقه
button-late-15 = ۱۵ دقیقه
button-late-30 = ۳۰ دقیقه
button-keep = نوبت بماند
button-new-date = زمان تازه می‌خواهم
button-share-contact = فرستادن شماره‌ام
button-reason-unwell = حالم خوب نیست
button-reason-no-time = وقت ندارم
button-reason-cost = هزینه
button-reason-elsewhere = درمان در جای دیگر
button-reason-other = دلیل دیگر

## موضوع ایمیل‌ها

subject-welcome-hello = به { $clinic_name } خوش آمدید
subject-booked-details = نوبت شما: { $date }، ساعت { $time }
subject-booked-preparation = آمادگی پیش از نوبت
subject-moved-details = زمان نوبت شما تغییر کرد: { $date }، ساعت { $time }
subject-cancelled-details = نوبت شما لغو شد
subject-cancelled-sorry = متأسفانه نوبت شما لغو شد
subject-visit-reminder-ask = نوبت شما: { $date }، ساعت { $time }
subject-visit-reminder-day-before = نوبت شما: { $date }، ساعت { $time }
subject-visit-reminder-soon = نوبت شما: { $date }، ساعت { $time }
subject-visit-reminder-several = نوبت‌های شما: { $date }
subject-visit-reminder-thanks = تأیید شد: { $date }، ساعت { $time }
subject-visit-reminder-thanks-several = تأیید شد: { $date }
subject-visit-reminder-slots = زمان‌های آزاد برای نوبت شما
subject-visit-reminder-no-slots = زمان دیگر برای نوبت شما
subject-visit-reminder-slot-gone = زمان‌های آزاد برای نوبت شما
subject-visit-reminder-moved = زمان نوبت شما تغییر کرد: { $date }، ساعت { $time }
subject-visit-reminder-cancel-why = دربارهٔ نوبت شما
subject-visit-reminder-cancelled = نوبت شما لغو شد
subject-visit-reminder-new-date = زمان تازه برای نوبت شما
subject-visit-reminder-kept = نوبت شما می‌ماند: { $date }، ساعت { $time }
subject-running-late-how-much = دربارهٔ نوبت امروز شما
subject-running-late-noted = دربارهٔ نوبت امروز شما
subject-running-late-too-late = دربارهٔ نوبت امروز شما
subject-missed-call-sorry = تماس شما بی‌پاسخ ماند
subject-missed-call-closed = اکنون بسته‌ایم
subject-no-show-missed-you = منتظر شما بودیم
subject-no-show-again = زمانی مناسب برای شما
subject-handed-over = پیام شما به { $clinic_name }
subject-handed-over-closed = پیام شما به { $clinic_name }
subject-not-understood = پیام شما به { $clinic_name }
subject-emergency-routed = فوری: پیام شما به { $clinic_name }
subject-stop-done = پایان پیام‌های { $clinic_name }
subject-start-done = خوش برگشتید به { $clinic_name }
subject-out-of-hours = پیام شما به { $clinic_name }
subject-callback-noted = { $clinic_name }: درخواست تماس شما
subject-contact-linked = به { $clinic_name } خوش آمدید
subject-contact-ask = چه کسی می‌نویسد؟
subject-stale-button = نوبت شما تغییر کرده است
subject-nothing-to-do = سپاسگزاریم

## خط‌های فهرست‌ها

line-slot = { $place }. { $date_time }، { $provider }
line-slot-alone = { $place }. { $date_time }
line-visit = { $time }، { $visitor_name }، { $provider }
line-visit-alone = { $time }، { $visitor_name }
