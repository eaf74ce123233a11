//! The lives in the program: each act through the same doors as in a clinic, beside its entry in the book.

use std::time::Duration;

use clinic::actors::{Actor, Origin};
use clinic::consents::{Answer as Permission, Purpose};
use clinic::conversations::{Cause, Conversation, Topic, Urgency};
use clinic::gate::Timing;
use clinic::journal::{Booking, CancelReason, Slot};
use clinic::outbox::OutboundState;
use clinic::patients::Patient;
use clinic::playbooks::Reply;
use clinic::services::{Chair, Service};
use clinic::staff::{Role, StaffMember};
use clinic::tasks::{DeskTask, TaskKind, TaskOutcome, TaskState};
use desk::{ActError, Answer, Seen, Tending, VisitMark};
use kernel::{ChairId, ConversationId, Locale, PatientId, ServiceId, StaffId, Timestamp};
use serde_json::{Value, json};

use super::Life;
use super::acts::{Act, Marking, Page, Who, Wish, Words};
use super::book::{Book, Contact, HOUR, State, Turn};
use crate::world::{Account, Sent, World};

const DAY: Duration = Duration::from_hours(24);

pub struct Town {
    pub world: World,
    pub people: Vec<Person>,
    updates: i64,
}

/// What must come of an act.
enum Expected {
    Done,
    Refused,
}

impl From<bool> for Expected {
    fn from(may: bool) -> Self {
        if may { Self::Done } else { Self::Refused }
    }
}

/// One life as it stands.
pub struct Person {
    pub account: Account,
    pub parent: PatientId,
    pub child: PatientId,
    dentist: StaffId,
    chair: ChairId,
    service: ServiceId,
    pub book: Book,
    /// When the account was opted out, and until when.
    pub silences: Vec<(Timestamp, Option<Timestamp>)>,
    pub faults: Vec<String>,
}

impl Person {
    pub fn of(&self, who: Who) -> PatientId {
        match who {
            Who::Parent => self.parent,
            Who::Child => self.child,
        }
    }
}

impl Town {
    pub async fn settle(world: World, lives: &[Life]) -> Self {
        let mut people = Vec::new();
        for life in lives {
            let account = Account { name: "Lili", id: 10_000 + i64::try_from(life.number).unwrap() };
            people.push(move_in(&world, account).await);
        }
        // the plain book knows the talks that a patient leads; telling of what the desk has cancelled is told in a story
        let owner = Actor::Staff { id: world.people.kata, role: Role::Owner };
        let (clinic, playbook) = (world.people.clinic.id, "cancelled".to_owned());
        desk::switch_playbook(&world.desk, owner, clinic, playbook, desk::Switched::Off).await.unwrap();
        Self { world, people, updates: 100_000 }
    }

    pub fn fault(&self) -> Option<(usize, String)> {
        self.people.iter().enumerate().find_map(|(place, person)| Some((place, person.faults.first()?.clone())))
    }

    pub async fn time_passes(&mut self, pace: Duration) {
        let until = self.world.desk.now() + pace;
        self.world.forward_to(until).await;
        for place in 0..self.people.len() {
            self.people[place].book.advance(until);
        }
    }

    /// Nobody does anything more, until all that was begun has ended.
    pub async fn comes_to_rest(&mut self) {
        let last = self.people.iter().flat_map(|person| &person.book.visits).map(|entry| entry.slot.starts_at).max();
        let until = last.unwrap_or(self.world.desk.now()).max(self.world.desk.now()) + 9 * DAY;
        self.time_passes(until.since(self.world.desk.now())).await;
        for place in 0..self.people.len() {
            self.agrees(place, "all of it").await;
            self.all_is_told(place).await;
        }
    }

    pub fn wrong(&mut self, place: usize, what: String) {
        self.people[place].faults.push(what);
    }

    fn kata(&self) -> Actor {
        Actor::Staff { id: self.world.people.kata, role: Role::Owner }
    }

