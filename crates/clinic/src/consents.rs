//! The ledger of permissions: for what, on which channel, with what words, how given, with what proof, withdrawn when.

use std::fmt;

use kernel::{ConsentId, Locale, PatientId, Refusal, Timestamp, one_line};
use serde::{Deserialize, Serialize};

use crate::actors::{Actor, Channel, Origin};
use crate::happenings::Happening;
use crate::staff::Right;

#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Consent {
    pub id: ConsentId,
    pub patient: PatientId,
    pub purpose: Purpose,
    /// None: on every channel.
    pub channel: Option<Channel>,
    /// Which wording the patient saw, and in which language.
    pub wording: String,
    pub locale: Locale,
    pub given_by: Actor,
    pub through: Origin,
    /// What shows it: the id of a message, 'signed form of 12 May', a row of an import.
    pub proof: String,
    pub given_at: Timestamp,
    pub withdrawn_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Messages about the patient's own care. Rests on the treatment itself; can be objected to.
    Service,
    Marketing,
    Reviews,
    DataTransfer,
    Photos,
}

impl Purpose {
    pub const ALL: [Self; 5] = [Self::Service, Self::Marketing, Self::Reviews, Self::DataTransfer, Self::Photos];

    /// The key of its word.
    pub fn key(self) -> String {
        format!("purpose-{}", self.name().replace('_', "-"))
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Marketing => "marketing",
            Self::Reviews => "reviews",
            Self::DataTransfer => "data_transfer",
            Self::Photos => "photos",
        }
    }
}

/// A permission as it is given or refused: what was asked, in which words, and what shows the answer.
#[derive(Clone, PartialEq)]
pub struct Answer {
    pub patient: PatientId,
    pub purpose: Purpose,
    pub channel: Option<Channel>,
    pub wording: String,
    pub locale: Locale,
    pub proof: String,
}

/// Whether a purpose is permitted on a channel, and what that rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// By a consent, or for messages about care by the treatment itself.
    Given,
    NotGiven,
    /// Was given once.
    Withdrawn,
    /// Messages about care rest on no consent; the patient has objected to them.
    Objected,
}

impl Standing {
    pub const ALL: [Self; 4] = [Self::Given, Self::NotGiven, Self::Withdrawn, Self::Objected];

    /// The key of its word.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Given => "consent-standing-given",
            Self::NotGiven => "consent-standing-not-given",
            Self::Withdrawn => "consent-standing-withdrawn",
            Self::Objected => "consent-standing-objected",
        }
    }

    pub const fn permits(self) -> bool {
        matches!(self, Self::Given)
    }
}

impl Consent {
    /// The patient agrees. Staff who write down what they were told need the right to change patients.
    pub fn give(answer: &Answer, id: ConsentId, by: Actor, through: Origin, now: Timestamp) -> Result<(Self, Vec<Happening>), Refusal> {
        let consent = Self::of(answer, id, by, through, now)?;
        let what = Happening::ConsentGiven { consent: id, purpose: consent.purpose };
        Ok((consent, vec![what]))
    }

    /// The patient says no to what nobody had asked for: an entry that was never open.
    pub fn object(answer: &Answer, id: ConsentId, by: Actor, through: Origin, now: Timestamp) -> Result<(Self, Vec<Happening>), Refusal> {
        let consent = Self { withdrawn_at: Some(now), ..Self::of(answer, id, by, through, now)? };
        let what = Happening::ConsentWithdrawn { consent: id, purpose: consent.purpose };
        Ok((consent, vec![what]))
    }

    /// Taking back is as easy as giving (GDPR, article 7(3)): by the patient, or by anybody who is told.
    pub fn withdraw(self, by: Actor, now: Timestamp) -> Result<(Self, Vec<Happening>), Refusal> {
        if by.patient().is_some_and(|id| id != self.patient) {
            return Err(Refusal::new("patient.not-yours"));
        }
        if self.withdrawn_at.is_some() {
            return Ok((self, vec![]));
        }
        let what = Happening::ConsentWithdrawn { consent: self.id, purpose: self.purpose };
        Ok((Self { withdrawn_at: Some(now), ..self }, vec![what]))
    }

    fn of(answer: &Answer, id: ConsentId, by: Actor, through: Origin, now: Timestamp) -> Result<Self, Refusal> {
        match by.patient() {
            Some(id) if id == answer.patient => {}
            Some(_) => return Err(Refusal::new("patient.not-yours")),
            None => by.may(Right::ChangePatients)?,
        }
        Ok(Self {
            id,
            patient: answer.patient,
            purpose: answer.purpose,
            channel: answer.channel,
            wording: one_line(&answer.wording, 200).map_err(|refusal| refusal.at("wording"))?,
            locale: answer.locale,
            given_by: by,
            through,
            proof: one_line(&answer.proof, 400).map_err(|refusal| refusal.at("proof"))?,
            given_at: now,
            withdrawn_at: None,
        })
    }

