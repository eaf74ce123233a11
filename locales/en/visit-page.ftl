### The pages that patients open by a link.

visit-page-title = Your visit
visit-page-greeting = { $patient }, we are expecting you
visit-page-greeting-requested = { $patient }, you have asked for this visit
visit-page-greeting-closed = { $patient }, this was your visit
visit-page-length = { $minutes ->
    [one] It takes about { $minutes } minute.
   *[other] It takes about { $minutes } minutes.
}
visit-page-minutes = { $minutes } min
visit-page-late-said = { $minutes ->
    [one] You told us that you will be { $minutes } minute late. Thank you.
   *[other] You told us that you will be { $minutes } minutes late. Thank you.
}
visit-page-confirm = I will come
visit-page-another-time = Another time
visit-page-late = I am running late
visit-page-late-ask = By how much?
visit-page-cancel = I cannot come
visit-page-cancel-ask = May we ask why? The visit is cancelled with your answer.
visit-page-cancel-note = Would another day suit you better? Choose ‘Another time’ and you keep your place.
visit-page-reason-unwell = I am not well
visit-page-reason-no-time = I have no time
visit-page-reason-cost = The cost
visit-page-reason-elsewhere = Treated elsewhere
visit-page-reason-other = Another reason
visit-page-person = Ask a person
visit-page-more = More about your visit
visit-page-calendar = Add to calendar
visit-page-map = How to get there
visit-page-times-title = Which time suits you?
visit-page-times-none = There is no free time within the next weeks that fits this visit. A person will look for one with you.
visit-page-times-note = Your visit moves to the time that you tap. The old time goes to somebody else.
visit-page-back = Keep my time
visit-page-done-confirmed = Thank you. We look forward to seeing you.
visit-page-done-moved = Your visit has been moved. Here is the new time.
visit-page-done-late = Thank you for telling us. Take care on your way.
visit-page-done-cancelled = Your visit has been cancelled. We are glad to find you another time whenever you like.
visit-page-done-person = Somebody from the clinic will write to you.
visit-page-changed = Something changed in the meantime. This is how it stands now.
visit-page-answers-by = answers by { $time }
visit-page-answers-from = answers { $time }

link-ended-title = This link is no longer valid
link-ended-why = It has expired, or a newer one has been sent to you since.
link-ended-way-on = Open the newest message from your clinic, or answer it there: somebody will help you.

unsubscribe-title = Stop e-mails from the clinic?
unsubscribe-what = Reminders of visits will then no longer come by e-mail either. Other ways of reaching you stay as they are.
unsubscribe-do = Stop e-mails
unsubscribe-done = You will get no more e-mails
unsubscribe-done-what = If you change your mind, tell the clinic at your next visit or answer any message from it.
