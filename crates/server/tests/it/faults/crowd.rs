//! Many patients of the named clinic, each with a phone at the messenger, and many messages decided on for them.

use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::sync::Arc;

use clinic::actors::{Actor, Origin};
use clinic::consents::Purpose;
use clinic::conversations::{Cause, Content, Conversation, ConversationState, Counterpart};
use clinic::gate::{ChannelReason, HoldReason, Rank, Route, Sensitivity, Timing, Why};
use clinic::outbox::{Draft, Outbound, OutboundState};
use clinic::patients::{ContactPoint, NewPatient, Patient, Sureness};
use desk::{Act, Desk, Parts};
use kernel::{
    AccountId, Chance, Clock, ContactPointId, ConversationId, Locale, MessageId, PatientId, PersonName, QuietHours, Secret, Time,
    Timestamp, Zone,
};
use store::Store;
use store::accounts::Account;

use super::houses::House;
use super::verdicts::{Hours, Kept, Rules, Seen, Standing};
use crate::world::People;

/// A Monday at 10:00, when everything may go.
pub fn monday() -> Timestamp {
    zone().at("2026-11-23T10:00".parse().unwrap())
}

pub fn zone() -> Zone {
    Zone::named("Europe/Budapest").unwrap()
}

pub struct Crowd {
    pub people: People,
    pub members: Vec<Member>,
    pub house: House,
    /// The clinic's account there.
    pub account: AccountId,
    decided: Vec<Decided>,
    seed: u64,
}

#[derive(Debug, Clone, Copy)]
pub struct Member {
    pub patient: PatientId,
    pub contact: ContactPointId,
    pub conversation: ConversationId,
    pub chat: i64,
}

struct Decided {
    id: MessageId,
    chat: i64,
    text: String,
    timing: Hours,
}

