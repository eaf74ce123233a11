# ساعت‌ها: از چه روزی دیر شده است.

clock-since-yesterday = از دیروز
clock-since-weekday = { $weekday ->
    [monday] از دوشنبه
    [tuesday] از سه‌شنبه
    [wednesday] از چهارشنبه
    [thursday] از پنجشنبه
    [friday] از جمعه
    [saturday] از شنبه
   *[sunday] از یکشنبه
}
clock-since-day = از { $day }
