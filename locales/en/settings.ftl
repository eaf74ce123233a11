### The settings.

settings-title = Settings
settings-clinic = Clinic
settings-hours = Hours
settings-staff = Staff
settings-services = Services
settings-chairs = Chairs
settings-channels = Channels
settings-me = My account
settings-save = Save
settings-saved = Saved.
settings-add = Add
settings-remove = Remove
settings-back = Back
settings-optional = optional
settings-days = Days that differ
settings-days-none = No holidays or other hours yet. Add the days on which you are closed or open differently.
settings-day = Day
settings-day-hours = Hours, or empty if closed

clinic-map-url = Link to a map
clinic-quiet = Quiet hours
clinic-quiet-help = No message of the bot goes out at these hours of the patient.
clinic-quiet-from = From
clinic-quiet-until = Until
clinic-daily-cap = Messages of the bot to one patient in a day

staff-add = Add somebody
staff-none = Nobody is here yet. Add the people who answer patients and those who treat them.
staff-title = How patients hear of them
staff-role = Role
staff-provides = In the journal
staff-provides-treatment = treats patients, has a column
staff-provides-nothing = does not treat patients
staff-email-help = With this they sign in. Leave it empty for somebody who does not.
staff-new-password = New password
staff-password-stays = Left empty, the old one stays.
staff-on-shift = on shift
staff-left = has left
staff-has-left = This person has left and cannot sign in. Their visits stay in the journal.
staff-leaving = Leaving
staff-leaving-what = They lose access at once. Visits and conversations stay.
staff-leaves = Has left…
staff-leaves-do = End the access of
staff-returns = Works here again

service-add = Add a service
service-none = Nothing can be booked yet. Add what you offer and how long it takes.
service-name = Name
service-minutes = Minutes
service-buffer = Minutes kept free after it
service-offered = Offered
service-offered-yes = yes, can be booked
service-offered-retired = no longer
service-providers = Who does it
service-nobody-chosen = Choose nobody if everybody who treats may do it.
service-everybody = everybody
service-chairs = Where
service-no-chair-chosen = Choose none if any chair will do.
service-preparation = How to prepare
service-preparation-help = The patient reads it with the visit.
service-length = { $buffer ->
    [0] { $minutes } min
   *[other] { $minutes } + { $buffer } min
}

chair-add = Add a chair
chair-none = No chairs yet. A chair can only be used by one patient at a time.
chair-name = Name of the chair

channel-none = No channel is connected yet. Connect one below: patients are then reached where they already are.
channel-connect-more = Connect a channel
channel-connect = Connect
channel-checked = The settings are checked with the provider before anything is saved.
channel-settings = Settings
channel-stored = stored; leave it empty to keep it
channel-trial = Try it
channel-trial-help = Send yourself a message to see that it arrives.
channel-trial-to = To whom
channel-trial-do = Send a test message
channel-trial-sent = The test message was sent.
channel-link = Link for patients
channel-link-help = Whoever opens it can write to the clinic here. Put it on your website or print it at the desk.
channel-at-provider = At the provider
channel-hook = Address that the provider calls
channel-hook-help = Where the provider asks for a webhook or callback address, enter this one. Most providers have learned it by themselves.
channel-on = Switch on
channel-off = Switch off
channel-state-on = works
channel-state-off = switched off
channel-state-trouble = does not work
channel-trouble-settings = Its settings can no longer be read. Please connect the account again.
channel-balance = Left on the account:
channel-about-telegram = A bot of the clinic. Free; patients tap buttons.
channel-about-bale = A bot of the clinic for patients in Iran. Free.
channel-about-whatsapp = The clinic’s number on WhatsApp. Meta charges for approved texts.
channel-about-messenger = Messages of your Facebook page, for talking. Free.
channel-about-viber = A bot of the clinic. Viber charges for it.
channel-about-vk = Messages of your community. Free.
channel-about-max = A bot of the clinic. Free.
channel-about-sms = Text messages through your provider. It charges for each part of a message.
channel-about-email = Your own mail server, with a calendar file in each mail.
channel-about-telephone = Who calls stands on the screen before you answer; missed calls are rung back.
channel-about-web = A chat and a callback form on your own website. Free.
channel-about-sandbox = A messenger inside the program, to try things out.

me-password = Change the password
me-current = Current password
me-password-do = Change the password
me-password-note = You are signed out everywhere else.
me-password-done = Your password has been changed.
