## calls: which way, and what came of them

call-direction-in = incoming
call-direction-out = outgoing
call-in-answered = Incoming call
call-in-missed = Missed call
call-in-busy = Missed call: the line was busy
call-in-refused = Missed call: declined
call-in-failed = Missed call: it could not be put through
call-out-answered = Outgoing call
call-out-missed = Outgoing call: no answer
call-out-busy = Outgoing call: busy
call-out-refused = Outgoing call: declined
call-out-failed = Outgoing call: not put through
call-in-ringing = Incoming call, ringing
call-out-ringing = Outgoing call, ringing
call-in-talking = Incoming call, talking
call-out-talking = Outgoing call, talking
call-in-untold = Incoming call: the exchange did not tell how it ended
call-out-untold = Outgoing call: the exchange did not tell how it ended

## on the pages

calls-ringing = Incoming call
calls-unknown = Unknown number
calls-withheld = Number withheld
calls-next-visit = Next visit:
calls-no-visit = No visit booked
calls-family = Speaks for
calls-open-card = Open the card
calls-open-conversation = Open the conversation
calls-ring-up = Ring up
calls-trial-listens = Call your clinic’s number from a mobile telephone: the call should appear on every open page within a second.
calls-trial-rings = Type in a number that somebody can answer. The desk’s telephone rings first, then that one.
calls-template = Body of the notices
calls-template-help = UIS: Administration, Notifications. For each of incoming call, talk started, call finished and lost call add an HTTP notice with method POST, the address above with the secret word behind it, and this body.
