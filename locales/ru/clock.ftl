# Часы: с какого дня что-то просрочено.

clock-since-yesterday = со вчерашнего дня
clock-since-weekday = { $weekday ->
    [monday] с понедельника
    [tuesday] со вторника
    [wednesday] со среды
    [thursday] с четверга
    [friday] с пятницы
    [saturday] с субботы
   *[sunday] с воскресенья
}
clock-since-day = с { $day }