/// A desk of this store, with a name among several.
pub fn desk(store: Store, clock: Arc<dyn Clock>, node: &str) -> Desk {
    let seed = node.bytes().fold(23, |sum: u64, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
    Desk::new(Parts { store, clock, chance: Chance::from_seed(seed), node: node.to_owned() })
}

impl Crowd {
    /// The clinic opens with so many patients, all of them at the house whose messenger stands there.
    pub async fn settle(desk: &Desk, (house, at): (House, SocketAddr), patients: u32) -> Self {
        let people = People::settle(desk).await;
        let (telegram, mail, clinic) = (people.telegram, people.mail, people.clinic.id);
        let settled = desk.act(Actor::Program, Origin::Program, move |act| {
            let id = match house {
                House::Telegram => telegram,
                House::Mail => mail,
                House::Whatsapp | House::Centre => AccountId::new(act.now, &mut act.chance),
            };
            let known = store::accounts::find(act.tx, telegram)?.expect("settled above");
            let settings = house.settings(at).into_iter().map(|(name, value)| (name.to_owned(), Secret::new(value))).collect();
            let account = Account { id, channel: house.channel(), settings, reached: house.reached(), ..known };
            store::accounts::save(act.tx, &account)?;
            let members = (0..patients).map(|number| member(act, (clinic, house), number)).collect::<Result<Vec<_>, _>>()?;
            Ok((id, members))
        });
        let (account, members) = settled.await.unwrap();
        let crowd = Self { members, people, house, account, decided: Vec::new(), seed: 0 };
        if house == House::Whatsapp {
            // the clinic may write as it likes within a day of the patient's last words
            for (number, member) in (1_000_000..).zip(&crowd.members) {
                house.thanks((member.chat, number), desk.now().as_seconds()).to(desk, account).await;
            }
        }
        crowd
    }

    /// So many messages are decided on, round after round through all patients, and due at once.
    pub async fn decide(&mut self, desk: &Desk, messages: usize) {
        self.decide_with(desk, messages, Hours::Polite).await;
    }

    pub async fn decide_with(&mut self, desk: &Desk, messages: usize, timing: Hours) {
        self.seed += 1;
        let mut chance = Chance::from_seed(self.seed);
        let (now, first) = (desk.now(), self.decided.len());
        let planned: Vec<(Outbound, i64)> = (first..first + messages)
            .map(|number| {
                let member = self.members[number % self.members.len()];
                (self.message(member, number, (MessageId::new(now, &mut chance), timing, now)), member.chat)
            })
            .collect();
        self.decided.extend(planned.iter().map(|(message, chat)| Decided {
            id: message.id,
            chat: *chat,
            text: message.content.text.clone(),
            timing,
        }));
        for some in planned.chunks(500) {
            let some: Vec<Outbound> = some.iter().map(|(message, _)| message.clone()).collect();
            desk.act(Actor::Program, Origin::Program, move |act| {
                some.iter().try_for_each(|message| store::outbound::add(act.tx, message)).map_err(Into::into)
            })
            .await
            .unwrap();
        }
    }

    fn message(&self, member: Member, number: usize, (id, timing, now): (MessageId, Hours, Timestamp)) -> Outbound {
        let draft = Draft {
            conversation: member.conversation,
            clinic: self.people.clinic.id,
            patient: Some(member.patient),
            purpose: Purpose::Service,
            rank: if timing == Hours::Any { Rank::Reply } else { Rank::Visit },
            sensitivity: Sensitivity::Open,
            timing: Timing::Polite,
            cause: Cause::Courtesy { text: "trial".to_owned() },
            content: Content { text: format!("{number}: we are expecting you at Mosoly"), ..Content::default() },
            says: Vec::new(),
            visit: None,
            chosen: None,
            useful_until: None,
        };
        let (channel, to) = (self.house.channel(), self.house.address(member.chat));
        let route = Route { channel, account: self.account, contact: Some(member.contact), to };
        let why = Why::going(channel, ChannelReason::OnlyOne);
        Outbound { route: Some(route), why, state: OutboundState::Queued { due_at: now }, ..Outbound::plan(draft, id, now) }
    }

    /// How every message stands in the books.
    pub async fn kept(&self, desk: &Desk) -> Vec<Kept> {
        let (clinic, ids) = (self.people.clinic.id, self.decided.iter().map(|decided| decided.id).collect::<Vec<_>>());
        let threads: Vec<ConversationId> = self.members.iter().map(|member| member.conversation).collect();
        let standings = desk.look(move |tx, _| {
            let flagged = store::outbound::held_up(tx, clinic, Timestamp::from_millis(0), u32::MAX)?;
            let restored = store::outbound::restored(tx, clinic, u32::MAX)?;
            let flagged: HashSet<MessageId> = flagged.iter().chain(&restored).map(|held| held.message.id).collect();
            let mut states = HashMap::new();
            for thread in threads {
                let messages = store::outbound::of_conversation(tx, thread, store::conversations::NEWEST, u32::MAX)?;
                states.extend(messages.into_iter().map(|message| (message.id, message.state)));
            }
            let seen = |id| if flagged.contains(&id) { Seen::Flagged } else { Seen::Unseen };
            Ok(ids.into_iter().map(|id| states.get(&id).map_or(Standing::Gone, |state| standing(state, seen(id)))).collect::<Vec<_>>())
        });
        let standings = standings.await.unwrap();
        let kept = |(decided, standing): (&Decided, Standing)| Kept {
            id: decided.id,
            chat: decided.chat,
            text: decided.text.clone(),
            standing,
            timing: decided.timing,
        };
        self.decided.iter().zip(standings).map(kept).collect()
    }

    /// The rules of this clinic, with nobody opted out.
    pub fn rules() -> Rules {
        let quiet = QuietHours { from: Time::constant(20, 0, 0, 0), until: Time::constant(8, 0, 0, 0) };
        Rules { zone: zone(), quiet, ended: HashMap::new() }
    }

    /// How many messages are still on their way.
    pub async fn going(desk: &Desk) -> usize {
        let going = desk.look(|tx, _| {
            let queued = store::outbound::late(tx, Timestamp::from_millis(i64::MAX), u32::MAX)?;
            Ok(store::outbound::sending(tx)?.len() + queued.iter().map(|late| late.many as usize).sum::<usize>())
        });
        going.await.unwrap()
    }
}

fn standing(state: &OutboundState, seen: Seen) -> Standing {
    match state {
        OutboundState::Planned | OutboundState::Queued { .. } | OutboundState::Sending { .. } => Standing::Going,
        OutboundState::Held { reason: HoldReason::QuietHours | HoldReason::DailyCap | HoldReason::OutOfHours, .. } => Standing::Held,
        OutboundState::Suppressed { .. } | OutboundState::Failed { .. } => Standing::NotSent,
        OutboundState::Accepted { .. } | OutboundState::Delivered { .. } | OutboundState::Read { .. } => Standing::Sent,
        // what is held since a restore may have gone before
        OutboundState::Uncertain { .. } | OutboundState::Held { reason: HoldReason::Restored, .. } => Standing::Doubt(seen),
    }
}

fn member(act: &mut Act<'_, '_>, (clinic, house): (kernel::ClinicId, House), number: u32) -> Result<Member, desk::ActError> {
    let (now, chat) = (act.now, house.first_chat() + i64::from(number));
    let patient = Patient::new(
        NewPatient::named(clinic, PersonName::new(&format!("Anna{number}"), "Bell").unwrap(), Locale::En),
        PatientId::new(now, &mut act.chance),
        now,
    )
    .unwrap()
    .0;
    store::patients::save(act.tx, &patient)?;
    let (contact, _) =
        ContactPoint::new(ContactPointId::new(now, &mut act.chance), patient.id, house.address(chat), Sureness::Verified, now);
    let (contact, _) = contact.hear(now);
    store::patients::save_contact(act.tx, &contact)?;
    let conversation = Conversation {
        id: ConversationId::new(now, &mut act.chance),
        clinic,
        with: Counterpart::Patient(patient.id),
        state: ConversationState::Bot,
        last_message_at: now,
        version: 1,
    };
    store::conversations::add(act.tx, &conversation)?;
    Ok(Member { patient: patient.id, contact: contact.id, conversation: conversation.id, chat })
}
