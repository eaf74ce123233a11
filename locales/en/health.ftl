# What does not go as it should, since when, and what becomes of it.

health-title = Delays and faults
health-since = since { $since }
health-more = and { $many } more
health-open-settings = Open the settings
health-unsaved-full = Nothing can be saved: the disk of the desk’s computer is full.
health-unsaved-full-why = Please call whoever looks after the computer. Messages of patients are not lost: they come again by themselves.
health-unsaved-away = Nothing can be saved: the database does not work.
health-unsaved-away-why = Please call whoever looks after the computer. Messages of patients are not lost: they come again by themselves.
health-standing = A part of the program stands still.
health-standing-dispatch = No messages are going out.
health-standing-due = The bot sends no reminders and takes no further steps.
health-standing-files = Pictures and files of patients are not being fetched.
health-standing-housekeeping = Messages that were held back are not being released.
health-standing-lookups = What is asked of the providers now and then is not being asked.
health-standing-polling = Messages of patients are not being fetched.
health-standing-why = This part of the program stands still. Please have the program started again.
health-broken = { $channel } does not work: { $account }.
health-late = { $many ->
    [one] { $many } message should have gone out and still waits.
   *[other] { $many } messages should have gone out and still wait.
}
health-late-unsaved = Nothing goes out that cannot be written down first.
health-late-standing = The part of the program that sends them stands still.
health-late-broken = Their channel does not work. They go out once it does.
health-late-turn = They wait for their turn: the provider takes only so many at once.
health-tried = { $many ->
    [one] { $many } message was not taken by the provider.
   *[other] { $many } messages were not taken by the provider.
}
health-tried-why = They have certainly not arrived. The next attempt is at { $next }.
health-restored = { $many ->
    [one] A backup was restored: { $many } message is held, because it may have gone before.
   *[other] A backup was restored: { $many } messages are held, because they may have gone before.
}
health-restored-why = The desk knows nothing of the time from { $from } to { $until }. Please look on patients’ phones or with the provider, then send or drop them. What patients wrote and refused in those hours is lost too.
health-restored-look = Look at them
health-clock-ahead = The clock of the computer “{ $node }” is { $seconds } s ahead.
health-clock-behind = The clock of the computer “{ $node }” is { $seconds } s behind.
health-clock-why = It sends nothing and takes no steps until its clock is right; the others go on. Please call whoever looks after the computers.
