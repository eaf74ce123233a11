### Coming in, the first run, and the words that several forms share.

sign-in-title = Sign in
sign-in-email = E-mail
sign-in-password = Password
sign-in-do = Sign in
sign-in-forgotten = Forgotten your password? The owner or manager of your clinic can set a new one for you.

set-up-title = Welcome. Let us set up your clinic.
set-up-lead = This takes about three minutes. Everything can be changed later in the settings.
set-up-clinic = The clinic
set-up-code = Set-up code
set-up-code-help = It stands in the link that the program printed when it was started.
set-up-organisation = Organisation
set-up-owner = You, the owner
set-up-do = Set up the desk

clinic-name = Name of the clinic
clinic-address = Address
clinic-address-help = As a patient should read it, with the floor or entrance.
clinic-zone = Time zone
clinic-region = Country
clinic-region-help = Two letters, for example HU. Phone numbers without a country code are read with it.
clinic-locale = Language of the clinic
clinic-public-url = Address of this desk on the web
clinic-public-url-help = Patients open their links here. Without it, messages go out without links.

person-given = First name
person-family = Last name
person-locale = Language of the screens
password-help = At least 10 characters. A few words in a row are easy to remember.

hours-title = Opening hours
hours-shifts = Working hours
hours-closed = closed
hours-help = For example 09:00-13:00 14:00-18:00. Leave a day empty if you are closed.
