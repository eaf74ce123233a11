//! A plain book-keeping of one life: what the journal, the conversation, the questions of the bot and the desk's list must
//! be after each act, worked out by the rules of the clinic and nothing of the program.

use std::time::Duration;

use clinic::conversations::Urgency;
use clinic::journal::Slot;
use clinic::playbooks::Reply;
use kernel::{RunId, Timestamp, VisitId, Zone};

use super::acts::{Marking, Who};

pub const MINUTE: Duration = Duration::from_mins(1);
pub const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);
/// How often times are offered before a person takes over.
const OFFERS: u32 = 3;

pub struct Book {
    pub zone: Zone,
    pub now: Timestamp,
    pub visits: Vec<Entry>,
    pub talks: Vec<Talk>,
    pub contact: Contact,
    pub turn: Turn,
    /// Open tasks to answer, and emergencies among them.
    pub answers: usize,
    pub emergencies: usize,
    /// For each: how many entries the ledger has, and whether the last one is a no.
    pub ledger: [(usize, bool); 2],
}

#[derive(Debug, Clone)]
pub struct Entry {
    /// Known once the program has told it.
    pub id: Option<VisitId>,
    pub who: Who,
    pub slot: Slot,
    pub state: State,
    pub late: Option<u32>,
    pub version: i64,
    pub booked_at: Timestamp,
    pub moves: u32,
    /// Where an undone mark goes back to, and when it was made.
    marks: Vec<(State, Timestamp)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Booked,
    Confirmed,
    Arrived,
    InChair,
    Completed,
    Missed,
    Cancelled,
    Moved,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contact {
    Open,
    OptedOut,
    Lost,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    Bot,
    Waiting { since: Timestamp, emergency: bool },
    Assigned { waiting_since: Option<Timestamp>, emergency: bool },
    Answered { at: Timestamp },
    Closed,
}

/// A question of the bot that goes on: about a visit that comes, or one that was missed.
#[derive(Debug, Clone)]
pub struct Talk {
    pub run: Option<RunId>,
    pub about: About,
    pub visit: usize,
    pub stage: Stage,
    /// None while it goes on.
    pub outcome: Option<&'static str>,
    pub offered: Vec<Slot>,
    /// The program has just offered times that nobody has looked at yet.
    pub offers_now: bool,
    offers: u32,
    pub asked: bool,
    since: Timestamp,
    pub changed_at: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    ComingVisit,
    MissedVisit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Reminding,
    Offering,
    Why,
    Cancelled,
    OfferingAnew,
    Missed,
}

enum Moment {
    Asks,
    Calls,
    Ends,
    GivesUpAsking,
}

impl State {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Booked => "booked",
            Self::Confirmed => "confirmed",
            Self::Arrived => "arrived",
            Self::InChair => "in_chair",
            Self::Completed => "completed",
            Self::Missed => "no_show",
            Self::Cancelled => "cancelled",
            Self::Moved => "moved",
        }
    }

    pub const fn is_ahead(self) -> bool {
        matches!(self, Self::Booked | Self::Confirmed)
    }

    const fn stands(self) -> bool {
        !matches!(self, Self::Missed | Self::Cancelled | Self::Moved)
    }
}

impl Talk {
    pub const fn is_open(&self) -> bool {
        self.outcome.is_none()
    }

    pub const fn playbook(&self) -> &'static str {
        match self.about {
            About::ComingVisit => "visit-reminder",
            About::MissedVisit => "no-show",
        }
    }
}

impl Book {
    pub fn open(zone: Zone, now: Timestamp) -> Self {
        Self {
            zone,
            now,
            visits: Vec::new(),
            talks: Vec::new(),
            contact: Contact::Open,
            turn: Turn::Bot,
            answers: 0,
            emergencies: 0,
            ledger: [(0, false); 2],
        }
    }

    // --- the journal

    pub fn is_free(&self, slot: &Slot, except: Option<usize>) -> bool {
        let meets = |entry: &Entry| entry.slot.starts_at < slot.ends_at && slot.starts_at < entry.slot.ends_at;
        !self.visits.iter().enumerate().any(|(at, entry)| Some(at) != except && entry.state.stands() && meets(entry))
    }

