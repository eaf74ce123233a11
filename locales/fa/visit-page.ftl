### صفحه‌هایی که بیمار با پیوند باز می‌کند.

visit-page-title = نوبت شما
visit-page-greeting = { $patient } عزیز، منتظر شما هستیم
visit-page-greeting-requested = { $patient } عزیز، شما این نوبت را خواسته‌اید
visit-page-greeting-closed = { $patient } عزیز، این نوبت شما بود
visit-page-length = حدود { $minutes } دقیقه طول می‌کشد.
visit-page-minutes = { $minutes } دقیقه
visit-page-late-said = گفته‌اید { $minutes } دقیقه دیرتر می‌رسید. سپاسگزاریم.
visit-page-confirm = می‌آیم
visit-page-another-time = زمانی دیگر
visit-page-late = دیر می‌رسم
visit-page-late-ask = چقدر دیرتر؟
visit-page-cancel = نمی‌توانم بیایم
visit-page-cancel-ask = می‌شود دلیلش را بپرسیم؟ با پاسخ شما نوبت لغو می‌شود.
visit-page-cancel-note = روز دیگری برایتان بهتر است؟ «زمانی دیگر» را بزنید تا نوبتتان از دست نرود.
visit-page-reason-unwell = حالم خوب نیست
visit-page-reason-no-time = وقت ندارم
visit-page-reason-cost = هزینه
visit-page-reason-elsewhere = جای دیگری درمان می‌شوم
visit-page-reason-other = دلیلی دیگر
visit-page-person = گفت‌وگو با همکار ما
visit-page-more = بیشتر دربارهٔ نوبت
visit-page-calendar = افزودن به تقویم
visit-page-map = مسیر رسیدن
visit-page-times-title = کدام زمان برایتان مناسب است؟
visit-page-times-none = در هفته‌های آینده زمان آزادی که به این نوبت بخورد نیست. یکی از همکاران ما همراه شما زمانی پیدا می‌کند.
visit-page-times-note = با زدن هر زمان، نوبت به آن جابه‌جا می‌شود و زمان پیشین به دیگری می‌رسد.
visit-page-back = همین نوبت بماند
visit-page-done-confirmed = سپاسگزاریم. منتظر دیدارتان هستیم.
visit-page-done-moved = نوبت جابه‌جا شد. این زمان تازهٔ شماست.
visit-page-done-late = ممنون که خبر دادید. در راه مراقب خودتان باشید.
visit-page-done-cancelled = نوبت لغو شد. هر وقت بخواهید زمان دیگری برایتان پیدا می‌کنیم.
visit-page-done-person = یکی از همکاران کلینیک برایتان می‌نویسد.
visit-page-changed = در این میان چیزی تغییر کرد. اکنون وضعیت این است.
visit-page-answers-by = تا { $time } پاسخ می‌دهد
visit-page-answers-from = { $time } پاسخ می‌دهد

link-ended-title = این پیوند دیگر معتبر نیست
link-ended-why = مهلتش گذشته، یا از آن پس پیوند تازه‌تری برایتان فرستاده شده است.
link-ended-way-on = تازه‌ترین پیام کلینیک را باز کنید یا به همان پاسخ دهید تا راهنمایی‌تان کنیم.

unsubscribe-title = دیگر ایمیلی از کلینیک نیاید؟
unsubscribe-what = پس از آن یادآوری نوبت‌ها هم با ایمیل نمی‌آید. راه‌های دیگر ارتباط سر جای خود می‌مانند.
unsubscribe-do = ایمیل نفرستید
unsubscribe-done = دیگر ایمیلی نمی‌فرستیم
unsubscribe-done-what = اگر نظرتان عوض شد، در نوبت بعدی بگویید یا به هر پیام کلینیک پاسخ دهید.
