//! The life of a contact point. How sure we are whose it is, and whether it may be written to, change apart:
//!
//! ```text
//! sureness: unverified <-> verified (proof; doubt);   any -> shared (several people use it, for good)
//! state:    open <-> opted out (STOP, START);   open <-> unreachable (the channel says so; something comes in)
//!           any -> not theirs (somebody else reads there) -> open (a slip, or proof that it is theirs)
//! ```
//!
//! Only the patient's own START ends an opt-out; that something else comes in from there does not.

use kernel::{Address, ContactPointId, PatientId, Scheme, Timestamp};

use super::{ContactPoint, ContactState, NotTheirs, Sureness};
use crate::actors::Channel;
use crate::happenings::Happening;

type Step = (ContactPoint, Vec<Happening>);

impl ContactPoint {
    pub fn new(id: ContactPointId, patient: PatientId, address: Address, sureness: Sureness, now: Timestamp) -> Step {
        let state = ContactState::Open;
        let contact = Self { id, patient, address, sureness, state, last_inbound_at: None, called: None, created_at: now };
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
        if matches!(self.state, ContactState::NotTheirs { .. }) {
            let what = Happening::ContactVerified { channel: self.channel() };
            return (Self { state: ContactState::Open, sureness: Sureness::Verified, ..self }, vec![what]);
        }
        match self.sureness {
            Sureness::Verified | Sureness::Shared => (self, vec![]),
            Sureness::Unverified => {
                let what = Happening::ContactVerified { channel: self.channel() };
                (Self { sureness: Sureness::Verified, ..self }, vec![what])
            }
        }
    }

    /// A person is asked whose it is: until they know, nothing is told there that needs proof.
    #[must_use]
    pub fn doubt(self) -> Step {
        match (self.state, self.sureness) {
            (ContactState::NotTheirs { .. }, _) => (self, vec![]),
            (_, Sureness::Unverified | Sureness::Verified) => {
                let what = Happening::ContactDoubted { channel: self.channel() };
                (Self { sureness: Sureness::Unverified, ..self }, vec![what])
            }
            (_, Sureness::Shared) => {
                let what = Happening::ContactDoubted { channel: self.channel() };
                (self, vec![what])
            }
        }
    }

    /// Somebody else reads there. An opt-out of the patient's own is over with it.
    #[must_use]
    pub fn take_off(self, why: NotTheirs, now: Timestamp) -> Step {
        match self.state {
            ContactState::NotTheirs { .. } => (self, vec![]),
            ContactState::Open | ContactState::OptedOut { .. } | ContactState::Unreachable { .. } => {
                let what = Happening::ContactNotTheirs { channel: self.channel(), why };
                (Self { state: ContactState::NotTheirs { at: now, why }, ..self }, vec![what])
            }
        }
    }

    /// It is the patient's after all. What had been proven before is proven no longer.
    #[must_use]
    pub fn give_back(self) -> Step {
        match self.state {
            ContactState::Open | ContactState::OptedOut { .. } | ContactState::Unreachable { .. } => (self, vec![]),
            ContactState::NotTheirs { .. } => {
                let sureness = if self.sureness == Sureness::Shared { Sureness::Shared } else { Sureness::Unverified };
                let what = Happening::ContactGivenBack { channel: self.channel() };
                (Self { state: ContactState::Open, sureness, called: None, ..self }, vec![what])
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
            ContactState::OptedOut { .. } | ContactState::NotTheirs { .. } => (self, vec![]),
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
            ContactState::Open | ContactState::Unreachable { .. } | ContactState::NotTheirs { .. } => (self, vec![]),
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
            ContactState::OptedOut { .. } | ContactState::Unreachable { .. } | ContactState::NotTheirs { .. } => (self, vec![]),
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
            // whoever writes is not the patient
            ContactState::NotTheirs { .. } => (self, vec![]),
            ContactState::Open | ContactState::OptedOut { .. } => (Self { last_inbound_at, ..self }, vec![]),
            ContactState::Unreachable { at: lost_at } if at < lost_at => (Self { last_inbound_at, ..self }, vec![]),
            ContactState::Unreachable { .. } => {
                (Self { state: ContactState::Open, last_inbound_at, ..self }, vec![Happening::ContactRegained { channel }])
            }
        }
    }
}

/// Whether it lives as long as a telephone number does.
pub(super) fn goes_by_a_number(address: &Address) -> bool {
    matches!(address.scheme(), Scheme::Tel | Scheme::Whatsapp)
}

/// Whether two addresses are of one telephone: a number, and the account at a messenger that goes by it.
pub fn same_number(one: &Address, other: &Address) -> bool {
    let digits = |address: &Address| goes_by_a_number(address).then(|| address.rest().trim_start_matches('+').to_owned());
    one == other || digits(one).is_some_and(|number| digits(other) == Some(number))
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
        let why = NotTheirs::WrongPerson;
        let (off, off_now) =
            (ContactState::NotTheirs { at: before, why: NotTheirs::ToldAtDesk }, ContactState::NotTheirs { at: now(), why });
        let (take_off, give_back): (Take, Take) = (|contact| contact.take_off(NotTheirs::WrongPerson, now()), ContactPoint::give_back);
        let prove: Take = ContactPoint::verify;
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
            ("stop", stop, off, off, None),
            ("start", start, off, off, None),
            ("lose", lose, off, off, None),
            ("hear", hear, off, off, None),
            ("take off", take_off, open, off_now, Some("contact_not_theirs")),
            ("take off", take_off, out, off_now, Some("contact_not_theirs")),
            ("take off", take_off, gone, off_now, Some("contact_not_theirs")),
            ("take off", take_off, off, off, None),
            ("give back", give_back, open, open, None),
            ("give back", give_back, out, out, None),
            ("give back", give_back, gone, gone, None),
            ("give back", give_back, off, open, Some("contact_given_back")),
            ("prove", prove, off, open, Some("contact_verified")),
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
    fn what_is_doubted_or_given_back_is_proven_no_longer() {
        for (given, doubted) in
            [(Sureness::Unverified, Sureness::Unverified), (Sureness::Verified, Sureness::Unverified), (Sureness::Shared, Sureness::Shared)]
        {
            let (next, happened) = contact(ContactState::Open, given).doubt();
            assert_eq!((next.sureness, happened.len()), (doubted, 1));
            let taken_off = contact(ContactState::Open, given).take_off(NotTheirs::ToldAtDesk, now()).0;
            assert_eq!(taken_off.clone().doubt(), (taken_off.clone(), vec![]));
            assert_eq!(taken_off.give_back().0.sureness, doubted);
        }
    }

    #[test]
    fn a_messenger_that_goes_by_a_number_goes_with_it() {
        for (one, other, same) in [
            ("tel:+36301234567", "tel:+36301234567", true),
            ("tel:+36301234567", "whatsapp:36301234567", true),
            ("whatsapp:36301234567", "tel:+36301234567", true),
            ("tel:+36301234567", "tel:+36301234568", false),
            ("telegram:36301234567", "tel:+36301234567", false),
            ("telegram:123", "telegram:123", true),
        ] {
            assert_eq!(same_number(&one.parse().unwrap(), &other.parse().unwrap()), same, "{one} {other}");
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
