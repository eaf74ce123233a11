### چرا نوبت را نمی‌توان آن‌گونه که خواسته شد تغییر داد.

refusal-visit-only-requested = این نوبت فعلاً فقط درخواست شده است. ابتدا باید کلینیک آن را بپذیرد.
refusal-visit-already-started = زمان این نوبت آغاز شده است.
refusal-visit-already-arrived = بیمار برای این نوبت آمده است.
refusal-visit-not-today = این نوبت برای روز دیگری است.
refusal-visit-not-arrived = بیمار هنوز نیامده است.
refusal-visit-not-open = { $state ->
    [completed] این نوبت انجام شده است.
    [cancelled] این نوبت لغو شده است.
    [moved] این نوبت به زمان دیگری منتقل شده است.
    [no_show] بیمار در این نوبت حاضر نشد.
   *[other] این نوبت را دیگر نمی‌توان تغییر داد.
}
refusal-visit-not-started = زمان این نوبت هنوز نرسیده است.
refusal-visit-same-slot = نوبت از پیش در همین زمان است.
refusal-visit-late-minutes = لطفاً عددی بین ۱ تا { $most } دقیقه انتخاب کنید.
refusal-visit-over = زمان این نوبت گذشته است.
refusal-visit-nothing-to-undo = نشانه‌ای برای بازگرداندن وجود ندارد.
refusal-visit-undo-another-day = نشانه را فقط در همان روزی که ثبت شده می‌توان بازگرداند.
refusal-visit-stale = این نوبت همین الان توسط فرد دیگری تغییر کرد. وضعیت کنونی آن را می‌بینید.
refusal-visit-not-yours = این نوبت متعلق به بیمار دیگری است.
refusal-visit-note-too-long = یادداشت بیش از اندازه طولانی است.
refusal-slot-ends-before-start = پایان باید پس از آغاز باشد.
refusal-slot-too-long = نوبت حداکثر ۱۲ ساعت طول می‌کشد.
refusal-slot-passed = این زمان گذشته است.
refusal-slot-taken = این زمان همین الان گرفته شد.
refusal-slot-provider-busy = پزشک در این زمان نوبت دیگری دارد.
refusal-slot-chair-busy = این یونیت در این زمان گرفته شده است.
refusal-absence-ends-before-start = پایان غیبت باید پس از آغاز آن باشد.
