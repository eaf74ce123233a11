# تنظیمات کانال‌ها و مشکلاتی که ممکن است پیش بیاید.

channel-telegram-token = توکن ربات
channel-telegram-token-help = در تلگرام به @BotFather پیام دهید، /newbot را بفرستید و توکن را از پاسخ کپی کنید. شکل آن این است: 123456789:AAE…
channel-telegram-server = نشانی سرور
channel-telegram-server-help = فقط اگر سرور Bot API خودتان را دارید، آن را تغییر دهید.

channel-bale-token = توکن بازو
channel-bale-token-help = در بله به @botfather پیام دهید، بازوی تازه‌ای بسازید و توکن را از پاسخ کپی کنید.
channel-bale-server = نشانی سرور
channel-bale-server-help = فقط اگر بله نشانی دیگری به شما داده است، آن را تغییر دهید.

channel-whatsapp-token = توکن دسترسی
channel-whatsapp-token-help = در تنظیمات Meta Business، بخش System users: کاربری بسازید، برنامه و حساب واتساپ را به او بدهید و توکنی بدون انقضا بسازید.
channel-whatsapp-phone-number-id = شناسهٔ شمارهٔ تلفن
channel-whatsapp-phone-number-id-help = در برنامهٔ Meta: WhatsApp، API setup. خودِ شمارهٔ تلفن نیست.
channel-whatsapp-app-secret = رمز برنامه
channel-whatsapp-app-secret-help = در برنامهٔ Meta: App settings، Basic. با آن تماس‌های Meta را می‌شناسیم.
channel-whatsapp-list-button = دکمه‌ای که فهرست را باز می‌کند
channel-whatsapp-list-button-help = زیر پرسش‌هایی که بیش از سه پاسخ دارند دیده می‌شود، برای نمونه «انتخاب». حداکثر ۲۰ نویسه.
channel-whatsapp-template = نام الگوی تأییدشده
channel-whatsapp-template-help = یک روز پس از آخرین پیام بیمار، واتساپ تنها متن تأییدشده را می‌پذیرد. به هر یک از زبان‌های بیمارانتان الگویی از دستهٔ Utility با دو متغیر و بدون دکمه بسازید: نخستین نام بیمار و دومین پیام است. بدون آن، یادآوری از کانال بعدی می‌رود.
channel-whatsapp-verify-token = توکن راستی‌آزمایی
channel-whatsapp-verify-token-help = آن را نزد Meta در WhatsApp، Configuration، Webhook همراه با نشانی بالا وارد کنید و در messages مشترک شوید.
channel-whatsapp-server = نشانی سرور
channel-whatsapp-server-help = تنها وقتی Meta نسخهٔ تازه‌تری بخواهد آن را تغییر دهید.

channel-messenger-token = توکن دسترسی صفحه
channel-messenger-token-help = در برنامهٔ Meta: Messenger، API settings. صفحهٔ خود را بیفزایید و توکن بسازید.
channel-messenger-page-id = شناسهٔ صفحه
channel-messenger-page-id-help = شمارهٔ صفحهٔ شما، همان‌جا کنار نام آن.
channel-messenger-app-secret = رمز برنامه
channel-messenger-app-secret-help = در برنامهٔ Meta: App settings، Basic. با آن تماس‌های Meta را می‌شناسیم.
channel-messenger-verify-token = توکن راستی‌آزمایی
channel-messenger-verify-token-help = آن را نزد Meta در Messenger، API settings، Webhooks همراه با نشانی بالا وارد کنید. در messages، messaging_postbacks، message_deliveries، message_reads و messaging_referrals مشترک شوید.
channel-messenger-server = نشانی سرور
channel-messenger-server-help = تنها وقتی Meta نسخهٔ تازه‌تری بخواهد آن را تغییر دهید.

