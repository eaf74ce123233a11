### تنظیمات.

settings-title = تنظیمات
settings-clinic = کلینیک
settings-hours = ساعت کار
settings-staff = همکاران
settings-services = خدمات
settings-chairs = یونیت‌ها
settings-channels = کانال‌ها
settings-me = حساب من
settings-save = ذخیره
settings-saved = ذخیره شد.
settings-add = افزودن
settings-remove = برداشتن
settings-back = بازگشت
settings-optional = اختیاری
settings-days = روزهای متفاوت
settings-days-none = هنوز تعطیلی یا ساعت متفاوتی نیست. روزهایی را که تعطیل‌اید یا ساعت دیگری دارید بیفزایید.
settings-day = روز
settings-day-hours = ساعت؛ خالی اگر تعطیل است

clinic-map-url = پیوند نقشه
clinic-quiet = ساعت‌های سکوت
clinic-quiet-help = در این ساعت‌ها به وقت بیمار، ربات پیامی نمی‌فرستد.
clinic-quiet-from = از
clinic-quiet-until = تا
clinic-daily-cap = شمار پیام‌های ربات به هر بیمار در روز

staff-add = افزودن همکار
staff-none = هنوز کسی اینجا نیست. کسانی را که به بیماران پاسخ می‌دهند و کسانی را که درمان می‌کنند بیفزایید.
staff-title = نامی که بیماران می‌شناسند
staff-role = نقش
staff-provides = در دفتر نوبت‌ها
staff-provides-treatment = درمان می‌کند و ستونی دارد
staff-provides-nothing = درمان نمی‌کند
staff-email-help = با این وارد می‌شود. اگر وارد نمی‌شود خالی بگذارید.
staff-new-password = گذرواژهٔ تازه
staff-password-stays = اگر خالی بماند، همان گذرواژهٔ پیشین می‌ماند.
staff-on-shift = سر شیفت
staff-left = دیگر همکار ما نیست
staff-has-left = این همکار رفته است و نمی‌تواند وارد شود. نوبت‌هایش در دفتر می‌ماند.
staff-leaving = پایان همکاری
staff-leaving-what = دسترسی‌اش بی‌درنگ بسته می‌شود. نوبت‌ها و گفت‌وگوها می‌مانند.
staff-leaves = دیگر همکار ما نیست…
staff-leaves-do = بستن دسترسیِ
staff-returns = دوباره همکار ماست

service-add = افزودن خدمت
service-none = هنوز چیزی برای نوبت نیست. خدمات خود و زمان هر یک را بیفزایید.
service-name = نام
service-minutes = دقیقه
service-buffer = دقیقه‌های خالی پس از آن
service-offered = نوبت‌دهی
service-offered-yes = می‌شود نوبت گرفت
service-offered-retired = دیگر ارائه نمی‌شود
service-providers = چه کسی انجام می‌دهد
service-nobody-chosen = اگر همهٔ درمانگران انجام می‌دهند، کسی را برنگزینید.
service-everybody = همه
service-chairs = کجا
service-no-chair-chosen = اگر هر یونیتی مناسب است، چیزی برنگزینید.
service-preparation = چگونه آماده شود
service-preparation-help = بیمار آن را همراه نوبت می‌خواند.
service-length = { $buffer ->
    [0] { $minutes } دقیقه
   *[other] { $minutes } + { $buffer } دقیقه
}

chair-add = افزودن یونیت
chair-none = هنوز یونیتی نیست. هر یونیت در هر زمان تنها از آنِ یک بیمار است.
chair-name = نام یونیت

channel-none = هنوز کانالی وصل نیست. یکی را در پایین وصل کنید تا بیماران همان‌جا که هستند پیام بگیرند.
channel-connect-more = وصل کردن کانال
channel-connect = وصل کردن
channel-checked = پیش از ذخیره، تنظیمات نزد ارائه‌دهنده آزموده می‌شود.
channel-settings = تنظیمات
channel-stored = ذخیره شده؛ برای نگه داشتن خالی بگذارید
channel-trial = آزمایش
channel-trial-help = برای خودتان پیامی بفرستید تا ببینید می‌رسد.
channel-trial-to = به چه کسی
channel-trial-do = فرستادن پیام آزمایشی
channel-trial-sent = پیام آزمایشی فرستاده شد.
channel-link = پیوند برای بیماران
channel-link-help = هر که بازش کند می‌تواند اینجا برای کلینیک بنویسد. آن را در وب‌سایت بگذارید یا برای پذیرش چاپ کنید.
channel-at-provider = نزد ارائه‌دهنده
channel-hook = نشانی‌ای که ارائه‌دهنده با آن تماس می‌گیرد
channel-hook-help = هر جا که ارائه‌دهنده نشانی webhook یا callback می‌خواهد این را وارد کنید. بیشتر ارائه‌دهندگان خودشان آن را دریافته‌اند.
channel-on = روشن کردن
channel-off = خاموش کردن
channel-state-on = کار می‌کند
channel-state-off = خاموش
channel-state-trouble = کار نمی‌کند
channel-trouble-settings = تنظیمات آن دیگر خوانده نمی‌شود. لطفاً حساب را دوباره وصل کنید.
channel-balance = ماندهٔ حساب:
channel-about-telegram = ربات کلینیک. رایگان؛ بیماران دکمه می‌زنند.
channel-about-bale = ربات کلینیک برای بیماران در ایران. رایگان.
channel-about-whatsapp = شمارهٔ کلینیک در واتساپ. Meta برای متن‌های تأییدشده هزینه می‌گیرد.
channel-about-messenger = پیام‌های صفحهٔ فیسبوک شما، برای گفتگو. رایگان.
channel-about-viber = ربات کلینیک. وایبر برای آن هزینه می‌گیرد.
channel-about-vk = پیام‌های گروه شما. رایگان.
channel-about-max = ربات کلینیک. رایگان.
channel-about-sms = پیامک از طریق سرویس‌دهندهٔ شما که برای هر بخش پیام هزینه می‌گیرد.
channel-about-email = سرور ایمیل خودتان، با فایل تقویم در هر ایمیل.
channel-about-telephone = پیش از پاسخ دادن می‌بینید چه کسی تماس گرفته است؛ به تماس‌های بی‌پاسخ زنگ زده می‌شود.
channel-about-web = گفتگو و فرم درخواست تماس در وب‌سایت خودتان. رایگان.
channel-about-sandbox = پیام‌رسانی درون برنامه برای آزمودن.

me-password = تغییر گذرواژه
me-current = گذرواژهٔ کنونی
me-password-do = تغییر گذرواژه
me-password-note = در همهٔ دستگاه‌های دیگر از برنامه بیرون می‌آیید.
me-password-done = گذرواژهٔ شما تغییر کرد.
