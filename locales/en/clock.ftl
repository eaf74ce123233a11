# Clocks: since when something is late.

clock-since-yesterday = since yesterday
clock-since-weekday = { $weekday ->
    [monday] since Monday
    [tuesday] since Tuesday
    [wednesday] since Wednesday
    [thursday] since Thursday
    [friday] since Friday
    [saturday] since Saturday
   *[sunday] since Sunday
}
clock-since-day = since { $day }
