//! The life of a contact point. How sure we are whose it is, and whether it may be written to, change apart:
//!
//! ```text
//! sureness: unverified -> verified;   any -> shared (several people use it, for good)
//! state:    open <-> opted out (STOP, START);   open <-> unreachable (the channel says so; something comes in)
//! ```
//!
//! Only the patient's own START ends an opt-out; that something else comes in from there does not.

use kernel::{Address, ContactPointId, PatientId, Timestamp};

use super::{ContactPoint, ContactState, Sureness};
use crate::actors::Channel;
use crate::happenings::Happening;

type Step = (ContactPoint, Vec<Happening>);

impl ContactPoint {
    pub fn new(id: ContactPointId, patient: PatientId, address: Address, sureness: Sureness, now: Timestamp) -> Step {
        let state = ContactState::Open;
        let contact = Self { id, patient, address, sureness, state, last_inbound_at: None, created_at: now };
        let channel = contact.channel();
        (contact, vec![Happening::ContactAdded { channel }])
    }

    /// The channel by which it is reached.
    pub fn channel(&self) -> Channel {
        Channel::of(self.address.scheme())
    }

    /// Proven to be the patient's. One that several people use stays shared: who answers is still not known.
    #[must_use]
    pub fn verify(self) -> Step {
        match self.sureness {
            Sureness::Verified | Sureness::Shared => (self, vec![]),
            Sureness::Unverified => {
                let what = Happening::ContactVerified { channel: self.channel() };
                (Self { sureness: Sureness::Verified, ..self }, vec![what])
            }
        }
    }

    #[must_use]
    pub fn mark_shared(self) -> Step {
        match self.sureness {
            Sureness::Shared => (self, vec![]),
            Sureness::Unverified | Sureness::Verified => {
                let what = Happening::ContactShared { channel: self.channel() };
                (Self { sureness: Sureness::Shared, ..self }, vec![what])
            }
        }
    }

    /// STOP, in any words.
    #[must_use]
    pub fn opt_out(self, now: Timestamp) -> Step {
        match self.state {
            ContactState::OptedOut { .. } => (self, vec![]),
            ContactState::Open | ContactState::Unreachable { .. } => {
                let what = Happening::OptedOut { channel: self.channel() };
                (Self { state: ContactState::OptedOut { at: now }, ..self }, vec![what])
            }
        }
    }

    /// START, by the patient.
    #[must_use]
    pub fn opt_in(self) -> Step {
        match self.state {
            ContactState::Open | ContactState::Unreachable { .. } => (self, vec![]),
            ContactState::OptedOut { .. } => {
                let what = Happening::OptedIn { channel: self.channel() };
                (Self { state: ContactState::Open, ..self }, vec![what])
            }
        }
    }

    /// The channel says: blocked, deactivated, no such number. An opt-out says more and stays.
    #[must_use]
    pub fn lose(self, now: Timestamp) -> Step {
        match self.state {
            ContactState::OptedOut { .. } | ContactState::Unreachable { .. } => (self, vec![]),
            ContactState::Open => {
                let what = Happening::ContactLost { channel: self.channel() };
                (Self { state: ContactState::Unreachable { at: now }, ..self }, vec![what])
            }
        }
    }

    /// Something came in from it, so it can be reached. An older message that arrives late turns no clock back.
    #[must_use]
    pub fn hear(self, at: Timestamp) -> Step {
        let last_inbound_at = self.last_inbound_at.max(Some(at));
        let channel = self.channel();
        match self.state {
            ContactState::Open | ContactState::OptedOut { .. } => (Self { last_inbound_at, ..self }, vec![]),
            ContactState::Unreachable { at: lost_at } if at < lost_at => (Self { last_inbound_at, ..self }, vec![]),
            ContactState::Unreachable { .. } => {
                (Self { state: ContactState::Open, last_inbound_at, ..self }, vec![Happening::ContactRegained { channel }])
            }
        }
    }
}

