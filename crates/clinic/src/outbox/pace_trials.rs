//! Retries spread out, grow and obey the provider.

use std::time::Duration;

use kernel::{Chance, Timestamp};
use proptest::prelude::*;

use super::retry_at;

fn waits(attempts: u32, after: Duration) -> Vec<u64> {
    let now = Timestamp::from_seconds(1_795_000_000);
    let mut chance = Chance::from_seed(9);
    (0..400).map(|_| retry_at(attempts, after, now, &mut chance).since(now).as_secs()).collect()
}

#[test]
fn each_attempt_spreads_over_twice_the_time_up_to_a_quarter_of_an_hour() {
    for (attempts, ceiling) in [(1, 10), (2, 20), (3, 40), (7, 640), (8, 900), (40, 900)] {
        let waits = waits(attempts, Duration::ZERO);
        let (least, most) = (waits.iter().min().unwrap(), waits.iter().max().unwrap());
        assert!(*most <= ceiling && *most >= ceiling * 9 / 10, "{most} of {ceiling}");
        assert!(*least <= ceiling / 10, "{least} of {ceiling}");
    }
}

proptest! {
    #[test]
    fn the_provider_s_delay_is_a_floor(attempts in 0_u32..60, after in 0_u64..100_000) {
        prop_assert!(waits(attempts, Duration::from_secs(after)).into_iter().all(|wait| wait >= after && wait <= after + 900));
    }
}
