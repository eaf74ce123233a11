# کنار هر پیام: چرا از این راه می‌رود، چرا می‌ماند یا چرا نمی‌رود. همکاران کلینیک می‌خوانند.

why-suppressed-no-consent = فرستاده نشد: بیمار با این نوع پیام موافقت نکرده است.
why-suppressed-no-consent-change = تغییر آن فقط با خود بیمار است: با ثبت رضایت در پرونده، بار بعد فرستاده می‌شود.
why-suppressed-opted-out = فرستاده نشد: بیمار خواسته که دیگر در اینجا پیامی نگیرد.
why-suppressed-opted-out-change = تغییر آن فقط با خود بیمار است: اگر دوباره از همین راه بنویسد و پیام بخواهد.
why-suppressed-refused = فرستاده نشد: بیمار در فهرست عدم پذیرش کلینیک است.
why-suppressed-refused-change = مدیر می‌تواند عدم پذیرش را بردارد؛ تا آن زمان همکار پذیرش می‌تواند بنویسد.
why-suppressed-deceased = فرستاده نشد: بیمار درگذشته است.
why-suppressed-deceased-change = اگر این نشان در پرونده اشتباه است، پذیرش می‌تواند همان‌جا آن را اصلاح کند.
why-suppressed-no-bots = ربات نمی‌نویسد: بیمار می‌خواهد فقط با انسان در ارتباط باشد.
why-suppressed-no-bots-change = پذیرش می‌تواند تماس بگیرد یا بنویسد؛ بیمار هر زمان می‌تواند دوباره به ربات اجازه دهد.
why-suppressed-open-complaint = فرستاده نشد: شکایت بیمار هنوز باز است.
why-suppressed-open-complaint-change = وقتی مسئول رسیدگی شکایت را ببندد، این پیام‌ها خودبه‌خود دوباره فرستاده می‌شوند.
why-suppressed-duplicate = فرستاده نشد: این موضوع پیش‌تر به بیمار گفته شده است.
why-suppressed-duplicate-change = پذیرش می‌تواند آن را دستی دوباره بنویسد.
why-suppressed-over-cap = فرستاده نشد: بیمار به اندازهٔ کافی پیام گرفته و این پیام اهمیت کمتری دارد.
why-suppressed-over-cap-change = پذیرش می‌تواند دستی بفرستد؛ مدیر می‌تواند شمار پیام‌های روزانه را در تنظیمات تغییر دهد.
why-suppressed-stale = فرستاده نشد: زمان آن گذشته است.
why-suppressed-stale-change = نیازی به تغییر نیست؛ پذیرش می‌تواند پیام تازه‌ای بنویسد.
why-suppressed-not-reachable = فرستاده نشد: هیچ راهی برای رسیدن به بیمار نیست.
why-suppressed-not-reachable-change = پذیرش می‌تواند شماره تلفن، ایمیل یا پیام‌رسانی به پرونده بیفزاید.
why-suppressed-not-verified = فرستاده نشد: محتوا حساس است و هیچ نشانی تماس بیمار تأیید نشده است.
why-suppressed-not-verified-change = بیمار می‌تواند با پاسخ از یک نشانی آن را تأیید کند، یا پذیرش حضوری تأییدش کند.
why-suppressed-window-closed = فرستاده نشد: پیام‌رسان فقط تا مدتی پس از پیام بیمار اجازهٔ نوشتن می‌دهد.
why-suppressed-window-closed-change = با نوشتن بیمار باز می‌شود؛ مدیر می‌تواند برای آن الگویی تأییدشده بگیرد.
why-suppressed-template-paused = فرستاده نشد: پیام‌رسان الگوی تأییدشدهٔ این پیام را موقتاً متوقف کرده است.
why-suppressed-template-paused-change = الگویی که بیماران نمی‌پسندند چند ساعت متوقف می‌شود؛ مدیر می‌تواند در تنظیمات کانال الگوی دیگری برگزیند.
why-suppressed-template-not-approved = فرستاده نشد: پیام‌رسان الگوی این پیام را تأیید نکرده است.
why-suppressed-template-not-approved-change = مدیر وضعیت الگو را در تنظیمات کانال می‌بیند و می‌تواند الگوی دیگری برگزیند.
why-suppressed-template-advertises = فرستاده نشد: پیام‌رسان الگوی این پیام را تبلیغ می‌شمارد و بیمار خواهان تبلیغ نیست.
why-suppressed-template-advertises-change = مدیر می‌تواند الگویی از دستهٔ Utility به تأیید برساند؛ بیمار می‌تواند به دریافت تبلیغ رضایت دهد.
why-suppressed-over-budget = فرستاده نشد: بودجهٔ این کانال تمام شده است.
why-suppressed-over-budget-change = مدیر می‌تواند بودجهٔ این کانال را در تنظیمات بیشتر کند.
why-suppressed-visit-changed = فرستاده نشد: نوبت از آن زمان تغییر کرده است.
why-suppressed-visit-changed-change = نیازی به تغییر نیست: زمان تازه پیام‌های خودش را دارد.
why-suppressed-gone-before = دوباره فرستاده نشد: شاید پیش از بازگرداندن نسخهٔ پشتیبان فرستاده شده باشد و پذیرش آن را کنار گذاشت.
why-suppressed-gone-before-change = هر یک از کارکنان پذیرش می‌تواند از نو به بیمار بنویسد.
why-suppressed-arrived-after-all = نیازی نبود: آنچه در کانال دیگر تکرار می‌کرد در این میان رسید یا پاسخ گرفت.
why-suppressed-arrived-after-all-change = کاری لازم نیست.

