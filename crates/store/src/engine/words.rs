//! How the shared words of the clinic stand in a column: ids as text, instants as milliseconds, days as text.
//! A new kind of id needs its line here.

use kernel::{Date, Timestamp};

use super::value::{Cell, FromValue, Misfit, Value};

macro_rules! ids {
    ($($name:ident)*) => {$(
        impl From<kernel::$name> for Value {
            fn from(id: kernel::$name) -> Self {
                Self::text(id)
            }
        }

        impl From<&kernel::$name> for Value {
            fn from(id: &kernel::$name) -> Self {
                Self::text(id)
            }
        }

        impl FromValue for kernel::$name {
            fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
                String::from_cell(cell)?.parse().map_err(|_| Misfit(concat!("is not a ", stringify!($name))))
            }
        }
    )*};
}

ids! {
    OrganisationId ClinicId StaffId PatientId ContactPointId ChairId ServiceId VisitId ConversationId MessageId RunId
    DeskTaskId ConsentId HappeningId AccountId SessionId ImportId
}

impl From<Timestamp> for Value {
    fn from(instant: Timestamp) -> Self {
        Self::Int(instant.as_millis())
    }
}

impl FromValue for Timestamp {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        i64::from_cell(cell).map(Self::from_millis)
    }
}

impl From<Date> for Value {
    fn from(day: Date) -> Self {
        Self::text(day)
    }
}

impl FromValue for Date {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        String::from_cell(cell)?.parse().map_err(|_| Misfit("is not a day"))
    }
}