    pub async fn happens(&mut self, place: usize, act: Act) {
        match act {
            Act::Book { who, days, hour } => self.book(place, who, days, hour).await,
            Act::Move { visit, days, hour, page } => self.moves(place, visit, (days, hour), page).await,
            Act::Mark { visit, marking, page } => self.marks(place, visit, marking, page).await,
            Act::Tap { message, button } => self.taps(place, message, button).await,
            Act::Say(words) => self.says(place, words).await,
            Act::Blocks => self.membership(place, "kicked").await,
            Act::ComesBack => self.membership(place, "member").await,
            Act::Answers(page) => self.answers(place, page).await,
            Act::Closes => self.tends(place, Tending::Close(Topic::Other)).await,
            Act::Takes => self.tends(place, Tending::Assign(self.world.people.kata)).await,
            Act::GivesBack => self.tends(place, Tending::GiveBack).await,
            Act::Settles { task, outcome } => self.settles(place, task, outcome).await,
            Act::Releases => self.releases(place).await,
            Act::Agrees { who } => self.permits(place, who, Wish::Agrees).await,
            Act::Objects { who } => self.permits(place, who, Wish::Objects).await,
            Act::WireFails(trouble) => self.world.provider.fails(trouble),
        }
        self.agrees(place, &format!("{act:?}")).await;
    }

    // --- the desk

    fn slot(&self, place: usize, (days, hour): (i64, i8)) -> Slot {
        let person = &self.people[place];
        let today = self.world.desk.now().date(&person.book.zone);
        let day = today.saturating_add(jiff::Span::new().days(days));
        let starts_at = person.book.zone.at(day.at(hour, 0, 0, 0));
        Slot { provider: person.dentist, chair: Some(person.chair), starts_at, ends_at: starts_at + HOUR }
    }

    async fn book(&mut self, place: usize, who: Who, days: i64, hour: i8) {
        let slot = self.slot(place, (days, hour));
        let person = &self.people[place];
        let free = person.book.is_free(&slot, None);
        if free && person.book.family_comes_on(slot.starts_at, None) {
            return;
        }
        let booking = Booking {
            clinic: self.world.people.clinic.id,
            patient: person.of(who),
            service: person.service,
            slot,
            note: String::new(),
            external_key: None,
        };
        let booked = desk::book_visit(&self.world.desk, self.kata(), Origin::Desk, booking).await;
        self.expects(place, "a booking", free, &booked);
        if free {
            self.people[place].book.book(who, slot);
        }
    }

    /// One of the visits, by its number.
    fn visit(&self, place: usize, number: usize) -> Option<usize> {
        let visits = self.people[place].book.visits.len();
        (visits > 0).then(|| visits - 1 - number % visits)
    }

    fn seen(&self, place: usize, at: usize, page: Page) -> Option<Seen> {
        let entry = &self.people[place].book.visits[at];
        let version = if page == Page::Fresh { entry.version } else { entry.version - 1 };
        entry.id.map(|visit| Seen { visit, version })
    }

    async fn moves(&mut self, place: usize, number: usize, when: (i64, i8), page: Page) {
        let Some(at) = self.visit(place, number) else { return };
        let (slot, book) = (self.slot(place, when), &self.people[place].book);
        let entry = book.visits[at].clone();
        if book.family_comes_on(slot.starts_at, Some(at)) {
            return;
        }
        let may = page == Page::Fresh && entry.state.is_ahead() && book.is_free(&slot, Some(at)) && slot != entry.slot;
        let Some(seen) = self.seen(place, at, page) else { return };
        let moved = desk::move_visit(&self.world.desk, self.kata(), Origin::Desk, seen, slot).await;
        self.expects(place, "a move", may, &moved);
        if may {
            self.people[place].book.moved(at, slot, State::Booked, None);
        }
    }

    async fn marks(&mut self, place: usize, number: usize, marking: Marking, page: Page) {
        let Some(at) = self.visit(place, number) else { return };
        let Some(seen) = self.seen(place, at, page) else { return };
        let mark = match marking {
            Marking::Confirm => VisitMark::Confirm,
            Marking::Arrive => VisitMark::Arrive,
            Marking::TakeInChair => VisitMark::TakeInChair,
            Marking::Complete => VisitMark::Complete,
            Marking::Miss => VisitMark::Miss,
            Marking::Undo => VisitMark::Undo,
            Marking::Late => VisitMark::Late(10),
            Marking::Cancel => VisitMark::Cancel(CancelReason::Clinic),
        };
        let marked = desk::mark_visit(&self.world.desk, self.kata(), Origin::Desk, seen, mark).await;
        let may = page == Page::Fresh && self.people[place].book.mark(at, marking);
        self.expects(place, "a mark", may, &marked);
    }

