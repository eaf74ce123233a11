# چرا پیامی در صندوق ارسال تغییر نکرد. همکاران کلینیک می‌خوانند.

refusal-outbox-not-waiting = دربارهٔ این پیام پیش‌تر تصمیم گرفته شده است.
refusal-outbox-still-held = این پیام هنوز باید بماند. شما می‌توانید اجازهٔ ارسال آن را بدهید.
refusal-outbox-not-held = این پیام دیگر منتظر نیست: فرستاده یا متوقف شده است.
refusal-outbox-not-queued = این پیام دیگر در صف نیست.
refusal-outbox-not-due = هنوز برای فرستادن این پیام زود است.
refusal-outbox-stale = زمان این پیام گذشته است.
refusal-outbox-other-attempt = ارسال این پیام دیگر به این تلاش مربوط نیست.
refusal-outbox-never-sent = این پیام هرگز فرستاده نشده است و گزارشی هم دربارهٔ آن نمی‌تواند باشد.
refusal-outbox-not-uncertain = اکنون روشن است که این پیام فرستاده شده است یا نه.

refusal-call-no-exchange = مرکز تلفنی که بتوان از آن تماس گرفت وصل نشده است.
