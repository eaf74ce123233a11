//! The slot search against a slow and obvious one, and the days that are special.
#![cfg(test)]

use std::time::Duration;

use kernel::{ChairId, Date, Time, Timestamp, Weekday, Zone};
use proptest::prelude::*;

use super::*;
use crate::sample::Sample;
use crate::services::Offered;
use crate::staff::Provides;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn search<'a>(world: &'a Sample, providers: &'a [crate::staff::StaffMember], busy: &'a [Busy], wanted: &'a Wanted) -> SlotSearch<'a> {
    SlotSearch {
        clinic: &world.clinic,
        service: &world.service,
        providers,
        absences: &[],
        chairs: &world.chairs,
        busy,
        wanted,
        now: world.monday_nine() - Duration::from_hours(72),
        rules: SlotRules { limit: 10_000, ..SlotRules::default() },
    }
}

/// The walls' times of slots: `23 09:00`.
fn times(slots: &[Slot], zone: &Zone) -> Vec<String> {
    slots.iter().map(|slot| slot.starts_at.in_zone(zone).strftime("%d %H:%M").to_string()).collect()
}

#[test]
fn a_day_has_the_slots_that_its_hours_breaks_and_visits_leave() {
    let mut world = Sample::new();
    world.service.minutes = 60;
    let monday = Wanted::between(day("2026-11-23"), day("2026-11-23"));
    let providers = [world.gromov.clone()];
    let hourly = SlotRules { step_minutes: 60, ..SlotRules::default() };
    let found = SlotSearch { rules: hourly, ..search(&world, &providers, &[], &monday) }.find();
    assert_eq!(
        times(&found, &world.clinic.zone).join(", "),
        "23 09:00, 23 10:00, 23 11:00, 23 12:00, 23 14:00, 23 15:00, 23 16:00, 23 17:00"
    );
    let ten = world.monday_nine() + Duration::from_hours(1);
    let busy = [Busy { provider: world.gromov.id, chair: None, starts_at: ten, ends_at: ten + Duration::from_mins(70) }];
    let found = SlotSearch { rules: hourly, ..search(&world, &providers, &busy, &monday) }.find();
    assert_eq!(times(&found, &world.clinic.zone).join(", "), "23 09:00, 23 12:00, 23 14:00, 23 15:00, 23 16:00, 23 17:00");
    let late = world.monday_nine() + Duration::from_mins(241);
    let found = SlotSearch { rules: hourly, now: late, ..search(&world, &providers, &[], &monday) }.find();
    assert_eq!(times(&found, &world.clinic.zone).join(", "), "23 16:00, 23 17:00", "two hours of notice");
}

#[test]
fn wishes_holidays_and_absences_are_respected() {
    let mut world = Sample::new();
    world.clinic.exceptions.insert(day("2026-11-24"), vec![]);
    world.clinic.exceptions.insert(day("2026-11-28"), vec![Sample::hours("09:00-11:00")]);
    world.gromov.shifts = "mon-sat 09:00-18:00".parse().unwrap();
    let week = Wanted::between(day("2026-11-23"), day("2026-11-29"));
    let providers = [world.gromov.clone(), world.lind.clone(), world.desk.clone()];
    let hourly = SlotRules { step_minutes: 60, ..SlotRules::default() };
    let wednesday = world.clinic.zone.start_of(day("2026-11-25"));
    let away = [Absence::new(world.gromov.id, wednesday, wednesday + Duration::from_hours(48)).unwrap()];
    let found = |wanted: &Wanted| {
        let found = SlotSearch { rules: hourly, absences: &away, ..search(&world, &providers, &[], wanted) }.find();
        assert!(found.iter().all(|slot| slot.provider != world.desk.id));
        times(&found, &world.clinic.zone)
    };
    let of_gromov = Wanted { provider: Some(world.gromov.id), ..week.clone() };
    let days: std::collections::BTreeSet<_> = found(&of_gromov).iter().map(|time| time[..2].to_owned()).collect();
    assert_eq!(days.into_iter().collect::<Vec<_>>().join(" "), "23 27 28", "no holiday, no absence, no Sunday");
    let mornings = Wanted { dayparts: vec![Daypart::Morning], weekdays: vec![Weekday::Saturday], ..week.clone() };
    assert_eq!(found(&mornings), ["28 09:00", "28 10:00"]);
    let after_four = Wanted { earliest: Some(Time::constant(16, 30, 0, 0)), weekdays: vec![Weekday::Wednesday], ..week.clone() };
    assert_eq!(found(&after_four), ["25 17:00"]);
    assert_eq!(found(&Wanted::between(day("2026-11-29"), day("2026-11-23"))), [""; 0]);
}

