//! What does not go as it should is seen at the desk: on Today with its why and since when, and as a line over every
//! other page.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use channels::{Answer, Letter, NotSent};
use clinic::actors::{Actor, Origin};
use clinic::staff::Role;
use desk::loops::Dispatcher;
use desk::wire::{Indoors, Wire};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use kernel::Locale;
use store::Engine;
use store::trial::{Room, both};

use super::counter::{Counter, Page};

const A_WHILE: Duration = Duration::from_mins(2);

impl Counter {
    /// The loop went round for the last time now.
    async fn went_round(&self, name: &'static str) {
        let ended = move |act: &mut desk::Act<'_, '_>| Ok(store::rounds::end(act.tx, "node-2", &[(name, act.now)])?);
        self.desk.act(Actor::Program, Origin::Program, ended).await.unwrap();
    }

    async fn account_breaks(&self) {
        let account = self.telegram;
        let broken =
            move |act: &mut desk::Act<'_, '_>| Ok(store::accounts::set_trouble(act.tx, account, "channel-trouble-unauthorized", act.now)?);
        self.desk.act(Actor::Program, Origin::Program, broken).await.unwrap();
    }
}

/// The line over the page.
fn line(page: &Page) -> String {
    page.texts(".notice.delay").join(" ")
}

#[tokio::test]
async fn a_day_on_which_all_goes_well_says_nothing_of_delays() {
    both(async |store| {
        let counter = Counter::open(store).await;
        counter.went_round("dispatch").await;
        let mut desk = counter.receptionist().await;
        assert_eq!(desk.get("/today").await.texts(".concern"), Vec::<String>::new());
        assert_eq!(line(&desk.get("/inbox").await), "");
    })
    .await;
}

#[tokio::test]
async fn what_is_late_is_told_with_its_reason_and_since_when() {
    both(async |store| {
        let counter = Counter::open(store).await;
        let mut desk = counter.receptionist().await;
        counter.stranger_writes("How much is a cleaning?", "Zoltán").await;
        counter.clock.forward(A_WHILE);
        let late = "1 message should have gone out and still waits. They wait for their turn: the provider takes only so many at once. since 09:00";
        assert_eq!(desk.get("/today").await.texts(".concern"), [late]);
        assert_eq!(line(&desk.get("/patients").await), "1 message should have gone out and still waits · since 09:00");

        counter.account_breaks().await;
        counter.went_round("dispatch").await;
        counter.clock.forward(A_WHILE);
        let told = desk.get("/today").await.texts(".concern");
        assert!(told[0].starts_with("No messages are going out. This part of the program stands still."), "{told:?}");
        assert!(told[1].starts_with("Telegram does not work: @mosoly_bot. The provider does not accept the token"), "{told:?}");
        assert!(told[2].contains("The part of the program that sends them stands still. since 09:00"), "{told:?}");
        assert_eq!(line(&desk.get("/inbox").await), "No messages are going out · since 09:02 · and 2 more");

        counter.went_round("dispatch").await;
        let account = counter.telegram;
        let mended = move |act: &mut desk::Act<'_, '_>| Ok(store::accounts::end_trouble(act.tx, account)?);
        assert!(counter.desk.act(Actor::Program, Origin::Program, mended).await.unwrap());
        assert_eq!(desk.get("/today").await.texts(".concern").len(), 1, "the message still waits");
    })
    .await;
}

#[tokio::test]
async fn what_is_tried_again_is_told_with_its_next_attempt() {
    both(async |store| {
        let counter = Counter::open(store).await;
        let mut desk = counter.receptionist().await;
        counter.stranger_writes("How much is a cleaning?", "Zoltán").await;
        // nothing leaves this house
        let dispatcher = Dispatcher::new(counter.desk.clone(), Arc::new(Indoors));
        assert_eq!(dispatcher.round().await, Ok(1));
        dispatcher.finish().await;
        let told = desk.get("/today").await.texts(".concern");
        let tried = "1 message was not taken by the provider. They have certainly not arrived. The next attempt is at 09:00. since 09:00";
        assert_eq!(told, [tried]);
    })
    .await;
}

/// A provider that is away until it is back.
#[derive(Default)]
struct Away {
    is_back: AtomicBool,
    asked: AtomicUsize,
}

