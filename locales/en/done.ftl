# What has just been done.

done-saved = Saved.
done-added = Added.
done-removed = Removed.
done-booked = The visit is booked.
done-moved = The visit has been moved.
done-marked = Marked in the journal.
done-cancelled = The visit is cancelled.
done-sent = Sent.
done-waits = It waits, and goes out by itself at its time.
done-not-sent = It was not sent: the thread says why.
done-noted = The note is kept.
done-taken = The conversation is yours.
done-handed-over = Handed over.
done-given-back = Given back.
done-put-aside = Put aside. It comes back by itself.
done-closed = Closed.
done-reopened = Opened again.
done-linked = Linked to the card.
done-settled = Done.
done-switched-on = Switched on.
done-switched-off = Switched off.
done-connected = Connected. Send yourself a test message.
done-left = They can no longer sign in.
done-returned = Welcome back: they can sign in again.
done-password-changed = The password is changed.
done-set-up = The desk is yours. Connect the first channel here; staff, services and chairs are beside it.
