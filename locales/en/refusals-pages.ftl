### Why a page was not shown, or a form not taken.

refusal-thing-not-found = There is nothing here, or it is not for you.
refusal-page-not-found = There is no such page.
refusal-page-malformed = This request could not be read. Nothing was changed.
refusal-page-foreign = This form is too old or comes from another site. Nothing was changed: open the page again and repeat it.
refusal-page-too-large = This is too large to be taken. Nothing was changed.
refusal-page-too-slow = This took too long. Please look whether it was done before you repeat it.
refusal-page-too-often = Too many requests. Please wait a moment.
refusal-page-wrong-method = This address is not meant to be used in this way.
refusal-page-unavailable = The desk cannot reach its data at the moment. Nothing was lost: please try again in a minute.
refusal-page-disk-full = The disk of the desk’s computer is full, so nothing can be saved. This was not saved. Please tell whoever looks after the computer, and repeat it afterwards.
refusal-page-unsure = The connection to the data broke while this was being saved. Please look whether it is there before you repeat it.
refusal-page-broken = Something went wrong on our side. Nothing was lost: please try again, and tell us the code if it happens again.
refusal-form-unreadable = This could not be read. Please check it.
refusal-form-day-unreadable = This is not a day. Write it like 2026-11-23.
refusal-form-choose = Please choose one.
refusal-contact-mail = This is not an e-mail address.
refusal-patient-guardian-unknown = There is no card of this guardian.
refusal-patient-guardian-has-guardian = Somebody else speaks for this person. Choose who answers for both.
refusal-reply-empty = Please write something first.
refusal-reply-too-long = The answer is too long: at most { $most } characters.
refusal-reply-file-type = Only pictures (JPEG, PNG, WebP) and PDF files can be sent.
refusal-reply-file-unreadable = This picture is damaged and cannot be read.
refusal-reply-file-too-large = This file has { $size } MB; through this channel at most { $most } MB can go.
refusal-reply-too-many-files = At most { $most } files can go beside one answer.
refusal-reply-files-too-large = These files have more than { $most } MB together. Send them in two answers.
refusal-reply-file-not-taken = No file can go through this channel. Choose another channel or send the words alone.
refusal-reply-file-no-address = Through this channel a file goes as a link, and the clinic has no public address yet. Choose another channel.
refusal-reply-file-window = The patient has not written here lately, so only an approved text can go through this channel, without a file. Choose another channel.
refusal-note-file = A note holds no file. Send it to the patient, or keep the note without it.
refusal-slot-gone = This time has just been taken. Here are the times that are free now.
refusal-channel-not-set-up = This channel is not set up completely. Open its settings and save them again.
refusal-channel-wrong-address = This is not an address of this channel.

## What stands around it.

trouble-title = This did not work
trouble-code = Code:
trouble-way-on = Go on
