//! Quiet hours by the clinic's own wall, from an evening to the morning after.

use std::time::Duration;

use super::crowd::zone;
use super::moods::Weather;
use super::office::{Office, on_both};
use super::verdicts::Verdict;

#[test]
fn through_a_whole_night_nothing_is_shown_before_the_morning() {
    on_both(async |store| {
        let mut office = Office::open(store, Weather::FAIR, 16).await;
        let at = |wall: &str| zone().at(wall.parse().unwrap());
        for hour in ["18:30", "19:50", "20:00", "20:30", "21:10", "23:59"].map(|hour| at(&format!("2026-11-23T{hour}"))) {
            office.clock.set(hour);
            office.decide(4).await;
            office.turn().await;
        }
        for hour in ["00:30", "06:30", "07:59", "08:00"].map(|hour| at(&format!("2026-11-24T{hour}"))) {
            office.clock.set(hour);
            office.turn().await;
        }
        office.clock.forward(Duration::from_mins(1));
        office.settle().await;
        let judgement = office.judge().await;
        judgement.expect_kept_promises();
        assert_eq!((judgement.count(Verdict::Doubtful), office.messenger.shown().len()), (0, 24), "and in the morning all of it went");
    });
}
