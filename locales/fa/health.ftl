# چه چیزی درست پیش نمی‌رود، از کی و چه می‌شود.

health-title = تأخیرها و خرابی‌ها
health-since = از { $since }
health-more = و { $many } مورد دیگر
health-open-settings = باز کردن تنظیمات
health-unsaved-full = چیزی ذخیره نمی‌شود: دیسک رایانهٔ پذیرش پر است.
health-unsaved-full-why = لطفاً به مسئول رایانه زنگ بزنید. پیام‌های بیماران گم نمی‌شود: خودشان دوباره می‌رسند.
health-unsaved-away = چیزی ذخیره نمی‌شود: پایگاه داده کار نمی‌کند.
health-unsaved-away-why = لطفاً به مسئول رایانه زنگ بزنید. پیام‌های بیماران گم نمی‌شود: خودشان دوباره می‌رسند.
health-standing = بخشی از برنامه از کار ایستاده است.
health-standing-dispatch = پیامی فرستاده نمی‌شود.
health-standing-due = ربات یادآوری نمی‌فرستد و کاری پیش نمی‌برد.
health-standing-housekeeping = پیام‌های نگه‌داشته‌شده آزاد نمی‌شوند.
health-standing-polling = پیام‌های بیماران دریافت نمی‌شود.
health-standing-why = این بخش از برنامه از کار ایستاده است. لطفاً بخواهید برنامه دوباره راه‌اندازی شود.
health-broken = { $channel } کار نمی‌کند: { $account }.
health-late = { $many ->
    [one] { $many } پیام باید رفته باشد و هنوز منتظر است.
   *[other] { $many } پیام باید رفته باشند و هنوز منتظرند.
}
health-late-unsaved = چیزی که پیش‌تر ثبت نشود فرستاده نمی‌شود.
health-late-standing = بخشی از برنامه که آن‌ها را می‌فرستد از کار ایستاده است.
health-late-broken = کانالشان کار نمی‌کند. همین که درست شود می‌روند.
health-late-turn = منتظر نوبت‌اند: سرویس هر بار تعداد محدودی می‌پذیرد.
health-tried = { $many ->
    [one] { $many } پیام را سرویس نپذیرفت.
   *[other] { $many } پیام را سرویس نپذیرفت.
}
health-tried-why = قطعاً نرسیده‌اند. تلاش بعدی: { $next }.