/// How sure a phone number is that somebody shared in a messenger. `owner` is whose it is by the messenger's word,
/// `sender` who shared it. Only one's own is proof: anybody can share the card of anybody else.
pub fn sureness_of_shared(owner: Option<&str>, sender: &str) -> Sureness {
    if owner == Some(sender) { Sureness::Verified } else { Sureness::Unverified }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::sample::Sample;

    fn contact(state: ContactState, sureness: Sureness) -> ContactPoint {
        let mut world = Sample::new();
        let now = world.monday_nine();
        let id = ContactPointId::new(now, &mut world.chance);
        let (fresh, happened) = ContactPoint::new(id, world.anna.id, "telegram:123".parse().unwrap(), sureness, now);
        assert_eq!(happened, [Happening::ContactAdded { channel: Channel::Telegram }]);
        ContactPoint { state, ..fresh }
    }

    fn now() -> Timestamp {
        Sample::new().monday_nine()
    }

    type Take = fn(ContactPoint) -> Step;

    #[test]
    fn every_state_of_a_contact_answers_every_step() {
        let before = now() - Duration::from_hours(1);
        let (open, out, gone) = (ContactState::Open, ContactState::OptedOut { at: before }, ContactState::Unreachable { at: before });
        let (out_now, gone_now) = (ContactState::OptedOut { at: now() }, ContactState::Unreachable { at: now() });
        let (stop, start): (Take, Take) = (|contact| contact.opt_out(now()), ContactPoint::opt_in);
        let (lose, hear): (Take, Take) = (|contact| contact.lose(now()), |contact| contact.hear(now()));
        let older: Take = |contact| contact.hear(now() - Duration::from_hours(2));
        for (name, step, given, expected, happened) in [
            ("stop", stop, open, out_now, Some("opted_out")),
            ("stop", stop, out, out, None),
            ("stop", stop, gone, out_now, Some("opted_out")),
            ("start", start, open, open, None),
            ("start", start, out, open, Some("opted_in")),
            ("start", start, gone, gone, None),
            ("lose", lose, open, gone_now, Some("contact_lost")),
            ("lose", lose, out, out, None),
            ("lose", lose, gone, gone, None),
            ("hear", hear, open, open, None),
            ("hear", hear, out, out, None),
            ("hear", hear, gone, open, Some("contact_regained")),
            ("hear what was sent before", older, gone, gone, None),
        ] {
            let (next, what) = step(contact(given, Sureness::Verified));
            assert_eq!(next.state, expected, "{name} when {given:?}");
            assert_eq!(what.first().map(Happening::name), happened, "{name} when {given:?}");
        }
    }

    #[test]
    fn a_shared_contact_is_never_verified_again() {
        for (given, verified, shared) in [
            (Sureness::Unverified, Sureness::Verified, Sureness::Shared),
            (Sureness::Verified, Sureness::Verified, Sureness::Shared),
            (Sureness::Shared, Sureness::Shared, Sureness::Shared),
        ] {
            let (next, happened) = contact(ContactState::Open, given).verify();
            assert_eq!((next.sureness, happened.len()), (verified, usize::from(given == Sureness::Unverified)));
            let (next, happened) = contact(ContactState::Open, given).mark_shared();
            assert_eq!((next.sureness, happened.len()), (shared, usize::from(given != Sureness::Shared)));
        }
    }

    #[test]
    fn the_last_message_is_the_latest_whatever_order_they_come_in() {
        let first = contact(ContactState::Open, Sureness::Verified).hear(now()).0;
        let late = first.hear(now() - Duration::from_mins(5)).0;
        assert_eq!(late.last_inbound_at, Some(now()));
    }

    #[test]
    fn only_ones_own_contact_is_proof() {
        assert_eq!(sureness_of_shared(Some("123"), "123"), Sureness::Verified);
        assert_eq!(sureness_of_shared(Some("456"), "123"), Sureness::Unverified);
        assert_eq!(sureness_of_shared(None, "123"), Sureness::Unverified);
    }
}
