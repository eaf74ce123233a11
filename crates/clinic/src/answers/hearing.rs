//! A message as it is heard: clauses of words, numbers and signs, without case, accents and apostrophes.

use kernel::search_key;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Word(String),
    Number(u32),
    Sign(Sign),
}

/// What an emoji says, in any language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Yes,
    No,
    /// A heart: yes where nothing else is said, else kindness.
    Warm,
    Thanks,
    Smile,
    Sad,
    /// Could mean anything.
    Unknown,
}

const YES: &str = "👍👌✅✔☑✓🆗💯🤝";
const NO: &str = "👎❌✖🚫🙅⛔";
const WARM: &str = "❤♥💚💙💛🧡💜🩷🩵🤍💖💗💓💕😍🥰";
const THANKS: &str = "🙏";
const SMILES: &str = "🙂😊😀😃😄😁☺😉🤗😇🌹🌸💐🌷🌺🌼🎉👋😘☀🌞✨";
const SAD: &str = "😢😭😔😞☹🙁😕🤒🤧😷🤕";

/// What only changes how an emoji looks: variation, skin, joining, sex.
const fn is_make_up(letter: char) -> bool {
    matches!(letter, '\u{FE0E}' | '\u{FE0F}' | '\u{200D}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{2640}' | '\u{2642}')
}

const fn is_emoji(letter: char) -> bool {
    matches!(letter, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2300}'..='\u{23FF}' | '\u{2B00}'..='\u{2BFF}')
}

fn sign(emoji: char) -> Sign {
    let table = [(YES, Sign::Yes), (NO, Sign::No), (WARM, Sign::Warm), (THANKS, Sign::Thanks), (SMILES, Sign::Smile), (SAD, Sign::Sad)];
    table.into_iter().find(|(known, _)| known.contains(emoji)).map_or(Sign::Unknown, |(_, sign)| sign)
}

/// The signs of a reaction.
pub(super) fn signs_of(emoji: &str) -> Vec<Sign> {
    emoji.chars().filter(|letter| !is_make_up(*letter)).map(sign).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Says,
    /// With a question mark: what is asked is not yet agreed.
    Asks,
}

pub(super) struct Heard {
    pub clauses: Vec<Vec<Token>>,
    pub tone: Tone,
}

impl Heard {
    pub fn of(words: &str) -> Self {
        let tone = if words.contains(['?', '؟']) { Tone::Asks } else { Tone::Says };
        // A plus alone is a yes among Russian speakers.
        if !words.trim().is_empty() && words.trim().chars().all(|letter| letter == '+') {
            return Self { clauses: vec![vec![Token::Sign(Sign::Yes)]], tone };
        }
        let clauses = words.split(ends_clause).map(tokens).filter(|clause| !clause.is_empty()).collect();
        Self { clauses, tone }
    }
}

/// A denial does not reach over these: 'no, it hurts'.
const fn ends_clause(letter: char) -> bool {
    matches!(letter, '.' | ',' | ';' | ':' | '!' | '?' | '؟' | '،' | '؛' | '\n' | '…' | '—' | '–' | '(' | ')')
}

pub(super) fn tokens(clause: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut words = String::new();
    for letter in clause.chars().filter(|letter| !is_apostrophe(*letter)) {
        if is_make_up(letter) && letter != '\u{200D}' {
            continue;
        }
        if is_emoji(letter) {
            tokens.extend(words_of(&words));
            words.clear();
            tokens.push(Token::Sign(sign(letter)));
        } else {
            words.push(letter);
        }
    }
    tokens.extend(words_of(&words));
    tokens
}

/// Left out, so that `don't` and `dont` are one word.
const fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘' | '`' | 'ʼ')
}

fn words_of(text: &str) -> Vec<Token> {
    let mut words: Vec<String> = Vec::new();
    for word in search_key::of(text).split_whitespace().flat_map(apart) {
        match words.last_mut() {
            Some(before) if belongs_together(before, word) => before.push_str(word),
            _ => words.push(word.to_owned()),
        }
    }
    words.into_iter().map(|word| word.parse().map_or(Token::Word(word), Token::Number)).collect()
}

/// `10min` is two words.
fn apart(word: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|letter: char| letter.is_ascii_digit() != first.is_ascii_digit()).unwrap_or(rest.len());
        let (part, left) = rest.split_at(end);
        parts.push(part);
        rest = left;
    }
    parts
}

/// Persian prefixes and endings are written apart, together, or with a non-joiner.
fn belongs_together(before: &str, word: &str) -> bool {
    matches!(before, "می" | "نمی") && !word.starts_with(|letter: char| letter.is_ascii_digit()) || matches!(word, "ها" | "های" | "تر")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_heard_the_same_however_they_are_typed() {
        let table = [
            ("I DON’T", "i dont"),
            ("Késem 10perc", "kesem 10 perc"),
            ("نمی‌آیم", "نمی ایم"),
            ("وقت‌های", "وقت های"),
            ("۱۰ دقیقه", "10 دقیقه"),
            ("ещё", "еще"),
        ];
        for (one, other) in table {
            assert_eq!(tokens(one), tokens(other), "{one}");
        }
    }

    #[test]
    fn an_emoji_is_a_word_whatever_its_skin() {
        assert_eq!(tokens("ok👍🏽"), [Token::Word("ok".to_owned()), Token::Sign(Sign::Yes)]);
        assert_eq!(signs_of("❤️"), [Sign::Warm]);
        assert_eq!(signs_of("🦷"), [Sign::Unknown]);
    }
}
