//! A desk inside of the trial: the real loops over the real wire to the messenger, by a clock that is moved by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use channels::{Answer, Centre, CentreLetter, Errand, HttpLetter, Letter, MailLetter};
use desk::Desk;
use desk::loops::{Dispatcher, keep_house, next_due, poll_once};
use desk::wire::{Network, Wire};
use futures_util::future::BoxFuture;
use kernel::HandClock;
use store::Store;

use super::crowd::{Crowd, desk, monday};
use super::folder::Folder;
use super::houses::House;
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
    /// Where a line is kept.
    lines: Option<Arc<Hasty>>,
    _folder: Folder,
}

/// A trial on both engines.
pub fn on_both(trial: impl AsyncFn(Store)) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(store::trial::both(trial));
}

impl Office {
    /// On a Monday at 10:00, with so many patients, all of them on Telegram.
    pub async fn open(store: Store, weather: Weather, patients: u32) -> Self {
        Self::at(House::Telegram, store, (weather, patients)).await
    }

    pub async fn at(house: House, store: Store, (weather, patients): (Weather, u32)) -> Self {
        let clock = Arc::new(HandClock::at(monday()));
        let folder = Folder::new("office");
        let messenger = Messenger::open(house, folder.path(), (clock.clone(), weather));
        let desk = desk(store, clock.clone(), "first");
        let crowd = Crowd::settle(&desk, messenger.door(), patients).await;
        let lines = (house == House::Centre).then(Arc::<Hasty>::default);
        let dispatcher = match &lines {
            // what is on the line when it is dropped is in doubt together
            Some(lines) => Dispatcher::new(desk.clone(), lines.clone()).claiming(3),
            None => Dispatcher::new(desk.clone(), wire(weather)),
        };
        Self { desk, clock, messenger, crowd, rules: Crowd::rules(), dispatcher, lines, _folder: folder }
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
        self.fetch().await;
        self.dispatcher.round().await.unwrap();
        self.dispatcher.finish().await;
        self.fetch().await;
        if let Some(lines) = &self.lines {
            lines.newest.fetch_add(1, Ordering::Relaxed);
        }
        keep_house(&self.desk).await.unwrap();
        self.clock.forward(Duration::from_secs(1));
    }

    /// Over a line that is kept: what a centre has for us.
    async fn fetch(&self) {
        if let Some(lines) = &self.lines {
            poll_once(&self.desk, &**lines, self.crowd.account).await.unwrap();
        }
    }

    /// Until nothing is on its way.
    pub async fn settle(&self) {
        for _ in 0..1_000 {
            let brought = self.messenger.brought();
            self.turn().await;
            if Crowd::going(&self.desk).await == 0 {
                return;
            }
            if self.crowd.house != House::Telegram && self.messenger.brought() == brought {
                // an account whose line was dropped too often rests for a while
                self.clock.forward(Duration::from_secs(20));
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
    if hangs { Arc::<Hasty>::default() } else { Arc::new(Network::new()) }
}

/// Nobody waits twenty seconds in a trial. Nor for a line that was dropped: it is not run after for a while, so each turn has one
/// of its own, as if the program had begun anew.
#[derive(Default)]
struct Hasty {
    network: Network,
    newest: AtomicU32,
}

const PATIENCE: Duration = Duration::from_millis(250);
/// What is said at once is heard within this.
const LISTENS: Duration = Duration::from_millis(15);

impl Wire for Hasty {
    fn carry<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Answer> {
        let hasty = match letter {
            Letter::Http(letter) => Letter::Http(HttpLetter { patience: PATIENCE, ..letter.clone() }),
            Letter::Mail(letter) => Letter::Mail(MailLetter { patience: PATIENCE, ..letter.clone() }),
            Letter::Centre(letter) => {
                let user = format!("clinic{}", self.newest.load(Ordering::Relaxed));
                let centre = Centre { user, ..letter.centre.clone() };
                Letter::Centre(CentreLetter { centre, patience: LISTENS, ..letter.clone() })
            }
            other => other.clone(),
        };
        let is_submitted = matches!(&hasty, Letter::Centre(CentreLetter { errand: Errand::Submit { .. }, .. }));
        Box::pin(async move {
            let carried = self.network.carry(&hasty);
            // as the wire itself says when a line does not answer, only sooner
            if is_submitted { tokio::time::timeout(PATIENCE, carried).await.unwrap_or(Answer::Broken) } else { carried.await }
        })
    }
}