#[test]
fn a_chair_is_given_only_where_the_service_can_be_done() {
    let mut world = Sample::new();
    let nine = world.monday_nine();
    let monday = Wanted { dayparts: vec![Daypart::Morning], ..Wanted::between(day("2026-11-23"), day("2026-11-23")) };
    let providers = [world.gromov.clone()];
    let (one, two) = (world.chairs[0].id, world.chairs[1].id);
    let taken = [Busy { provider: world.lind.id, chair: Some(one), starts_at: nine, ends_at: nine + Duration::from_hours(2) }];
    let hourly = SlotRules { step_minutes: 60, ..SlotRules::default() };
    let chairs = |world: &Sample| -> Vec<Option<ChairId>> {
        let found = SlotSearch { rules: hourly, ..search(world, &providers, &taken, &monday) }.find();
        found.iter().map(|slot| slot.chair).collect()
    };
    assert_eq!(chairs(&world), [Some(two), Some(two), Some(one)]);
    world.service.chairs = vec![one];
    assert_eq!(chairs(&world), [Some(one)]);
    world.service.chairs = vec![two];
    world.chairs.truncate(1);
    assert_eq!(chairs(&world), []);
    world.service.chairs.clear();
    world.chairs.clear();
    assert_eq!(chairs(&world), [None; 3]);
    world.service.offered = Offered::Retired;
    assert_eq!(chairs(&world), []);
}

#[test]
fn the_hour_that_a_clock_change_skips_is_not_offered_and_the_repeated_one_once() {
    let mut world = Sample::new();
    world.service.minutes = 30;
    world.clinic.hours = "sun 00:00-06:00".parse().unwrap();
    world.gromov.shifts = "sun 00:00-24:00".parse().unwrap();
    let providers = [world.gromov.clone()];
    for (text, expected) in [
        ("2026-03-29", "00:00, 00:30, 01:00, 01:30, 03:00, 03:30, 04:00, 04:30, 05:00, 05:30"),
        ("2026-10-25", "00:00, 00:30, 01:00, 01:30, 02:00, 02:30, 02:00, 02:30, 03:00, 03:30, 04:00, 04:30, 05:00, 05:30"),
    ] {
        let wanted = Wanted::between(day(text), day(text));
        let rules = SlotRules { step_minutes: 30, ..SlotRules::default() };
        let now = Timestamp::from_millis(0);
        let found = SlotSearch { now, rules, ..search(&world, &providers, &[], &wanted) }.find();
        let times: Vec<_> = times(&found, &world.clinic.zone).iter().map(|time| time[3..].to_owned()).collect();
        assert_eq!(times.join(", "), expected, "{text}");
        let early = Wanted { earliest: Some(Time::constant(3, 0, 0, 0)), ..wanted };
        let found = SlotSearch { now, rules, ..search(&world, &providers, &[], &early) }.find();
        assert_eq!(found[0].starts_at, world.clinic.zone.at(day(text).at(3, 0, 0, 0)), "{text}");
    }
}

#[derive(Debug, Clone)]
struct Journal {
    hours: (u8, u8),
    shift: (u8, u8),
    minutes: u32,
    buffer: u32,
    /// Provider, chair, minute of the three days, length.
    busy: Vec<(usize, Option<usize>, u32, u32)>,
    away: Option<(usize, u32, u32)>,
    notice: u32,
    daypart: Option<Daypart>,
}

