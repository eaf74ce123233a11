//! What can be booked.

use kernel::{ChairId, ClinicId, Refusal, ServiceId, StaffId, one_line, some_lines};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Service {
    pub id: ServiceId,
    pub clinic: ClinicId,
    pub name: String,
    pub minutes: u32,
    /// Kept free after the visit, for cleaning and notes.
    pub buffer_minutes: u32,
    /// Who may do it. Empty: every provider of the clinic.
    pub providers: Vec<StaffId>,
    /// Where it can be done. Empty: any chair.
    pub chairs: Vec<ChairId>,
    /// How to prepare, as the patient reads it.
    pub preparation: String,
    pub offered: Offered,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Offered {
    Yes,
    Retired,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chair {
    pub id: ChairId,
    pub clinic: ClinicId,
    pub name: String,
}

/// From a look at a bracket to a day in the theatre.
const MINUTES: std::ops::RangeInclusive<u32> = 5..=720;
const MOST_BUFFER: u32 = 240;

impl Service {
    pub fn checked(mut self) -> Result<Self, Refusal> {
        self.name = one_line(&self.name, 200).map_err(|refusal| refusal.at("name"))?;
        self.preparation = some_lines(&self.preparation, 2_000).map_err(|refusal| refusal.at("preparation"))?;
        if !MINUTES.contains(&self.minutes) {
            let (least, most) = (*MINUTES.start(), *MINUTES.end());
            return Err(Refusal::new("service.minutes").at("minutes").with("least", least).with("most", most));
        }
        if self.buffer_minutes > MOST_BUFFER {
            return Err(Refusal::new("service.buffer").at("buffer_minutes").with("most", MOST_BUFFER));
        }
        Ok(self)
    }
}

impl Chair {
    pub fn checked(mut self) -> Result<Self, Refusal> {
        self.name = one_line(&self.name, 60).map_err(|refusal| refusal.at("name"))?;
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;

    #[test]
    fn a_service_lasts_a_sensible_time_and_has_a_name() {
        let check = |change: fn(&mut Service)| {
            let mut service = Sample::new().service;
            change(&mut service);
            service.checked().map(|service| service.name).map_err(|refusal| refusal.field().unwrap_or_default())
        };
        assert_eq!(check(|service| service.name = " Filling\t".to_owned()), Ok("Filling".to_owned()));
        assert_eq!(check(|service| service.name.clear()), Err("name"));
        assert_eq!(check(|service| service.minutes = 4), Err("minutes"));
        assert_eq!(check(|service| service.minutes = 721), Err("minutes"));
        assert_eq!(check(|service| service.buffer_minutes = 241), Err("buffer_minutes"));
        assert_eq!(check(|service| service.preparation = "x".repeat(2_001)), Err("preparation"));
        assert!(check(|service| (service.minutes, service.buffer_minutes) = (5, 0)).is_ok());
        assert!(check(|service| (service.minutes, service.buffer_minutes) = (720, 240)).is_ok());
    }

    #[test]
    fn a_chair_has_a_name() {
        let chair = Sample::new().chairs.remove(0);
        assert_eq!(Chair { name: " 2 ".to_owned(), ..chair.clone() }.checked().unwrap().name, "2");
        assert_eq!(Chair { name: String::new(), ..chair }.checked().unwrap_err().field(), Some("name"));
    }
}
