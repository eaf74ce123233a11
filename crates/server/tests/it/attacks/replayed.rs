//! What was told before, and what was told to somebody else.

use std::time::Duration;

use channels::trial::{Proof, Told};
use desk::loops::keep_house;
use store::trial::contents;

use super::{Same, open, pages};
use crate::world::told;

/// Of each way so many pieces of news.
const SOME: usize = 4;

#[test]
fn t_e2_what_is_told_again_after_a_second_an_hour_and_a_month_changes_nothing_on_any_channel() {
    told(async |world| {
        let router = pages(&world, std::sync::Arc::new(Same(Vec::new())));
        let [doors, _] = open(&world).await;
        let mut kept: Vec<(&super::Door, Told)> = Vec::new();
        for door in &doors {
            let before = kept.len();
            for told in door.tells(&world) {
                // of news that says something
                if kept.len() < before + SOME && !door.read(&world, &told).is_empty() {
                    assert_eq!(door.told(&world, &router, &told).await, 200, "{:?}", door.way);
                    kept.push((door, told));
                }
            }
            assert!(kept.len() > before, "{:?} tells nothing", door.way);
        }
        for later in [Duration::from_secs(1), Duration::from_hours(1), Duration::from_hours(29 * 24)] {
            world.pass(later);
            keep_house(&world.desk).await.unwrap();
            let stands = contents(world.desk.store()).await;
            for (door, told) in &kept {
                match door.way.name().as_str() {
                    // a centre says nothing again once it has heard that we have it: the same words a minute later are new ones
                    "sms-smpp" => {}
                    // signed for five minutes
                    "telephone-generic" => {
                        let status = door.told(&world, &router, told).await;
                        assert_eq!(status, if later.as_secs() == 1 { 200 } else { 401 });
                    }
                    _ => assert_eq!(door.told(&world, &router, told).await, 200, "{:?}", door.way),
                }
            }
            assert_eq!(contents(world.desk.store()).await, stands, "told again after {later:?}, something has changed");
        }
    });
}

#[test]
fn t_e3_a_call_for_one_clinic_is_refused_at_every_door_of_the_other() {
    told(async |world| {
        let router = pages(&world, std::sync::Arc::new(Same(Vec::new())));
        let [ours, theirs] = open(&world).await;
        let stands = contents(world.desk.store()).await;
        let mut refused = 0;
        for (own, other) in ours.iter().zip(&theirs).filter(|(own, _)| own.way.proof() != Proof::Never) {
            let calls = own.tells(&world).into_iter().filter_map(|told| if let Told::Called(knock) = told { Some(knock) } else { None });
            let calls: Vec<_> = calls.take(SOME).collect();
            assert!(!calls.is_empty(), "{:?} is never called", own.way);
            for knock in &calls {
                assert_eq!(other.called(&router, knock).await, 401, "{:?}", own.way);
                refused += 1;
            }
            // nor at another channel's door
            let elsewhere = ours.iter().find(|door| door.way.channel() != own.way.channel() && door.way.proof() != own.way.proof());
            let status = elsewhere.expect("there are many").called(&router, &calls[0]).await;
            assert!(matches!(status, 400 | 401 | 404), "{:?}: {status}", own.way);
        }
        assert!(refused > ours.len());
        assert_eq!(contents(world.desk.store()).await, stands);
    });
}
