//! A clinic: one location with its zone, hours, holidays, language and rules of sending.

use std::collections::BTreeMap;

use kernel::{ClinicId, Date, Hours, Interval, Locale, QuietHours, Refusal, Timestamp, Zone, one_line, some_lines};
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

/// More than this from playbooks in a day would be a flood by anybody's measure.
const MOST_A_DAY: u32 = 10;

impl Clinic {
    /// The clinic as its settings were filled in, or the field that cannot stay so.
    pub fn checked(self) -> Result<Self, Refusal> {
        let name = one_line(&self.name, 200).map_err(|refusal| refusal.at("name"))?;
        let address = some_lines(&self.address, 400).map_err(|refusal| refusal.at("address"))?;
        if self.region.len() != 2 || !self.region.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(Refusal::new("clinic.region").at("region"));
        }
        if self.map_url.as_deref().is_some_and(|url| host(url).is_none()) {
            return Err(Refusal::new("clinic.url").at("map_url"));
        }
        // Links are made by adding a path to it.
        let public_url = self.public_url.map(|url| url.trim_end_matches('/').to_owned());
        if public_url.as_deref().is_some_and(|url| host(url).is_none_or(|host| url.len() != url.find(host).unwrap_or(0) + host.len())) {
            return Err(Refusal::new("clinic.public-url").at("public_url"));
        }
        if self.quiet_hours.from == self.quiet_hours.until {
            return Err(Refusal::new("clinic.quiet-hours").at("quiet_hours"));
        }
        if !(1..=MOST_A_DAY).contains(&self.daily_cap) {
            return Err(Refusal::new("clinic.daily-cap").at("daily_cap").with("most", MOST_A_DAY));
        }
        for (day, intervals) in &self.exceptions {
            // The same rule as for a week, asked of one day.
            Hours::new(intervals.iter().map(|interval| (day.weekday(), *interval)).collect())
                .map_err(|refusal| refusal.at("exceptions"))?;
        }
        Ok(Self { name, address, public_url, ..self })
    }

    /// The hours of one day, holidays and other exceptions taken into account.
    pub fn open_on(&self, day: Date) -> Vec<Interval> {
        self.exceptions.get(&day).cloned().unwrap_or_else(|| self.hours.on(day.weekday()).collect())
    }

    pub fn is_open(&self, now: Timestamp) -> bool {
        let wall = now.in_zone(&self.zone);
        self.open_on(wall.date()).into_iter().any(|interval| interval.contains(wall.time()))
    }
}

/// The host and port of a web address, if it is one.
fn host(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>\"'`\\".contains(c);
    let host = rest.split(['/', '?', '#']).next()?;
    let fits = !host.is_empty() && !host.contains('@') && !host.starts_with([':', '.']) && rest.chars().all(plain);
    fits.then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;

    fn refused(change: impl FnOnce(&mut Clinic)) -> Option<(&'static str, Option<&'static str>)> {
        let mut clinic = Sample::new().clinic;
        change(&mut clinic);
        clinic.checked().err().map(|refusal| (refusal.code(), refusal.field()))
    }

    #[test]
    fn settings_that_cannot_stay_so_name_their_field() {
        assert_eq!(refused(|_| {}), None);
        assert_eq!(refused(|clinic| clinic.name = " ".to_owned()), Some(("line.empty", Some("name"))));
        assert_eq!(refused(|clinic| clinic.address = "x".repeat(401)), Some(("line.too-long", Some("address"))));
        assert_eq!(refused(|clinic| clinic.region = "hu".to_owned()), Some(("clinic.region", Some("region"))));
        assert_eq!(refused(|clinic| clinic.quiet_hours.from = clinic.quiet_hours.until), Some(("clinic.quiet-hours", Some("quiet_hours"))));
        for (cap, code) in [(0, Some("clinic.daily-cap")), (1, None), (10, None), (11, Some("clinic.daily-cap"))] {
            assert_eq!(refused(|clinic| clinic.daily_cap = cap).map(|refused| refused.0), code, "{cap}");
        }
        let day = "2026-12-24".parse().unwrap();
        let overlap = vec![Sample::hours("09:00-12:00"), Sample::hours("11:00-13:00")];
        assert_eq!(refused(|clinic| drop(clinic.exceptions.insert(day, overlap))), Some(("hours.overlap", Some("exceptions"))));
    }

    #[test]
    fn a_web_address_is_told_from_what_is_none() {
        for (url, map, public) in [
            ("https://desk.example", true, true),
            ("https://desk.example/", true, true),
            ("http://127.0.0.1:8080", true, true),
            ("https://maps.example/?q=47.5,19.1", true, false),
            ("https://desk.example/clinic", true, false),
            ("https://", false, false),
            ("ftp://desk.example", false, false),
            ("javascript:alert(1)", false, false),
            ("https://desk.example\" onclick=", false, false),
            ("https://somebody@desk.example", false, false),
            ("desk.example", false, false),
        ] {
            let as_map = refused(|clinic| clinic.map_url = Some(url.to_owned()));
            assert_eq!(as_map.is_none(), map, "map {url}");
            let as_public = refused(|clinic| clinic.public_url = Some(url.to_owned()));
            assert_eq!(as_public.is_none(), public, "public {url}");
        }
    }

    #[test]
    fn a_clinic_is_open_by_its_week_and_its_exceptions() {
        let mut clinic = Sample::new().clinic;
        clinic.exceptions.insert("2026-11-24".parse().unwrap(), vec![]);
        clinic.exceptions.insert("2026-11-28".parse().unwrap(), vec![Sample::hours("10:00-12:00")]);
        for (wall, open) in [
            ("2026-11-23T08:59", false),
            ("2026-11-23T09:00", true),
            ("2026-11-23T13:30", false),
            ("2026-11-24T10:00", false),
            ("2026-11-28T10:00", true),
            ("2026-11-28T12:00", false),
        ] {
            assert_eq!(clinic.is_open(clinic.zone.at(wall.parse().unwrap())), open, "{wall}");
        }
    }
}
