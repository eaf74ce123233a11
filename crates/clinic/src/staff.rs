//! The people who work in a clinic, what each may do, and when each may be disturbed.

use kernel::{ClinicId, Hours, Locale, PersonName, StaffId};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StaffMember {
    pub id: StaffId,
    pub clinic: ClinicId,
    pub name: PersonName,
    /// How patients hear of them: 'Dr Gromov'.
    pub title: String,
    pub role: Role,
    pub locale: Locale,
    /// With this they sign in. None for somebody who does not.
    pub email: Option<String>,
    /// When they may be disturbed, and a provider treats.
    pub shifts: Hours,
    /// Treats patients: has a column in the journal.
    pub provides: Provides,
    pub employed: Employed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provides {
    Treatment,
    Nothing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Employed {
    Yes,
    Left,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Desk,
    Clinician,
    Manager,
    Owner,
}

/// What an act asks for. The table of who has what is [`Role::has`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Right {
    SeePatients,
    ChangePatients,
    SeeJournal,
    ChangeJournal,
    /// Arrived, in chair, completed.
    MarkTreatment,
    ReadConversations,
    WriteToPatients,
    SeePlaybooks,
    ChangePlaybooks,
    ChangeSettings,
    ManageStaff,
    ImportJournal,
}

impl Role {
    pub const ALL: [Self; 4] = [Self::Desk, Self::Clinician, Self::Manager, Self::Owner];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Clinician => "clinician",
            Self::Manager => "manager",
            Self::Owner => "owner",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    pub const fn has(self, right: Right) -> bool {
        match right {
            Right::SeePatients | Right::SeeJournal | Right::MarkTreatment | Right::ReadConversations | Right::SeePlaybooks => true,
            Right::ChangePatients | Right::ChangeJournal | Right::WriteToPatients => !matches!(self, Self::Clinician),
            Right::ChangePlaybooks | Right::ChangeSettings | Right::ImportJournal => matches!(self, Self::Manager | Self::Owner),
            Right::ManageStaff => matches!(self, Self::Owner),
        }
    }
}
