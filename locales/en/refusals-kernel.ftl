refusal-phone-unknown = This is not a phone number that can be dialled. Write it with its country code, for example +44 20 7946 0123.
refusal-name-empty = Please enter a name.
refusal-name-too-long = The name is too long: at most { $most } characters.
refusal-hours-unreadable = We could not read “{ $part }”. Write the hours like this: mon-fri 09:00-13:00 14:00-18:00; sat 10:00-14:00.
refusal-hours-inverted = The hours must end later than they begin.
refusal-hours-overlap = { $first } and { $second } overlap on the same day.
refusal-hours-whole-minutes = Hours begin and end on whole minutes.
