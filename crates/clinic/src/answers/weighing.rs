//! Whether a message says one thing only: every word explained, and the explanations agree.

use super::hearing::{Heard, Token, Tone};
use super::wording::{Meaning, NoBeforeWords, Wording};
use super::{Answer, Question, Understood};

/// Later than this is another visit.
const LATEST_MINUTES: u32 = 180;

pub(super) fn weigh(heard: &Heard, wording: &Wording, question: Question) -> Understood {
    let mut meanings = Vec::new();
    for clause in &heard.clauses {
        match explained(clause, wording) {
            Some(found) if wording.no_before_words == NoBeforeWords::MayDeny && may_deny(&found) => return Understood::Nothing,
            Some(found) => meanings.extend(found),
            None => return Understood::Nothing,
        }
    }
    Sum::of(&meanings).and_then(|sum| sum.answers(question)).map_or(Understood::Nothing, |sum| sum.decided(heard.tone))
}

/// The clause in as few phrases as possible, or nothing if a word is left over.
fn explained(clause: &[Token], wording: &Wording) -> Option<Vec<Meaning>> {
    // best[i]: the fewest phrases from word i to the end, and the first of them.
    let mut best: Vec<Option<(usize, usize, Option<Meaning>)>> = vec![None; clause.len() + 1];
    best[clause.len()] = Some((0, 0, None));
    for start in (0..clause.len()).rev() {
        for (length, meaning) in wording.meanings(&clause[start..]) {
            let Some((rest, _, _)) = best[start + length] else { continue };
            if best[start].is_none_or(|(known, taken, _)| (rest + 1, taken) < (known, length)) {
                best[start] = Some((rest + 1, length, Some(meaning)));
            }
        }
    }
    let mut meanings = Vec::new();
    let mut at = 0;
    while let Some((_, length, Some(meaning))) = best[at] {
        meanings.push(meaning);
        at += length;
    }
    (at == clause.len()).then_some(meanings)
}

/// A 'no' beside another answer, or before words that it may turn around: 'no coming', 'nem biztos'.
fn may_deny(clause: &[Meaning]) -> bool {
    let Some(no) = clause.iter().position(|meaning| *meaning == Meaning::Says(Answer::No)) else { return false };
    let says_more = |meaning: &Meaning| matches!(meaning, Meaning::Says(answer) if !matches!(answer, Answer::No | Answer::Thanks));
    clause.iter().any(says_more) || clause[no..].contains(&Meaning::Courtesy)
}

/// What was said, all in all.
#[derive(Default)]
struct Sum {
    answers: Vec<Answer>,
    minutes: Option<u32>,
    number: Option<u32>,
    place: Option<u32>,
    reasons: usize,
    hearts: usize,
}

impl Sum {
    /// Nothing, if it names two different lengths, numbers or places.
    fn of(meanings: &[Meaning]) -> Option<Self> {
        let mut sum = Self::default();
        for meaning in meanings {
            match *meaning {
                Meaning::Says(Answer::Late(minutes)) => {
                    sum.answer(Answer::Late(None));
                    if let Some(minutes) = minutes {
                        only(&mut sum.minutes, minutes)?;
                    }
                }
                Meaning::Says(answer) => sum.answer(answer),
                Meaning::Minutes(minutes) => only(&mut sum.minutes, minutes)?,
                Meaning::Number(number) => only(&mut sum.number, number)?,
                Meaning::Place(place) => only(&mut sum.place, place)?,
                Meaning::Because => sum.reasons += 1,
                Meaning::Warm => sum.hearts += 1,
                Meaning::Courtesy => {}
            }
        }
        Some(sum)
    }

    fn answer(&mut self, answer: Answer) {
        if !self.answers.contains(&answer) {
            self.answers.push(answer);
        }
    }

    /// Turns lengths, numbers and places into answers. Nothing, if one of them answers no question.
    fn answers(mut self, question: Question) -> Option<Self> {
        let is_late = self.answers.contains(&Answer::Late(None));
        if is_late || question == Question::Minutes {
            if let Some(number) = self.number.take() {
                only(&mut self.minutes, number)?;
            }
            if let Some(minutes) = self.minutes.take() {
                self.answers.retain(|answer| *answer != Answer::Late(None));
                self.answers.push(Answer::Late(Some(minutes)));
                if minutes == 0 || minutes > LATEST_MINUTES {
                    return None;
                }
            }
        }
        if let Question::Slots(offered) = question
            && let Some(place) = self.number.take().or_else(|| self.place.take())
        {
            let place = usize::try_from(place).ok()?.checked_sub(1)?;
            if place >= offered {
                return None;
            }
            self.answer(Answer::Slot(place));
        }
        let is_explained = self.minutes.is_none() && self.number.is_none() && self.place.is_none();
        is_explained.then_some(self)
    }

    fn decided(mut self, tone: Tone) -> Understood {
        if self.answers.iter().any(|answer| *answer != Answer::Thanks) {
            self.answers.retain(|answer| *answer != Answer::Thanks);
        }
        if self.answers.is_empty() && self.hearts > 0 {
            self.answers.push(Answer::Yes);
        }
        let answers = &self.answers;
        let strongest = answers.iter().find(|one| answers.iter().all(|other| one == &other || covers(**one, *other)));
        match strongest {
            Some(answer) if self.reasons > 0 && !has_reasons(*answer) => Understood::Nothing,
            Some(answer) if tone == Tone::Asks && !may_be_asked(*answer) => Understood::Nothing,
            Some(answer) => Understood::Certain(*answer),
            None if answers.is_empty() => Understood::Nothing,
            None => Understood::Several(self.answers),
        }
    }
}

fn only(known: &mut Option<u32>, said: u32) -> Option<()> {
    match *known {
        Some(before) if before != said => None,
        _ => {
            *known = Some(said);
            Some(())
        }
    }
}

/// Whoever says both means the first: 'yes, I am coming', 'no, another time please'.
const fn covers(answer: Answer, other: Answer) -> bool {
    match answer {
        Answer::Confirm => matches!(other, Answer::Yes),
        Answer::Cancel | Answer::Stop => matches!(other, Answer::No),
        Answer::WrongPerson => matches!(other, Answer::No | Answer::Stop),
        Answer::AnotherTime => matches!(other, Answer::No | Answer::Cancel),
        Answer::Late(_) => matches!(other, Answer::Yes | Answer::Confirm),
        Answer::More => matches!(other, Answer::No | Answer::AnotherTime),
        Answer::Keep => matches!(other, Answer::Yes | Answer::No | Answer::Confirm),
        Answer::Person => matches!(other, Answer::Yes | Answer::No),
        Answer::Slot(_) => matches!(other, Answer::Yes | Answer::Confirm),
        Answer::Start | Answer::Thanks | Answer::Emergency | Answer::Yes | Answer::No => false,
    }
}

/// Answers beside which a reason is natural: 'cannot come, I am ill'.
const fn has_reasons(answer: Answer) -> bool {
    matches!(answer, Answer::Cancel | Answer::AnotherTime | Answer::Late(_) | Answer::No)
}

/// Answers that ask for something anyway.
const fn may_be_asked(answer: Answer) -> bool {
    matches!(answer, Answer::AnotherTime | Answer::Person | Answer::More)
}