    async fn answers(&mut self, place: usize, page: Page) {
        let Some(thread) = self.thread(place).await else { return };
        let seen = if page == Page::Fresh { thread.version } else { thread.version - 1 };
        let answer = Answer {
            conversation: thread.id,
            seen,
            text: "We will ring you.".to_owned(),
            channel: None,
            timing: Timing::Polite,
            files: Vec::new(),
        };
        let answered = desk::reply(&self.world.desk, self.kata(), answer).await;
        self.expects(place, "an answer", page == Page::Fresh, &answered);
        if page == Page::Fresh {
            let book = &mut self.people[place].book;
            (book.turn, book.answers, book.emergencies) = (Turn::Answered { at: book.now }, 0, 0);
        }
    }

    async fn tends(&mut self, place: usize, tending: Tending) {
        let Some(thread) = self.thread(place).await else { return };
        let tended = desk::tend_conversation(&self.world.desk, self.kata(), thread.id, thread.version, tending).await;
        let book = &mut self.people[place].book;
        let next = match (tending, book.turn) {
            (Tending::Close(_), Turn::Waiting { emergency: true, .. } | Turn::Assigned { waiting_since: Some(_), emergency: true }) => None,
            (Tending::Close(_), _) => Some(Turn::Closed),
            (Tending::Assign(_), Turn::Waiting { since, emergency }) => Some(Turn::Assigned { waiting_since: Some(since), emergency }),
            (Tending::Assign(_), Turn::Bot | Turn::Answered { .. }) => Some(Turn::Assigned { waiting_since: None, emergency: false }),
            (Tending::Assign(_), same @ Turn::Assigned { .. }) => Some(same),
            (Tending::GiveBack, Turn::Assigned { waiting_since, emergency }) => {
                Some(Turn::Waiting { since: waiting_since.unwrap_or(book.now), emergency })
            }
            _ => None,
        };
        if let Some(turn) = next {
            book.turn = turn;
            if matches!(tending, Tending::Close(_)) {
                (book.answers, book.emergencies) = (0, 0);
            }
        }
        self.expects(place, "a conversation tended", next.is_some(), &tended);
    }

    /// A call was made.
    async fn settles(&mut self, place: usize, number: usize, outcome: TaskOutcome) {
        let calls: Vec<DeskTask> = self.tasks(place).await.into_iter().filter(|task| task.kind == TaskKind::Call).collect();
        let Some(task) = (!calls.is_empty()).then(|| calls[number % calls.len()].clone()) else { return };
        let settled = desk::settle_task(&self.world.desk, self.kata(), task.id, outcome).await;
        let book = &mut self.people[place].book;
        let at = task.visit.and_then(|id| book.visits.iter().position(|entry| entry.id == Some(id)));
        let may = match (outcome, at) {
            (TaskOutcome::Confirmed, Some(at)) => book.mark(at, Marking::Confirm),
            (TaskOutcome::Cancelled, Some(at)) => book.mark(at, Marking::Cancel),
            _ => true,
        };
        self.expects(place, "a call", may, &settled);
    }

    /// Somebody lets go what waits for the morning.
    async fn releases(&mut self, place: usize) {
        let Some(thread) = self.thread(place).await else { return };
        let held = self.outbox(thread.id).await.into_iter().find(|message| matches!(message.state, OutboundState::Held { .. }));
        if let Some(held) = held {
            let released = desk::release_message(&self.world.desk, self.kata(), held.id).await;
            self.expects(place, "a release", true, &released);
        }
    }

    async fn permits(&mut self, place: usize, who: Who, wish: Wish) {
        let answer = Permission {
            patient: self.people[place].of(who),
            purpose: Purpose::Service,
            channel: None,
            wording: "service-1".to_owned(),
            locale: Locale::En,
            proof: "said at the desk".to_owned(),
        };
        let kept = if wish == Wish::Objects {
            desk::refuse_consent(&self.world.desk, self.kata(), answer).await
        } else {
            desk::give_consent(&self.world.desk, self.kata(), answer).await
        };
        self.expects(place, "a permission", true, &kept);
        let (many, _) = self.people[place].book.ledger[who as usize];
        self.people[place].book.ledger[who as usize] = (many + 1, wish == Wish::Objects);
    }

