# The settings of the channels, and what may be wrong with them.

channel-telegram-token = Bot token
channel-telegram-token-help = In Telegram, write to @BotFather, send /newbot and copy the token from the answer. It looks like 123456789:AAE…
channel-telegram-server = Server address
channel-telegram-server-help = Change this only if you run your own Bot API server.

channel-bale-token = Bot token
channel-bale-token-help = In Bale, write to @botfather, create a bot and copy the token from the answer.
channel-bale-server = Server address
channel-bale-server-help = Change this only if Bale has given you another address.

channel-whatsapp-token = Access token
channel-whatsapp-token-help = In Meta Business settings, under System users: create one, give it the app and the WhatsApp account, and generate a token that does not expire.
channel-whatsapp-phone-number-id = Phone number ID
channel-whatsapp-phone-number-id-help = In the Meta app under WhatsApp, API setup. It is not the phone number itself.
channel-whatsapp-app-secret = App secret
channel-whatsapp-app-secret-help = In the Meta app under App settings, Basic. With it we recognise Meta’s calls.
channel-whatsapp-list-button = Button that opens a list
channel-whatsapp-list-button-help = Shown under questions with more than three answers, for example “Choose”. At most 20 characters.
channel-whatsapp-template = Name of the approved template
channel-whatsapp-template-help = More than a day after the patient’s last message WhatsApp lets through only an approved text. Create a template of the category Utility in each language of your patients, with two variables and no buttons: the first is the patient’s name, the second the message. Without it the reminder goes on the next channel.
channel-whatsapp-verify-token = Verify token
channel-whatsapp-verify-token-help = Enter it at Meta under WhatsApp, Configuration, Webhook, together with the address above, and subscribe to “messages”.
channel-whatsapp-server = Server address
channel-whatsapp-server-help = Change this only when Meta asks for a newer version.

channel-messenger-token = Page access token
channel-messenger-token-help = In the Meta app under Messenger, API settings: add your page and generate a token.
channel-messenger-page-id = Page ID
channel-messenger-page-id-help = The number of your page, beside its name in the same place.
channel-messenger-app-secret = App secret
channel-messenger-app-secret-help = In the Meta app under App settings, Basic. With it we recognise Meta’s calls.
channel-messenger-verify-token = Verify token
channel-messenger-verify-token-help = Enter it at Meta under Messenger, API settings, Webhooks, together with the address above. Subscribe to messages, messaging_postbacks, message_deliveries, message_reads and messaging_referrals.
channel-messenger-server = Server address
channel-messenger-server-help = Change this only when Meta asks for a newer version.

channel-viber-token = Bot token
channel-viber-token-help = Viber gives it to you when your bot is approved: Viber Admin Panel, Info, Token.
channel-viber-sender-name = Sender name
channel-viber-sender-name-help = Patients see it above each message. At most 28 characters.
channel-viber-welcome = First words
channel-viber-welcome-help = Shown to whoever opens the chat. Viber lets the clinic write only after the patient has tapped or written.
channel-viber-welcome-button = Button under them
channel-viber-welcome-button-help = One tap on it begins the conversation, for example “Start”.
channel-viber-server = Server address
channel-viber-server-help = Change this only if Viber has given you another address.

channel-vk-token = Access token of the community
channel-vk-token-help = In your community on VK: Manage, API usage, Access tokens, Create token. Allow messages and community management.
channel-vk-group-id = Number of the community
channel-vk-group-id-help = Manage, API usage, Callback API: the number after group_id.
channel-vk-confirmation = String that the server must return
channel-vk-confirmation-help = Manage, API usage, Callback API. Needed only if VK is to call this desk; without a public address messages are fetched.
channel-vk-secret = Secret key
channel-vk-secret-help = Enter it at VK under Callback API as the secret key, before you press Confirm. Then switch on the events: incoming message, action with message, permission and ban of messages.
channel-vk-server = Server address
channel-vk-server-help = Change this only if VK has given you another address.

channel-max-token = Bot token
channel-max-token-help = From the MAX partner platform: Chat bots, Integration, Get token.
channel-max-authority = Certificate of the authority
channel-max-authority-help = MAX may show a certificate of the Russian national authority that most computers do not know. Paste its root certificate here, from the line BEGIN CERTIFICATE to the line END CERTIFICATE.
channel-max-server = Server address
channel-max-server-help = Change this only if MAX has given you another address.

channel-email-host = Mail server
channel-email-host-help = The server that sends your mail, for example smtp.example.com. Your mail provider calls it the SMTP or outgoing server.
channel-email-port = Port
channel-email-port-help = Usually 587 with STARTTLS or 465 with TLS.
channel-email-security = Encryption
channel-email-security-help = Without encryption, mail can only go to a server on this same computer.
channel-email-security-starttls = STARTTLS
channel-email-security-tls = TLS
channel-email-security-none = None
channel-email-user = User name
channel-email-user-help = Often the full mail address. Leave it empty if the server asks for no sign-in.
channel-email-password = Password
channel-email-password-help = Some providers want an app password here instead of your usual one.
channel-email-from-address = Sender address
channel-email-from-address-help = Patients see it, and their answers come to it.
channel-email-from-name = Sender name
channel-email-from-name-help = The name of the clinic, as patients know it.
channel-email-bounce-address = Address for returned mail
channel-email-bounce-address-help = Mail that cannot be delivered comes back here, with the message number after a plus sign. Leave it empty if your provider does not allow another sender.

channel-setting-unknown = This channel has no such setting.
channel-setting-missing = Please fill this in.
channel-setting-too-long = This is too long.
channel-setting-control = There is a line break or a hidden character in it. Please type it in again.
channel-setting-not-an-address = Please enter an address that begins with https://.
channel-setting-not-a-number = Please enter a whole number in the allowed range.
channel-setting-not-a-mail-address = Please enter a mail address.
channel-setting-not-a-choice = Please choose one of the options.
channel-setting-wrong-form = This does not have the right form. Please check that you copied all of it.

channel-trouble-unauthorized = The provider does not accept the token or password. Please check it or create a new one.
channel-trouble-wrong-server = There is no such service at this address. Please check the address and the token.
channel-trouble-no-such-host = No server with this name was found.
channel-trouble-refused = The server refused the connection. Please check the address and the port.
channel-trouble-unreachable = The server cannot be reached at the moment.
channel-trouble-tls = No encrypted connection could be made with the server.
channel-trouble-interrupted = The connection broke before the message was handed over.
channel-trouble-too-fast = The provider asks us to write more slowly. The message waits its turn.
channel-trouble-overloaded = The provider is not taking messages at the moment. We will try again.
channel-trouble-no-such-recipient = There is no such recipient.
channel-trouble-never-opened = The patient has not opened the chat with the clinic yet, so we cannot write there first.
channel-trouble-mailbox-full = The patient’s mailbox is full.
channel-trouble-too-long = The message is too long or too large for this channel.
channel-trouble-policy = The message was refused as spam or as against the provider’s rules.
channel-trouble-window-closed = Too much time has passed since the patient last wrote. Only an approved template may be sent.
channel-trouble-polled-elsewhere = Another program is fetching the messages of this account. Please stop it or use another bot.
channel-trouble-webhook-active = The messages of this account go to another address. Please connect the account again.
channel-trouble-webhook-refused = The provider cannot reach the public address of this desk.
channel-trouble-no-public-address = This channel has to call the desk. Please enter the public address of the desk, with https://, in the settings of the clinic first.
channel-trouble-strange-answer = The provider gave an answer that we do not understand.
channel-trouble-other = The provider refused the message.
