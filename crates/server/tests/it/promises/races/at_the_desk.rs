//! Races at the desk and on the pages of visits.

use clinic::actors::{Actor, Origin};
use clinic::conversations::Cause;
use clinic::gate::Timing;
use clinic::journal::{CancelReason, Slot, Visit};
use desk::{
    ActError, Answer, PageAnswer, Seen, VisitMark, Wanted, answer_visit_page, book_visit, mark_visit, move_visit, open_visit_page, reply,
};
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, join_all};
use kernel::{Chance, Timestamp};
use store::links::{Link, LinkPurpose};

use super::rivals::{ACCOUNTS, HOUR, MANY, Rivals, one_wins};

const TAKEN: [&str; 2] = ["slot.provider-busy", "slot.chair-busy"];
/// Two may also have wanted to move it to the same hour.
const CHANGED: [&str; 4] = ["visit.stale", "slot.gone", "slot.provider-busy", "slot.chair-busy"];

type Attempt = BoxFuture<'static, Result<Visit, ActError>>;

impl Rivals {
    pub async fn for_one_slot(&mut self) {
        let monday = self.next_monday("11:00");
        let slots: Vec<Slot> = (0..MANY).map(|_| self.overlapping(monday)).collect();
        let chairs = [Some(self.world.people.chair), Some(self.other_chair), None];
        let slots = slots.into_iter().map(|slot| Slot { chair: *self.chance.pick(&chairs), ..slot }).collect();
        self.book_at_once("one slot", slots).await;
    }

    /// Some begin on one day, some on the next.
    pub async fn for_one_slot_over_midnight(&mut self) {
        let monday = self.next_monday("23:15");
        let slots = (0..MANY).map(|_| self.overlapping(monday)).collect();
        self.book_at_once("one slot over midnight", slots).await;
    }

    pub async fn for_one_chair(&mut self) {
        let monday = self.next_monday("15:00");
        let dentists = [self.world.people.gromov, self.lind];
        let slots: Vec<Slot> = (0..MANY).map(|_| self.overlapping(monday)).collect();
        let slots = slots.into_iter().map(|slot| Slot { provider: *self.chance.pick(&dentists), ..slot }).collect();
        self.book_at_once("one chair", slots).await;
    }

    async fn book_at_once(&mut self, what: &str, slots: Vec<Slot>) {
        let kata = self.world.kata();
        let mut attempts: Vec<Attempt> = Vec::new();
        for (number, slot) in slots.into_iter().enumerate() {
            let (node, booking) = (self.node(), self.world.booking(self.patients[number], slot));
            attempts.push(async move { book_visit(&node, kata, Origin::Desk, booking).await }.boxed());
        }
        one_wins(what, join_all(attempts).await, &TAKEN);
    }

    /// Confirmed, cancelled, late and moved by several people who have the same page before their eyes.
    pub async fn about_one_visit(&mut self) {
        let monday = self.next_monday("10:00");
        let visit = self.world.book_slot(self.patients[0], self.slot(monday)).await;
        let attempts = (0..MANY).map(|_| self.at_the_desk(&visit, monday)).collect::<Vec<_>>();
        one_wins("one visit", join_all(attempts).await, &CHANGED);
        self.one_stands_for(&visit).await;
    }

    fn at_the_desk(&mut self, visit: &Visit, monday: Timestamp) -> Attempt {
        let (node, kata, seen) = (self.node(), self.world.kata(), Seen { visit: visit.id, version: visit.version });
        let mark = match self.chance.below(5) {
            0 => VisitMark::Confirm,
            1 => VisitMark::Late(10),
            2 => VisitMark::Cancel(CancelReason::NoTime),
            _ => {
                let to = self.overlapping(monday + HOUR * 3);
                return async move { move_visit(&node, kata, Origin::Desk, seen, to).await }.boxed();
            }
        };
        async move { mark_visit(&node, kata, Origin::Desk, seen, mark).await }.boxed()
    }

    /// The patient on the page of the visit, with it open twice, and the desk.
    pub async fn about_one_visit_on_its_page(&mut self) {
        let monday = self.next_monday("10:00");
        let visit = self.world.book_slot(self.patients[1], self.slot(monday)).await;
        let token = Chance::from_seed(self.chance.next_u64()).token();
        let (hash, patient, chain) = (desk::token_hash(&token), visit.patient, visit.chain);
        let linked = self.world.desk.act(Actor::Program, Origin::Program, move |act| {
            let expires_at = act.now + HOUR * 24 * 200;
            let link = Link { purpose: LinkPurpose::Visit, patient, chain: Some(chain), channel: None, expires_at, used_at: None };
            Ok(store::links::add(act.tx, &hash, &link, act.now)?)
        });
        linked.await.unwrap();
        let page = open_visit_page(&self.world.desk, token.clone(), Wanted::OtherTimes).await.unwrap();
        let mut attempts: Vec<Attempt> = Vec::new();
        for number in 0..MANY {
            if number % 2 == 0 {
                attempts.push(self.at_the_desk(&visit, monday));
                continue;
            }
            let answer = match self.chance.below(4) {
                0 => PageAnswer::Confirm,
                1 => PageAnswer::Late(15),
                2 => PageAnswer::Cancel(CancelReason::Cost),
                _ => PageAnswer::Move(*self.chance.pick(&page.slots)),
            };
            let (node, token, seen) = (self.node(), token.clone(), visit.version);
            attempts.push(async move { answer_visit_page(&node, token, seen, answer).await }.boxed());
        }
        one_wins("one visit on its page", join_all(attempts).await, &CHANGED);
        self.one_stands_for(&visit).await;
    }

    /// Of a chain of moves the last visit alone is not 'moved'.
    async fn one_stands_for(&self, visit: &Visit) {
        let chain: Vec<Visit> = self.journal().await.into_iter().filter(|other| other.chain == visit.chain).collect();
        let standing = chain.iter().filter(|other| other.state.name() != "moved").count();
        assert_eq!(standing, 1, "{chain:?}");
    }

    pub async fn answering_one_patient(&mut self) {
        let words = serde_json::json!({ "text": "How much is a crown, and does it hurt?" });
        self.world.writes(ACCOUNTS[2], words).await;
        let thread = self.world.conversation(self.patients[2]).await;
        let kata = self.world.kata();
        let mut attempts = Vec::new();
        for number in 0..MANY {
            let node = self.node();
            let answer = Answer {
                conversation: thread.id,
                seen: thread.version,
                text: format!("The doctor will tell you, {number}"),
                channel: None,
                timing: Timing::Insisted,
                files: Vec::new(),
            };
            attempts.push(async move { reply(&node, kata, answer).await });
        }
        one_wins("one answer", join_all(attempts).await, &["conversation.answered-meanwhile"]);
        let answers = self.world.outbox(self.patients[2]).await;
        assert_eq!(answers.iter().filter(|message| matches!(message.cause, Cause::Reply { .. })).count(), 1, "one answer is in the outbox");
    }
}
