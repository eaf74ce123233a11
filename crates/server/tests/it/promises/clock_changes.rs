//! Days on which the clocks change, and a machine whose clock jumps: every reminder comes at its hour by the wall of the
//! clinic, says the right time, and comes once.

use std::time::Duration;

use clinic::journal::{Slot, Visit};
use desk::loops::next_due;
use kernel::{Chance, Date, QuietHours, Time, Timestamp, Zone};
use store::trial::Room;
use store::{Engine, Store};

use super::{Measure, Trial, tried};
use crate::world::{Account, Sent, World};

const JUMPS: Measure = Measure { name: "CAREDESK_TRIAL_JUMPS", in_check: 10, each: 1 };

const MINUTE: Duration = Duration::from_mins(1);
const DAY: Duration = Duration::from_hours(24);

/// A zone, a day on which its clocks change, and a time of that night that there is not, or twice.
const CHANGES: [(&str, &str, &str); 8] = [
    ("Europe/Budapest", "2027-03-28", "02:30"),
    ("Europe/Budapest", "2027-10-31", "02:30"),
    ("America/New_York", "2027-03-14", "02:30"),
    ("America/New_York", "2027-11-07", "01:30"),
    // half an hour
    ("Australia/Lord_Howe", "2027-10-03", "02:15"),
    ("Australia/Lord_Howe", "2027-04-04", "01:45"),
    // at midnight, when clocks there still changed
    ("Asia/Tehran", "2022-03-22", "00:30"),
    ("Asia/Tehran", "2022-09-21", "23:30"),
];

/// What is said of a visit before it, by a few words of the text.
const KINDS: [(&str, Kind); 3] = [
    ("A visit to Mosoly is coming up", Kind::DaysBefore(3)),
    ("We are expecting you soon", Kind::DaysBefore(1)),
    ("we have kept the time for you", Kind::Soon),
];

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    /// At ten.
    DaysBefore(i64),
    /// Two hours before it; where that is in the quiet hours, an hour before they begin.
    Soon,
}

#[test]
fn every_reminder_comes_once_at_its_hour_around_days_on_which_the_clocks_change() {
    for (zone, day, night) in CHANGES {
        tried(async { around(Room::on(Engine::Sqlite).store().await, zone, day, night).await });
    }
    let (zone, day, night) = CHANGES[4];
    let room = Room::on(Engine::Postgres);
    tried(async { around(room.store().await, zone, day, night).await });
}

#[test]
fn no_reminder_comes_twice_or_at_a_wrong_hour_when_the_clock_of_the_machine_jumps() {
    for (engine, seeds) in [(Engine::Sqlite, JUMPS.seeds(80)), (Engine::Postgres, JUMPS.seeds(20))] {
        for seed in seeds {
            tried(jumps(engine, seed));
        }
    }
}

async fn around(store: Store, zone: &str, day: &str, night: &str) {
    let mut street = Street::of(store, zone, day).await;
    street.fill(night).await;
    let until = street.changes_at + 3 * DAY;
    street.world.forward_to(until).await;
    for (number, visit) in street.visits.clone().iter().enumerate() {
        let expected = street.expected(visit);
        let told: Vec<(Timestamp, Kind)> = street.reminders_of(number).iter().map(|(sent, kind)| (sent.at, *kind)).collect();
        let at = street.world.wall(visit.starts_at);
        assert_eq!(told.len(), expected.len(), "{zone}, a visit on {at}: {told:?}, not {expected:?}");
        for ((told_at, kind), (due_at, wanted)) in told.into_iter().zip(expected) {
            assert_eq!(kind, wanted, "{zone}, a visit on {at}");
            // the pace of the messenger may hold it for some seconds
            let in_time = due_at <= told_at && told_at.since(due_at) < MINUTE;
            assert!(in_time, "{zone}, a visit on {at}: {kind:?} at {}, not {}", street.world.wall(told_at), street.world.wall(due_at));
        }
    }
}

async fn jumps(engine: Engine, seed: u64) {
    let _trial = Trial { seed, engine };
    let room = Room::on(engine);
    let mut chance = Chance::from_seed(seed);
    let (zone, day, night) = *chance.pick(&CHANGES);
    let mut street = Street::of(room.store().await, zone, day).await;
    street.fill(night).await;
    let until = street.changes_at + 3 * DAY;
    while street.world.desk.now() < until {
        street.world.turn().await;
        let now = street.world.desk.now();
        let minutes = |most: usize, chance: &mut Chance| MINUTE * u32::try_from(1 + chance.below(most)).unwrap();
        let next = match chance.below(12) {
            0 => now - minutes(180, &mut chance),
            1 => now + minutes(26 * 60, &mut chance),
            2 => now + minutes(90, &mut chance),
            _ => next_due(&street.world.desk).await.unwrap().map_or(until, |due| due.max(now + Duration::from_secs(1))),
        };
        street.world.clock.set(next);
    }
    let quiet = street.world.people.clinic.quiet_hours;
    for (number, visit) in street.visits.clone().iter().enumerate() {
        let expected = street.expected(visit);
        let mut said: Vec<Kind> = Vec::new();
        for (sent, kind) in street.reminders_of(number) {
            let wall = street.world.wall(sent.at);
            assert!(!said.contains(&kind), "{zone}: {kind:?} is said again at {wall}");
            said.push(kind);
            let due_at = expected.iter().find(|(_, wanted)| *wanted == kind).map(|(due_at, _)| *due_at);
            let due_at = due_at.unwrap_or_else(|| panic!("{zone}: {kind:?} at {wall} for {visit:?}"));
            let mut latest = due_at + Duration::from_hours(6).min(visit.starts_at.since(due_at) * 3 / 4) + MINUTE;
            // what came too late for the evening is still of use in the morning
            while !is_awake(latest, quiet, &street.world.people.clinic.zone) {
                latest = latest + MINUTE;
            }
            let in_time = due_at <= sent.at && sent.at <= latest.min(visit.starts_at);
            assert!(in_time, "{zone}: {kind:?} at {wall}, due at {}", street.world.wall(due_at));
            assert!(is_awake(sent.at, quiet, &street.world.people.clinic.zone), "{zone}: {kind:?} in the quiet hours, at {wall}");
        }
    }
}

