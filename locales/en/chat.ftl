### The chat and the callback form on the clinic’s website, as visitors read them.

chat-open = Open the chat
chat-close = Close the chat
chat-label = Chat with { $clinic }
chat-write = Your message
chat-send = Send
chat-sending = Sending…
chat-unsent = Not sent.
chat-retry = Try again
chat-offline = No connection. What you write is kept here and can be sent again.
chat-you = You
chat-bot = Automatic reply
chat-person = { $clinic }
chat-greeting = Hello! How can { $clinic } help you?
chat-answers-now = Somebody answers now, usually within three minutes.
chat-answers-from = Nobody is here just now. Somebody answers from { $at }.
chat-answers-later = Nobody is here just now. Leave a message: it is kept, and somebody will answer.
chat-book = Book a visit
chat-call = Ask for a call
chat-call-title = We call you back
chat-call-lead = Tell us the number and when it suits you.
chat-call-name = Your name
chat-call-phone = Phone number
chat-call-at = When
chat-call-soon = As soon as somebody is free
chat-call-today = today
chat-call-tomorrow = tomorrow
chat-call-between = { $day }, { $from }–{ $until }
chat-call-about = What it is about (optional)
chat-call-send = Ask for the call
chat-call-back = Write a message instead
chat-call-done = Thank you, your request has been noted. Somebody will call you.
chat-call-words = Please call me back: { $name }, { $phone }. When: { $at }.
chat-consent = I agree that { $clinic } uses my name and number to call me back about this request. I can take this back at any time by telling the clinic.
chat-fault-name = Please tell us your name.
chat-fault-phone = This does not look like a phone number. Add the country code if it is from abroad.
chat-fault-consent = Without your agreement we may not use your number.
chat-fault-at = This time has passed. Please choose another one.
chat-fault-fast = That was a lot at once. Please try again in a few minutes.
chat-fault-other = This could not be sent. Please try again.
chat-attach = Add a picture or a PDF
chat-files = Files to send
chat-file-remove = Remove
chat-file-ready = Goes when you send.
chat-file-large = Larger than { $most } MB. Please choose a smaller file.
chat-file-kind = Only pictures (JPEG, PNG, WebP, GIF) and PDF files can be sent here.
chat-file-damaged = This file cannot be opened. It may be damaged.
chat-file-many = At most five files at a time. Send these first.
chat-file-away = No connection. The file is kept here and can be sent again.
chat-file-unshown = This picture cannot be shown just now. Open it to see it.

chat-try-title = Try the chat
chat-try-what = This is how the chat looks to visitors of your website. Write something: it comes to the Inbox like any other message.
chat-try-then = Keep this page open and send the test message from the settings: it appears in the chat.

chat-embed = Put it on your website
chat-embed-help = Copy this line into the HTML of every page on which the chat should stand, just before the end of the body. It can stand only on the websites named below.
chat-embed-copy = Copy
chat-embed-copied = Copied
chat-embed-unreachable = The website cannot reach the desk yet. First give the clinic a public address beginning with https:// under “Clinic”.
chat-embed-policy = If the website has a content security policy, allow this address in script-src and connect-src.
chat-try = Open the trial page
chat-try-help = First open the trial page and write something there. Then send the test message: it appears in that chat.

refusal-chat-foreign = The chat does not stand on this website.
refusal-chat-unknown-visitor = This browser’s thread is no longer known. It begins anew.
refusal-chat-malformed = This was not sent by the chat.
refusal-chat-too-fast = { $seconds ->
    [one] Too fast. Please wait one second.
   *[other] Too fast. Please wait { $seconds } seconds.
}
refusal-chat-file-too-large = This file is larger than { $most } MB.
refusal-chat-file-type = Only pictures (JPEG, PNG, WebP, GIF) and PDF files can be sent.
refusal-chat-file-unreadable = This picture is damaged and cannot be read.
refusal-chat-no-consent = Without agreement to the words shown nobody is called.
refusal-chat-no-name = Please tell us a name.
refusal-chat-no-phone = This does not look like a phone number.
refusal-chat-time-passed = This time has passed. Please choose another one.
refusal-chat-not-tried = Nobody has written on the trial page yet. Open it, write something, and send the test message then.
