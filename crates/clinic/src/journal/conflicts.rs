//! Nobody is treated in two places at once, and no two patients share a chair.
//!
//! The buffer after a visit is soft for people at the desk, who know what can be hurried, and hard for what is offered
//! to patients: [`conflicts`] looks at the visits alone, [`Busy`] with its buffer is what the slot search avoids.

use std::time::Duration;

use kernel::{ChairId, Refusal, StaffId, Timestamp, VisitId};

use super::{Slot, Visit};
use crate::services::Service;

/// What stands in the way, and which visit it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conflict {
    Provider(VisitId),
    Chair(VisitId),
}

impl Conflict {
    /// As staff read it. A patient reads `slot.taken`.
    pub fn refusal(self) -> Refusal {
        match self {
            Self::Provider(_) => Refusal::new("slot.provider-busy").at("provider"),
            Self::Chair(_) => Refusal::new("slot.chair-busy").at("chair"),
        }
    }

    pub const fn visit(self) -> VisitId {
        match self {
            Self::Provider(visit) | Self::Chair(visit) => visit,
        }
    }
}

/// The first visit that takes the provider or the chair during the slot. `except` is the visit that is being moved.
pub fn conflicts(existing: &[Visit], slot: &Slot, except: Option<VisitId>) -> Option<Conflict> {
    existing
        .iter()
        .filter(|visit| Some(visit.id) != except && visit.state.takes_time())
        .filter(|visit| visit.starts_at < slot.ends_at && slot.starts_at < visit.ends_at)
        .find_map(|visit| {
            if visit.provider == slot.provider {
                return Some(Conflict::Provider(visit.id));
            }
            (visit.chair.is_some() && visit.chair == slot.chair).then_some(Conflict::Chair(visit.id))
        })
}

/// A time in which a provider and a chair are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy {
    pub provider: StaffId,
    pub chair: Option<ChairId>,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
}

impl Busy {
    /// A visit with the buffer of its service; nothing if it no longer takes time.
    pub fn of(visit: &Visit, services: &[Service]) -> Option<Self> {
        let service = services.iter().find(|service| service.id == visit.service);
        let buffer = Duration::from_mins(service.map_or(0, |service| u64::from(service.buffer_minutes)));
        visit.state.takes_time().then(|| Self {
            provider: visit.provider,
            chair: visit.chair,
            starts_at: visit.starts_at,
            ends_at: visit.ends_at + buffer,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actors::{Actor, Origin};
    use crate::journal::CancelReason;
    use crate::sample::Sample;

    #[test]
    fn a_slot_conflicts_with_whoever_has_its_provider_or_its_chair() {
        let mut world = Sample::new();
        let nine = world.monday_nine();
        let taken =
            Slot { provider: world.gromov.id, chair: Some(world.chairs[1].id), starts_at: nine, ends_at: nine + Duration::from_hours(1) };
        let visit = world.booked(taken);
        let cancelled = world.booked(taken).cancel(CancelReason::Mistake, Actor::Program, Origin::Program, nine).unwrap().0;
        let journal = [cancelled, visit];
        let id = journal[1].id;
        let minutes = |count: u64| nine + Duration::from_mins(count);
        let elsewhere = Slot { provider: world.lind.id, chair: Some(world.chairs[0].id), ..taken };
        for (name, slot, expected) in [
            ("the same", taken, Some(Conflict::Provider(id))),
            ("another chair", Slot { chair: Some(world.chairs[0].id), ..taken }, Some(Conflict::Provider(id))),
            ("another provider", Slot { provider: world.lind.id, ..taken }, Some(Conflict::Chair(id))),
            ("no chair", Slot { chair: None, provider: world.lind.id, ..taken }, None),
            ("elsewhere", elsewhere, None),
            ("right after", Slot { starts_at: minutes(60), ends_at: minutes(90), ..taken }, None),
            ("right before", Slot { starts_at: nine - Duration::from_hours(1), ends_at: nine, ..taken }, None),
            ("a minute into it", Slot { starts_at: minutes(59), ends_at: minutes(90), ..taken }, Some(Conflict::Provider(id))),
            ("around it", Slot { starts_at: nine - Duration::from_hours(1), ends_at: minutes(90), ..taken }, Some(Conflict::Provider(id))),
            ("within it", Slot { starts_at: minutes(20), ends_at: minutes(30), ..taken }, Some(Conflict::Provider(id))),
        ] {
            assert_eq!(conflicts(&journal, &slot, None), expected, "{name}");
            assert_eq!(conflicts(&journal, &slot, Some(id)), None, "{name}, when that visit itself is moved");
        }
    }

    #[test]
    fn what_is_offered_keeps_the_buffer_that_the_desk_may_break() {
        let mut world = Sample::new();
        let nine = world.monday_nine();
        let ten = nine + Duration::from_hours(1);
        let visit = world.booked(Slot { provider: world.gromov.id, chair: None, starts_at: nine, ends_at: ten });
        world.service.buffer_minutes = 10;
        let next = Slot { provider: world.gromov.id, chair: None, starts_at: ten, ends_at: ten + Duration::from_hours(1) };
        assert_eq!(conflicts(std::slice::from_ref(&visit), &next, None), None);
        let busy = Busy::of(&visit, std::slice::from_ref(&world.service)).unwrap();
        assert_eq!(busy.ends_at, ten + Duration::from_mins(10));
        let cancelled = visit.cancel(CancelReason::Other, Actor::Program, Origin::Program, nine).unwrap().0;
        assert_eq!(Busy::of(&cancelled, &[world.service]), None);
    }
}
