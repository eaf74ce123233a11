//! Who did a thing, and through what.

use kernel::{Address, PatientId, Refusal, RunId, Scheme, StaffId};
use serde::{Deserialize, Serialize};

use crate::staff::{Right, Role};

/// Who acts. An act asks the actor for the right that it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    Staff {
        id: StaffId,
        role: Role,
    },
    /// The patient, proven by a signed link or by the account that answered.
    Patient(PatientId),
    /// Who speaks for the patient, proven the same way. Who may is asked by `Patient::spoken_for_by`.
    Guardian {
        id: PatientId,
        of: PatientId,
    },
    /// The care bot, in one run of a playbook.
    Bot(RunId),
    /// The program itself: housekeeping, import, time passing.
    Program,
}

/// Through what it came to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    Desk,
    Channel(Channel),
    VisitPage,
    Import,
    Program,
}

/// The channels by name. One name for registry, journal marks, settings and words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Telegram,
    Bale,
    Whatsapp,
    Messenger,
    Vk,
    Max,
    Viber,
    Sms,
    Email,
    Web,
    /// Calls. Nothing is written there: who is to be written to on a number is written to by SMS.
    Telephone,
    Sandbox,
}

impl Channel {
    pub const ALL: [Self; 12] = [
        Self::Telegram,
        Self::Bale,
        Self::Whatsapp,
        Self::Messenger,
        Self::Vk,
        Self::Max,
        Self::Viber,
        Self::Sms,
        Self::Email,
        Self::Web,
        Self::Telephone,
        Self::Sandbox,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Telegram => "telegram",
            Self::Bale => "bale",
            Self::Whatsapp => "whatsapp",
            Self::Messenger => "messenger",
            Self::Vk => "vk",
            Self::Max => "max",
            Self::Viber => "viber",
            Self::Sms => "sms",
            Self::Email => "email",
            Self::Web => "web",
            Self::Telephone => "telephone",
            Self::Sandbox => "sandbox",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.name() == name)
    }

    /// What kind of address it writes to.
    pub const fn scheme(self) -> Scheme {
        match self {
            Self::Telegram => Scheme::Telegram,
            Self::Bale => Scheme::Bale,
            Self::Whatsapp => Scheme::Whatsapp,
            Self::Messenger => Scheme::Messenger,
            Self::Vk => Scheme::Vk,
            Self::Max => Scheme::Max,
            Self::Viber => Scheme::Viber,
            Self::Sms | Self::Telephone => Scheme::Tel,
            Self::Email => Scheme::Mailto,
            Self::Web => Scheme::Web,
            Self::Sandbox => Scheme::Sandbox,
        }
    }

    /// The channel that writes to such an address. A phone number is reached by SMS.
    pub const fn of(scheme: Scheme) -> Self {
        match scheme {
            Scheme::Telegram => Self::Telegram,
            Scheme::Bale => Self::Bale,
            Scheme::Whatsapp => Self::Whatsapp,
            Scheme::Messenger => Self::Messenger,
            Scheme::Vk => Self::Vk,
            Scheme::Max => Self::Max,
            Scheme::Viber => Self::Viber,
            Scheme::Tel => Self::Sms,
            Scheme::Mailto => Self::Email,
            Scheme::Web => Self::Web,
            Scheme::Sandbox => Self::Sandbox,
        }
    }

    pub fn reaches(self, address: &Address) -> bool {
        self.scheme() == address.scheme()
    }
}

impl Actor {
    pub fn may(self, right: Right) -> Result<(), Refusal> {
        match self {
            Self::Staff { role, .. } if !role.has(right) => Err(Refusal::new("actor.not-allowed")),
            Self::Patient(_) | Self::Guardian { .. } => Err(Refusal::new("actor.not-allowed")),
            Self::Staff { .. } | Self::Bot(_) | Self::Program => Ok(()),
        }
    }

    pub const fn staff(self) -> Option<StaffId> {
        match self {
            Self::Staff { id, .. } => Some(id),
            Self::Patient(_) | Self::Guardian { .. } | Self::Bot(_) | Self::Program => None,
        }
    }

    /// The patient whose side acts, by themselves or by their guardian.
    pub const fn patient(self) -> Option<PatientId> {
        match self {
            Self::Patient(id) | Self::Guardian { of: id, .. } => Some(id),
            Self::Staff { .. } | Self::Bot(_) | Self::Program => None,
        }
    }

    /// Who did it for a patient.
    pub const fn guardian(self) -> Option<PatientId> {
        match self {
            Self::Guardian { id, .. } => Some(id),
            Self::Patient(_) | Self::Staff { .. } | Self::Bot(_) | Self::Program => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_channel_reads_back_from_its_name_and_its_kind_of_address() {
        for channel in Channel::ALL {
            assert_eq!(Channel::named(channel.name()), Some(channel));
            let writes_there = if channel == Channel::Telephone { Channel::Sms } else { channel };
            assert_eq!(Channel::of(channel.scheme()), writes_there);
        }
        for scheme in Scheme::ALL {
            assert_eq!(Channel::of(scheme).scheme(), scheme);
        }
    }

    #[test]
    fn a_patient_has_no_right_of_staff() {
        let patient = Actor::Patient(crate::sample::Sample::new().anna.id);
        for right in Right::ALL {
            assert_eq!(patient.may(right).unwrap_err().code(), "actor.not-allowed");
            assert!(Actor::Program.may(right).is_ok());
        }
    }
}
