//! What has just been done, said on the page that follows: 'Saved.'
//!
//! It travels in the address (`?done=saved`), so it needs neither a script nor a memory of ours, and nobody can make a
//! page of ours say words of their own. To add one, add a name here and its sentence, `done-<name>`, in `done.ftl`.

use axum::response::Response;

use crate::Tone;
use crate::responder::go_to;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    Saved,
    Added,
    Removed,
    Booked,
    Moved,
    Marked,
    Cancelled,
    Sent,
    /// Goes out at opening, or in the morning.
    Waits,
    NotSent,
    Dropped,
    Noted,
    Taken,
    HandedOver,
    GivenBack,
    PutAside,
    Closed,
    Reopened,
    Linked,
    Settled,
    SwitchedOn,
    SwitchedOff,
    Connected,
    Left,
    Returned,
    PasswordChanged,
    SetUp,
    /// The desk's telephone rings, then theirs.
    Rings,
    /// Nobody knows whether it does.
    RingsPerhaps,
    DidNotRing,
    Fetched,
    Checked,
    SetAgain,
    NotSetAgain,
}

impl Done {
    pub const ALL: [Self; 34] = [
        Self::Saved,
        Self::Added,
        Self::Removed,
        Self::Booked,
        Self::Moved,
        Self::Marked,
        Self::Cancelled,
        Self::Sent,
        Self::Waits,
        Self::NotSent,
        Self::Dropped,
        Self::Noted,
        Self::Taken,
        Self::HandedOver,
        Self::GivenBack,
        Self::PutAside,
        Self::Closed,
        Self::Reopened,
        Self::Linked,
        Self::Settled,
        Self::SwitchedOn,
        Self::SwitchedOff,
        Self::Connected,
        Self::Left,
        Self::Returned,
        Self::PasswordChanged,
        Self::SetUp,
        Self::Rings,
        Self::RingsPerhaps,
        Self::DidNotRing,
        Self::Fetched,
        Self::Checked,
        Self::SetAgain,
        Self::NotSetAgain,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Booked => "booked",
            Self::Moved => "moved",
            Self::Marked => "marked",
            Self::Cancelled => "cancelled",
            Self::Sent => "sent",
            Self::Waits => "waits",
            Self::NotSent => "not-sent",
            Self::Dropped => "dropped",
            Self::Noted => "noted",
            Self::Taken => "taken",
            Self::HandedOver => "handed-over",
            Self::GivenBack => "given-back",
            Self::PutAside => "put-aside",
            Self::Closed => "closed",
            Self::Reopened => "reopened",
            Self::Linked => "linked",
            Self::Settled => "settled",
            Self::SwitchedOn => "switched-on",
            Self::SwitchedOff => "switched-off",
            Self::Connected => "connected",
            Self::Left => "left",
            Self::Returned => "returned",
            Self::PasswordChanged => "password-changed",
            Self::SetUp => "set-up",
            Self::Rings => "rings",
            Self::RingsPerhaps => "rings-perhaps",
            Self::DidNotRing => "did-not-ring",
            Self::Fetched => "fetched",
            Self::Checked => "checked",
            Self::SetAgain => "set-again",
            Self::NotSetAgain => "not-set-again",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|done| done.name() == name)
    }

    /// What did not come about is no good news.
    pub const fn notice(self) -> Tone {
        match self {
            Self::NotSent | Self::DidNotRing | Self::NotSetAgain => Tone::Bad,
            Self::Waits | Self::RingsPerhaps => Tone::Wait,
            Self::Saved
            | Self::Added
            | Self::Removed
            | Self::Booked
            | Self::Moved
            | Self::Marked
            | Self::Cancelled
            | Self::Sent
            | Self::Noted
            | Self::Taken
            | Self::HandedOver
            | Self::GivenBack
            | Self::PutAside
            | Self::Closed
            | Self::Reopened
            | Self::Linked
            | Self::Dropped
            | Self::Settled
            | Self::SwitchedOn
            | Self::SwitchedOff
            | Self::Connected
            | Self::Left
            | Self::Returned
            | Self::PasswordChanged
            | Self::SetUp
            | Self::Rings
            | Self::Fetched
            | Self::Checked
            | Self::SetAgain => Tone::Good,
        }
    }

    /// The key of its sentence.
    pub fn key(self) -> String {
        format!("done-{}", self.name())
    }

    /// After an act: the page that shows it, and says so. A reload does not act again.
    pub fn go_to(self, path: impl AsRef<str>) -> Response {
        go_to(self.at(path.as_ref()))
    }

    /// The address of a page that says it.
    pub fn at(self, path: &str) -> String {
        let joint = if path.contains('?') { '&' } else { '?' };
        format!("{path}{joint}done={}", self.name())
    }
}

#[cfg(test)]
mod tests {
    use kernel::Locale;

    use super::*;
    use crate::Words;

    #[test]
    fn everything_that_can_be_done_has_a_name_and_a_sentence_in_every_language() {
        for done in Done::ALL {
            assert_eq!(Done::named(done.name()), Some(done));
            for locale in Locale::ALL {
                assert!(Words::of(locale).known(&done.key()).is_some(), "{} {locale}", done.key());
            }
        }
        assert_eq!(Done::named("<script>"), None);
        assert_eq!(Done::Saved.at("/journal?on=2026-11-23"), "/journal?on=2026-11-23&done=saved");
        assert_eq!(Done::Saved.at("/settings"), "/settings?done=saved");
    }
}
