### ورود، راه‌اندازی نخست، و واژه‌های مشترک چند فرم.

sign-in-title = ورود
sign-in-email = ایمیل
sign-in-password = گذرواژه
sign-in-do = ورود
sign-in-forgotten = گذرواژه را فراموش کرده‌اید؟ مالک یا مدیر کلینیک می‌تواند گذرواژهٔ تازه‌ای برایتان بگذارد.

set-up-title = خوش آمدید. کلینیک شما را راه بیندازیم.
set-up-lead = حدود سه دقیقه وقت می‌برد. همه چیز را بعداً می‌توانید در تنظیمات تغییر دهید.
set-up-clinic = کلینیک
set-up-code = کد راه‌اندازی
set-up-code-help = در پیوندی است که برنامه هنگام شروع نشان داده است.
set-up-organisation = مجموعه
set-up-owner = شما، مالک
set-up-do = شروع کار

clinic-name = نام کلینیک
clinic-address = نشانی
clinic-address-help = همان‌طور که بیمار باید بخواند، با طبقه یا ورودی.
clinic-zone = منطقهٔ زمانی
clinic-region = کشور
clinic-region-help = دو حرف لاتین، مانند IR. شماره‌های بدون کد کشور با آن خوانده می‌شوند.
clinic-locale = زبان کلینیک
clinic-public-url = نشانی این برنامه در وب
clinic-public-url-help = بیماران پیوندهایشان را اینجا باز می‌کنند. بدون آن، پیام‌ها بی‌پیوند فرستاده می‌شوند.

person-given = نام
person-family = نام خانوادگی
person-locale = زبان صفحه‌ها
password-help = دست‌کم ۱۰ نویسه. چند واژهٔ پشت‌سرهم آسان به یاد می‌ماند.

hours-title = ساعت کار
hours-shifts = ساعت‌های کاری همکار
hours-closed = تعطیل
hours-help = برای نمونه ۰۹:۰۰-۱۳:۰۰ ۱۴:۰۰-۱۸:۰۰. اگر آن روز تعطیل است، خالی بگذارید.
