//! When a step is due, worked out from the journal as it stands.

use std::time::Duration;

use kernel::Timestamp;

use super::{Facts, Run, Step, When};

const EVENING_LEAD: Duration = Duration::from_hours(1);

/// The instant at which `step` is due, or none if it has no moment of its own. `done_at` is when the step before ended.
pub fn moment(step: &Step, run: &Run, facts: &Facts<'_>, done_at: Timestamp) -> Option<Timestamp> {
    let visit = run.visit().and_then(|id| facts.visit(id));
    let zone = &facts.clinic.zone;
    match step.when? {
        When::After(span) => Some(done_at + span),
        When::AfterStart(span) => visit.map(|visit| visit.starts_at + span),
        When::DaysBefore { days, at } => visit.map(|visit| {
            let day = visit.starts_at.date(zone).saturating_sub(jiff::Span::new().days(days));
            zone.at(day.to_datetime(at))
        }),
        When::Before(span) => visit.map(|visit| {
            let moment = visit.starts_at - span;
            let quiet = facts.clinic.quiet_hours;
            if quiet.until_allowed(moment, zone).is_none() {
                return moment;
            }
            // the evening on which this quiet began: of the same day for a visit late at night
            let wall = moment.in_zone(zone);
            let begins_today = wall.time() >= quiet.from;
            let evening = if begins_today { wall.date() } else { wall.date().saturating_sub(jiff::Span::new().days(1)) };
            zone.at(evening.to_datetime(quiet.from)) - EVENING_LEAD
        }),
    }
}

/// How long after its moment a step is still worth doing: three quarters of the time left to the visit, at most 6 hours.
pub(super) fn grace(moment: Timestamp, starts_at: Option<Timestamp>) -> Duration {
    let most = Duration::from_hours(6);
    starts_at.map_or(most, |starts_at| most.min(starts_at.since(moment) * 3 / 4))
}
