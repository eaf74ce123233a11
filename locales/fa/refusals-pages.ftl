### Why a page was not shown, or a form not taken.

refusal-thing-not-found = اینجا چیزی نیست یا برای شما باز نیست.
refusal-page-not-found = چنین صفحه‌ای وجود ندارد.
refusal-page-malformed = این درخواست خوانده نشد. چیزی تغییر نکرد.
refusal-page-foreign = این فرم قدیمی است یا از سایت دیگری آمده است. چیزی تغییر نکرد: لطفاً صفحه را دوباره باز کنید و تکرار کنید.
refusal-page-too-large = حجم آن بیش از اندازه است. چیزی تغییر نکرد.
refusal-page-too-slow = این کار بیش از حد طول کشید. پیش از تکرار، لطفاً ببینید که انجام شده است یا نه.
refusal-page-too-often = درخواست‌ها بیش از حد است. لطفاً کمی صبر کنید.
refusal-page-wrong-method = این نشانی برای چنین کاری نیست.
refusal-page-unavailable = اکنون به داده‌ها دسترسی نیست. چیزی از دست نرفته است: لطفاً یک دقیقهٔ دیگر دوباره امتحان کنید.
refusal-page-disk-full = دیسک رایانهٔ پذیرش پر است و چیزی ذخیره نمی‌شود. این کار ذخیره نشد. لطفاً به مسئول رایانه خبر بدهید و سپس دوباره انجامش دهید.
refusal-page-unsure = هنگام ذخیره، ارتباط با داده‌ها قطع شد. لطفاً پیش از تکرار ببینید که آیا ذخیره شده است.
refusal-page-broken = مشکلی از سمت ما پیش آمد. چیزی از دست نرفته است: لطفاً دوباره امتحان کنید و اگر تکرار شد، کد را به ما بگویید.
refusal-form-unreadable = این خوانده نشد. لطفاً آن را بررسی کنید.
refusal-form-day-unreadable = این تاریخ خوانده نشد. آن را مانند ۱۴۰۵/۰۹/۰۲ بنویسید.
refusal-form-choose = لطفاً یکی را انتخاب کنید.
refusal-contact-mail = این نشانی ایمیل نیست.
refusal-patient-guardian-unknown = پرونده‌ای برای این سرپرست وجود ندارد.
refusal-patient-guardian-has-guardian = خود این شخص سرپرست دیگری دارد. کسی را انتخاب کنید که پاسخ‌گوی هر دو باشد.
refusal-reply-empty = لطفاً ابتدا چیزی بنویسید.
refusal-reply-too-long = پاسخ طولانی است: حداکثر { $most } نویسه.
refusal-reply-file-type = فقط تصویر (JPEG، PNG، WebP) و فایل PDF را می‌توان فرستاد.
refusal-reply-file-unreadable = این تصویر آسیب دیده است و خوانده نمی‌شود.
refusal-reply-file-too-large = حجم این فایل { $size } مگابایت است؛ از این کانال حداکثر { $most } مگابایت فرستاده می‌شود.
refusal-reply-too-many-files = همراه یک پاسخ حداکثر { $most } فایل می‌رود.
refusal-reply-files-too-large = این فایل‌ها روی هم بیش از { $most } مگابایت‌اند. آن‌ها را در دو پاسخ بفرستید.
refusal-reply-file-not-taken = از این کانال نمی‌توان فایل فرستاد. کانال دیگری انتخاب کنید یا فقط متن را بفرستید.
refusal-reply-file-no-address = از این کانال فایل به‌صورت پیوند می‌رود و کلینیک هنوز نشانی عمومی ندارد. کانال دیگری انتخاب کنید.
refusal-reply-file-window = بیمار مدتی است از این کانال پیامی نداده و فقط متن تأییدشده، بدون فایل، از آن فرستاده می‌شود. کانال دیگری انتخاب کنید.
refusal-note-file = یادداشت فایل نمی‌پذیرد. فایل را برای بیمار بفرستید یا یادداشت را بدون آن ثبت کنید.
refusal-slot-gone = این زمان همین حالا گرفته شد. زمان‌های آزاد کنونی اینجاست.
refusal-channel-not-set-up = تنظیم این کانال کامل نیست. لطفاً تنظیمات آن را باز کنید و دوباره ذخیره کنید.
refusal-channel-wrong-address = این نشانیِ این کانال نیست.

## What stands around it.

trouble-title = این کار انجام نشد
trouble-code = کد:
trouble-way-on = ادامه
