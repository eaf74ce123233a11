//! Every mood of the messenger, over the real wire.

use super::houses::House;
use super::moods::{Mood, Weather};
use super::office::{Office, on_both};
use super::verdicts::Verdict;

const MESSAGES: usize = 160;

#[test]
fn whatever_a_messenger_does_nothing_is_lost_nothing_is_said_twice_and_every_doubt_is_seen() {
    on_both(async |store| {
        let weather = Weather { seed: 3, troubled: 70, moods: House::Telegram.moods(), turned_away: 3 };
        let mut office = Office::open(store, weather, 60).await;
        office.decide(MESSAGES).await;
        office.settle().await;
        let judgement = office.judge().await;
        judgement.expect_kept_promises();
        let unmet: Vec<Mood> = House::Telegram.moods().iter().copied().filter(|mood| office.messenger.met(*mood) == 0).collect();
        assert!(unmet.is_empty(), "moods that were not tried: {unmet:?}");
        let doubtful = judgement.count(Verdict::Doubtful);
        assert!((MESSAGES / 4..MESSAGES).contains(&doubtful), "{doubtful} of {MESSAGES} in doubt");
    });
}

#[test]
fn what_is_known_not_to_have_left_goes_again_until_it_is_taken() {
    on_both(async |store| {
        let weather = Weather { seed: 4, troubled: 40, moods: &[Mood::TooFast], turned_away: 0 };
        let mut office = Office::open(store, weather, 20).await;
        office.decide(40).await;
        office.settle().await;
        let judgement = office.judge().await;
        judgement.expect_kept_promises();
        assert_eq!((judgement.count(Verdict::Doubtful), office.messenger.shown().len()), (0, 40));
        assert!(office.messenger.brought() > 50, "many were brought again: {}", office.messenger.brought());
    });
}

#[test]
fn after_silence_nothing_is_said_again() {
    on_both(async |store| {
        let weather = Weather { seed: 5, troubled: 50, moods: &[Mood::TakesInSilence, Mood::TakesAndResets], turned_away: 0 };
        let mut office = Office::open(store, weather, 20).await;
        office.decide(20).await;
        office.settle().await;
        let judgement = office.judge().await;
        judgement.expect_kept_promises();
        assert_eq!(office.messenger.shown().len(), 20);
        assert!((5..16).contains(&judgement.count(Verdict::Doubtful)), "{judgement}");
    });
}