fn journals() -> impl Strategy<Value = Journal> {
    let hours = (6_u8..12, 13_u8..=24);
    let busy = prop::collection::vec((0..2_usize, prop::option::of(0..2_usize), 0..4_320_u32, 0..150_u32), 0..12);
    let away = prop::option::of((0..2_usize, 0..4_320_u32, 1..2_000_u32));
    let daypart = prop::option::of(prop::sample::select(Daypart::ALL.to_vec()));
    let lengths = (10_u32..120, 0_u32..25);
    (hours.clone(), hours, lengths, busy, away, 0_u32..3_000, daypart).prop_map(|(hours, shift, lengths, busy, away, notice, daypart)| {
        Journal { hours, shift, minutes: lengths.0, buffer: lengths.1, busy, away, notice, daypart }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Three days around the spring change of the clocks, two dentists, two chairs.
    #[test]
    fn the_search_finds_what_trying_every_time_finds(journal in journals()) {
        let mut world = Sample::new();
        let zone = world.clinic.zone.clone();
        let (first, last) = (day("2026-03-28"), day("2026-03-30"));
        let begin = zone.start_of(first);
        let at = |minute: u32| begin + Duration::from_mins(u64::from(minute));
        world.clinic.hours = format!("mon-sun {:02}:00-{:02}:00", journal.hours.0, journal.hours.1).parse().unwrap();
        world.lind.shifts = format!("mon-sun {:02}:00-{:02}:00", journal.shift.0, journal.shift.1).parse().unwrap();
        world.gromov.shifts = "sat-mon 00:00-24:00".parse().unwrap();
        world.service.minutes = journal.minutes;
        world.service.buffer_minutes = journal.buffer;
        let providers = [world.gromov.clone(), world.lind.clone()];
        let busy: Vec<_> = journal.busy.iter().map(|(provider, chair, from, length)| Busy {
            provider: providers[*provider].id,
            chair: chair.map(|chair| world.chairs[chair].id),
            starts_at: at(*from),
            ends_at: at(from + length),
        }).collect();
        let absences: Vec<_> = journal.away.iter()
            .map(|(provider, from, length)| Absence::new(providers[*provider].id, at(*from), at(from + length)).unwrap()).collect();
        let wanted = Wanted { dayparts: journal.daypart.into_iter().collect(), ..Wanted::between(first, last) };
        let rules = SlotRules { notice_minutes: journal.notice, limit: 10_000, ..SlotRules::default() };
        let asked = SlotSearch { absences: &absences, now: begin, rules, ..search(&world, &providers, &busy, &wanted) };
        let found = asked.find();

        let mut expected = Vec::new();
        for minute in (0..3 * 1_440).step_by(5) {
            for provider in &providers {
                expected.extend(slow(&asked, provider, at(minute)));
            }
        }
        prop_assert_eq!(&found, &expected);
    }

    #[test]
    fn three_offers_are_free_slots_that_differ(journal in journals(), around in 0..4_320_u32) {
        let world = Sample::new();
        let zone = world.clinic.zone.clone();
        let providers = [world.gromov.clone(), world.lind.clone()];
        let begin = zone.start_of(day("2026-11-23"));
        let busy: Vec<_> = journal.busy.iter().map(|(provider, _, from, length)| Busy {
            provider: providers[*provider].id,
            chair: None,
            starts_at: begin + Duration::from_mins(u64::from(*from)),
            ends_at: begin + Duration::from_mins(u64::from(from + 4 * length)),
        }).collect();
        let wanted = Wanted::between(day("2026-11-23"), day("2026-11-25"));
        let slots = search(&world, &providers, &busy, &wanted).find();
        let around = begin + Duration::from_mins(u64::from(around));
        let offers = pick_three(&slots, around, &zone);
        prop_assert!(offers.len() <= 3 && offers.iter().all(|offer| slots.contains(offer)));
        let mut times: Vec<_> = offers.iter().map(|offer| offer.starts_at).chain([around]).collect();
        times.sort_unstable();
        prop_assert!(times.windows(2).all(|pair| pair[1].since(pair[0]) >= Duration::from_hours(1)));
        let left_out = slots.iter().find(|slot| times.iter().all(|time| {
            slot.starts_at.since(*time) >= Duration::from_hours(1) || time.since(slot.starts_at) >= Duration::from_hours(1)
        }));
        prop_assert!(offers.len() == 3 || left_out.is_none(), "{:?} would have fitted", left_out);
    }
}

/// One slot by the words of the rule, asking the wall for everything.
fn slow(asked: &SlotSearch<'_>, provider: &crate::staff::StaffMember, starts_at: Timestamp) -> Option<Slot> {
    let zone = &asked.clinic.zone;
    let wall = starts_at.in_zone(zone);
    let length = Duration::from_mins(u64::from(asked.service.minutes));
    let buffer = Duration::from_mins(u64::from(asked.service.buffer_minutes));
    let slot = Slot { provider: provider.id, chair: None, starts_at, ends_at: starts_at + length };
    let within = |intervals: Vec<kernel::Interval>| {
        intervals.into_iter().any(|interval| {
            let (from, until) = interval.on(wall.date());
            zone.at(from) <= slot.starts_at && slot.ends_at <= zone.at(until)
        })
    };
    let overlaps = |from: Timestamp, until: Timestamp, end: Timestamp| from < until && from < end && starts_at < until;
    let treats = provider.provides == Provides::Treatment
        && within(asked.clinic.open_on(wall.date()))
        && within(provider.shifts.on(wall.date().weekday()).collect());
    let wished = wall.minute() % 15 == 0
        && starts_at >= asked.now + Duration::from_mins(u64::from(asked.rules.notice_minutes))
        && (asked.wanted.dayparts.is_empty() || asked.wanted.dayparts.contains(&Daypart::of(wall.time())));
    let taken = |fits: &dyn Fn(&Busy) -> bool| {
        asked.busy.iter().any(|busy| fits(busy) && overlaps(busy.starts_at, busy.ends_at, slot.ends_at + buffer))
    };
    let away = asked.absences.iter().any(|absence| absence.staff == provider.id && overlaps(absence.from, absence.until, slot.ends_at));
    if !treats || !wished || away || taken(&|busy| busy.provider == provider.id) {
        return None;
    }
    let chair = asked.chairs.iter().find(|chair| !taken(&|busy| busy.chair == Some(chair.id)))?;
    Some(Slot { chair: Some(chair.id), ..slot })
}

#[test]
fn offers_stay_near_the_old_hour_and_day_and_differ() {
    let world = Sample::new();
    let providers = [world.gromov.clone()];
    let wanted = Wanted::between(day("2026-11-23"), day("2026-11-27"));
    let slots = search(&world, &providers, &[], &wanted).find();
    let offers = pick_three(&slots, world.clinic.zone.at("2026-11-24T10:00".parse().unwrap()), &world.clinic.zone);
    assert_eq!(times(&offers, &world.clinic.zone), ["23 10:00", "24 12:00", "25 10:00"]);
    let quarters = &slots[..4];
    let offers = pick_three(quarters, world.clinic.zone.at("2026-11-24T10:00".parse().unwrap()), &world.clinic.zone);
    assert_eq!(times(&offers, &world.clinic.zone), ["23 09:45"], "three adjacent quarters are no choice");
}
