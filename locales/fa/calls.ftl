## تماس‌ها: از کدام سو و با چه نتیجه

call-direction-in = ورودی
call-direction-out = خروجی
call-in-answered = تماس ورودی
call-in-missed = تماس بی‌پاسخ
call-in-busy = تماس بی‌پاسخ: خط اشغال بود
call-in-refused = تماس بی‌پاسخ: رد شد
call-in-failed = تماس بی‌پاسخ: وصل نشد
call-out-answered = تماس خروجی
call-out-missed = تماس خروجی: پاسخ ندادند
call-out-busy = تماس خروجی: اشغال بود
call-out-refused = تماس خروجی: رد کردند
call-out-failed = تماس خروجی: وصل نشد
call-in-ringing = تماس ورودی، در حال زنگ
call-out-ringing = تماس خروجی، در حال زنگ
call-in-talking = تماس ورودی، در حال گفت‌وگو
call-out-talking = تماس خروجی، در حال گفت‌وگو
call-in-untold = تماس ورودی: مرکز تلفن پایان آن را اعلام نکرد
call-out-untold = تماس خروجی: مرکز تلفن پایان آن را اعلام نکرد

## on the pages

calls-ringing = تماس ورودی
calls-unknown = شمارهٔ ناشناس
calls-withheld = شماره پنهان است
calls-next-visit = نوبت بعدی:
calls-no-visit = نوبتی ثبت نشده است
calls-family = از طرفِ این افراد هم صحبت می‌کند:
calls-open-card = باز کردن پرونده
calls-open-conversation = باز کردن گفت‌وگو
calls-ring-up = تماس گرفتن
calls-trial-listens = با یک تلفن همراه به شمارهٔ کلینیک زنگ بزنید: تماس باید ظرف یک ثانیه در همهٔ صفحه‌های باز دیده شود.
calls-trial-rings = شماره‌ای بنویسید که کسی بتواند پاسخ بدهد. نخست تلفن پذیرش زنگ می‌خورد و سپس آن شماره.
calls-template = متن اعلان‌ها
calls-template-help = در UIS، بخش اعلان‌ها: برای تماس ورودی، آغاز گفت‌وگو، پایان تماس و تماس ازدست‌رفته یک اعلان HTTP با روش POST، نشانی بالا با واژهٔ پنهان در پایان، و همین متن بسازید.
