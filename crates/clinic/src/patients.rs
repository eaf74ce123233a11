//! The people who are treated, who speaks for them, and where they can be reached.

mod card;
mod contacts;
mod recycled;

pub use card::{NewPatient, recipient};
pub use contacts::{same_number, sureness_of_shared};
pub use recycled::{Doubt, NotTheirs, ProfileName, Sign, Verdict, WAY_OUT, offers_a_way_out, weigh};

use kernel::{Address, ClinicId, ContactPointId, Date, Locale, PatientId, PersonName, Timestamp, Zone};
use serde::{Deserialize, Serialize};

use crate::actors::Channel;

#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Patient {
    pub id: PatientId,
    pub clinic: ClinicId,
    pub name: PersonName,
    pub locale: Locale,
    pub born_on: Option<Date>,
    /// Speaks for the patient: every message goes to them.
    pub guardian: Option<PatientId>,
    /// Where the patient lives, if not in the clinic's zone.
    pub zone: Option<Zone>,
    pub preferred_channel: Option<Channel>,
    pub bots: Bots,
    pub standing: Standing,
    /// Worth knowing at the desk. Never sent.
    pub note: String,
    /// The key under which the patient's own program knows them, from an import.
    pub external_key: Option<String>,
    pub created_at: Timestamp,
}

/// Whether the bot may speak to the patient, or a person must.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bots {
    Welcome,
    NoBots,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Lead,
    Patient,
    /// On the clinic's refusal list.
    Refused,
    Deceased,
}

/// One place where a patient can be reached, with how sure we are whose it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContactPoint {
    pub id: ContactPointId,
    pub patient: PatientId,
    pub address: Address,
    pub sureness: Sureness,
    pub state: ContactState,
    /// When something last came in from it. Opens a messenger's window and leads the choice of channel.
    pub last_inbound_at: Option<Timestamp>,
    /// As whoever writes from there calls themselves, where a provider tells.
    pub called: Option<ProfileName>,
    pub created_at: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sureness {
    Unverified,
    Verified,
    /// Known to be used by several people.
    Shared,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactState {
    Open,
    /// The patient said stop here.
    OptedOut {
        at: Timestamp,
    },
    /// The channel says that it cannot be reached: blocked, deactivated, no such number.
    Unreachable {
        at: Timestamp,
    },
    /// Somebody else's by now. Nothing is written there, and whoever writes from there is a stranger.
    NotTheirs {
        at: Timestamp,
        why: NotTheirs,
    },
}

impl Standing {
    pub const ALL: [Self; 4] = [Self::Lead, Self::Patient, Self::Refused, Self::Deceased];

    /// The key of its word.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Lead => "patient-standing-lead",
            Self::Patient => "patient-standing-patient",
            Self::Refused => "patient-standing-refused",
            Self::Deceased => "patient-standing-deceased",
        }
    }
}

impl Sureness {
    pub const ALL: [Self; 3] = [Self::Unverified, Self::Verified, Self::Shared];

    /// The key of its word.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unverified => "sureness-unverified",
            Self::Verified => "sureness-verified",
            Self::Shared => "sureness-shared",
        }
    }
}

impl ContactState {
    /// The key of its word.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Open => "contact-state-open",
            Self::OptedOut { .. } => "contact-state-opted-out",
            Self::Unreachable { .. } => "contact-state-unreachable",
            Self::NotTheirs { .. } => "contact-state-not-theirs",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::expect_words;

    #[test]
    fn what_stands_on_a_card_has_words_in_every_language() {
        let at = Timestamp::from_millis(0);
        expect_words(Patient::FIELDS.map(|field| format!("patient-field-{}", field.replace('_', "-"))));
        expect_words(Standing::ALL.map(|standing| standing.key().to_owned()));
        expect_words(Sureness::ALL.map(|sureness| sureness.key().to_owned()));
        let not_theirs = ContactState::NotTheirs { at, why: NotTheirs::ToldAtDesk };
        let states = [ContactState::Open, ContactState::OptedOut { at }, ContactState::Unreachable { at }, not_theirs];
        expect_words(states.map(|state| state.key().to_owned()));
    }
}
