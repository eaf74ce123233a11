//! The people who work in a clinic, what each may do, and when each may be disturbed.

use std::fmt;

use kernel::{Address, ClinicId, Hours, Locale, PersonName, Refusal, Scheme, StaffId, Timestamp, Zone, one_line};
use serde::{Deserialize, Serialize};

#[derive(Clone, PartialEq, Serialize, Deserialize)]
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
    /// Arrived, in chair, completed, did not come; and taking such a mark back.
    MarkTreatment,
    ReadConversations,
    WriteToPatients,
    SeePlaybooks,
    ChangePlaybooks,
    ChangeSettings,
    ManageStaff,
    ImportJournal,
}

impl StaffMember {
    /// The person as the form was filled in, or the field that cannot stay so.
    pub fn checked(mut self) -> Result<Self, Refusal> {
        self.title = one_line(&self.title, 100).map_err(|refusal| refusal.at("title"))?;
        self.email = self.email.filter(|email| !email.trim().is_empty());
        if let Some(email) = &self.email {
            let address = Address::new(Scheme::Mailto, email.trim()).map_err(|_| Refusal::new("staff.email").at("email"))?;
            self.email = Some(address.rest().to_owned());
        }
        Ok(self)
    }

    /// They lose access at once. Their visits stay in the journal.
    #[must_use]
    pub fn leave(self) -> Self {
        Self { employed: Employed::Left, ..self }
    }

    /// Within a shift: the only time when they may be disturbed.
    pub fn is_on_shift(&self, now: Timestamp, zone: &Zone) -> bool {
        self.employed == Employed::Yes && self.shifts.is_open(now.in_zone(zone))
    }

    /// Works here and has an address to sign in with.
    pub fn can_sign_in(&self) -> bool {
        self.employed == Employed::Yes && self.email.is_some()
    }
}

/// A change of staff stands only if somebody is left who can manage it. `staff` is everybody as after the change.
pub fn keeps_an_owner(staff: &[StaffMember]) -> Result<(), Refusal> {
    let owner = staff.iter().any(|member| member.role == Role::Owner && member.can_sign_in());
    if owner { Ok(()) } else { Err(Refusal::new("staff.last-owner").at("role")) }
}

impl fmt::Debug for StaffMember {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "StaffMember({}, {})", self.id, self.role.name())
    }
}

impl Right {
    pub const ALL: [Self; 12] = [
        Self::SeePatients,
        Self::ChangePatients,
        Self::SeeJournal,
        Self::ChangeJournal,
        Self::MarkTreatment,
        Self::ReadConversations,
        Self::WriteToPatients,
        Self::SeePlaybooks,
        Self::ChangePlaybooks,
        Self::ChangeSettings,
        Self::ManageStaff,
        Self::ImportJournal,
    ];
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

    /// The key of its word.
    pub fn key(self) -> String {
        format!("role-{}", self.name())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{Sample, expect_words};

    #[test]
    fn each_role_has_exactly_these_rights() {
        #[rustfmt::skip]
        let table = [
            //                          desk clinician manager owner
            (Right::SeePatients,       ["yes", "yes", "yes", "yes"]),
            (Right::ChangePatients,    ["yes", "-",   "yes", "yes"]),
            (Right::SeeJournal,        ["yes", "yes", "yes", "yes"]),
            (Right::ChangeJournal,     ["yes", "-",   "yes", "yes"]),
            (Right::MarkTreatment,     ["yes", "yes", "yes", "yes"]),
            (Right::ReadConversations, ["yes", "yes", "yes", "yes"]),
            (Right::WriteToPatients,   ["yes", "-",   "yes", "yes"]),
            (Right::SeePlaybooks,      ["yes", "yes", "yes", "yes"]),
            (Right::ChangePlaybooks,   ["-",   "-",   "yes", "yes"]),
            (Right::ChangeSettings,    ["-",   "-",   "yes", "yes"]),
            (Right::ManageStaff,       ["-",   "-",   "-",   "yes"]),
            (Right::ImportJournal,     ["-",   "-",   "yes", "yes"]),
        ];
        assert_eq!(table.map(|(right, _)| right), Right::ALL);
        for (right, row) in table {
            for (role, expected) in Role::ALL.into_iter().zip(row) {
                assert_eq!(role.has(right), expected == "yes", "{role:?} {right:?}");
            }
        }
    }

    #[test]
    fn a_role_reads_back_from_its_name_and_has_a_word_in_every_language() {
        for role in Role::ALL {
            assert_eq!(Role::named(role.name()), Some(role));
        }
        assert_eq!(Role::named("Owner"), None);
        expect_words(Role::ALL.map(Role::key));
    }

    #[test]
    fn an_email_is_one_or_is_left_out() {
        for (email, expected) in [
            (Some(" Gromov@Mosoly.Example "), Ok(Some("gromov@mosoly.example"))),
            (Some("  "), Ok(None)),
            (None, Ok(None)),
            (Some("gromov"), Err("email")),
            (Some("a@b.example\r\nBcc: c@d.example"), Err("email")),
        ] {
            let member = StaffMember { email: email.map(str::to_owned), ..Sample::new().gromov };
            let checked = member.checked().map(|member| member.email).map_err(|refusal| refusal.field().unwrap_or_default());
            assert_eq!(checked, expected.map(|email| email.map(str::to_owned)), "{email:?}");
        }
        let untitled = StaffMember { title: "\u{7}".to_owned(), ..Sample::new().gromov };
        assert_eq!(untitled.checked().unwrap_err().field(), Some("title"));
    }

    #[test]
    fn somebody_who_can_manage_staff_always_remains() {
        let world = Sample::new();
        let (owner, desk) = (world.owner, world.desk);
        let promoted = StaffMember { role: Role::Owner, ..desk.clone() };
        let silent = StaffMember { email: None, ..promoted.clone() };
        for (name, staff, stays) in [
            ("as it is", vec![owner.clone(), desk.clone()], true),
            ("the owner leaves", vec![owner.clone().leave(), desk.clone()], false),
            ("the owner becomes desk", vec![StaffMember { role: Role::Desk, ..owner.clone() }, desk], false),
            ("another owner stays", vec![owner.clone().leave(), promoted], true),
            ("the other owner cannot sign in", vec![owner.leave(), silent], false),
            ("nobody", vec![], false),
        ] {
            assert_eq!(keeps_an_owner(&staff).is_ok(), stays, "{name}");
        }
    }

    #[test]
    fn nobody_is_disturbed_outside_of_a_shift() {
        let world = Sample::new();
        let zone = &world.clinic.zone;
        for (wall, on_shift) in [("2026-11-23T09:00", true), ("2026-11-23T13:00", false), ("2026-11-22T09:00", false)] {
            let now = zone.at(wall.parse().unwrap());
            assert_eq!(world.desk.is_on_shift(now, zone), on_shift, "{wall}");
            assert!(!world.desk.clone().leave().is_on_shift(now, zone), "{wall}");
        }
    }

    #[test]
    fn a_staff_member_shows_no_name_in_debug_output() {
        let shown = format!("{:?}", Sample::new().gromov);
        assert!(shown.starts_with("StaffMember(stf_") && !shown.to_lowercase().contains("gromov"), "{shown}");
    }
}
