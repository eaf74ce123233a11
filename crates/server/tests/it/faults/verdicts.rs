//! The checker: what patients' phones show, held against what our books say. Its judgement is a value.
//!
//! `kept` is one line for each message that was decided on, taken from the books at the end of a trial, when nothing is
//! due any more; `shown` is the truth. Whoever adds a way to go wrong adds a verdict, its rule in [`judge`], and a row
//! to the table in `verdicts_table`.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use kernel::{MessageId, QuietHours, Timestamp, Zone};

use super::phones::Shown;

/// What there is to say about one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Decided on, and neither on a phone nor shown to the desk as undone or in doubt; or called sent and on no phone.
    Lost,
    Twice,
    /// Nobody knows, and the desk sees so: what the promise allows.
    Doubtful,
    /// On a phone, or perhaps so, and the desk does not see it.
    HiddenDoubt,
    WrongPatient,
    AfterOptOut,
    OutsideHours,
    WrongText,
}

/// One message as our books have it.
#[derive(Debug, Clone)]
pub struct Kept {
    pub id: MessageId,
    pub chat: i64,
    pub text: String,
    pub standing: Standing,
    pub timing: Hours,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is not in the books any more.
    Gone,
    /// Queued, or being sent.
    Going,
    /// It waits for its hour, and says so.
    Held,
    /// Suppressed or failed: known not to have left.
    NotSent,
    Sent,
    /// Uncertain, and whether the desk finds it among what it must look at.
    Doubt(Seen),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    Flagged,
    Unseen,
}

/// When it may be on a phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hours {
    Any,
    Polite,
}

/// What holds for all messages of a trial.
pub struct Rules {
    pub zone: Zone,
    pub quiet: QuietHours,
    /// From when on a chat may be shown nothing: the instant after the commit.
    pub ended: HashMap<i64, Timestamp>,
}

/// How often each verdict was spoken, and over what.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Judgement(BTreeMap<Verdict, Vec<String>>);

pub fn judge(shown: &[Shown], kept: &[Kept], rules: &Rules) -> Judgement {
    let mut judgement = Judgement::default();
    let by_text: HashMap<&str, &Kept> = kept.iter().map(|kept| (kept.text.as_str(), kept)).collect();
    let mut times: HashMap<(i64, &str), u32> = HashMap::new();
    for shown in shown {
        *times.entry((shown.chat, &shown.text)).or_default() += 1;
        let Some(message) = by_text.get(shown.text.as_str()) else {
            judgement.say(Verdict::WrongText, format!("chat {} number {}", shown.chat, shown.message));
            continue;
        };
        if message.chat != shown.chat {
            judgement.say(Verdict::WrongPatient, message.id.to_string());
        }
        if rules.ended.get(&shown.chat).is_some_and(|ended| shown.at >= *ended) {
            judgement.say(Verdict::AfterOptOut, message.id.to_string());
        }
        if message.timing == Hours::Polite && rules.quiet.until_allowed(shown.at, &rules.zone).is_some() {
            judgement.say(Verdict::OutsideHours, message.id.to_string());
        }
    }
    for message in kept {
        let times = times.get(&(message.chat, message.text.as_str())).copied().unwrap_or(0);
        for verdict in of_one(message.standing, times) {
            judgement.say(verdict, message.id.to_string());
        }
    }
    judgement
}

/// What the books say of a message against how often its patient sees it.
fn of_one(standing: Standing, times: u32) -> Vec<Verdict> {
    let twice = (times > 1).then_some(Verdict::Twice);
    let stands = match (standing, times) {
        (Standing::Doubt(Seen::Flagged), _) => Some(Verdict::Doubtful),
        (Standing::Sent | Standing::Gone | Standing::Going, 0) => Some(Verdict::Lost),
        (Standing::Doubt(Seen::Unseen), _) | (Standing::Gone | Standing::Going | Standing::Held | Standing::NotSent, 1..) => {
            Some(Verdict::HiddenDoubt)
        }
        (Standing::Sent, 1..) | (Standing::Held | Standing::NotSent, 0) => None,
    };
    twice.into_iter().chain(stands).collect()
}

impl Judgement {
    fn say(&mut self, verdict: Verdict, of: String) {
        self.0.entry(verdict).or_default().push(of);
    }

    pub fn count(&self, verdict: Verdict) -> usize {
        self.0.get(&verdict).map_or(0, Vec::len)
    }

    /// Everything but doubt that the desk sees.
    pub fn broken(&self) -> Vec<Verdict> {
        self.0.keys().copied().filter(|verdict| *verdict != Verdict::Doubtful).collect()
    }

    /// Fails with all that is wrong at once.
    #[track_caller]
    pub fn expect_kept_promises(&self) {
        assert!(self.broken().is_empty(), "promises broken: {self}");
    }
}

impl fmt::Display for Judgement {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (verdict, of) in &self.0 {
            let named: Vec<&str> = of.iter().take(5).map(String::as_str).collect();
            write!(out, "{verdict:?} {}: {}; ", of.len(), named.join(", "))?;
        }
        Ok(())
    }
}
