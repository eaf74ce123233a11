//! What a patient answered: by a reaction or in words, in four languages. Certain, or handed to a person; never guessed.
//!
//! An answer is certain only if every word of the message is explained by one answer and by courtesy. The words stand
//! in `en.toml`, `ru.toml`, `hu.toml` and `fa.toml`; to teach a phrase, add it there and a row to the tests.
//! Danger is heard in any sentence, unless it is denied in the same breath: 'no pain'.

mod danger;
mod hearing;
mod weighing;
mod wording;

#[cfg(test)]
mod tests;

use kernel::Locale;

use crate::conversations::Said;
use hearing::{Heard, Sign};
use wording::Wording;

/// What a patient can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// They come.
    Confirm,
    AnotherTime,
    Cancel,
    /// By so many minutes, where they said it.
    Late(Option<u32>),
    /// They want a person.
    Person,
    /// No more messages here.
    Stop,
    /// They are somebody else.
    WrongPerson,
    /// Messages again.
    Start,
    Thanks,
    /// Pain, blood, swelling: a person, at once.
    Emergency,
    Yes,
    No,
    /// Other times than those offered.
    More,
    /// Everything stays as it is.
    Keep,
    /// The offered time with this place, from 0.
    Slot(usize),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Understood {
    Certain(Answer),
    /// It could mean any of these: for a person.
    Several(Vec<Answer>),
    /// For a person.
    Nothing,
}

/// What the patient was asked last: a bare '2' means something else after three offered times than after 'how many minutes?'.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    Open,
    /// So many times were offered, numbered from 1.
    Slots(usize),
    Minutes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The patient's language decides where two languages disagree about a word.
    pub language: Locale,
    pub question: Question,
}

/// What was said, if it was said in words or by a reaction. A tap on a button says itself what it is.
pub fn read(said: &Said, asked: Asked) -> Understood {
    match said {
        Said::Words(words) => understand(words, asked),
        Said::Reacted { emoji, .. } => understand_reaction(emoji),
        // Somebody has to look at these anyway; danger in them is not left to chance.
        Said::Edited { words, .. } | Said::Media { caption: words, .. } => match understand(words, asked) {
            Understood::Certain(Answer::Emergency) => Understood::Certain(Answer::Emergency),
            Understood::Certain(_) | Understood::Several(_) | Understood::Nothing => Understood::Nothing,
        },
        Said::Automatic(_) | Said::Pressed { .. } | Said::Deleted { .. } | Said::SharedContact { .. } | Said::Opened { .. } => {
            Understood::Nothing
        }
    }
}

pub fn understand(words: &str, asked: Asked) -> Understood {
    let heard = Heard::of(words);
    if Wording::every().iter().any(|wording| danger::is_in(&heard, wording)) {
        return Understood::Certain(Answer::Emergency);
    }
    let readings = Wording::every().each_ref().map(|wording| (wording.language, weighing::weigh(&heard, wording, asked.question)));
    agreed(&readings, asked.language)
}

/// A thumb or a heart under a message of ours.
pub fn understand_reaction(emoji: &str) -> Understood {
    match hearing::signs_of(emoji).as_slice() {
        [Sign::Yes | Sign::Warm] => Understood::Certain(Answer::Yes),
        [Sign::No] => Understood::Certain(Answer::No),
        [Sign::Thanks] => Understood::Certain(Answer::Thanks),
        _ => Understood::Nothing,
    }
}

/// What the languages make of it together: one opinion, or the patient's own language decides.
fn agreed(readings: &[(Locale, Understood)], language: Locale) -> Understood {
    let certain: Vec<(Locale, Answer)> = readings
        .iter()
        .filter_map(|(locale, understood)| match understood {
            Understood::Certain(answer) => Some((*locale, *answer)),
            Understood::Several(_) | Understood::Nothing => None,
        })
        .collect();
    let Some((_, first)) = certain.first() else {
        let several = readings.iter().find(|(_, understood)| *understood != Understood::Nothing);
        return several.map_or(Understood::Nothing, |(_, understood)| understood.clone());
    };
    if certain.iter().all(|(_, answer)| answer == first) {
        return Understood::Certain(*first);
    }
    match certain.iter().find(|(locale, _)| *locale == language) {
        Some((_, answer)) => Understood::Certain(*answer),
        None => Understood::Several(certain.into_iter().map(|(_, answer)| answer).collect()),
    }
}
