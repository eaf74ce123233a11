# Why a message in the outbox could not be changed. Read by the people of the clinic.

refusal-outbox-not-waiting = The gate has already decided on this message.
refusal-outbox-still-held = This message still has to wait. You can release it.
refusal-outbox-not-held = This message no longer waits: it has gone, or it was stopped.
refusal-outbox-not-queued = This message is no longer in the queue.
refusal-outbox-not-due = It is too early to send this message.
refusal-outbox-stale = The moment of this message has passed.
refusal-outbox-other-attempt = This message is not being sent in this attempt.
refusal-outbox-never-sent = This message has never left us, so nothing can be reported about it.
refusal-outbox-not-uncertain = It is already known whether this message was sent.

refusal-call-no-extension = This is no extension of the exchange: at most five digits, and letters without accents. A number outside is entered by whoever may change the settings.
refusal-call-no-exchange = There is no telephone exchange connected that can ring somebody up.