channel-viber-token = توکن ربات
channel-viber-token-help = وایبر پس از تأیید ربات آن را می‌دهد: Viber Admin Panel، Info، Token.
channel-viber-sender-name = نام فرستنده
channel-viber-sender-name-help = بیماران آن را بالای هر پیام می‌بینند. حداکثر ۲۸ نویسه.
channel-viber-welcome = نخستین کلمات
channel-viber-welcome-help = به هر کسی که گفتگو را باز کند نشان داده می‌شود. در وایبر کلینیک تنها پس از آن‌که بیمار دکمه‌ای بزند یا چیزی بنویسد می‌تواند بنویسد.
channel-viber-welcome-button = دکمهٔ زیر آن
channel-viber-welcome-button-help = با یک لمس گفتگو آغاز می‌شود، برای نمونه «شروع».
channel-viber-server = نشانی سرور
channel-viber-server-help = تنها اگر وایبر نشانی دیگری به شما داده است آن را تغییر دهید.

channel-vk-token = کلید دسترسی گروه
channel-vk-token-help = در گروه خود در VK: مدیریت، کار با API، کلیدهای دسترسی، ساخت کلید. پیام‌ها و مدیریت گروه را مجاز کنید.
channel-vk-group-id = شمارهٔ گروه
channel-vk-group-id-help = مدیریت، کار با API، Callback API: عدد پس از group_id.
channel-vk-confirmation = رشته‌ای که سرور باید برگرداند
channel-vk-confirmation-help = مدیریت، کار با API، Callback API. تنها اگر قرار است VK خود با این برنامه تماس بگیرد لازم است؛ بدون نشانی عمومی، پیام‌ها گرفته می‌شوند.
channel-vk-secret = کلید مخفی
channel-vk-secret-help = پیش از زدن «تأیید»، آن را در VK در بخش Callback API به‌عنوان کلید مخفی وارد کنید. سپس این رویدادها را روشن کنید: پیام ورودی، کنش با پیام، اجازه و منع پیام‌ها.
channel-vk-server = نشانی سرور
channel-vk-server-help = تنها اگر VK نشانی دیگری به شما داده است آن را تغییر دهید.

channel-max-token = توکن ربات
channel-max-token-help = در سامانهٔ همکاران MAX: ربات‌ها، یکپارچه‌سازی، دریافت توکن.
channel-max-authority = گواهی مرجع صدور
channel-max-authority-help = ممکن است MAX گواهی مرجع ملی روسیه را نشان دهد که بیشتر رایانه‌ها آن را نمی‌شناسند. گواهی ریشهٔ آن را از خط BEGIN CERTIFICATE تا خط END CERTIFICATE اینجا بچسبانید.
channel-max-server = نشانی سرور
channel-max-server-help = تنها اگر MAX نشانی دیگری به شما داده است آن را تغییر دهید.

channel-email-host = سرور ایمیل
channel-email-host-help = سروری که ایمیل‌های شما را می‌فرستد، مانند smtp.example.com. ارائه‌دهندهٔ ایمیل آن را SMTP یا سرور ارسال می‌نامد.
channel-email-port = درگاه
channel-email-port-help = معمولاً ۵۸۷ برای STARTTLS یا ۴۶۵ برای TLS.
channel-email-security = رمزنگاری
channel-email-security-help = بدون رمزنگاری، ایمیل فقط به سروری روی همین رایانه تحویل داده می‌شود.
channel-email-security-starttls = STARTTLS
channel-email-security-tls = TLS
channel-email-security-none = بدون رمزنگاری
channel-email-user = نام کاربری
channel-email-user-help = بیشتر وقت‌ها همان نشانی کامل ایمیل است. اگر سرور ورود نمی‌خواهد، خالی بگذارید.
channel-email-password = گذرواژه
channel-email-password-help = برخی ارائه‌دهندگان به‌جای گذرواژهٔ همیشگی، گذرواژهٔ جداگانهٔ برنامه می‌خواهند.
channel-email-from-address = نشانی فرستنده
channel-email-from-address-help = بیماران آن را می‌بینند و پاسخ‌هایشان به همین نشانی می‌آید.
channel-email-from-name = نام فرستنده
channel-email-from-name-help = نام کلینیک، همان‌گونه که بیماران آن را می‌شناسند.
channel-email-bounce-address = نشانی ایمیل‌های برگشتی
channel-email-bounce-address-help = ایمیل‌هایی که تحویل نمی‌شوند به این نشانی برمی‌گردند و شمارهٔ پیام پس از علامت + می‌آید. اگر ارائه‌دهندهٔ شما فرستندهٔ دیگری را نمی‌پذیرد، خالی بگذارید.

