refusal-phone-unknown = این شماره تلفن معتبر نیست. لطفاً آن را با کد کشور بنویسید، برای نمونه ‎+98 21 2345 6789.
refusal-name-empty = لطفاً نام را وارد کنید.
refusal-name-too-long = نام بیش از اندازه بلند است؛ حداکثر { $most } نویسه مجاز است.
refusal-hours-unreadable = «{ $part }» خوانده نشد. لطفاً ساعت‌ها را به این شکل بنویسید: mon-fri 09:00-13:00 14:00-18:00; sat 10:00-14:00.
refusal-hours-inverted = پایان بازه باید پس از آغاز آن باشد.
refusal-hours-overlap = بازه‌های { $first } و { $second } در یک روز با هم تداخل دارند.
refusal-hours-whole-minutes = آغاز و پایان بازه باید بر حسب دقیقهٔ کامل باشد.
