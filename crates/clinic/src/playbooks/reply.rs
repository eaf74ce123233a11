//! What a patient can answer to a playbook, by a button or in words. Its code travels in the button.

use crate::journal::CancelReason;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reply {
    Confirm,
    AnotherTime,
    Cancel,
    /// Late by so many minutes, where they said it.
    Late(Option<u32>),
    Person,
    /// Other slots than those offered.
    More,
    /// The slot with this place in the last offer.
    Slot(usize),
    Reason(CancelReason),
    /// Stays with what was agreed.
    Keep,
    Yes,
    No,
    Thanks,
}

const REASONS: [(CancelReason, &str); 5] = [
    (CancelReason::Unwell, "reason-unwell"),
    (CancelReason::NoTime, "reason-no-time"),
    (CancelReason::Cost, "reason-cost"),
    (CancelReason::Elsewhere, "reason-elsewhere"),
    (CancelReason::Other, "reason-other"),
];

impl Reply {
    /// The names that scripts may use.
    pub const NAMES: [&'static str; 12] =
        ["confirm", "another-time", "cancel", "late", "person", "more", "slot", "reason", "keep", "yes", "no", "thanks"];

    /// The name that scripts use: all slots are `slot`, all reasons are `reason`, every lateness is `late`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::AnotherTime => "another-time",
            Self::Cancel => "cancel",
            Self::Late(_) => "late",
            Self::Person => "person",
            Self::More => "more",
            Self::Slot(_) => "slot",
            Self::Reason(_) => "reason",
            Self::Keep => "keep",
            Self::Yes => "yes",
            Self::No => "no",
            Self::Thanks => "thanks",
        }
    }

    /// What a button carries: `slot-2`, `late-10`, `reason-cost`.
    pub fn code(self) -> String {
        match self {
            Self::Late(Some(minutes)) => format!("late-{minutes}"),
            Self::Slot(place) => format!("slot-{place}"),
            Self::Reason(reason) => REASONS.iter().find(|(known, _)| *known == reason).map_or("reason-other", |(_, code)| code).to_owned(),
            other => other.name().to_owned(),
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        let simple = [
            Self::Confirm,
            Self::AnotherTime,
            Self::Cancel,
            Self::Late(None),
            Self::Person,
            Self::More,
            Self::Keep,
            Self::Yes,
            Self::No,
            Self::Thanks,
        ];
        if let Some(reply) = simple.into_iter().find(|reply| reply.name() == code) {
            return Some(reply);
        }
        if let Some((reason, _)) = REASONS.iter().find(|(_, known)| *known == code) {
            return Some(Self::Reason(*reason));
        }
        let (name, number) = code.rsplit_once('-')?;
        match name {
            "slot" => number.parse().ok().map(Self::Slot),
            "late" => number.parse().ok().map(|minutes| Self::Late(Some(minutes))),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_back() {
        let table = [
            Reply::Confirm,
            Reply::AnotherTime,
            Reply::Late(None),
            Reply::Late(Some(15)),
            Reply::Slot(2),
            Reply::Reason(CancelReason::Cost),
            Reply::Keep,
        ];
        for reply in table {
            assert_eq!(Reply::from_code(&reply.code()), Some(reply));
        }
        for unknown in ["", "slot-", "slot-x", "late-", "reason-", "drop table"] {
            assert_eq!(Reply::from_code(unknown), None, "{unknown}");
        }
    }
}