    // --- the patient

    async fn says(&mut self, place: usize, words: Words) {
        let asking = self.people[place].book.asking();
        if asking.len() > 1 {
            // words have no address: a person would have to ask which question they answer
            return;
        }
        let late_for = (words == Words::Late).then(|| self.visit_today(place)).flatten();
        if words == Words::Late && late_for.is_none() || words == Words::Confirm && asking.is_empty() {
            return;
        }
        let person = &self.people[place];
        let message = json!({ "from": person.account.user(), "chat": person.account.chat(), "text": words.said() });
        self.telegram(place, "message", message).await;
        let now = self.world.desk.now();
        let person = &mut self.people[place];
        let book = &mut person.book;
        book.heard();
        match words {
            Words::Stop => {
                book.led_by_bot();
                if book.contact != Contact::OptedOut {
                    person.silences.push((now, None));
                }
                book.contact = Contact::OptedOut;
            }
            Words::Start => {
                book.led_by_bot();
                if book.contact == Contact::OptedOut {
                    person.silences.last_mut().expect("it was opted out").1 = Some(now);
                }
                book.contact = Contact::Open;
            }
            Words::Thanks => book.led_by_bot(),
            Words::Emergency => {
                book.emergencies += 1;
                book.for_the_desk(Urgency::Emergency);
            }
            Words::Confirm if book.is_bots_turn(Some(asking[0])) => {
                book.led_by_bot();
                book.answer(asking[0], Reply::Confirm);
            }
            Words::Person | Words::Unclear | Words::Confirm => book.unclear(),
            Words::Late => {
                book.led_by_bot();
                book.late(late_for.expect("asked above"));
            }
        }
    }

    /// Today's next visit of the family, begun an hour ago at most.
    fn visit_today(&self, place: usize) -> Option<usize> {
        let book = &self.people[place].book;
        let (from, today) = (book.now - HOUR, book.now.date(&book.zone));
        let mut coming: Vec<usize> = (0..book.visits.len())
            .filter(|at| {
                let entry = &book.visits[*at];
                entry.state.is_ahead() && entry.slot.starts_at > from && entry.slot.starts_at.date(&book.zone) == today
            })
            .collect();
        coming.sort_by_key(|at| book.visits[*at].slot.starts_at);
        coming.first().copied()
    }

    async fn membership(&mut self, place: usize, status: &str) {
        let account = self.people[place].account;
        let changed = json!({ "chat": account.chat(), "from": account.user(), "new_chat_member": { "status": status } });
        self.telegram(place, "my_chat_member", changed).await;
        let book = &mut self.people[place].book;
        match (status, book.contact) {
            ("kicked", Contact::Open) => book.contact = Contact::Lost,
            ("member", Contact::Lost) => book.contact = Contact::Open,
            _ => {}
        }
    }

    async fn taps(&mut self, place: usize, message: usize, button: usize) {
        let shown: Vec<Sent> = self.shown(place).into_iter().rev().filter(|sent| !sent.buttons.is_empty()).collect();
        let Some(sent) = (!shown.is_empty()).then(|| shown[message % shown.len()].clone()) else { return };
        let (_, data) = &sent.buttons[button % sent.buttons.len()];
        let Some((id, code)) = data.split_once('.') else { return };
        let (Ok(id), Some(reply)) = (id.parse(), Reply::from_code(code)) else { return };
        let asked = self.world.desk.look(move |tx, _| Ok(store::outbound::find(tx, id)?)).await.unwrap().expect("it was sent");
        let Cause::Run { run, .. } = asked.cause else { return };
        let book = &self.people[place].book;
        let Some(at) = book.talks.iter().position(|talk| talk.run == Some(run)) else { return };
        let taken = |slot: &Slot| book.family_comes_on(slot.starts_at, None);
        if let Reply::Slot(number) = reply
            && book.talks[at].offered.get(number).is_some_and(taken)
        {
            return;
        }
        if !book.talks[at].is_open() && book.asking().len() > 1 {
            // it may end as unclear, and then which question it belongs to is not certain
            return;
        }
        let account = self.people[place].account;
        let on = json!({ "message_id": sent.message_id, "chat": account.chat(), "date": 0, "text": sent.text });
        let tap = json!({ "id": format!("tap{}", self.updates), "from": account.user(), "message": on, "data": data });
        self.telegram(place, "callback_query", tap).await;
        let book = &mut self.people[place].book;
        book.heard();
        if book.talks[at].is_open() {
            book.led_by_bot();
            book.answer(at, reply);
        } else {
            let pinned = asked.visit.and_then(|pin| book.visits.iter().position(|entry| entry.id == Some(pin.visit)));
            book.answer_too_late(at, reply, pinned.unwrap_or(book.talks[at].visit));
        }
    }

