# امروز: آنچه همکار شیفت باید بداند و انجام دهد.

today-title = امروز
today-summary = { $visits } نوبت · { $confirmed } تأییدشده
today-tasks = کارها
today-tasks-empty = کاری نمانده است. آنچه ربات نتواند حل کند، خودبه‌خود اینجا می‌آید.
today-script = چه بگوییم
today-open-conversation = باز کردن گفتگو
today-open-journal = باز کردن در دفتر نوبت‌ها
today-outcome-confirmed = تأیید کرد
today-outcome-moved = جابه‌جا کردیم
today-outcome-cancelled = لغو کرد
today-outcome-no-answer = پاسخ نداد
today-outcome-settled = حل شد
today-due = تا { $at }
today-due-over = { $minutes } دقیقه دیر شده
today-due-over-hours = { $hours } ساعت دیر شده
today-due-emergency = همین حالا
today-waiting = در انتظار پاسخ
today-waiting-empty = کسی منتظر پاسخ نیست.
today-open-inbox = باز کردن گفتگوها
today-coming = نوبت‌های امروز
today-coming-empty = امروز نوبتی نیست. در دفتر نوبت‌ها یکی ثبت کنید.
today-open-day = باز کردن روز
today-late = { $minutes } دقیقه دیرتر
today-sits = { $minutes } دقیقه است منتظر است
today-step-arrive = آمد
today-step-chair = روی یونیت
today-step-complete = انجام شد
today-unsure = هنوز تأیید نشده
today-unsure-empty = همهٔ نوبت‌ها تأیید شده‌اند.
today-unsure-asked = { $times ->
    [0] هنوز پرسیده نشده
   *[other] { $times } بار پرسیده شد، بی‌پاسخ
}
today-unsure-unreachable = ربات به او دسترسی ندارد
today-unsure-next = ربات ساعت { $at } دوباره می‌پرسد
today-unsure-call = تماس تلفنی در { $at }
today-tomorrow = فردا
today-outbox = پیام‌های مانده
today-outbox-held = تا { $until }
today-outbox-doubt = نامعلوم
today-outbox-failed = فرستاده نشد

# چرا به یک نفر نیاز است.

task-reason-unconfirmed = یادآوری‌ها بی‌پاسخ مانده‌اند.
task-reason-no-slots = هیچ‌یک از زمان‌های پیشنهادی مناسب نبود.
task-reason-cancelled-for-us = کلینیک نوبت را لغو کرد و زمان تازه‌ای هنوز انتخاب نشده است.
task-reason-visit-changed = هنگام پاسخ دادن بیمار، نوبت تغییر کرد.
task-reason-missed-call = تماسی داشتیم که کسی پاسخ نداد.
task-reason-missed-often = بیمار چند نوبت نیامده است.
task-reason-too-late = بیمار دیر می‌رسد؛ شاید برنامهٔ روز به هم بخورد.
task-reason-no-answer = بیمار پاسخ نداد.
task-reason-not-sent = پیامی فرستاده نشد.
task-reason-emergency = بیمار از درد یا وضعیت اورژانسی نوشته است.
task-reason-broken-script = یک سناریو نتوانست ادامه یابد.
task-reason-unclear = ربات پاسخ را نفهمید.
task-reason-no-slot-fits = زمان آزادی با خواستهٔ بیمار جور نیست.
task-reason-handed-over = ربات کار را به همکاران سپرد.
task-reason-callback = بازدیدکنندهٔ وب‌سایت خواسته است با او تماس بگیرند.
task-reason-person = بیمار خواست با یک نفر گفتگو کند.
task-reason-number-not-theirs = یک شماره یا حساب دیگر از آنِ بیمار نیست. لطفاً شمارهٔ تازه را پیدا کنید؛ دلیلش در پروندهٔ بیمار آمده است.
task-reason-doubt-wrong-person = از شماره‌ای مشترک نوشته‌اند که شخص دیگری‌اند. لطفاً بپرسید که آیا هنوز از آنِ بیمار است.
task-reason-doubt-nothing-arrives = چند پیام پشت سر هم نرسیده است. لطفاً بپرسید که آیا شماره هنوز از آنِ بیمار است.
task-reason-doubt-back-again = از شماره‌ای که هفته‌ها قطع بود پیام می‌آید. لطفاً بپرسید که آیا هنوز خود بیمار است.
task-reason-doubt-renamed = حساب نام دیگری نشان می‌دهد. لطفاً بپرسید که آیا هنوز خود بیمار است.

# پشت تلفن چه بگوییم.

task-script-greeting = سلام، { $staff } هستم از { $clinic }.
task-script-speak-with = با { $patient } صحبت می‌کنم؟
task-script-visit = شما { $at } نوبت دارید. تشریف می‌آورید؟
task-script-yes = اگر بله: سپاسگزاریم، منتظر شما هستیم.
task-script-move = اگر نه: زمان دیگری پیشنهاد دهید و نوبت را در دفتر جابه‌جا کنید.
task-script-missed = در نوبت پیش جای شما خالی بود. زمان تازه‌ای پیدا کنیم؟
task-script-cancelled = پوزش می‌خواهیم که ناچار شدیم نوبت شما را لغو کنیم: { $at }. زمان تازه‌ای پیدا کنیم؟
task-script-missed-call = پوزش می‌خواهیم که تماس شما بی‌پاسخ ماند. چه کمکی از ما برمی‌آید؟
task-script-help = حالتان چطور است و چه کمکی از ما برمی‌آید؟
today-restored = نگه‌داشته از هنگام بازگرداندن نسخهٔ پشتیبان
today-restored-of = از { $at }
today-restored-send-all = هیچ‌کدام نرفته است: همه فرستاده شود
today-restored-drop-all = همه رفته‌اند: کنار گذاشته شود
