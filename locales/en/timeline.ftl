### The lines of a patient's timeline. Who did it and through what is said beside them.

timeline-patient-added = Card opened
timeline-patient-changed = Card changed: { $fields }
timeline-contact-added = Contact added: { $channel }
timeline-contact-verified = Contact verified: { $channel }
timeline-contact-shared = Contact is used by several people: { $channel }
timeline-contact-regained = Can be reached again: { $channel }
timeline-contact-lost = Cannot be reached: { $channel }
timeline-contact-doubted = It is being asked whose this is: { $channel }
timeline-contact-not-theirs = No longer theirs: { $channel }. { $why }
timeline-contact-given-back = Theirs after all: { $channel }
timeline-opted-out = Asked for no more messages: { $channel }
timeline-opted-in = Wants messages again: { $channel }
timeline-consent-given = Agreed: { $purpose }
timeline-consent-withdrawn = No longer agrees: { $purpose }
timeline-visit-requested = Visit requested for { $at }
timeline-visit-booked = Visit booked for { $at }
timeline-visit-confirmed = Visit confirmed
timeline-visit-moved = Visit moved from { $from } to { $to }
timeline-visit-cancelled = Visit cancelled: { $reason }
timeline-visit-late = { $minutes ->
    [one] Will be { $minutes } minute late
   *[other] Will be { $minutes } minutes late
}
timeline-visit-arrived = Arrived for the visit
timeline-visit-in-chair = Taken to the chair
timeline-visit-completed = Visit completed
timeline-visit-missed = Did not come to the visit
timeline-visit-mark-undone = A mark on the visit was taken back
timeline-message-received = Message received
timeline-message-queued = Message is on its way
timeline-message-held = Message waits until { $until }
timeline-message-released = Waiting message released
timeline-message-suppressed = Message not sent
timeline-message-accepted = Message sent
timeline-message-delivered = Message delivered
timeline-message-read = Message read
timeline-message-failed = Message could not be sent
timeline-message-delayed = Message is late: the receiving server cannot be reached yet
timeline-message-uncertain = It is not certain that the message was sent
timeline-conversation-assigned = Conversation taken by { $staff }
timeline-conversation-waiting = Waits for a person
timeline-conversation-answered = Answered by { $staff }
timeline-conversation-snoozed = Conversation put off until { $until }
timeline-conversation-reopened = Conversation opened again
timeline-conversation-closed = Conversation closed
timeline-note-written = Note written
timeline-call-answered = Telephone call, { $direction }
timeline-call-missed = Missed call
timeline-call-unanswered = Called, nobody answered
timeline-run-started = The bot began: { $playbook }
timeline-run-ended = The bot finished: { $playbook }
timeline-handed-over = The bot handed over to a person
timeline-task-opened = Something is to be done
timeline-task-done = Done
timeline-task-void = No longer needs doing
