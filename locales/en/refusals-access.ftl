### Why somebody cannot sign in, choose a password, set up the desk or join the staff as asked.

refusal-sign-in-wrong = The e-mail or the password is wrong.
refusal-sign-in-too-many = { $minutes ->
    [one] Too many attempts. Please try again in one minute.
   *[other] Too many attempts. Please try again in { $minutes } minutes.
}
refusal-password-too-short = A password has at least { $least } characters. A few words in a row are easy to remember.
refusal-password-too-long = A password has at most { $most } characters.
refusal-password-is-name = Please choose a password other than the name or e-mail.
refusal-password-common = This password is among the first to be guessed. Please choose another one.
refusal-password-wrong = The current password is wrong.
refusal-set-up-done = The desk has already been set up. Please sign in.
refusal-set-up-code = This is not the set-up code. It stands in the link that the program printed when it was started.
refusal-staff-email-taken = Somebody else already signs in with this e-mail.
refusal-staff-email-needed = Whoever has a password needs an e-mail to sign in with.
refusal-service-providers = Choose people of this clinic who treat patients.
refusal-service-chairs = Choose chairs of this clinic.