impl Wire for Away {
    fn carry<'a>(&'a self, _: &'a Letter) -> BoxFuture<'a, Answer> {
        let number = self.asked.fetch_add(1, Ordering::Relaxed);
        let taken = || {
            let body = format!(r#"{{"ok":true,"result":{{"message_id":{number},"chat":{{"id":7,"type":"private"}},"date":0}}}}"#);
            Answer::Http { status: 200, headers: Vec::new(), body: body.into_bytes() }
        };
        let answer = if self.is_back.load(Ordering::Relaxed) { taken() } else { Answer::NotSent(NotSent::Unreachable) };
        std::future::ready(answer).boxed()
    }
}

#[tokio::test]
async fn a_provider_that_does_not_answer_is_asked_by_one_message_at_a_time_and_the_desk_is_told() {
    both(async |store| {
        let counter = Counter::open(store).await;
        let mut desk = counter.receptionist().await;
        for name in ["Ada", "Béla", "Cili", "Dénes", "Emma", "Ferenc", "Gizi", "Hugó", "Ilka"] {
            counter.stranger_writes("How much is a cleaning?", name).await;
        }
        let provider = Arc::new(Away::default());
        let wire: Arc<dyn Wire> = provider.clone();
        let dispatcher = Dispatcher::new(counter.desk.clone(), wire).claiming(3);
        let asked_in = async |rounds: usize| {
            let before = provider.asked.load(Ordering::Relaxed);
            for _ in 0..rounds {
                dispatcher.round().await.unwrap();
                dispatcher.finish().await;
            }
            provider.asked.load(Ordering::Relaxed) - before
        };
        assert_eq!(asked_in(5).await, 6, "after the fifth in vain nobody follows");
        counter.clock.forward(Duration::from_secs(14));
        assert_eq!(asked_in(2).await, 0);
        counter.clock.forward(Duration::from_secs(1));
        assert_eq!(asked_in(3).await, 1, "one is on trial");
        counter.clock.forward(A_WHILE);
        let told = desk.get("/today").await.texts(".concern");
        assert!(told[0].contains("The server cannot be reached at the moment."), "{told:?}");
        assert!(told.iter().any(|line| line.contains("should have gone out")), "{told:?}");
        let mut owner = counter.staff(Role::Owner, Locale::En).await;
        let lively = owner.get("/settings/channels").await.texts("li .quiet.small").join(" ");
        assert_eq!(lively, "newest message in: 09:00 · nothing has gone out for 7 days · 9 waiting since 09:00");

        provider.is_back.store(true, Ordering::Relaxed);
        let before = provider.asked.load(Ordering::Relaxed);
        assert_eq!(asked_in(1).await, 1, "the next trial");
        counter.clock.forward(Duration::from_mins(10));
        asked_in(5).await;
        assert_eq!(provider.asked.load(Ordering::Relaxed) - before, 9, "each has gone once");
        assert_eq!(desk.get("/today").await.texts(".concern"), Vec::<String>::new());
        let lively = owner.get(&format!("/settings/channels/{}", counter.telegram)).await.texts("p.quiet.small").join(" ");
        assert!(lively.contains("newest message in: 09:00 · newest message out: 09:00"), "{lively}");
    })
    .await;
}

#[tokio::test]
async fn who_may_mend_an_account_is_led_to_its_settings() {
    let counter = Counter::open(Room::on(Engine::Sqlite).store().await).await;
    counter.account_breaks().await;
    counter.clock.forward(A_WHILE);
    let path = format!("/settings/channels/{}", counter.telegram);
    assert_eq!(counter.receptionist().await.get("/today").await.all(".concern a", "href"), Vec::<String>::new());
    assert_eq!(counter.staff(Role::Owner, Locale::En).await.get("/today").await.all(".concern a", "href"), [path]);
}

#[tokio::test]
async fn delays_are_told_in_every_language() {
    let counter = Counter::open(Room::on(Engine::Sqlite).store().await).await;
    for name in ["dispatch", "due", "housekeeping", "polling", "unheard_of"] {
        counter.went_round(name).await;
    }
    counter.account_breaks().await;
    counter.stranger_writes("How much is a cleaning?", "Zoltán").await;
    counter.clock.forward(A_WHILE);
    for locale in Locale::ALL {
        let mut desk = counter.staff(Role::Owner, locale).await;
        let today = desk.get("/today").await;
        assert_eq!(today.texts(".concern").len(), 7, "{}", today.body);
        assert!(!today.body.contains('⟨') && !line(&desk.get("/inbox").await).contains('⟨'), "{locale}");
    }
}

#[tokio::test]
async fn what_may_have_gone_before_a_backup_was_restored_is_shown_and_settled_on_today() {
    both(async |store| {
        let counter = Counter::open(store).await;
        counter.stranger_writes("How much is a cleaning?", "Zoltán").await;
        counter.stranger_writes("Where do I park?", "Gábor").await;
        counter.stranger_writes("Are you open?", "Lena").await;
        counter.clock.forward(A_WHILE);
        assert_eq!(desk::declare_restored(&counter.desk).await.unwrap(), 3);
        for locale in Locale::ALL {
            let mut desk = counter.staff(Role::Owner, locale).await;
            let today = desk.get("/today").await;
            assert_eq!(today.texts(".delayed").len(), 3, "{}", today.body);
            assert!(!today.body.contains('⟨') && !line(&desk.get("/inbox").await).contains('⟨'), "{locale}");
        }
        let mut desk = counter.receptionist().await;
        let told = desk.get("/today").await.texts(".concern");
        assert!(told[0].starts_with("A backup was restored: 3 messages are held"), "{told:?}");
        assert!(line(&desk.get("/inbox").await).starts_with("A backup was restored"));
        let mut forms = desk.get("/today").await.all(".delayed form", "action").into_iter();
        let (release, drop) = (forms.next().unwrap(), forms.nth(2).unwrap());
        assert!(release.ends_with("/release") && drop.ends_with("/drop"), "{release} {drop}");
        desk.post(&release, &[]).await;
        assert_eq!(desk.post(&drop, &[]).await.leads_to(), "/today?done=dropped");
        assert_eq!(desk.get("/today").await.texts(".delayed").len(), 1);
        assert_eq!(desk.post("/messages/restored", &[("finding", "perhaps")]).await.status, 400);
        assert_eq!(desk.post("/messages/restored", &[("finding", "went_before")]).await.leads_to(), "/today?done=dropped");
        let today = desk.get("/today").await;
        assert_eq!((today.texts(".delayed").len(), today.texts(".concern").len()), (0, 0), "{}", today.body);
        // whoever may not write to patients may not settle it either
        assert_eq!(
            counter.staff(Role::Clinician, Locale::En).await.post("/messages/restored", &[("finding", "still_to_go")]).await.status,
            403
        );
    })
    .await;
}
