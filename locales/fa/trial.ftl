trial-subject = پیام آزمایشی { $clinic }
trial-text = این یک پیام آزمایشی از { $clinic } است. کانال کار می‌کند.
