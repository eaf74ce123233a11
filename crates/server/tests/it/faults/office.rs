//! A desk inside of the trial: the real loops over the real wire to the messenger, by a clock that is moved by hand.

use std::sync::Arc;
use std::time::Duration;

use channels::{Answer, HttpLetter, Letter};
use desk::Desk;
use desk::loops::{Dispatcher, keep_house, next_due};
use desk::wire::{Network, Wire};
use futures_util::future::BoxFuture;
use kernel::HandClock;
use store::Store;

use super::crowd::{Crowd, desk, monday};
use super::folder::Folder;
use super::messenger::Messenger;
use super::moods::{Mood, Weather};
use super::verdicts::{Judgement, Rules, judge};

pub struct Office {
    pub desk: Desk,
    pub clock: Arc<HandClock>,
    pub messenger: Messenger,
    pub crowd: Crowd,
    pub rules: Rules,
    dispatcher: Dispatcher,
    _folder: Folder,
}

/// A trial on both engines.
pub fn on_both(trial: impl AsyncFn(Store)) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(store::trial::both(trial));
}

impl Office {
    /// On a Monday at 10:00, with so many patients.
    pub async fn open(store: Store, weather: Weather, patients: u32) -> Self {
        let clock = Arc::new(HandClock::at(monday()));
        let folder = Folder::new("office");
        let messenger = Messenger::open(folder.path(), clock.clone(), weather);
        let desk = desk(store, clock.clone(), "first");
        let crowd = Crowd::settle(&desk, &messenger.base_url, patients).await;
        let dispatcher = Dispatcher::new(desk.clone(), wire(weather));
        Self { desk, clock, messenger, crowd, rules: Crowd::rules(), dispatcher, _folder: folder }
    }

    /// Another node on the same database.
    pub fn node(&self, name: &str) -> (Desk, Dispatcher) {
        let desk = desk(self.desk.store().clone(), self.clock.clone(), name);
        (desk.clone(), Dispatcher::new(desk, wire(Weather::FAIR)))
    }

    pub async fn decide(&mut self, messages: usize) {
        let Self { desk, crowd, .. } = self;
        crowd.decide(desk, messages).await;
    }

    /// What is due happens, and a second passes.
    pub async fn turn(&self) {
        self.dispatcher.round().await.unwrap();
        self.dispatcher.finish().await;
        keep_house(&self.desk).await.unwrap();
        self.clock.forward(Duration::from_secs(1));
    }

    /// Until nothing is on its way.
    pub async fn settle(&self) {
        for _ in 0..1_000 {
            self.turn().await;
            if Crowd::going(&self.desk).await == 0 {
                return;
            }
            // what is tried again later need not be waited for second by second
            if let Some(due) = next_due(&self.desk).await.unwrap().filter(|due| *due > self.desk.now()) {
                self.clock.set(due.max(self.desk.now() + Duration::from_secs(30)));
            }
        }
        panic!("messages never come to rest");
    }

    pub async fn judge(&self) -> Judgement {
        judge(&self.messenger.shown(), &self.crowd.kept(&self.desk).await, &self.rules)
    }
}

/// The real wire; where answers never come, a less patient one.
pub fn wire(weather: Weather) -> Arc<dyn Wire> {
    let hangs = weather.moods.iter().any(|mood| matches!(mood, Mood::Hangs | Mood::TakesAndHangs));
    if hangs { Arc::new(Hasty(Network::new())) } else { Arc::new(Network::new()) }
}

/// Nobody waits twenty seconds in a trial.
struct Hasty(Network);

const PATIENCE: Duration = Duration::from_millis(250);

impl Wire for Hasty {
    fn carry<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Answer> {
        let hasty = match letter {
            Letter::Http(letter) => Letter::Http(HttpLetter { patience: PATIENCE, ..letter.clone() }),
            other => other.clone(),
        };
        Box::pin(async move { self.0.carry(&hasty).await })
    }
}
