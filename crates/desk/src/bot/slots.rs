//! The search for free times over the journal as it stands.

use kernel::{Date, Timestamp};
use store::Tx;

use clinic::clinics::Clinic;
use clinic::journal::{Absence, Busy, Slot, SlotRules, SlotSearch, Visit, Wanted, pick_three};
use clinic::services::Service;

use super::facts;
use crate::ActError;

/// How far ahead patients are offered times.
const DAYS_AHEAD: i32 = 21;

/// Free times for a service, the soonest first.
pub(crate) fn free(tx: &mut Tx<'_>, clinic: &Clinic, service: &Service, wanted: &Wanted, now: Timestamp) -> Result<Vec<Slot>, ActError> {
    let (from, until) = (clinic.zone.start_of(wanted.from), clinic.zone.start_of(days_after(wanted.until, 1)));
    let providers = store::staff::of_clinic(tx, clinic.id)?;
    let chairs = store::clinics::chairs(tx, clinic.id)?;
    let services = store::clinics::services(tx, clinic.id)?;
    let absences: Vec<Absence> = store::staff::absences(tx, clinic.id, from, until)?
        .into_iter()
        .map(|(staff, from, until)| Absence { staff, from, until })
        .collect();
    let busy: Vec<Busy> =
        store::visits::between(tx, clinic.id, from, until)?.iter().filter_map(|visit| Busy::of(visit, &services)).collect();
    let search = SlotSearch {
        clinic,
        service,
        providers: &providers,
        absences: &absences,
        chairs: &chairs,
        busy: &busy,
        wanted,
        now,
        rules: SlotRules::default(),
    };
    Ok(search.find())
}

/// Times to offer instead of a visit's own: with the same provider where there are any, each another choice.
pub(crate) fn instead_of(tx: &mut Tx<'_>, visit: &Visit, besides: &[Slot], limit: usize, now: Timestamp) -> Result<Vec<Slot>, ActError> {
    let clinic = facts::clinic(tx, visit.clinic)?;
    let service = facts::service(tx, visit.service)?;
    let today = now.date(&clinic.zone);
    let mut wanted = Wanted::between(today, days_after(today, DAYS_AHEAD));
    wanted.provider = Some(visit.provider);
    let mut found = free(tx, &clinic, &service, &wanted, now)?;
    if found.len() <= besides.len() {
        wanted.provider = None;
        found = free(tx, &clinic, &service, &wanted, now)?;
    }
    found.retain(|slot| slot.starts_at != visit.starts_at && !besides.iter().any(|shown| shown.starts_at == slot.starts_at));
    let around = visit.starts_at.max(now);
    let mut picked = Vec::new();
    while picked.len() < limit {
        let three = pick_three(&found, around, &clinic.zone);
        if three.is_empty() {
            break;
        }
        found.retain(|slot| !three.contains(slot));
        picked.extend(three);
    }
    picked.truncate(limit);
    picked.sort_by_key(|slot| slot.starts_at);
    Ok(picked)
}

pub(crate) fn days_after(day: Date, days: i32) -> Date {
    day.saturating_add(jiff::Span::new().days(days))
}
