# Órák: mióta késik valami.

clock-since-yesterday = tegnap óta
clock-since-weekday = { $weekday ->
    [monday] hétfő óta
    [tuesday] kedd óta
    [wednesday] szerda óta
    [thursday] csütörtök óta
    [friday] péntek óta
    [saturday] szombat óta
   *[sunday] vasárnap óta
}
clock-since-day = { $day } óta
