//! Who rings: a guardian of whom everything is known, somebody unknown, somebody who hides their number; and nobody.

use kernel::{Arg, CallId, Chance, ConversationId, PatientId, Timestamp};

use super::{Sample, number, sample};
use crate::pages::calls::view::{Ring, RingingPiece};
use crate::{Chip, Tone, Words};

pub(super) fn samples(words: Words) -> Vec<Sample> {
    let (at, chance) = (Timestamp::from_millis(0), &mut Chance::from_seed(31));
    let mut unknown = |key: &str, shown: &str| Ring {
        id: CallId::new(at, chance).to_string(),
        name: words.say(key),
        number: shown.to_owned(),
        card: None,
        conversation: (!shown.is_empty()).then(|| ConversationId::new(at, chance)),
        speaks: String::new(),
        banners: Vec::new(),
        note: String::new(),
        family: Vec::new(),
        visit: None,
    };
    let (stranger, hidden, caller) =
        (unknown("calls-unknown", "+36 20 987 6543"), unknown("calls-withheld", ""), unknown("calls-unknown", "+36 30 123 4567"));
    let known = Ring {
        name: "Nagy Dóra".to_owned(),
        card: Some(PatientId::new(at, chance)),
        speaks: words.with("inbox-speaks", &[("language", Arg::from(words.say("language-hu")))]),
        banners: vec![Chip::new(Tone::Wait, words.say("inbox-no-bots"))],
        note: "Afraid of needles; likes to be told each step.".to_owned(),
        family: vec![(PatientId::new(at, chance), "Nagy Mira".to_owned())],
        visit: Some(("/journal?on=2026-11-25".to_owned(), format!("{} · Dr Gromov", number(words, "10:30")))),
        ..caller
    };
    vec![
        sample("calls-ringing", &RingingPiece { words, rings: vec![known, stranger, hidden] }),
        sample("calls-quiet", &RingingPiece { words, rings: Vec::new() }),
    ]
}
