//! The phrases of a language, read once from its table.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use kernel::Locale;
use serde::Deserialize;

use super::Answer;
use super::hearing::{Sign, Token, tokens};

/// What a phrase contributes to a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Says(Answer),
    /// So long.
    Minutes(u32),
    /// A bare number.
    Number(u32),
    /// 'The second one'.
    Place(u32),
    /// Why they cannot come: explained, but says nothing alone.
    Because,
    Warm,
    Courtesy,
}

/// What a phrase says about danger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alarm {
    Danger,
    Calm,
    /// Denies nothing: 'does not stop'.
    Lasting,
    DeniesNext,
    DeniesBefore,
}

enum Pattern {
    Word(String),
    Stem(String),
    AnyNumber,
    Exactly(u32),
}

struct Phrase<Kind> {
    patterns: Vec<Pattern>,
    kind: Kind,
}

/// What a 'no' does to the words that follow it in one clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum NoBeforeWords {
    Answers,
    /// 'No another time': nobody can tell.
    MayDeny,
}

/// A table as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    no_before_words: NoBeforeWords,
    confirm: Vec<String>,
    yes: Vec<String>,
    no: Vec<String>,
    cancel: Vec<String>,
    another_time: Vec<String>,
    person: Vec<String>,
    stop: Vec<String>,
    wrong_person: Vec<String>,
    start: Vec<String>,
    thanks: Vec<String>,
    more: Vec<String>,
    keep: Vec<String>,
    late: Vec<String>,
    because: Vec<String>,
    courtesy: Vec<String>,
    emergency: Vec<String>,
    calm: Vec<String>,
    lasting: Vec<String>,
    not_before: Vec<String>,
    not_after: Vec<String>,
    between: Vec<String>,
    minutes: Vec<String>,
    hours: Vec<String>,
    ordinals: Vec<String>,
    numbers: BTreeMap<String, u32>,
    places: BTreeMap<String, u32>,
    spans: BTreeMap<String, u32>,
    late_by: BTreeMap<String, u32>,
}

/// What the number in a phrase stands for.
#[derive(Clone, Copy)]
enum Telling {
    Fixed(Meaning),
    Late,
    Minutes,
    Hours,
    Place,
}

pub(super) struct Wording {
    pub language: Locale,
    pub no_before_words: NoBeforeWords,
    phrases: Lexicon<Telling>,
    alarms: Lexicon<Alarm>,
    between: Vec<Token>,
    numbers: HashMap<String, u32>,
}

static WORDINGS: LazyLock<[Wording; 4]> = LazyLock::new(|| {
    let read = |language, table| Wording::read(language, toml::from_str(table).expect("our own tables are read by the tests"));
    [
        read(Locale::En, include_str!("en.toml")),
        read(Locale::Ru, include_str!("ru.toml")),
        read(Locale::Hu, include_str!("hu.toml")),
        read(Locale::Fa, include_str!("fa.toml")),
    ]
});

