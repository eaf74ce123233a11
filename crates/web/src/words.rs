//! The reader's language, as templates carry it: `{{ words.say("today-title") }}`.

use clinic::texts::Phrasebook;
use kernel::{Arg, Direction, Locale, Refusal, format};

/// Says the sentences of a page in one language.
#[derive(Clone, Copy)]
pub struct Words {
    locale: Locale,
    book: &'static Phrasebook,
}

impl Words {
    pub fn of(locale: Locale) -> Self {
        Self { locale, book: Phrasebook::of(locale) }
    }

    pub fn locale(&self) -> Locale {
        self.locale
    }

    pub fn code(&self) -> &'static str {
        self.locale.code()
    }

    /// For the `dir` of the page.
    pub fn dir(&self) -> &'static str {
        match self.locale.direction() {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        }
    }

    /// The browser's own picker of days does not know the reader's calendar.
    pub fn has_own_calendar(&self) -> bool {
        self.locale == Locale::Fa
    }

    pub const fn comma(&self) -> &'static str {
        match self.locale {
            Locale::En | Locale::Ru | Locale::Hu => ",",
            Locale::Fa => "،",
        }
    }

    /// Numbers that are no amounts: versions, counts in a corner, names of chairs.
    pub fn digits(&self, text: &str) -> String {
        format::digits(text, self.locale)
    }

    pub fn say(&self, key: &str) -> String {
        self.book.say_plain(key, &[])
    }

    /// The sentence, if somebody wrote it.
    pub fn known(&self, key: &str) -> Option<String> {
        self.book.has(key).then(|| self.say(key))
    }

    /// Why something was refused.
    pub fn refusal(&self, refusal: &Refusal) -> String {
        self.book.refusal(refusal)
    }

    /// A sentence that has a form for each word of a list: the word chooses it, and is not shown.
    pub fn form(&self, key: &str, (name, word): (&str, &str)) -> String {
        self.book.say_plain(key, &[(name, Arg::from(word))])
    }

    pub fn with(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.book.say(key, args)
    }
}
