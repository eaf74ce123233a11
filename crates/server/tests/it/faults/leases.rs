//! A worker that is paused in the middle of its work, and what it may still do when it wakes.

use std::time::Duration;

use clinic::actors::Actor;
use clinic::outbox::Resolution;
use clinic::staff::Role;
use desk::loops::{find_orphans, find_own_orphans};
use desk::resolve_message;
use kernel::Clock;
use tokio::runtime::Runtime;

use super::moods::Weather;
use super::office::{Office, on_both};
use super::verdicts::Verdict;

/// A runtime that nobody drives stands still, as a process does between SIGSTOP and SIGCONT.
struct Paused(Option<Runtime>);

impl Paused {
    fn new() -> Self {
        Self(Some(tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()))
    }

    /// Wakes for so much work. On a thread of its own: a runtime cannot be driven from within another.
    fn wakes_for<T: Send>(&self, work: impl Future<Output = T> + Send) -> T {
        let runtime = self.0.as_ref().expect("taken only when it is dropped");
        std::thread::scope(|scope| scope.spawn(|| runtime.block_on(work)).join().expect("the paused worker"))
    }
}

impl Drop for Paused {
    /// As by `kill -9`: nothing is ended in order.
    fn drop(&mut self) {
        self.0.take().into_iter().for_each(Runtime::shutdown_background);
    }
}

#[test]
fn who_wakes_after_its_lease_says_nothing_that_the_desk_has_said_meanwhile() {
    on_both(async |store| {
        let mut office = Office::open(store, Weather::FAIR, 3).await;
        office.decide(3).await;
        let kata = Actor::Staff { id: office.crowd.people.kata, role: Role::Desk };
        let (_, paused) = office.node("paused");
        let worker = Paused::new();
        assert_eq!(worker.wakes_for(paused.round()).unwrap(), 3);
        office.clock.forward(Duration::from_secs(31));
        assert_eq!(find_orphans(&office.desk).await.unwrap(), 3);
        let judgement = office.judge().await;
        assert_eq!((judgement.broken(), judgement.count(Verdict::Doubtful)), (vec![], 3));
        // a person is sure that it has not gone
        for kept in office.crowd.kept(&office.desk).await {
            resolve_message(&office.desk, kata, kept.id, Resolution::SendAgain).await.unwrap();
        }
        office.settle().await;
        worker.wakes_for(paused.finish());
        office.settle().await;
        let judgement = office.judge().await;
        judgement.expect_kept_promises();
        assert_eq!(office.messenger.shown().len(), 3);
    });
}

#[test]
fn who_wakes_after_its_lease_knows_that_nothing_has_left_and_lets_it_go_anew_whatever_the_wall_clock_says() {
    on_both(async |store| {
        let mut office = Office::open(store, Weather::FAIR, 3).await;
        office.decide(3).await;
        let (_, paused) = office.node("paused");
        let worker = Paused::new();
        let before = office.clock.now();
        worker.wakes_for(paused.round()).unwrap();
        office.clock.forward(Duration::from_secs(40));
        // somebody sets the clock on the wall back
        office.clock.set(before);
        worker.wakes_for(paused.finish());
        assert_eq!(office.messenger.brought(), 0, "forty seconds have passed all the same");
        office.settle().await;
        let judgement = office.judge().await;
        judgement.expect_kept_promises();
        assert_eq!((judgement.count(Verdict::Doubtful), office.messenger.shown().len()), (0, 3));
    });
}

#[test]
fn what_was_being_sent_by_a_node_that_begins_anew_stands_in_doubt_at_once() {
    on_both(async |store| {
        let mut office = Office::open(store, Weather::FAIR, 4).await;
        office.decide(4).await;
        let (_, dying) = office.node("second");
        let worker = Paused::new();
        assert_eq!(worker.wakes_for(dying.round()).unwrap(), 4);
        drop((worker, dying));
        let (other, _) = office.node("third");
        assert_eq!(find_own_orphans(&other).await.unwrap(), 0, "a third node has left nothing behind");
        let (again, _) = office.node("second");
        assert_eq!(find_own_orphans(&again).await.unwrap(), 4);
        assert_eq!(find_own_orphans(&again).await.unwrap(), 0);
        office.settle().await;
        let judgement = office.judge().await;
        assert_eq!((judgement.broken(), judgement.count(Verdict::Doubtful)), (vec![], 4));
        assert_eq!(office.messenger.brought(), 0);
    });
}