impl Wording {
    pub fn every() -> &'static [Self; 4] {
        &WORDINGS
    }

    fn read(language: Locale, table: Table) -> Self {
        let numbers: HashMap<String, u32> =
            table.numbers.into_iter().filter_map(|(word, number)| Some((only_word(&word)?, number))).collect();
        let mut phrases = Lexicon::default();
        for (list, answer) in [
            (table.confirm, Answer::Confirm),
            (table.yes, Answer::Yes),
            (table.no, Answer::No),
            (table.cancel, Answer::Cancel),
            (table.another_time, Answer::AnotherTime),
            (table.person, Answer::Person),
            (table.stop, Answer::Stop),
            (table.wrong_person, Answer::WrongPerson),
            (table.start, Answer::Start),
            (table.thanks, Answer::Thanks),
            (table.more, Answer::More),
            (table.keep, Answer::Keep),
        ] {
            phrases.add(&list, Telling::Fixed(Meaning::Says(answer)));
        }
        phrases.add(&table.late, Telling::Late);
        phrases.add(&table.because, Telling::Fixed(Meaning::Because));
        phrases.add(&table.courtesy, Telling::Fixed(Meaning::Courtesy));
        phrases.add(&table.minutes, Telling::Minutes);
        phrases.add(&table.hours, Telling::Hours);
        phrases.add(&table.ordinals, Telling::Place);
        for (phrase, place) in table.places {
            phrases.add(&[phrase], Telling::Fixed(Meaning::Place(place)));
        }
        for (phrase, minutes) in table.spans {
            phrases.add(&[phrase], Telling::Fixed(Meaning::Minutes(minutes)));
        }
        for (phrase, minutes) in table.late_by {
            phrases.add(&[phrase], Telling::Fixed(Meaning::Says(Answer::Late(Some(minutes)))));
        }
        let mut alarms = Lexicon::default();
        for (list, alarm) in [
            (table.emergency, Alarm::Danger),
            (table.calm, Alarm::Calm),
            (table.lasting, Alarm::Lasting),
            (table.not_before, Alarm::DeniesNext),
            (table.not_after, Alarm::DeniesBefore),
        ] {
            alarms.add(&list, alarm);
        }
        let between = table.between.iter().flat_map(|word| tokens(word)).collect();
        Self { language, no_before_words: table.no_before_words, phrases, alarms, between, numbers }
    }

    /// What the words at the start of `said` can mean, each with how many words it takes.
    pub fn meanings(&self, said: &[Token]) -> Vec<(usize, Meaning)> {
        let mut found = Vec::new();
        for phrase in self.phrases.beginning_with(said.first()) {
            if let Some(number) = self.matched(&phrase.patterns, said) {
                found.extend(told(phrase.kind, number).map(|meaning| (phrase.patterns.len(), meaning)));
            }
        }
        let alone = match said.first() {
            Some(Token::Sign(sign)) => of_sign(*sign),
            Some(token) => self.number(token).map(Meaning::Number),
            None => None,
        };
        found.extend(alone.map(|meaning| (1, meaning)));
        found
    }

    /// What the words at the start of `said` say about danger, each with how many words it takes.
    pub fn alarms(&self, said: &[Token]) -> Vec<(usize, Alarm)> {
        let possible = self.alarms.beginning_with(said.first());
        let matching = possible.filter(|phrase| self.matched(&phrase.patterns, said).is_some());
        matching.map(|phrase| (phrase.patterns.len(), phrase.kind)).collect()
    }

    /// A word that may stand between a denial and what it denies.
    pub fn stands_between(&self, token: &Token) -> bool {
        self.between.contains(token)
    }

    /// The number in it, or `None` for a phrase without one; nothing where the phrase is not said.
    #[allow(clippy::option_option)]
    fn matched(&self, patterns: &[Pattern], said: &[Token]) -> Option<Option<u32>> {
        let mut number = None;
        for (place, pattern) in patterns.iter().enumerate() {
            let token = said.get(place)?;
            let fits = match (pattern, token) {
                (Pattern::Word(wanted), Token::Word(word)) => wanted == word,
                (Pattern::Stem(stem), Token::Word(word)) => word.starts_with(stem.as_str()),
                (Pattern::Exactly(wanted), Token::Number(said)) => wanted == said,
                (Pattern::AnyNumber, token) => {
                    number = self.number(token);
                    number.is_some()
                }
                (Pattern::Word(_) | Pattern::Stem(_) | Pattern::Exactly(_), _) => false,
            };
            if !fits {
                return None;
            }
        }
        Some(number)
    }

    fn number(&self, token: &Token) -> Option<u32> {
        match token {
            Token::Number(number) => Some(*number),
            Token::Word(word) => self.numbers.get(word).copied(),
            Token::Sign(_) => None,
        }
    }
}

fn told(telling: Telling, number: Option<u32>) -> Option<Meaning> {
    match telling {
        Telling::Fixed(meaning) => Some(meaning),
        Telling::Late => Some(Meaning::Says(Answer::Late(number))),
        Telling::Minutes => number.map(Meaning::Minutes),
        Telling::Hours => number.map(|hours| Meaning::Minutes(hours.saturating_mul(60))),
        Telling::Place => number.map(Meaning::Place),
    }
}