    /// Whether somebody of the family comes on this day: the bot would speak of all their visits at once.
    pub fn family_comes_on(&self, at: Timestamp, except: Option<usize>) -> bool {
        let day = at.date(&self.zone);
        self.visits.iter().enumerate().any(|(place, entry)| Some(place) != except && entry.slot.starts_at.date(&self.zone) == day)
    }

    pub fn book(&mut self, who: Who, slot: Slot) {
        self.enter(Entry {
            id: None,
            who,
            slot,
            state: State::Booked,
            late: None,
            version: 1,
            booked_at: self.now,
            moves: 0,
            marks: Vec::new(),
        });
    }

    fn enter(&mut self, entry: Entry) {
        let (coming, at) = (entry.slot.starts_at > self.now, self.visits.len());
        self.visits.push(entry);
        if coming {
            self.begin(About::ComingVisit, at, Stage::Reminding);
        }
    }

    /// `to` becomes the visit of this chain that stands.
    pub fn moved(&mut self, at: usize, to: Slot, state: State, inside: Option<usize>) {
        let old = &mut self.visits[at];
        let entry = Entry {
            id: None,
            slot: to,
            state,
            late: None,
            version: old.version + 1,
            booked_at: self.now,
            moves: old.moves + 1,
            marks: Vec::new(),
            ..old.clone()
        };
        (old.state, old.version) = (State::Moved, old.version + 1);
        self.stop(at, &[About::ComingVisit, About::MissedVisit], inside);
        self.enter(entry);
    }

    /// What the desk marks; false where the journal must refuse.
    pub fn mark(&mut self, at: usize, marking: Marking) -> bool {
        let now = self.now;
        let (state, starts_at, ends_at) = (self.visits[at].state, self.visits[at].slot.starts_at, self.visits[at].slot.ends_at);
        match (marking, state) {
            (Marking::Confirm, State::Booked) if now < starts_at => self.becomes(at, State::Confirmed, None),
            (Marking::Arrive, State::Booked | State::Confirmed) if starts_at.since(now) <= 12 * HOUR => self.marked(at, State::Arrived),
            (Marking::TakeInChair, State::Arrived) => self.marked(at, State::InChair),
            (Marking::Complete, State::Arrived | State::InChair) => self.marked(at, State::Completed),
            (Marking::Miss, State::Booked | State::Confirmed) if now >= starts_at => {
                self.marked(at, State::Missed);
                self.begin(About::MissedVisit, at, Stage::Missed);
            }
            (Marking::Cancel, State::Booked | State::Confirmed) => self.becomes(at, State::Cancelled, None),
            (Marking::Late, State::Booked | State::Confirmed) if now < ends_at => self.late(at),
            (Marking::Undo, State::Arrived | State::InChair | State::Completed | State::Missed) => return self.undo(at),
            // a second time is no mistake
            (Marking::Confirm, State::Confirmed)
            | (Marking::Arrive, State::Arrived)
            | (Marking::TakeInChair, State::InChair)
            | (Marking::Complete, State::Completed)
            | (Marking::Miss, State::Missed)
            | (Marking::Cancel, State::Cancelled) => {}
            _ => return false,
        }
        true
    }

    pub fn late(&mut self, at: usize) {
        let entry = &mut self.visits[at];
        if entry.late != Some(10) {
            (entry.late, entry.version) = (Some(10), entry.version + 1);
        }
    }

    fn undo(&mut self, at: usize) -> bool {
        let (today, zone) = (self.now.date(&self.zone), self.zone.clone());
        let entry = &mut self.visits[at];
        let (before, made_at) = *entry.marks.last().expect("every such mark was made");
        if made_at.date(&zone) != today {
            return false;
        }
        entry.marks.pop();
        (entry.state, entry.version) = (before, entry.version + 1);
        self.stop(at, &[About::MissedVisit], None);
        true
    }

    fn marked(&mut self, at: usize, state: State) {
        let (before, now) = (self.visits[at].state, self.now);
        self.visits[at].marks.push((before, now));
        self.becomes(at, state, None);
    }