why-held-quiet-hours = تا { $until } می‌ماند: در ساعت‌های سکوت مزاحم کسی نمی‌شویم.
why-held-quiet-hours-change = پذیرش می‌تواند همین حالا اجازهٔ ارسال بدهد؛ ساعت‌های سکوت را مدیر در تنظیمات تغییر می‌دهد.
why-held-daily-cap = تا { $until } می‌ماند: بیمار پیام‌های امروز را گرفته است.
why-held-daily-cap-change = پذیرش می‌تواند همین حالا اجازهٔ ارسال بدهد؛ شمار پیام‌های روزانه را مدیر در تنظیمات تغییر می‌دهد.
why-held-out-of-hours = تا { $until } می‌ماند: کلینیک تعطیل است.
why-held-out-of-hours-change = نویسندهٔ پیام یا هر همکار پذیرش می‌تواند همین حالا اجازهٔ ارسال بدهد.
why-held-restored = پس از بازگردانی پشتیبان می‌ماند: یک نفر باید اجازهٔ ارسال بدهد.
why-held-restored-change = هر همکار پذیرش می‌تواند پس از اطمینان از این‌که پیش از بازگردانی فرستاده نشده، اجازهٔ ارسال بدهد.

why-channel-preferred = با { $channel }: بیمار چنین خواسته است.
why-channel-preferred-change = بیمار می‌تواند کانال دیگری بخواهد؛ پذیرش آن را در پرونده ثبت می‌کند.
why-channel-ladder = با { $channel }: نخستین پلهٔ نردبان کلینیک که بیمار در آن در دسترس است.
why-channel-ladder-change = مدیر می‌تواند نردبان را در تنظیمات تغییر دهد؛ کانال دلخواه در پرونده بر آن مقدم است.
why-channel-last-answered = با { $channel }: بیمار آخرین بار آنجا پاسخ داد.
why-channel-last-answered-change = کانال دلخواه در پروندهٔ بیمار بر آن مقدم است؛ پذیرش می‌تواند آن را وارد کند.
why-channel-cheapest = با { $channel }: ارزان‌ترین راه رسیدن به بیمار.
why-channel-cheapest-change = کانال دلخواه در پروندهٔ بیمار بر آن مقدم است؛ پذیرش می‌تواند آن را وارد کند.
why-channel-only-one = با { $channel }: تنها راه رسیدن به بیمار.
why-channel-only-one-change = پذیرش می‌تواند راه تماس دیگری به پرونده بیفزاید.
why-channel-next-in-ladder = با { $channel }: در کانال پیشین نشانی از رسیدن پیام نبود.
why-channel-next-in-ladder-change = مدیر می‌تواند زمان انتظار سناریو پیش از کانال بعدی را تغییر دهد.
why-channel-chosen = با { $channel }: یکی از همکاران انتخاب کرد.
why-channel-chosen-change = نویسنده می‌تواند پیش از ارسال کانال دیگری انتخاب کند.

# از چه راهی رسید: «تأیید شد با تلگرام، سه‌شنبه ۱۸:۴۲».

origin-desk = در پذیرش
origin-channel = با { $channel }
origin-visit-page = در صفحهٔ نوبت
origin-import = هنگام ورود داده‌ها
origin-program = از سوی برنامه

origin-mark-booked = ثبت شد { $through }، { $at }
origin-mark-confirmed = تأیید شد { $through }، { $at }
origin-mark-arrived = رسید، ثبت { $through }، { $at }
origin-mark-in-chair = روی یونیت، ثبت { $through }، { $at }
origin-mark-completed = پایان یافت، ثبت { $through }، { $at }
origin-mark-cancelled = لغو شد { $through }، { $at }
origin-mark-moved = جابه‌جا شد { $through }، { $at }
origin-mark-no-show = نیامد، ثبت { $through }، { $at }
origin-mark-late = تأخیر، اعلام { $through }، { $at }

channel-telegram = تلگرام
channel-bale = بله
channel-whatsapp = واتس‌اپ
channel-messenger = مسنجر
channel-vk = وی‌کی
channel-max = مکس
channel-viber = وایبر
channel-sms = پیامک
channel-email = ایمیل
channel-web = گفت‌وگوی وب‌سایت
channel-telephone = تلفن
channel-sandbox = پیام‌رسان تمرینی
