//! The patients of the demo, as people are: what arrives on their telephones they answer by themselves, each by their own
//! habit and in their own language, at the moment that the clock of the demo reaches. Whoever's telephone the visitor
//! holds stays silent.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use channels::sandbox::Did;
use clinic::actors::Channel;
use clinic::conversations::{Button, Cause, Press};
use clinic::outbox::Outbound;
use clinic::patients::ContactState;
use clinic::playbooks::Reply;
use desk::{ActError, Desk};
use kernel::{Date, Locale, MessageId, Timestamp, Zone};

use super::habits::{Asked, Gesture, Habit, Planned, answer, chance_of, habit};
use super::people::Person;
use super::speech::Speech;
use super::telephones::{Done, Doorbell, Telephones};

const MINUTE: Duration = Duration::from_mins(1);
/// How many patients write on a working day without having been asked.
const LETTERS_A_DAY: usize = 5;
/// How long before the visit somebody notices that they are late.
const NOTICED_BEFORE: Duration = Duration::from_mins(12);

pub struct Patients {
    seed: u64,
    zone: Zone,
    telephones: Telephones,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// By the name of the telephone.
    owners: HashMap<String, Owner>,
    /// In the order in which letters without a question are drawn.
    handles: Vec<String>,
    /// What will be done, at its moment.
    planned: BTreeMap<(Timestamp, String, u64), Deed>,
    count: u64,
    in_hand: HashSet<String>,
    letters_until: Option<Date>,
    /// Telephones on which something has arrived since the demo began.
    rang: BTreeSet<String>,
}

#[derive(Clone, Copy)]
struct Owner {
    locale: Locale,
    writes: Writes,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Writes {
    Sometimes,
    /// Has said stop, or is no longer treated.
    Never,
}

#[derive(Clone)]
enum Deed {
    Do(Did),
    /// A message of somebody's own accord.
    Letter(Gesture),
}

impl Patients {
    pub fn new(seed: u64, zone: Zone, telephones: Telephones, people: &[Person]) -> Self {
        let mut state = State::default();
        for person in people {
            let Some(contact) = person.contacts.iter().find(|contact| contact.channel() == Channel::Sandbox) else { continue };
            let writes = if contact.state == ContactState::Open { Writes::Sometimes } else { Writes::Never };
            let handle = contact.address.rest().to_owned();
            state.handles.push(handle.clone());
            state.owners.insert(handle, Owner { locale: person.patient.locale, writes });
        }
        Self { seed, zone, telephones, state: Mutex::new(state) }
    }

    /// From now on they speak through these.
    pub fn take_telephones(&mut self, telephones: Telephones) {
        self.telephones = telephones;
    }

    /// From now on the visitor answers for this patient.
    pub fn hand_over(&self, handle: &str) {
        let mut state = self.state();
        state.in_hand.insert(handle.to_owned());
        state.planned.retain(|(_, owner, _), _| owner != handle);
    }

    /// When somebody will do something next.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.state().planned.keys().next().map(|(at, _, _)| *at)
    }

    /// Looks at what has arrived, and lets every patient decide what to do about it. Says how much came.
    pub async fn look(&self, desk: &Desk, doorbell: &Doorbell) -> Result<usize, ActError> {
        let arrived = doorbell.arrived();
        if arrived.is_empty() {
            return Ok(0);
        }
        let mut messages = desk.look(move |tx, _| read(tx, &arrived)).await?;
        // several letters travel at once: the order in which they ring is not the order of the clinic
        messages.sort_by(|one, other| (one.0.created_at, handle_of(&one.0)).cmp(&(other.0.created_at, handle_of(&other.0))));
        let now = desk.now();
        for (message, starts_at) in &messages {
            self.got(message, *starts_at, now);
        }
        Ok(messages.len())
    }

    /// Does what is due. Says how much was done.
    pub async fn act_due(&self, now: Timestamp) -> Result<usize, ActError> {
        self.draw_letters(now);
        let due = self.take_due(now);
        let count = due.len();
        let done = due.into_iter().map(|(handle, number, did)| Done { key: format!("{handle}.{number}"), handle, did });
        self.telephones.did(done.collect()).await?;
        Ok(count)
    }

    fn take_due(&self, now: Timestamp) -> Vec<(String, u64, Did)> {
        let mut state = self.state();
        let later = state.planned.split_off(&(now + Duration::from_millis(1), String::new(), 0));
        let due = std::mem::replace(&mut state.planned, later);
        due.into_iter()
            .filter_map(|((_, handle, number), deed)| {
                let locale = state.owners.get(&handle)?.locale;
                let did = match deed {
                    Deed::Do(did) => did,
                    Deed::Letter(gesture) => Did::Words { text: self.words(gesture, locale, &handle, number)?.to_owned() },
                };
                Some((handle, number, did))
            })
            .collect()
    }

    /// A message lies on a telephone.
    fn got(&self, message: &Outbound, starts_at: Option<Timestamp>, now: Timestamp) {
        let handle = handle_of(message);
        let mut state = self.state();
        state.rang.insert(handle.to_owned());
        let on = message.id.to_string();
        state.plan(now, handle, Deed::Do(Did::Receive { on: on.clone() }));
        let Some(owner) = state.owners.get(handle).copied() else { return };
        if state.in_hand.contains(handle) {
            return;
        }
        let mut chance = chance_of(self.seed, handle, &occasion(message));
        let nature = habit(self.seed, handle);
        for Planned { after, gesture } in answer(nature, asked(message), &mut chance) {
            let at = now + after;
            state.plan(at, handle, Deed::Do(Did::Read { on: on.clone() }));
            let number = state.count;
            if let Some(did) = self.did(gesture, message, owner.locale, (handle, number)) {
                state.plan(at, handle, Deed::Do(did));
            }
            if nature == Habit::Latecomer
                && gesture == Gesture::Confirm
                && let Some(starts_at) = starts_at
            {
                state.plan(starts_at - NOTICED_BEFORE, handle, Deed::Letter(Gesture::Late));
            }
        }
    }