    /// When it last said something, and what. A yes that lies in the future says nothing yet; a no counts at once, for the
    /// clock of the machine may have been set back since.
    fn said(&self, now: Timestamp) -> Option<(Timestamp, Said)> {
        match self.withdrawn_at {
            Some(at) => Some((at, Said::No)),
            None => (self.given_at <= now).then_some((self.given_at, Said::Yes)),
        }
    }
}

/// At the same instant no wins over yes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Said {
    Yes,
    No,
}

/// The entries of one patient.
#[derive(Debug, Clone, Copy)]
pub struct Ledger<'a>(pub &'a [Consent]);

impl Ledger<'_> {
    /// The newest entry decides. One for the channel goes before one for all channels, but a later no to everything
    /// is a no here too.
    pub fn allows(self, purpose: Purpose, channel: Channel, now: Timestamp) -> Standing {
        let newest = |on: Option<Channel>| {
            let entries = self.0.iter().filter(|consent| consent.purpose == purpose && consent.channel == on);
            entries.filter_map(|consent| consent.said(now)).max()
        };
        let said = match (newest(Some(channel)), newest(None)) {
            (Some((here_at, _)), Some((at, Said::No))) if at >= here_at => Some(Said::No),
            (Some((_, said)), _) | (None, Some((_, said))) => Some(said),
            (None, None) => None,
        };
        match (said, purpose) {
            (Some(Said::Yes), _) | (None, Purpose::Service) => Standing::Given,
            (Some(Said::No), Purpose::Service) => Standing::Objected,
            (Some(Said::No), Purpose::Marketing | Purpose::Reviews | Purpose::DataTransfer | Purpose::Photos) => Standing::Withdrawn,
            (None, Purpose::Marketing | Purpose::Reviews | Purpose::DataTransfer | Purpose::Photos) => Standing::NotGiven,
        }
    }
}

impl fmt::Debug for Consent {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = (self.id, self.purpose, self.channel, self.given_at, self.withdrawn_at);
        write!(out, "Consent{shown:?}")
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Answer{:?}", (self.patient, self.purpose, self.channel))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;
    use crate::sample::{Sample, expect_words};

    fn answer(world: &Sample, purpose: Purpose, channel: Option<Channel>) -> Answer {
        let (wording, proof) = ("marketing-1".to_owned(), "signed form of 12 May".to_owned());
        Answer { patient: world.anna.id, purpose, channel, wording, locale: Locale::En, proof }
    }

    /// `+` gives and `-` takes back or objects, in minutes one after the other; `t` on Telegram, else everywhere.
    fn ledger(world: &mut Sample, purpose: Purpose, story: &str) -> Vec<Consent> {
        let start = world.monday_nine();
        let mut entries: Vec<Consent> = Vec::new();
        for (minute, word) in (1..).zip(story.split_whitespace()) {
            let now = start + Duration::from_mins(minute);
            let channel = word.contains('t').then_some(Channel::Telegram);
            let by = Actor::Patient(world.anna.id);
            let id = ConsentId::new(now, &mut world.chance);
            let open = entries.iter().position(|entry| entry.channel == channel && entry.withdrawn_at.is_none());
            match (word.starts_with('+'), open) {
                (true, _) => entries.push(Consent::give(&answer(world, purpose, channel), id, by, Origin::VisitPage, now).unwrap().0),
                (false, Some(open)) => entries[open] = entries[open].clone().withdraw(by, now).unwrap().0,
                (false, None) => entries.push(Consent::object(&answer(world, purpose, channel), id, by, Origin::VisitPage, now).unwrap().0),
            }
        }
        entries
    }

    #[test]
    fn the_newest_word_of_the_patient_counts() {
        use Standing::{Given, NotGiven, Objected, Withdrawn};
        for (story, marketing, service) in [
            ("", NotGiven, Given),
            ("+", Given, Given),
            ("-", Withdrawn, Objected),
            ("+ -", Withdrawn, Objected),
            ("+ - +", Given, Given),
            ("+t", Given, Given),
            ("-t", Withdrawn, Objected),
            ("+ -t", Withdrawn, Objected),
            ("-t +", Withdrawn, Objected),
            ("- +t", Given, Given),
            ("+t -", Withdrawn, Objected),
            ("+t - +t", Given, Given),
            ("-t + - +", Withdrawn, Objected),
        ] {
            let mut world = Sample::new();
            let now = world.monday_nine() + Duration::from_hours(1);
            for (purpose, expected) in [(Purpose::Marketing, marketing), (Purpose::Service, service)] {
                let entries = ledger(&mut world, purpose, story);
                assert_eq!(Ledger(&entries).allows(purpose, Channel::Telegram, now), expected, "{purpose:?} after '{story}'");
                assert_eq!(Ledger(&entries).allows(Purpose::Photos, Channel::Telegram, now), NotGiven);
            }
        }
    }

