trial-subject = Test message from { $clinic }
trial-text = This is a test message from { $clinic }. The channel works.
