refusal-phone-unknown = Ez nem hívható telefonszám. Kérjük, országhívóval adja meg, például: +36 1 234 5678.
refusal-name-empty = Kérjük, adja meg a nevet.
refusal-name-too-long = A név túl hosszú: legfeljebb { $most } karakter lehet.
refusal-hours-unreadable = Nem értelmezhető: „{ $part }”. Kérjük, így adja meg az időket: mon-fri 09:00-13:00 14:00-18:00; sat 10:00-14:00.
refusal-hours-inverted = A befejezésnek későbbinek kell lennie a kezdésnél.
refusal-hours-overlap = A(z) { $first } és a(z) { $second } időszak ugyanazon a napon átfedi egymást.
refusal-hours-whole-minutes = A kezdés és a befejezés csak egész perc lehet.
