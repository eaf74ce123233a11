# آنچه همین حالا انجام شد.

done-saved = ذخیره شد.
done-added = افزوده شد.
done-removed = حذف شد.
done-booked = نوبت ثبت شد.
done-moved = نوبت جابه‌جا شد.
done-marked = در دفتر نوبت‌ها ثبت شد.
done-cancelled = نوبت لغو شد.
done-sent = فرستاده شد.
done-waits = منتظر می‌ماند و در زمان خودش فرستاده می‌شود.
done-not-sent = فرستاده نشد: دلیل آن در گفتگو آمده است.
done-noted = یادداشت ثبت شد.
done-taken = گفتگو به عهدهٔ شماست.
done-handed-over = به همکار سپرده شد.
done-given-back = بازگردانده شد.
done-put-aside = کنار گذاشته شد و خودش بازمی‌گردد.
done-closed = بسته شد.
done-reopened = دوباره باز شد.
done-linked = به پرونده وصل شد.
done-settled = انجام شد.
done-switched-on = روشن شد.
done-switched-off = خاموش شد.
done-connected = وصل شد. برای خودتان پیام آزمایشی بفرستید.
done-left = دیگر نمی‌تواند وارد شود.
done-returned = دوباره می‌تواند وارد شود.
done-password-changed = گذرواژه عوض شد.
done-set-up = همه چیز آماده است. نخستین کانال را این‌جا وصل کنید؛ همکاران، خدمات و یونیت‌ها کنار آن است.
