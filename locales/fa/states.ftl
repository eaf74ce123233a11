### واژه‌هایی برای آنچه هست.

## وضعیت نوبت.

visit-state-requested = درخواست‌شده
visit-state-booked = ثبت‌شده
visit-state-confirmed = تأییدشده
visit-state-arrived = آمده
visit-state-in-chair = روی یونیت
visit-state-completed = انجام‌شده
visit-state-cancelled = لغوشده
visit-state-moved = جابه‌جاشده
visit-state-no-show = حاضر نشده

## چرا نوبت لغو شد.

cancel-reason-unwell = ناخوشی
cancel-reason-no-time = نداشتن وقت
cancel-reason-cost = هزینه
cancel-reason-elsewhere = درمان در جای دیگر
cancel-reason-clinic = لغو از سوی کلینیک
cancel-reason-mistake = ثبت اشتباهی
cancel-reason-other = دلیل دیگر
cancel-reason-unsaid = بدون ذکر دلیل

## کاری که یکی از همکاران باید انجام دهد.

task-kind-call = تماس تلفنی
task-kind-answer = پاسخ دادن
task-kind-emergency = فوری
task-kind-decide = تصمیم‌گیری
task-outcome-confirmed = تأیید شد
task-outcome-moved = جابه‌جا شد
task-outcome-cancelled = لغو شد
task-outcome-no-answer = پاسخ نداد
task-outcome-settled = حل شد

## چه کسی اینجا کار می‌کند.

role-desk = پذیرش
role-clinician = درمانگر
role-manager = مدیر
role-owner = مالک

## بخش‌های روز.

daypart-morning = صبح
daypart-afternoon = بعدازظهر
daypart-evening = عصر

## برای چه چیزی می‌توان به بیمار پیام داد و آیا موافق است.

purpose-service = پیام‌های مربوط به درمان
purpose-marketing = پیشنهادها و خبرها
purpose-reviews = درخواست نظر
purpose-data-transfer = انتقال داده‌ها
purpose-photos = استفاده از عکس‌ها
consent-standing-given = موافق
consent-standing-not-given = بدون موافقت
consent-standing-withdrawn = پس‌گرفته
consent-standing-objected = مخالفت کرده

## هر کس برای کلینیک کیست و یک راه تماس چقدر مطمئن است.

patient-standing-lead = مراجع تازه
patient-standing-patient = بیمار
patient-standing-refused = در فهرست عدم پذیرش
patient-standing-deceased = درگذشته
sureness-unverified = تأییدنشده
sureness-verified = تأییدشده
sureness-shared = مشترک میان چند نفر
contact-state-open = در دسترس
contact-state-opted-out = پیام نمی‌خواهد
contact-state-unreachable = در دسترس نیست
contact-state-not-theirs = دیگر از آنِ بیمار نیست
not-theirs-wrong-person = کسی که آنجا می‌خواند گفته که شخص دیگری است.
not-theirs-told-at-desk = پذیرش دریافته که شخص دیگری آنجا می‌خواند.
not-theirs-nothing-arrives = مدت‌هاست که چیزی به آنجا نمی‌رسد.

## آنچه در پروندهٔ بیمار نوشته شده است.

patient-field-clinic = کلینیک
patient-field-name = نام
patient-field-locale = زبان
patient-field-born-on = تاریخ تولد
patient-field-guardian = سرپرست
patient-field-zone = منطقهٔ زمانی
patient-field-preferred-channel = کانال دلخواه
patient-field-bots = پیام‌های ربات
patient-field-standing = وضعیت
patient-field-note = یادداشت
patient-field-external-key = شناسه در برنامهٔ دیگر کلینیک
