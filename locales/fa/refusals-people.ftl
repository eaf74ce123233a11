### چرا درخواستی دربارهٔ بیماران، کارکنان، خدمات یا کلینیک انجام‌پذیر نیست.

refusal-actor-not-allowed = نقش شما اجازهٔ این کار را نمی‌دهد.
refusal-patient-not-own-choice = این مورد را فقط کلینیک می‌تواند در پروندهٔ شما تغییر دهد.
refusal-patient-not-yours = این متعلق به بیمار دیگری است.
refusal-patient-own-guardian = هیچ‌کس نمی‌تواند سرپرست خودش باشد.
refusal-patient-born-in-future = این تاریخ تولد در آینده است.
refusal-patient-born-too-early = لطفاً سال تولد را بررسی کنید.
refusal-staff-email = این نشانی ایمیل درست نیست.
refusal-staff-last-owner = دست‌کم یک مالک که بتواند وارد سامانه شود باید بماند.
refusal-service-minutes = لطفاً بین { $least } تا { $most } دقیقه وارد کنید.
refusal-service-buffer = پس از هر نوبت حداکثر { $most } دقیقه می‌توان خالی گذاشت.
refusal-clinic-region = کشوری را که شماره‌های تلفن بر پایهٔ آن خوانده می‌شوند انتخاب کنید.
refusal-clinic-url = این نشانی اینترنتی نیست. چنین نشانی‌ای با https:// آغاز می‌شود.
refusal-clinic-public-url = نشانی را بدون مسیر وارد کنید، مانند https://desk.example.
refusal-clinic-quiet-hours = آغاز و پایان ساعت‌های سکوت نباید یکی باشد.
refusal-clinic-daily-cap = لطفاً بین ۱ تا { $most } پیام در روز وارد کنید.
refusal-task-already-done = فرد دیگری این کار را انجام داده است.
refusal-task-fallen-away = این کار در این میان خودبه‌خود حل شد. کاری نمانده است.