    fn becomes(&mut self, at: usize, state: State, inside: Option<usize>) {
        let entry = &mut self.visits[at];
        (entry.state, entry.version) = (state, entry.version + 1);
        let came = matches!(state, State::Arrived | State::InChair | State::Completed);
        let stopped: &[About] = if came { &[About::ComingVisit, About::MissedVisit] } else { &[About::ComingVisit] };
        self.stop(at, stopped, inside);
    }

    // --- what the bot asks

    fn begin(&mut self, about: About, visit: usize, stage: Stage) {
        self.talks.push(Talk {
            run: None,
            about,
            visit,
            stage,
            outcome: None,
            offered: Vec::new(),
            offers_now: false,
            offers: 0,
            asked: false,
            since: self.now,
            changed_at: self.now,
        });
    }

    fn stop(&mut self, visit: usize, about: &[About], inside: Option<usize>) {
        for (place, talk) in self.talks.iter_mut().enumerate() {
            if talk.visit == visit && talk.is_open() && about.contains(&talk.about) && Some(place) != inside {
                talk.outcome = Some("stopped");
            }
        }
    }

    /// Questions to which words could be an answer.
    pub fn asking(&self) -> Vec<usize> {
        (0..self.talks.len()).filter(|at| self.talks[*at].is_open() && self.talks[*at].asked).collect()
    }

    /// The patient answers a question that is open.
    pub fn answer(&mut self, at: usize, reply: Reply) {
        let (about, stage) = (self.talks[at].about, self.talks[at].stage);
        let offering = matches!(stage, Stage::Offering | Stage::OfferingAnew);
        match (about, stage, reply) {
            (_, _, Reply::Slot(place)) if offering => self.choose(at, place),
            (_, _, Reply::More | Reply::AnotherTime) if offering => self.offer(at, stage),
            (About::MissedVisit, Stage::Missed, Reply::AnotherTime | Reply::Yes) => self.offer(at, Stage::OfferingAnew),
            (About::MissedVisit, _, Reply::Cancel) | (About::MissedVisit, Stage::Missed, Reply::No) => self.end(at, "declined"),
            (_, _, Reply::Person) | (About::MissedVisit, _, _) => self.hand_over(at),
            (_, Stage::Cancelled, Reply::AnotherTime) => self.offer(at, Stage::OfferingAnew),
            (_, Stage::Cancelled, Reply::Cancel) => self.end(at, "cancelled"),
            (_, _, Reply::AnotherTime) => self.offer(at, Stage::Offering),
            (_, _, Reply::Confirm | Reply::Keep) | (_, Stage::Reminding, Reply::Yes) => self.confirm(at),
            (_, Stage::Why, Reply::Reason(_) | Reply::Cancel) => self.cancel(at),
            (_, _, Reply::Cancel) | (_, Stage::Reminding, Reply::No) => self.goes_to(at, Stage::Why),
            _ => self.hand_over(at),
        }
    }

    fn confirm(&mut self, at: usize) {
        let visit = self.talks[at].visit;
        match self.visits[visit].state {
            State::Booked if self.now < self.visits[visit].slot.starts_at => self.becomes(visit, State::Confirmed, Some(at)),
            State::Confirmed => {}
            _ => return self.hand_over(at),
        }
        self.end(at, "confirmed");
    }

    fn cancel(&mut self, at: usize) {
        let visit = self.talks[at].visit;
        let entry = &self.visits[visit];
        match entry.state {
            State::Cancelled => {}
            State::Booked | State::Confirmed if self.now < entry.slot.starts_at => self.becomes(visit, State::Cancelled, Some(at)),
            _ => return self.hand_over(at),
        }
        self.goes_to(at, Stage::Cancelled);
    }

    fn offer(&mut self, at: usize, stage: Stage) {
        if self.talks[at].offers >= OFFERS {
            return self.hand_over(at);
        }
        self.talks[at].offers += 1;
        self.talks[at].offers_now = true;
        self.goes_to(at, stage);
    }

