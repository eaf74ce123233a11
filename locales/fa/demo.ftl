# The telephones of a demo clinic.
demo-pushing = زندگی مطب ادامه دارد…
demo-phones-title = تلفن بیماران
demo-phones-find = جست‌وجوی بیمار
demo-phones-nobody = کسی با این نام نیست.
demo-phones-asked = منتظر پاسخ
demo-phone-empty = هنوز پیامی نیست.
demo-phone-without = تلفن این بیمار پیام‌رسان ندارد و فقط با تماس می‌شود با او صحبت کرد.
demo-phone-say = نوشتن از طرف بیمار
demo-phone-send = فرستادن
demo-phone-close = بستن تلفن
demo-phone-back = همهٔ تلفن‌ها
demo-phone-react = پسندیدن پیام