    #[test]
    fn purposes_and_their_standing_have_words_in_every_language() {
        expect_words(Purpose::ALL.map(Purpose::key));
        expect_words(Standing::ALL.map(|standing| standing.key().to_owned()));
    }

    #[test]
    fn a_word_for_one_channel_says_nothing_about_another() {
        let mut world = Sample::new();
        let now = world.monday_nine() + Duration::from_hours(1);
        let entries = ledger(&mut world, Purpose::Marketing, "+t");
        assert_eq!(Ledger(&entries).allows(Purpose::Marketing, Channel::Sms, now), Standing::NotGiven);
        let entries = ledger(&mut world, Purpose::Service, "-t");
        assert_eq!(Ledger(&entries).allows(Purpose::Service, Channel::Sms, now), Standing::Given);
    }

    #[test]
    fn a_no_still_counts_when_the_clock_of_the_machine_goes_back_behind_it_and_a_yes_does_not() {
        let mut world = Sample::new();
        let agreed = ledger(&mut world, Purpose::Marketing, "+");
        let taken_back = ledger(&mut world, Purpose::Marketing, "+ -");
        let objected = ledger(&mut world, Purpose::Service, "-");
        for (minutes, after_yes) in [(0, Standing::NotGiven), (1, Standing::Given), (2, Standing::Given)] {
            let now = world.monday_nine() + Duration::from_mins(minutes);
            let standing = |entries: &[Consent], purpose| Ledger(entries).allows(purpose, Channel::Email, now);
            assert_eq!(standing(&agreed, Purpose::Marketing), after_yes, "{minutes}");
            assert_eq!(standing(&taken_back, Purpose::Marketing), Standing::Withdrawn, "{minutes}");
            assert_eq!(standing(&objected, Purpose::Service), Standing::Objected, "{minutes}");
        }
    }

    #[test]
    fn nobody_gives_or_withdraws_for_a_stranger_and_every_entry_has_its_proof() {
        let mut world = Sample::new();
        let now = world.monday_nine();
        let id = ConsentId::new(now, &mut world.chance);
        let asked = answer(&world, Purpose::Photos, None);
        let boris = Actor::Patient(world.boris.id);
        let clinician = Actor::Staff { id: world.gromov.id, role: world.gromov.role };
        let give = |answer: &Answer, by| Consent::give(answer, id, by, Origin::Desk, now);
        assert_eq!(give(&asked, boris).unwrap_err().code(), "patient.not-yours");
        assert_eq!(give(&asked, clinician).unwrap_err().code(), "actor.not-allowed");
        let unproven = give(&Answer { proof: " ".to_owned(), ..asked.clone() }, world.desk_actor());
        assert_eq!(unproven.unwrap_err().field(), Some("proof"));
        let (given, happened) = give(&asked, world.desk_actor()).unwrap();
        assert_eq!(happened, [Happening::ConsentGiven { consent: id, purpose: Purpose::Photos }]);
        assert!(given.clone().withdraw(boris, now).is_err());
        let (withdrawn, happened) = given.withdraw(clinician, now).unwrap();
        assert_eq!(happened, [Happening::ConsentWithdrawn { consent: id, purpose: Purpose::Photos }]);
        assert_eq!(withdrawn.clone().withdraw(clinician, now).unwrap(), (withdrawn, vec![]));
    }

    proptest! {
        /// However the story went: after a last no to everything nothing goes out, and after a last yes for the channel it may.
        #[test]
        fn the_last_word_is_kept(story in prop::collection::vec(prop::sample::select(vec!["+", "-", "+t", "-t"]), 0..12)) {
            let mut world = Sample::new();
            let now = world.monday_nine() + Duration::from_hours(1);
            let entries = ledger(&mut world, Purpose::Marketing, &story.join(" "));
            let permits = Ledger(&entries).allows(Purpose::Marketing, Channel::Telegram, now).permits();
            match story.last() {
                Some(&("-" | "-t")) | None => prop_assert!(!permits),
                Some(&"+t") => prop_assert!(permits),
                Some(_) => {}
            }
        }
    }
}