    fn goes_to(&mut self, at: usize, stage: Stage) {
        let (talk, now) = (&mut self.talks[at], self.now);
        (talk.stage, talk.since, talk.changed_at, talk.asked) = (stage, now, now, true);
    }

    fn choose(&mut self, at: usize, place: usize) {
        let (stage, visit) = (self.talks[at].stage, self.talks[at].visit);
        let Some(slot) = self.talks[at].offered.get(place).copied() else { return self.hand_over(at) };
        let entry = self.visits[visit].clone();
        let moves = stage == Stage::Offering;
        let may_move = entry.state.is_ahead() && self.now < entry.slot.starts_at;
        if slot.starts_at <= self.now || !self.is_free(&slot, moves.then_some(visit)) || (moves && !may_move) {
            return self.offer(at, stage);
        }
        if moves {
            let soon = slot.starts_at.since(self.now) <= 3 * DAY;
            self.moved(visit, slot, if soon { State::Confirmed } else { State::Booked }, Some(at));
        } else {
            self.book(entry.who, slot);
        }
        self.talks[at].visit = self.visits.len() - 1;
        self.end(at, if self.talks[at].about == About::MissedVisit { "booked" } else { "moved" });
    }

    fn end(&mut self, at: usize, outcome: &'static str) {
        (self.talks[at].outcome, self.talks[at].changed_at) = (Some(outcome), self.now);
    }

    fn hand_over(&mut self, at: usize) {
        self.end(at, "handed-over");
        self.answers += 1;
        self.for_the_desk(Urgency::Normal);
    }

    /// A button of a question that has ended. `visit`: the one that its message spoke of.
    pub fn answer_too_late(&mut self, at: usize, reply: Reply, visit: usize) {
        let outcome = self.talks[at].outcome.unwrap_or_default();
        let again = matches!((outcome, reply), ("confirmed", Reply::Confirm | Reply::Keep) | ("moved" | "booked", Reply::Slot(_)));
        if again {
            return self.led_by_bot();
        }
        let entry = &self.visits[visit];
        let stands = entry.state.is_ahead() && entry.slot.starts_at > self.now;
        match reply {
            Reply::Confirm | Reply::AnotherTime | Reply::Cancel if stands => {
                self.led_by_bot();
                let open = (0..self.talks.len()).rev().find(|at| {
                    let talk = &self.talks[*at];
                    talk.is_open() && talk.about == About::ComingVisit && talk.visit == visit
                });
                let at = open.unwrap_or_else(|| {
                    self.begin(About::ComingVisit, visit, Stage::Reminding);
                    self.talks.len() - 1
                });
                self.answer(at, reply);
            }
            Reply::Confirm | Reply::Keep | Reply::Slot(_) | Reply::More | Reply::Late(_) | Reply::Reason(_) => self.led_by_bot(),
            _ => self.unclear(),
        }
    }

    /// What nobody can be certain about goes to a person, with the question that was open.
    pub fn unclear(&mut self) {
        let open = self.asking().pop();
        match open {
            Some(at) if self.is_bots_turn(Some(at)) => {
                self.led_by_bot();
                self.hand_over(at);
            }
            _ => self.for_the_desk(Urgency::Normal),
        }
    }

    pub fn is_bots_turn(&self, open: Option<usize>) -> bool {
        match self.turn {
            Turn::Bot | Turn::Closed => true,
            Turn::Waiting { since: at, .. } | Turn::Answered { at } => open.is_some_and(|open| self.talks[open].changed_at > at),
            Turn::Assigned { .. } => false,
        }
    }

    // --- whose turn it is

    pub fn led_by_bot(&mut self) {
        if self.turn == Turn::Closed {
            self.turn = Turn::Bot;
        }
    }

    pub fn for_the_desk(&mut self, urgency: Urgency) {
        let (now, emergency) = (self.now, urgency == Urgency::Emergency);
        self.turn = match self.turn {
            Turn::Bot | Turn::Answered { .. } | Turn::Closed => Turn::Waiting { since: now, emergency },
            Turn::Waiting { since, emergency: before } => Turn::Waiting { since, emergency: before || emergency },
            Turn::Assigned { waiting_since, emergency: false } if emergency => {
                Turn::Waiting { since: waiting_since.unwrap_or(now), emergency }
            }
            Turn::Assigned { waiting_since, emergency } => Turn::Assigned { waiting_since: waiting_since.or(Some(now)), emergency },
        };
    }

