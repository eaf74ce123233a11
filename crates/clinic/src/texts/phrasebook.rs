//! The phrasebook of one language: all its sentences, with the right plural, the right digits, and names that
//! do not turn the line around when they are written in the other direction.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::{
    ast::{Entry, Resource},
    parser, serializer,
};
use include_dir::{Dir, File, include_dir};
use kernel::{Arg, Direction, Locale, Refusal, format};
use unic_langid::LanguageIdentifier;

/// Every sentence of every language, inside the program.
static LOCALES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../locales");

static PHRASEBOOKS: LazyLock<[Phrasebook; 4]> = LazyLock::new(|| Locale::ALL.map(|locale| Phrasebook::read(locale).0));

pub struct Phrasebook {
    locale: Locale,
    bundle: FluentBundle<FluentResource>,
}

/// Whether what is put into a sentence is fenced off where it runs against the sentence's direction.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fences {
    Raised,
    None,
}

impl Phrasebook {
    pub fn of(locale: Locale) -> &'static Self {
        let [english, russian, hungarian, persian] = &*PHRASEBOOKS;
        match locale {
            Locale::En => english,
            Locale::Ru => russian,
            Locale::Hu => hungarian,
            Locale::Fa => persian,
        }
    }

    pub const fn locale(&self) -> Locale {
        self.locale
    }

    pub fn has(&self, key: &str) -> bool {
        self.bundle.get_message(key).is_some_and(|message| message.value().is_some())
    }

    /// The sentence for a screen or a messenger. A key that nobody wrote comes back as `⟨key⟩`.
    pub fn say(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.spoken(key, args, Fences::Raised).0
    }

    /// The sentence where direction marks do harm: subjects, attributes, file names.
    pub fn say_plain(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.spoken(key, args, Fences::None).0
    }

    /// Why something was refused, in words.
    pub fn refusal(&self, refusal: &Refusal) -> String {
        self.say(&refusal.key().replace('_', "-"), refusal.args())
    }

    /// The sentence, and what went wrong on the way: a placeholder without a value.
    pub(super) fn spoken(&self, key: &str, args: &[(&str, Arg)], fences: Fences) -> (String, Vec<String>) {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return (format!("⟨{key}⟩"), vec![format!("{key}: nobody wrote it")]);
        };
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, arg) in args {
            values.set(*name, self.value(arg, fences));
        }
        let mut faults = Vec::new();
        let sentence = self.bundle.format_pattern(pattern, Some(&values), &mut faults).into_owned();
        (sentence, faults.iter().map(|fault| format!("{key}: {fault}")).collect())
    }

    fn value<'value>(&self, arg: &'value Arg, fences: Fences) -> FluentValue<'value> {
        match (arg, fences) {
            (Arg::Number(number), _) => FluentValue::from(*number),
            (Arg::Text(text), Fences::None) => FluentValue::from(text.as_str()),
            (Arg::Text(text), Fences::Raised) => FluentValue::String(fenced(text, self.locale.direction())),
        }
    }

    /// The sentences of a language, and every fault found in its files.
    fn read(locale: Locale) -> (Self, Vec<String>) {
        let mut faults = Vec::new();
        let mut book = Self::empty(locale);
        for file in files(locale) {
            let Some(text) = file.contents_utf8() else {
                faults.push(format!("{}: not UTF-8", file.path().display()));
                continue;
            };
            faults.extend(book.learn(text).into_iter().map(|fault| format!("{}: {fault}", file.path().display())));
        }
        (book, faults)
    }

    pub(super) fn empty(locale: Locale) -> Self {
        let language: LanguageIdentifier = locale.code().parse().expect("the codes of our four languages are language tags");
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // Fences are put around the few values that need them. Around every value they would make
        // a Latin SMS cost as much as a Cyrillic one.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match locale {
            Locale::En => in_english,
            Locale::Ru => in_russian,
            Locale::Hu => in_hungarian,
            Locale::Fa => in_persian,
        }));
        Self { locale, bundle }
    }

    /// Takes in the sentences of one file; what cannot be read, or is there already, is named.
    pub(super) fn learn(&mut self, file: &str) -> Vec<String> {
        let (resource, mut faults) = match FluentResource::try_new(file.to_owned()) {
            Ok(resource) => (resource, Vec::new()),
            Err((resource, errors)) => (resource, errors.iter().map(ToString::to_string).collect::<Vec<_>>()),
        };
        if let Err(errors) = self.bundle.add_resource(resource) {
            faults.extend(errors.iter().map(ToString::to_string));
        }
        faults
    }
}