const fn of_sign(sign: Sign) -> Option<Meaning> {
    match sign {
        Sign::Yes => Some(Meaning::Says(Answer::Yes)),
        Sign::No => Some(Meaning::Says(Answer::No)),
        Sign::Thanks => Some(Meaning::Says(Answer::Thanks)),
        Sign::Warm => Some(Meaning::Warm),
        Sign::Smile => Some(Meaning::Courtesy),
        Sign::Sad => Some(Meaning::Because),
        Sign::Unknown => None,
    }
}

/// Phrases by their first word; those that begin with a number or a stem stand apart.
struct Lexicon<Kind> {
    by_word: HashMap<String, Vec<Phrase<Kind>>>,
    others: Vec<Phrase<Kind>>,
}

impl<Kind> Default for Lexicon<Kind> {
    fn default() -> Self {
        Self { by_word: HashMap::new(), others: Vec::new() }
    }
}

impl<Kind: Copy> Lexicon<Kind> {
    fn add(&mut self, phrases: &[String], kind: Kind) {
        for phrase in phrases {
            let patterns: Vec<Pattern> = phrase.split_whitespace().flat_map(patterns).collect();
            let phrases = match patterns.first() {
                Some(Pattern::Word(word)) => self.by_word.entry(word.clone()).or_default(),
                Some(Pattern::Stem(_) | Pattern::AnyNumber | Pattern::Exactly(_)) => &mut self.others,
                None => continue,
            };
            phrases.push(Phrase { patterns, kind });
        }
    }

    fn beginning_with(&self, first: Option<&Token>) -> impl Iterator<Item = &Phrase<Kind>> {
        let known = match first {
            Some(Token::Word(word)) => self.by_word.get(word),
            Some(Token::Number(_) | Token::Sign(_)) | None => None,
        };
        known.into_iter().flatten().chain(&self.others)
    }
}

fn patterns(chunk: &str) -> Vec<Pattern> {
    if chunk == "#" {
        return vec![Pattern::AnyNumber];
    }
    let mut patterns: Vec<Pattern> = tokens(chunk)
        .into_iter()
        .filter_map(|token| match token {
            Token::Word(word) => Some(Pattern::Word(word)),
            Token::Number(number) => Some(Pattern::Exactly(number)),
            Token::Sign(_) => None,
        })
        .collect();
    if chunk.ends_with('*')
        && let Some(Pattern::Word(stem)) = patterns.pop()
    {
        patterns.push(Pattern::Stem(stem));
    }
    patterns
}

fn only_word(text: &str) -> Option<String> {
    match tokens(text).as_slice() {
        [Token::Word(word)] => Some(word.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_phrase_stands_under_two_answers() {
        for wording in Wording::every() {
            let mut known: HashMap<Vec<String>, &str> = HashMap::new();
            for (list, answer) in written(wording.language) {
                for phrase in list {
                    let words =
                        phrase.split_whitespace().map(|word| if word == "#" { word.to_owned() } else { format!("{:?}", tokens(word)) });
                    let other = *known.entry(words.collect()).or_insert(answer);
                    assert_eq!(other, answer, "{}: {phrase}", wording.language);
                }
            }
        }
    }

    fn written(language: Locale) -> Vec<(Vec<String>, &'static str)> {
        let source = match language {
            Locale::En => include_str!("en.toml"),
            Locale::Ru => include_str!("ru.toml"),
            Locale::Hu => include_str!("hu.toml"),
            Locale::Fa => include_str!("fa.toml"),
        };
        let table: Table = toml::from_str(source).unwrap();
        vec![
            (table.confirm, "confirm"),
            (table.yes, "yes"),
            (table.no, "no"),
            (table.cancel, "cancel"),
            (table.another_time, "another_time"),
            (table.person, "person"),
            (table.stop, "stop"),
            (table.wrong_person, "wrong-person"),
            (table.start, "start"),
            (table.thanks, "thanks"),
            (table.more, "more"),
            (table.keep, "keep"),
            (table.late, "late"),
            (table.because, "because"),
            (table.courtesy, "courtesy"),
        ]
    }
}