    /// Something came in from the account.
    pub fn heard(&mut self) {
        if self.contact == Contact::Lost {
            self.contact = Contact::Open;
        }
    }

    // --- time

    /// What time alone does until then.
    pub fn advance(&mut self, until: Timestamp) {
        while let Some((at, talk, moment)) = self.next_moment().filter(|(at, _, _)| *at <= until) {
            self.now = at;
            match moment {
                Moment::Asks => {
                    let missed = self.talks[talk].about == About::MissedVisit;
                    self.goes_to(talk, if missed { Stage::Missed } else { Stage::Reminding });
                }
                Moment::Calls => (self.talks[talk].changed_at, self.talks[talk].since) = (at, at),
                Moment::GivesUpAsking => self.cancel(talk),
                Moment::Ends => {
                    let cancelled = matches!(self.talks[talk].stage, Stage::Cancelled | Stage::OfferingAnew);
                    let reminder = self.talks[talk].about == About::ComingVisit;
                    self.end(talk, if cancelled && reminder { "cancelled" } else { "unanswered" });
                }
            }
        }
        self.now = until;
    }

    fn next_moment(&self) -> Option<(Timestamp, usize, Moment)> {
        let open = self.talks.iter().enumerate().filter(|(_, talk)| talk.is_open());
        open.map(|(place, talk)| {
            let (at, moment) = self.moment_of(talk);
            (at, place, moment)
        })
        .min_by_key(|(at, place, _)| (*at, *place))
    }

    fn moment_of(&self, talk: &Talk) -> (Timestamp, Moment) {
        match (talk.about, talk.stage) {
            (About::MissedVisit, Stage::Missed) if !talk.asked => (talk.since + HOUR, Moment::Asks),
            (About::MissedVisit, _) => (talk.since + 7 * DAY, Moment::Ends),
            (_, Stage::Why) => (talk.since + 30 * MINUTE, Moment::GivesUpAsking),
            (_, Stage::Cancelled | Stage::OfferingAnew) => (talk.since + 2 * DAY, Moment::Ends),
            (_, Stage::Reminding | Stage::Offering | Stage::Missed) => {
                let entry = &self.visits[talk.visit];
                // whoever was offered times goes on with the day before
                let skipped = if talk.stage == Stage::Offering { self.wall(entry, 3, 10) } else { talk.since };
                let next = self.reminders(entry).into_iter().find(|(at, _)| *at > talk.since.max(skipped));
                next.unwrap_or((entry.slot.starts_at, Moment::Ends))
            }
        }
    }

    /// Three days and a day before at ten, again at three, a call at five, and two hours before; early visits the evening
    /// before. Not within two hours of the booking, and not for what was booked within a day.
    fn reminders(&self, entry: &Entry) -> Vec<(Timestamp, Moment)> {
        let starts_at = entry.slot.starts_at;
        if entry.state != State::Booked || starts_at.since(entry.booked_at) < DAY {
            return Vec::new();
        }
        let wall = |days, hour| self.wall(entry, days, hour);
        let two_hours = starts_at - 2 * HOUR;
        let soon = if two_hours.in_zone(&self.zone).hour() < 8 { wall(1, 19) } else { two_hours };
        let mut all =
            vec![(wall(3, 10), Moment::Asks), (wall(1, 10), Moment::Asks), (wall(1, 15), Moment::Asks), (wall(1, 17), Moment::Calls)];
        all.push((soon, Moment::Asks));
        all.retain(|(at, _)| *at >= entry.booked_at + 2 * HOUR);
        all
    }

    /// An hour so many days before a visit.
    fn wall(&self, entry: &Entry, days: i64, hour: i8) -> Timestamp {
        let day = entry.slot.starts_at.date(&self.zone).saturating_sub(jiff::Span::new().days(days));
        self.zone.at(day.at(hour, 0, 0, 0))
    }
}
