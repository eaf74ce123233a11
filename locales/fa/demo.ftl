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
demo-phone-file = فرستادن عکس یا فایل
demo-phone-close = بستن تلفن
demo-phone-back = همهٔ تلفن‌ها
demo-phone-react = پسندیدن پیام

demo-website = وب‌سایت
demo-website-title = وب‌سایت کلینیک
demo-website-languages = زبان
demo-website-care = خدمات ما
demo-website-hero = دست‌های آرام، دندان‌های سالم
demo-website-lead = معاینه، ترمیم و جرم‌گیری در مرکز شهر، به چهار زبان.
demo-website-hint = گفتگوی گوشهٔ صفحه را امتحان کنید: آنچه می‌نویسید به صندوق پیام‌ها می‌آید.
demo-website-hygiene = جرم‌گیری
demo-website-hygiene-what = سالی دو بار پاک‌سازی ملایم، لثه را سالم نگه می‌دارد.
demo-website-filling = ترمیم
demo-website-filling-what = در یک جلسه و هم‌رنگ دندان خودتان.
demo-website-fear = می‌ترسید؟
demo-website-fear-what = به ما بگویید. شتاب نمی‌کنیم، هر گام را توضیح می‌دهیم و هر وقت دست بلند کنید می‌ایستیم.