channel-setting-unknown = این کانال چنین تنظیمی ندارد.
channel-setting-missing = لطفاً این بخش را پر کنید.
channel-setting-too-long = این مقدار بیش از حد بلند است.
channel-setting-control = در این مقدار شکست خط یا نویسهٔ پنهان هست. لطفاً دوباره وارد کنید.
channel-setting-not-an-address = لطفاً نشانی‌ای وارد کنید که با https:// آغاز شود.
channel-setting-not-a-number = لطفاً عددی صحیح در بازهٔ مجاز وارد کنید.
channel-setting-not-a-mail-address = لطفاً یک نشانی ایمیل وارد کنید.
channel-setting-not-a-choice = لطفاً یکی از گزینه‌ها را انتخاب کنید.
channel-setting-wrong-form = شکل این مقدار درست نیست. لطفاً بررسی کنید که آن را کامل کپی کرده باشید.

channel-trouble-unauthorized = سرویس‌دهنده توکن یا گذرواژه را نمی‌پذیرد. لطفاً آن را بررسی کنید یا یکی تازه بسازید.
channel-trouble-wrong-server = در این نشانی چنین سرویسی نیست. لطفاً نشانی و توکن را بررسی کنید.
channel-trouble-no-such-host = سروری با این نام پیدا نشد.
channel-trouble-refused = سرور اتصال را نپذیرفت. لطفاً نشانی و درگاه را بررسی کنید.
channel-trouble-unreachable = سرور اکنون در دسترس نیست.
channel-trouble-tls = اتصال رمزنگاری‌شده با سرور برقرار نشد.
channel-trouble-interrupted = پیش از تحویل پیام، ارتباط قطع شد.
channel-trouble-too-fast = سرویس‌دهنده می‌خواهد آهسته‌تر پیام بفرستیم. پیام در نوبت می‌ماند.
channel-trouble-overloaded = سرویس‌دهنده اکنون پیام نمی‌پذیرد. دوباره تلاش می‌کنیم.
channel-trouble-no-such-recipient = چنین گیرنده‌ای وجود ندارد.
channel-trouble-never-opened = بیمار هنوز گفت‌وگو با کلینیک را باز نکرده است؛ برای همین نمی‌توانیم آنجا اول پیام بدهیم.
channel-trouble-mailbox-full = صندوق ایمیل بیمار پر است.
channel-trouble-too-long = پیام برای این کانال بیش از حد بلند یا حجیم است.
channel-trouble-policy = پیام به‌عنوان هرزنامه یا به‌دلیل قوانین سرویس‌دهنده رد شد.
channel-trouble-window-closed = از آخرین پیام بیمار زمان زیادی گذشته است. فقط قالب تأییدشده را می‌توان فرستاد.
channel-trouble-polled-elsewhere = برنامهٔ دیگری پیام‌های این حساب را دریافت می‌کند. لطفاً آن را متوقف کنید یا ربات دیگری به کار ببرید.
channel-trouble-webhook-active = پیام‌های این حساب به نشانی دیگری می‌رود. لطفاً حساب را دوباره متصل کنید.
channel-trouble-webhook-refused = سرویس‌دهنده به نشانی عمومی شما دسترسی ندارد.
channel-trouble-no-public-address = این کانال باید خودش با برنامه تماس بگیرد. لطفاً نخست نشانی عمومی برنامه را که با https:// آغاز می‌شود در تنظیمات کلینیک وارد کنید.
channel-trouble-strange-answer = سرویس‌دهنده پاسخی داد که برای ما قابل فهم نیست.
channel-trouble-other = سرویس‌دهنده پیام را نپذیرفت.
