//! Words for people: every sentence in Fluent, in four languages, with typed placeholders.