    async fn telegram(&mut self, place: usize, kind: &str, mut news: Value) {
        self.updates += 1;
        (news["message_id"], news["date"]) = match kind {
            "message" => (self.updates.into(), 1_795_420_800.into()),
            _ => (Value::Null, 1_795_420_800.into()),
        };
        let mut update = json!({ "update_id": self.updates });
        update[kind] = news;
        let status = self.world.webhook(&update).await;
        if status != 200 {
            self.wrong(place, format!("{status} to {update}"));
        }
    }

    // --- what is there

    pub fn shown(&self, place: usize) -> Vec<Sent> {
        self.world.provider.sent_to(self.people[place].account)
    }

    pub async fn thread(&self, place: usize) -> Option<Conversation> {
        let parent = self.people[place].parent;
        self.world.desk.look(move |tx, _| Ok(store::conversations::of_patient(tx, parent)?)).await.unwrap()
    }

    pub async fn outbox(&self, thread: ConversationId) -> Vec<clinic::outbox::Outbound> {
        let look = move |tx: &mut store::Tx<'_>, _: Timestamp| {
            Ok(store::outbound::of_conversation(tx, thread, store::conversations::NEWEST, 1_000)?)
        };
        self.world.desk.look(look).await.unwrap()
    }

    /// Open ones.
    pub async fn tasks(&self, place: usize) -> Vec<DeskTask> {
        let Some(thread) = self.thread(place).await else { return Vec::new() };
        let tasks = self.world.desk.look(move |tx, _| Ok(store::tasks::open_of_conversation(tx, thread.id)?)).await.unwrap();
        tasks.into_iter().filter(|task| task.state == TaskState::Open).collect()
    }

    fn expects<T>(&mut self, place: usize, what: &str, expected: impl Into<Expected>, got: &Result<T, ActError>) {
        match (got, expected.into()) {
            (Ok(_), Expected::Done) | (Err(ActError::Refused(_)), Expected::Refused) => {}
            (Ok(_), Expected::Refused) => self.wrong(place, format!("{what} was made, and had to be refused")),
            (Err(error), _) => self.wrong(place, format!("{what}: {error}")),
        }
    }
}

async fn move_in(world: &World, account: Account) -> Person {
    let parent = world.people.moves_in(&world.desk, account).await;
    let (gromov, service, clinic) = (world.people.gromov, world.people.service, world.people.clinic.id);
    let moved_in = world.desk.act(Actor::Program, Origin::Program, move |act| {
        let (now, chance) = (act.now, &mut act.chance);
        let (dentist, chair, own, child) =
            (StaffId::new(now, chance), ChairId::new(now, chance), ServiceId::new(now, chance), PatientId::new(now, chance));
        let like = store::staff::find(act.tx, gromov)?.expect("Dr Gromov works here");
        store::staff::save(act.tx, &StaffMember { id: dentist, ..like })?;
        store::clinics::save_chair(act.tx, &Chair { id: chair, clinic, name: format!("of {}", account.id) })?;
        let like = store::clinics::service(act.tx, service)?.expect("a check-up");
        store::clinics::save_service(act.tx, &Service { id: own, providers: vec![dentist], chairs: vec![chair], ..like })?;
        let card = store::patients::find(act.tx, parent)?.expect("moved in");
        store::patients::save(act.tx, &Patient { id: child, guardian: Some(parent), ..card })?;
        Ok((dentist, chair, own, child))
    });
    let (dentist, chair, service, child) = moved_in.await.unwrap();
    let book = Book::open(world.people.clinic.zone.clone(), world.desk.now());
    Person { account, parent, child, dentist, chair, service, book, silences: Vec::new(), faults: Vec::new() }
}
