//! The closed list of what a text for patients can name, what kind of value each is, and who may see it.

use Absence::{DropsLine, Impossible};
use Placeholder::{
    Address, ClinicName, Date, DateTime, EmergencyNumber, MapUrl, Minutes, Opening, PatientName, Preparation, Provider, Service, Slots,
    Time, VisitUrl, VisitorName, Visits,
};
use Sensitivity::{Open, Sensitive};

/// Written in a text as `{ $patient_name }`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Placeholder {
    /// How the reader is greeted.
    PatientName,
    /// For whom the visit is, where that is not the reader: a child.
    VisitorName,
    ClinicName,
    Provider,
    Date,
    Time,
    DateTime,
    Address,
    MapUrl,
    VisitUrl,
    /// What is done at the visit.
    Service,
    /// How to prepare, in the words that the clinic wrote to be sent.
    Preparation,
    /// Free times, one a line.
    Slots,
    /// Several visits, one a line.
    Visits,
    Minutes,
    /// By when a person answers.
    Opening,
    EmergencyNumber,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Words,
    Moment,
    /// Only a number can choose between the forms of a text: `{ $minutes -> [one] ... }`.
    Number,
    Link,
    Lines,
}

/// Whether a stranger who sees the screen learns something about the patient's health. What is sensitive
/// is refused on a lock screen, and at an address that nobody has verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sensitivity {
    #[default]
    Open,
    Sensitive,
}

/// What becomes of a text that has no value for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absence {
    /// The text cannot be said.
    Impossible,
    /// The line in which it stands is left out.
    DropsLine,
}

/// All of them with what is known of each, in the order in which they are declared.
const TABLE: [(Placeholder, &str, Kind, Sensitivity, Absence); 17] = [
    (PatientName, "patient_name", Kind::Words, Open, DropsLine),
    (VisitorName, "visitor_name", Kind::Words, Open, DropsLine),
    (ClinicName, "clinic_name", Kind::Words, Open, Impossible),
    (Provider, "provider", Kind::Words, Open, DropsLine),
    (Date, "date", Kind::Moment, Open, Impossible),
    (Time, "time", Kind::Moment, Open, Impossible),
    (DateTime, "date_time", Kind::Moment, Open, Impossible),
    (Address, "address", Kind::Words, Open, DropsLine),
    (MapUrl, "map_url", Kind::Link, Open, DropsLine),
    (VisitUrl, "visit_url", Kind::Link, Open, DropsLine),
    (Service, "service", Kind::Words, Sensitive, Impossible),
    (Preparation, "preparation", Kind::Words, Open, Impossible),
    (Slots, "slots", Kind::Lines, Open, Impossible),
    (Visits, "visits", Kind::Lines, Open, Impossible),
    (Minutes, "minutes", Kind::Number, Open, Impossible),
    (Opening, "opening", Kind::Moment, Open, DropsLine),
    (EmergencyNumber, "emergency_number", Kind::Words, Open, Impossible),
];

impl Placeholder {
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|(placeholder, ..)| *placeholder)
    }

    pub const fn name(self) -> &'static str {
        TABLE[self as usize].1
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|placeholder| placeholder.name() == name)
    }

    pub const fn kind(self) -> Kind {
        TABLE[self as usize].2
    }

    pub const fn sensitivity(self) -> Sensitivity {
        TABLE[self as usize].3
    }

    pub const fn absence(self) -> Absence {
        TABLE[self as usize].4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_placeholder_has_its_row_and_is_found_by_its_name() {
        for (row, placeholder) in Placeholder::all().enumerate() {
            assert_eq!(placeholder as usize, row, "the table is in the order of the list");
            assert_eq!(Placeholder::named(placeholder.name()), Some(placeholder));
        }
        assert_eq!(Placeholder::named("diagnosis"), None);
    }
}