/// A street whose people come to the dentist around a day on which the clocks change.
struct Street {
    world: World,
    day: Date,
    /// Noon of that day.
    changes_at: Timestamp,
    visits: Vec<Visit>,
}

impl Street {
    async fn of(store: Store, zone: &str, day: &str) -> Self {
        let day: Date = day.parse().unwrap();
        let begins = day.saturating_sub(jiff::Span::new().days(9));
        let world = World::begin_in(store, zone, &format!("{begins}T09:00")).await;
        let changes_at = world.at(&format!("{day}T12:00"));
        Self { world, day, changes_at, visits: Vec::new() }
    }

    /// Early, late and at noon, the day before, on the day and after it; and in the very hour.
    async fn fill(&mut self, night: &str) {
        for days in -1..=1 {
            let day = self.day.saturating_add(jiff::Span::new().days(days));
            for time in ["08:30", "14:00", "17:30", "22:30"] {
                self.book(self.world.at(&format!("{day}T{time}"))).await;
            }
        }
        let first = self.world.at(&format!("{}T{night}", self.day));
        self.book(first).await;
        // where the hour comes twice, the second one is another
        self.book(first + Duration::from_hours(1)).await;
    }

    async fn book(&mut self, starts_at: Timestamp) {
        let account = account(self.visits.len());
        let patient = self.world.people.moves_in(&self.world.desk, account).await;
        let slot = Slot { starts_at, ends_at: starts_at + 30 * MINUTE, ..self.world.slot("2027-01-04T09:00") };
        self.visits.push(self.world.book_slot(patient, slot).await);
    }

    /// When something should be said of this visit, found by walking along the wall clock.
    fn expected(&self, visit: &Visit) -> Vec<(Timestamp, Kind)> {
        let clinic = &self.world.people.clinic;
        let day = visit.starts_at.date(&clinic.zone);
        let before = |days: i64| self.first_at(day.saturating_sub(jiff::Span::new().days(days)), Time::constant(10, 0, 0, 0));
        let two_hours = visit.starts_at - Duration::from_hours(2);
        let soon = if is_awake(two_hours, clinic.quiet_hours, &clinic.zone) {
            two_hours
        } else {
            let fell_asleep =
                (1..24 * 60).map(|minutes| two_hours - minutes * MINUTE).find(|at| is_awake(*at, clinic.quiet_hours, &clinic.zone));
            fell_asleep.unwrap() + MINUTE - Duration::from_hours(1)
        };
        let mut expected = vec![(before(3), Kind::DaysBefore(3)), (before(1), Kind::DaysBefore(1)), (soon, Kind::Soon)];
        expected.sort_by_key(|(at, _)| *at);
        expected
    }

    /// The first instant at which the wall shows this.
    fn first_at(&self, day: Date, time: Time) -> Timestamp {
        let zone = &self.world.people.clinic.zone;
        let days = u32::try_from(20 + (day - self.day).get_days()).unwrap();
        let begins = self.changes_at - 20 * DAY + days * DAY - Duration::from_hours(14);
        let shows = |at: &Timestamp| at.in_zone(zone) == day.to_datetime(time);
        (0..28 * 60).map(|minutes| begins + minutes * MINUTE).find(shows).expect("the wall shows it")
    }

    /// What was said to whoever has this visit, with the right time in it.
    fn reminders_of(&self, number: usize) -> Vec<(Sent, Kind)> {
        let visit = &self.visits[number];
        let time = visit.starts_at.in_zone(&self.world.people.clinic.zone).strftime("%H:%M").to_string();
        let mut reminders = Vec::new();
        for sent in self.world.provider.sent_to(account(number)) {
            assert!(sent.text.contains(&time), "{time} in {}", sent.text);
            if let Some((_, kind)) = KINDS.iter().find(|(words, _)| sent.text.contains(words)) {
                reminders.push((sent, *kind));
            }
        }
        reminders
    }
}

fn account(number: usize) -> Account {
    Account { name: "Ilona", id: 800 + i64::try_from(number).unwrap() }
}

/// By the wall alone.
fn is_awake(at: Timestamp, quiet: QuietHours, zone: &Zone) -> bool {
    let time = at.in_zone(zone).time();
    quiet.until <= time && time < quiet.from
}