fn files(locale: Locale) -> impl Iterator<Item = &'static File<'static>> {
    let files = LOCALES.get_dir(locale.code()).into_iter().flat_map(Dir::files);
    files.filter(|file| file.path().extension().is_some_and(|extension| extension == "ftl"))
}

/// What stands after `key =` in the files of a language, without its margin.
pub(super) fn source_of(key: &str, locale: Locale) -> Option<String> {
    files(locale).filter_map(File::contents_utf8).find_map(|text| {
        let resource = parser::parse(text).unwrap_or_else(|(resource, _)| resource);
        let entry = resource.body.into_iter().find(|entry| matches!(entry, Entry::Message(message) if message.id.name == key))?;
        let written = serializer::serialize(&Resource { body: vec![entry] });
        let (_, source) = written.split_once('=')?;
        let lines: Vec<&str> = source.lines().map(|line| line.strip_prefix("    ").unwrap_or(line)).collect();
        Some(lines.join("\n").trim().to_owned())
    })
}

/// Fluent takes a function and nothing with it, so each language has one.
fn in_english<Memory>(value: &FluentValue, _: &Memory) -> Option<String> {
    grouped(value, Locale::En)
}

fn in_russian<Memory>(value: &FluentValue, _: &Memory) -> Option<String> {
    grouped(value, Locale::Ru)
}

fn in_hungarian<Memory>(value: &FluentValue, _: &Memory) -> Option<String> {
    grouped(value, Locale::Hu)
}

fn in_persian<Memory>(value: &FluentValue, _: &Memory) -> Option<String> {
    grouped(value, Locale::Fa)
}

/// A number as sums are written beside it: `3,450`, `10 000`.
fn grouped(value: &FluentValue, locale: Locale) -> Option<String> {
    match value {
        FluentValue::Number(number) => {
            let plain = number.as_string();
            Some(plain.parse().map_or_else(|_| format::digits(&plain, locale), |whole: i64| format::number(whole, locale)))
        }
        FluentValue::String(_) | FluentValue::Custom(_) | FluentValue::None | FluentValue::Error => None,
    }
}

/// First strong isolate and its end, of the Unicode bidirectional algorithm.
const FENCE: (char, char) = ('\u{2068}', '\u{2069}');

/// The value between fences if letters in it run the other way. Links stay bare: messengers take a fence for a part of them.
pub(super) fn fenced(value: &str, direction: Direction) -> Cow<'_, str> {
    let against = match direction {
        Direction::LeftToRight => value.chars().any(is_right_to_left),
        Direction::RightToLeft => value.chars().any(|letter| letter.is_alphabetic() && !is_right_to_left(letter)),
    };
    if !against || value.starts_with("https://") || value.starts_with("http://") {
        return Cow::Borrowed(value);
    }
    let inner = value.chars().filter(|letter| !is_direction_mark(*letter));
    Cow::Owned(std::iter::once(FENCE.0).chain(inner).chain(std::iter::once(FENCE.1)).collect())
}

/// Hebrew, Arabic and their presentation forms.
const fn is_right_to_left(letter: char) -> bool {
    matches!(letter, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}')
}

