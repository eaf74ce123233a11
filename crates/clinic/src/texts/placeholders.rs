//! The closed list of what a text for patients can name, what kind of value each is, and who may see it.

use Placeholder::{
    Address, ClinicName, Date, DateTime, EmergencyNumber, MapUrl, Minutes, Opening, PatientName, Preparation, Provider, Service, Slots,
    Time, VisitUrl, VisitorName, Visits,
};

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

impl Placeholder {
    pub const ALL: [Self; 17] = [
        PatientName,
        VisitorName,
        ClinicName,
        Provider,
        Date,
        Time,
        DateTime,
        Address,
        MapUrl,
        VisitUrl,
        Service,
        Preparation,
        Slots,
        Visits,
        Minutes,
        Opening,
        EmergencyNumber,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            PatientName => "patient_name",
            VisitorName => "visitor_name",
            ClinicName => "clinic_name",
            Provider => "provider",
            Date => "date",
            Time => "time",
            DateTime => "date_time",
            Address => "address",
            MapUrl => "map_url",
            VisitUrl => "visit_url",
            Service => "service",
            Preparation => "preparation",
            Slots => "slots",
            Visits => "visits",
            Minutes => "minutes",
            Opening => "opening",
            EmergencyNumber => "emergency_number",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|placeholder| placeholder.name() == name)
    }

    pub const fn kind(self) -> Kind {
        match self {
            PatientName | VisitorName | ClinicName | Provider | Address | Service | Preparation | EmergencyNumber => Kind::Words,
            Date | Time | DateTime | Opening => Kind::Moment,
            MapUrl | VisitUrl => Kind::Link,
            Slots | Visits => Kind::Lines,
            Minutes => Kind::Number,
        }
    }

    pub const fn sensitivity(self) -> Sensitivity {
        match self {
            Service => Sensitivity::Sensitive,
            PatientName | VisitorName | ClinicName | Provider | Date | Time | DateTime | Address | MapUrl | VisitUrl | Preparation
            | Slots | Visits | Minutes | Opening | EmergencyNumber => Sensitivity::Open,
        }
    }

    pub const fn absence(self) -> Absence {
        match self {
            PatientName | VisitorName | Provider | Address | MapUrl | VisitUrl | Opening => Absence::DropsLine,
            ClinicName | Date | Time | DateTime | Service | Preparation | Slots | Visits | Minutes | EmergencyNumber => Absence::Impossible,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_placeholder_is_found_by_its_name() {
        for placeholder in Placeholder::ALL {
            assert_eq!(Placeholder::named(placeholder.name()), Some(placeholder));
        }
        assert_eq!(Placeholder::named("diagnosis"), None);
    }
}
