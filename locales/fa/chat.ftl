### گفتگو و فرم درخواست تماس در وب‌سایت کلینیک، آن‌گونه که بازدیدکنندگان می‌خوانند.

chat-open = باز کردن گفتگو
chat-close = بستن گفتگو
chat-label = گفتگو با { $clinic }
chat-write = پیام شما
chat-send = فرستادن
chat-sending = در حال فرستادن…
chat-unsent = فرستاده نشد.
chat-retry = دوباره
chat-offline = اتصال برقرار نیست. آنچه می‌نویسید همین‌جا می‌ماند و می‌توانید دوباره بفرستید.
chat-you = شما
chat-bot = پاسخ خودکار
chat-person = { $clinic }
chat-greeting = سلام! { $clinic } چه کمکی می‌تواند به شما بکند؟
chat-answers-now = همین حالا پاسخ می‌دهیم، معمولاً ظرف سه دقیقه.
chat-answers-from = اکنون کسی اینجا نیست. پاسخگویی از: { $at }.
chat-answers-later = اکنون کسی اینجا نیست. پیام بگذارید: پیام شما می‌ماند و پاسخ داده می‌شود.
chat-book = گرفتن نوبت
chat-call = درخواست تماس
chat-call-title = با شما تماس می‌گیریم
chat-call-lead = شماره و زمان مناسب را بنویسید.
chat-call-name = نام شما
chat-call-phone = شمارهٔ تلفن
chat-call-at = چه وقت
chat-call-soon = همین که کسی آزاد شد
chat-call-today = امروز
chat-call-tomorrow = فردا
chat-call-between = { $day }، { $from } تا { $until }
chat-call-about = دربارهٔ چیست (اختیاری)
chat-call-send = درخواست تماس
chat-call-back = به‌جای آن پیام می‌نویسم
chat-call-done = سپاسگزاریم، درخواست شما ثبت شد. با شما تماس می‌گیرند.
chat-call-words = لطفاً با من تماس بگیرید: { $name }، { $phone }. چه وقت: { $at }.
chat-consent = می‌پذیرم که { $clinic } از نام و شمارهٔ من برای تماس دربارهٔ این درخواست استفاده کند. هر زمان با خبر دادن به کلینیک می‌توانم از آن برگردم.
chat-fault-name = لطفاً نام خود را بنویسید.
chat-fault-phone = این به شمارهٔ تلفن نمی‌ماند. اگر شماره از کشور دیگری است، کد کشور را هم بنویسید.
chat-fault-consent = بدون پذیرش شما اجازه نداریم از شماره استفاده کنیم.
chat-fault-at = این زمان گذشته است. لطفاً زمان دیگری انتخاب کنید.
chat-fault-fast = یک‌باره خیلی زیاد شد. لطفاً چند دقیقهٔ دیگر دوباره بکوشید.
chat-fault-other = فرستاده نشد. لطفاً دوباره بکوشید.
chat-attach = افزودن عکس یا PDF
chat-files = فایل‌های آمادهٔ فرستادن
chat-file-remove = برداشتن
chat-file-ready = با فرستادن پیام می‌رود.
chat-file-large = بزرگ‌تر از { $most } مگابایت است. لطفاً فایل کوچک‌تری انتخاب کنید.
chat-file-kind = اینجا تنها عکس (JPEG، PNG، WebP، GIF) و فایل PDF را می‌توان فرستاد.
chat-file-damaged = این فایل باز نمی‌شود. شاید آسیب دیده باشد.
chat-file-many = هر بار حداکثر پنج فایل. لطفاً نخست همین‌ها را بفرستید.
chat-file-away = اتصال برقرار نیست. فایل همین‌جا می‌ماند و می‌توانید دوباره بفرستید.
chat-file-unshown = این عکس اکنون نمایش داده نمی‌شود. برای دیدن آن را باز کنید.

chat-try-title = آزمایش گفتگو
chat-try-what = بازدیدکنندگان وب‌سایت شما گفتگو را این‌گونه می‌بینند. چیزی بنویسید: مانند هر پیام دیگری به صندوق پیام‌ها می‌آید.
chat-try-then = این صفحه را باز نگه دارید و پیام آزمایشی را از تنظیمات بفرستید: در گفتگو پدیدار می‌شود.

chat-embed = گذاشتن در وب‌سایت
chat-embed-help = این سطر را در HTML هر صفحه‌ای که گفتگو باید در آن باشد، درست پیش از پایان body، بگذارید. تنها در وب‌سایت‌هایی که پایین نوشته‌اید کار می‌کند.
chat-embed-copy = رونوشت
chat-embed-copied = رونوشت شد
chat-embed-unreachable = وب‌سایت هنوز به برنامه دسترسی ندارد. نخست در بخش «کلینیک» نشانی همگانی‌ای بنویسید که با https:// آغاز شود.
chat-embed-policy = اگر وب‌سایت سیاست امنیت محتوا (CSP) دارد، این نشانی را در script-src و connect-src مجاز کنید.
chat-try = باز کردن صفحهٔ آزمایش
chat-try-help = نخست صفحهٔ آزمایش را باز کنید و آنجا چیزی بنویسید. سپس پیام آزمایشی را بفرستید: در همان گفتگو پدیدار می‌شود.

refusal-chat-foreign = این گفتگو متعلق به این وب‌سایت نیست.
refusal-chat-unknown-visitor = گفتگوی این مرورگر دیگر شناخته نیست. از نو آغاز می‌شود.
refusal-chat-malformed = این را گفتگو نفرستاده است.
refusal-chat-too-fast = { $seconds ->
    [one] خیلی سریع. لطفاً { $seconds } ثانیه صبر کنید.
   *[other] خیلی سریع. لطفاً { $seconds } ثانیه صبر کنید.
}
refusal-chat-file-too-large = این فایل بزرگ‌تر از { $most } مگابایت است.
refusal-chat-file-type = فقط عکس (JPEG، PNG، WebP، GIF) و فایل PDF را می‌توان فرستاد.
refusal-chat-file-unreadable = این عکس آسیب دیده است و خوانده نمی‌شود.
refusal-chat-no-consent = بدون پذیرش متن نشان‌داده‌شده با کسی تماس گرفته نمی‌شود.
refusal-chat-no-name = لطفاً نامی بنویسید.
refusal-chat-no-phone = این به شمارهٔ تلفن نمی‌ماند.
refusal-chat-time-passed = این زمان گذشته است. لطفاً زمان دیگری انتخاب کنید.
refusal-chat-not-tried = هنوز کسی در صفحهٔ آزمایش ننوشته است. آن را باز کنید، چیزی بنویسید و سپس پیام آزمایشی را بفرستید.
