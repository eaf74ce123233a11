//! A clinic: one location with its zone, hours, holidays, language and rules of sending.

use std::collections::BTreeMap;

use kernel::{ClinicId, Date, Hours, Interval, Locale, QuietHours, Zone};
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
