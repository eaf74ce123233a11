# Beside each message: why it goes this way, waits, or does not go. Read by the people of the clinic.

why-suppressed-no-consent = Not sent: the patient has not agreed to messages of this kind.
why-suppressed-opted-out = Not sent: the patient has asked for no more messages here.
why-suppressed-refused = Not sent: the patient is on the clinic's refusal list.
why-suppressed-deceased = Not sent: the patient has died.
why-suppressed-no-bots = Not sent by the bot: the patient wants to hear from a person.
why-suppressed-open-complaint = Not sent: a complaint of the patient is open.
why-suppressed-duplicate = Not sent: the patient has been told this already.
why-suppressed-over-cap = Not sent: the patient has had enough messages, and this one ranks lower.
why-suppressed-stale = Not sent: its moment has passed.
why-suppressed-not-reachable = Not sent: there is no channel on which the patient can be reached.
why-suppressed-not-verified = Not sent: it is sensitive, and no contact of the patient is verified.
why-suppressed-window-closed = Not sent: the messenger lets us write only for a while after the patient has written.
why-suppressed-over-budget = Not sent: the channel's budget is used up.
why-suppressed-visit-changed = Not sent: the visit has changed since this was planned.

why-held-quiet-hours = Waits until { $until }: nobody is disturbed in quiet hours.
why-held-daily-cap = Waits until { $until }: the patient has had today's messages.
why-held-out-of-hours = Waits until { $until }: the clinic is closed.
why-held-restored = Waits since a backup was restored: a person has to release it.

why-channel-preferred = By { $channel }: the patient asked for it.
why-channel-last-answered = By { $channel }: the patient last answered there.
why-channel-cheapest = By { $channel }: the cheapest way to reach the patient.
why-channel-only-one = By { $channel }: the only way to reach the patient.
why-channel-next-in-ladder = By { $channel }: no sign of arrival on the channel before.
why-channel-chosen = By { $channel }: chosen by a person.

# Through what something came: 'confirmed by Telegram, Tue 18:42'.

origin-desk = at the desk
origin-channel = by { $channel }
origin-visit-page = on the visit page
origin-import = by import
origin-program = by the program

origin-mark-booked = booked { $through }, { $at }
origin-mark-confirmed = confirmed { $through }, { $at }
origin-mark-arrived = arrived, marked { $through }, { $at }
origin-mark-in-chair = in the chair, marked { $through }, { $at }
origin-mark-completed = completed, marked { $through }, { $at }
origin-mark-cancelled = cancelled { $through }, { $at }
origin-mark-moved = moved { $through }, { $at }
origin-mark-no-show = missed, marked { $through }, { $at }
origin-mark-late = late, said { $through }, { $at }

channel-telegram = Telegram
channel-bale = Bale
channel-whatsapp = WhatsApp
channel-messenger = Messenger
channel-vk = VK
channel-max = MAX
channel-viber = Viber
channel-sms = SMS
channel-email = E-mail
channel-web = Website chat
channel-sandbox = Practice messenger
