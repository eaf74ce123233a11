# کنار هر پیام: چرا از این راه می‌رود، چرا می‌ماند یا چرا نمی‌رود. همکاران کلینیک می‌خوانند.

why-suppressed-no-consent = فرستاده نشد: بیمار با این نوع پیام موافقت نکرده است.
why-suppressed-opted-out = فرستاده نشد: بیمار خواسته که دیگر در اینجا پیامی نگیرد.
why-suppressed-refused = فرستاده نشد: بیمار در فهرست عدم پذیرش کلینیک است.
why-suppressed-deceased = فرستاده نشد: بیمار درگذشته است.
why-suppressed-no-bots = ربات نمی‌نویسد: بیمار می‌خواهد فقط با انسان در ارتباط باشد.
why-suppressed-open-complaint = فرستاده نشد: شکایت بیمار هنوز باز است.
why-suppressed-duplicate = فرستاده نشد: این موضوع پیش‌تر به بیمار گفته شده است.
why-suppressed-over-cap = فرستاده نشد: بیمار به اندازهٔ کافی پیام گرفته و این پیام اهمیت کمتری دارد.
why-suppressed-stale = فرستاده نشد: زمان آن گذشته است.
why-suppressed-not-reachable = فرستاده نشد: هیچ راهی برای رسیدن به بیمار نیست.
why-suppressed-not-verified = فرستاده نشد: محتوا حساس است و هیچ نشانی تماس بیمار تأیید نشده است.
why-suppressed-window-closed = فرستاده نشد: پیام‌رسان فقط تا مدتی پس از پیام بیمار اجازهٔ نوشتن می‌دهد.
why-suppressed-over-budget = فرستاده نشد: بودجهٔ این کانال تمام شده است.
why-suppressed-visit-changed = فرستاده نشد: نوبت از آن زمان تغییر کرده است.

why-held-quiet-hours = تا { $until } می‌ماند: در ساعت‌های سکوت مزاحم کسی نمی‌شویم.
why-held-daily-cap = تا { $until } می‌ماند: بیمار پیام‌های امروز را گرفته است.
why-held-out-of-hours = تا { $until } می‌ماند: کلینیک تعطیل است.
why-held-restored = پس از بازگردانی پشتیبان می‌ماند: یک نفر باید اجازهٔ ارسال بدهد.

why-channel-preferred = با { $channel }: بیمار چنین خواسته است.
why-channel-last-answered = با { $channel }: بیمار آخرین بار آنجا پاسخ داد.
why-channel-cheapest = با { $channel }: ارزان‌ترین راه رسیدن به بیمار.
why-channel-only-one = با { $channel }: تنها راه رسیدن به بیمار.
why-channel-next-in-ladder = با { $channel }: در کانال پیشین نشانی از رسیدن پیام نبود.
why-channel-chosen = با { $channel }: یکی از همکاران انتخاب کرد.

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
channel-sandbox = پیام‌رسان تمرینی
