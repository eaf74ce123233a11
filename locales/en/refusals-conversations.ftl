# Why a conversation could not be changed. Read by the people of the clinic.

refusal-conversation-closed = This conversation is closed. Open it again first.
refusal-conversation-not-assigned = Nobody holds this conversation.
refusal-conversation-with-somebody-else = Somebody else is answering here. Take the conversation over first.
refusal-conversation-not-closed = This conversation is already open.
refusal-conversation-snooze-time = Choose a time between now and a year from now.
refusal-conversation-not-snoozed = This conversation is no longer put aside.
refusal-conversation-already-known = This conversation belongs to another patient.
refusal-conversation-note-empty = The note is empty.
refusal-conversation-note-too-long = The note is too long: at most { $most } characters.
refusal-conversation-answered-meanwhile = A colleague has answered in the meantime. Your text is kept: read the answer, then send or drop it.
refusal-conversation-closed-meanwhile = A colleague has closed this conversation in the meantime. Look again before you write.
refusal-conversation-changed-meanwhile = Something new has been said here in the meantime. Look again, then send.
refusal-conversation-emergency = This patient reports an emergency. Answer first.

# What a conversation was about, chosen when it is closed.

conversation-topic-visit = Appointment
conversation-topic-treatment = Treatment
conversation-topic-price = Price
conversation-topic-documents = Documents
conversation-topic-complaint = Complaint
conversation-topic-thanks = Thanks
conversation-topic-not-for-us = Not for us
conversation-topic-other = Something else