const fn is_direction_mark(letter: char) -> bool {
    matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_as_each_language_writes_it() {
        for (locale, expected) in [(Locale::En, "4,000"), (Locale::Ru, "4\u{a0}000"), (Locale::Hu, "4000"), (Locale::Fa, "۴٬۰۰۰")] {
            let said =
                Phrasebook::of(locale).say_plain("ladder-reach-of-newest", &[("many", Arg::Number(4_000)), ("cards", Arg::Number(7))]);
            assert!(said.contains(expected), "{said}");
        }
    }

    #[test]
    fn every_locale_file_is_read_and_no_key_stands_twice() {
        for locale in Locale::ALL {
            assert_eq!(Phrasebook::read(locale).1, Vec::<String>::new());
            assert!(Phrasebook::of(locale).has("channel-telegram"), "{locale}");
        }
    }

    #[test]
    fn a_key_that_stands_twice_and_a_broken_line_are_named() {
        let mut book = Phrasebook::empty(Locale::En);
        assert!(book.learn("visit-greeting = Hello\n").is_empty());
        assert_eq!(book.learn("visit-greeting = Hi\n").len(), 1);
        assert_eq!(book.learn("visit-bye = { $name\n").len(), 1);
    }

    #[test]
    fn an_unknown_key_shows_itself() {
        assert_eq!(Phrasebook::of(Locale::Hu).say("nobody-wrote-this", &[]), "⟨nobody-wrote-this⟩");
    }

    #[test]
    fn each_language_counts_in_its_own_plurals_and_digits() {
        let table = [
            (Locale::En, "{ $n -> [one] { $n } visit *[other] { $n } visits }", [(1, "1 visit"), (2, "2 visits"), (21, "21 visits")]),
            (
                Locale::Ru,
                "{ $n -> [one] { $n } визит [few] { $n } визита *[many] { $n } визитов }",
                [(21, "21 визит"), (3, "3 визита"), (12, "12 визитов")],
            ),
            (Locale::Hu, "{ $n } időpont", [(1, "1 időpont"), (2, "2 időpont"), (5, "5 időpont")]),
            (Locale::Fa, "{ $n } نوبت", [(1, "۱ نوبت"), (20, "۲۰ نوبت"), (367, "۳۶۷ نوبت")]),
        ];
        for (locale, text, counts) in table {
            let mut book = Phrasebook::empty(locale);
            assert!(
                book.learn(&format!("visits-count = {}\n", text.replace(" [", "\n [").replace(" *", "\n *").replace(" }", "\n }")))
                    .is_empty()
            );
            for (number, expected) in counts {
                assert_eq!(book.say("visits-count", &[("n", Arg::Number(number))]), expected);
            }
        }
    }

    #[test]
    fn a_name_against_the_direction_stands_between_fences_and_others_stay_bare() {
        let table = [
            (Locale::En, "Anna", "Anna"),
            (Locale::En, "آرش", "\u{2068}آرش\u{2069}"),
            (Locale::Fa, "آرش", "آرش"),
            (Locale::Fa, "Anna\u{202E}", "\u{2068}Anna\u{2069}"),
            (Locale::Fa, "۱۸:۳۰", "۱۸:۳۰"),
            (Locale::Fa, "https://desk.example/v/1", "https://desk.example/v/1"),
        ];
        for (locale, name, expected) in table {
            let mut book = Phrasebook::empty(locale);
            assert!(book.learn("hello = { $name }\n").is_empty());
            let args = [("name", Arg::from(name))];
            assert_eq!(book.say("hello", &args), expected);
            assert_eq!(book.say_plain("hello", &args), name);
        }
    }

    #[test]
    fn a_name_that_looks_like_a_placeholder_stays_a_name() {
        let mut book = Phrasebook::empty(Locale::En);
        assert!(book.learn("hello = Hello, { $name }\n").is_empty());
        assert_eq!(book.say("hello", &[("name", Arg::from("{ $secret }"))]), "Hello, { $secret }");
    }
}
