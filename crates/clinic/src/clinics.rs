//! A clinic: one location with its zone, hours, holidays, language and rules of sending.

use std::collections::BTreeMap;

use kernel::{ClinicId, Date, Hours, Interval, Locale, QuietHours, Timestamp, Zone};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Clinic {
    pub id: ClinicId,
    pub name: String,
    pub zone: Zone,
    pub locale: Locale,
    /// Where it is, as a patient reads it.
    pub address: String,
    /// A link that opens a map.
    pub map_url: Option<String>,
    /// The region in which a phone number without a country is read: `HU`.
    pub region: String,
    pub hours: Hours,
    /// Days that differ: a holiday is an empty list.
    pub exceptions: BTreeMap<Date, Vec<Interval>>,
    pub quiet_hours: QuietHours,
    /// Messages from playbooks that a patient may get in a day, replies apart.
    pub daily_cap: u32,
    /// Where patient pages are reached from outside: `https://desk.example`. None: links are left out.
    pub public_url: Option<String>,
}

impl Clinic {
    /// The hours of one day, holidays and other exceptions taken into account.
    pub fn open_on(&self, day: Date) -> Vec<Interval> {
        self.exceptions.get(&day).cloned().unwrap_or_else(|| self.hours.on(day.weekday()).collect())
    }

    pub fn is_open(&self, now: Timestamp) -> bool {
        let wall = now.in_zone(&self.zone);
        self.open_on(wall.date()).into_iter().any(|interval| interval.contains(wall.time()))
    }
}