    fn did(&self, gesture: Gesture, message: &Outbound, locale: Locale, (handle, number): (&str, u64)) -> Option<Did> {
        let buttons = &message.content.buttons;
        let press = |button: Option<&Button>| button.and_then(|button| pressed(message, button));
        match gesture {
            Gesture::Confirm => press(named(buttons, "confirm")),
            Gesture::AnotherTime => press(named(buttons, "another-time")),
            Gesture::Cancel => press(named(buttons, "cancel")),
            Gesture::Slot(place) => press(all_named(buttons, "slot").get(place).or(all_named(buttons, "slot").first()).copied()),
            Gesture::Reason(place) => press(all_named(buttons, "reason").get(place).copied()),
            Gesture::Minutes(place) => press(all_named(buttons, "late").get(place).copied()),
            Gesture::Thumb => Some(Did::React { on: message.id.to_string(), emoji: "👍".to_owned() }),
            Gesture::Yes | Gesture::Question | Gesture::Emergency | Gesture::Late | Gesture::Thanks => {
                Some(Did::Words { text: self.words(gesture, locale, handle, number)?.to_owned() })
            }
            Gesture::Read => None,
        }
    }

    fn words(&self, gesture: Gesture, locale: Locale, handle: &str, number: u64) -> Option<&'static str> {
        let speech = Speech::of(locale);
        let list = match gesture {
            Gesture::Yes => &speech.yes,
            Gesture::Question => &speech.questions,
            Gesture::Emergency => &speech.emergency,
            Gesture::Late => &speech.late,
            Gesture::Thanks => &speech.thanks,
            Gesture::Confirm
            | Gesture::AnotherTime
            | Gesture::Cancel
            | Gesture::Slot(_)
            | Gesture::Reason(_)
            | Gesture::Minutes(_)
            | Gesture::Thumb
            | Gesture::Read => return None,
        };
        Some(chance_of(self.seed, handle, &format!("words {number}")).pick(list).as_str())
    }

    /// On each new day some patients write by themselves.
    fn draw_letters(&self, now: Timestamp) {
        let today = now.date(&self.zone);
        let mut state = self.state();
        if state.letters_until == Some(today) || state.handles.is_empty() {
            return;
        }
        state.letters_until = Some(today);
        let mut chance = chance_of(self.seed, "letters", &today.to_string());
        let midnight = self.zone.start_of(today);
        for _ in 0..LETTERS_A_DAY.min(state.handles.len()) {
            let place = chance.below(state.handles.len());
            let handle = state.handles[place].clone();
            let minutes = u32::try_from(8 * 60 + chance.below(11 * 60)).expect("minutes of a day");
            let at = midnight + MINUTE * minutes;
            let gesture = if chance.percent(12) { Gesture::Emergency } else { Gesture::Question };
            let writes = state.owners.get(&handle).is_some_and(|owner| owner.writes == Writes::Sometimes);
            if writes && at > now && !state.in_hand.contains(&handle) {
                state.plan(at, &handle, Deed::Letter(gesture));
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn plan(&mut self, at: Timestamp, handle: &str, deed: Deed) {
        self.count += 1;
        self.planned.insert((at, handle.to_owned(), self.count), deed);
    }
}

/// Messages, each with the start of the visit that it speaks of.
fn read(tx: &mut store::Tx<'_>, ids: &[MessageId]) -> Result<Vec<(Outbound, Option<Timestamp>)>, ActError> {
    let mut messages = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(message) = store::outbound::find(tx, *id)? else { continue };
        let visit = message.visit.map(|pin| store::visits::find(tx, pin.visit)).transpose()?.flatten();
        messages.push((message, visit.map(|visit| visit.starts_at)));
    }
    Ok(messages)
}

fn handle_of(message: &Outbound) -> &str {
    message.route.as_ref().map_or("", |route| route.to.rest())
}

/// What is the same for the same question in every demo: ids are not.
fn occasion(message: &Outbound) -> String {
    match &message.cause {
        Cause::Run { playbook, step, .. } => format!("{playbook} {step} {}", message.created_at),
        Cause::Courtesy { text } => format!("{text} {}", message.created_at),
        Cause::Reply { .. } | Cause::Trial { .. } => format!("reply {}", message.created_at),
    }
}

fn asked(message: &Outbound) -> Asked {
    let has = |name| named(&message.content.buttons, name).is_some();
    if has("confirm") {
        Asked::Confirmation
    } else if has("slot") {
        Asked::Slots
    } else if has("reason") {
        Asked::Reason
    } else if has("late") {
        Asked::Minutes
    } else if has("another-time") {
        Asked::NewTime
    } else {
        Asked::Nothing
    }
}

/// What a button of ours answers.
fn reply_of(button: &Button) -> Option<Reply> {
    match &button.press {
        Press::Answer(data) => Reply::from_code(data.split_once('.')?.1),
        Press::Link(_) | Press::ShareContact => None,
    }
}

fn all_named<'a>(buttons: &'a [Button], name: &str) -> Vec<&'a Button> {
    buttons.iter().filter(|button| reply_of(button).is_some_and(|reply| reply.name() == name)).collect()
}

fn named<'a>(buttons: &'a [Button], name: &str) -> Option<&'a Button> {
    all_named(buttons, name).first().copied()
}

fn pressed(message: &Outbound, button: &Button) -> Option<Did> {
    let Press::Answer(data) = &button.press else { return None };
    Some(Did::Press { on: message.id.to_string(), data: data.clone(), label: button.label.clone() })
}
