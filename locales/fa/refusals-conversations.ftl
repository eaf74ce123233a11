# چرا کاری با یک گفت‌وگو انجام نشد. همکاران کلینیک می‌خوانند.

refusal-conversation-closed = این گفت‌وگو بسته است. نخست آن را دوباره باز کنید.
refusal-conversation-not-assigned = این گفت‌وگو در دست کسی نیست.
refusal-conversation-with-somebody-else = همکار دیگری در حال پاسخ دادن است. نخست گفت‌وگو را به عهده بگیرید.
refusal-conversation-not-closed = این گفت‌وگو باز است.
refusal-conversation-snooze-time = زمانی از اکنون تا یک سال دیگر انتخاب کنید.
refusal-conversation-not-snoozed = این گفت‌وگو دیگر کنار گذاشته نشده است.
refusal-conversation-already-known = این گفت‌وگو از آنِ بیمار دیگری است.
refusal-conversation-note-empty = یادداشت خالی است.
refusal-conversation-note-too-long = یادداشت بیش از اندازه بلند است: حداکثر { $most } نویسه.
refusal-conversation-answered-meanwhile = در این میان همکارتان پاسخ داده است. متن شما حفظ شده: پاسخ را بخوانید، سپس متن خود را بفرستید یا حذف کنید.
refusal-conversation-closed-meanwhile = در این میان همکارتان این گفت‌وگو را بسته است. پیش از نوشتن دوباره نگاه کنید.
refusal-conversation-changed-meanwhile = در این میان چیز تازه‌ای در اینجا آمده است. دوباره نگاه کنید و سپس بفرستید.
refusal-conversation-emergency = این بیمار وضعیت اورژانسی گزارش کرده است. نخست پاسخ دهید.

# گفت‌وگو دربارهٔ چه بود؛ هنگام بستن انتخاب می‌شود.

conversation-topic-visit = نوبت
conversation-topic-treatment = درمان
conversation-topic-price = هزینه
conversation-topic-documents = مدارک
conversation-topic-complaint = شکایت
conversation-topic-thanks = تشکر
conversation-topic-not-for-us = مربوط به ما نیست
conversation-topic-other = موضوع دیگر
