//! What the database picks from a lane is what the pure rule lets go: messages of a few threads in every state, rank and
//! order, and beside each lane what [`Outbound::waits_for`] says.

use std::collections::BTreeMap;
use std::time::Duration;

use kernel::{
    AccountId, Address, Chance, ClinicId, ConversationId, Locale, MessageId, OrganisationId, QuietHours, Scheme, Time, Timestamp, Zone,
};

use clinic::actors::{Actor, Channel};
use clinic::clinics::Clinic;
use clinic::consents::Purpose;
use clinic::conversations::{Cause, Content, Conversation, Counterpart};
use clinic::gate::{HoldReason, Rank, Route, Sensitivity, SuppressReason, Timing};
use clinic::outbox::{Draft, Failure, Outbound, OutboundState};

use crate::accounts::{Account, AccountState, Reached};
use crate::outbound::Lane;
use crate::trial::both;
use crate::{StoreError, Tx};

const NOW: Timestamp = Timestamp::from_millis(1_790_000_000_000);
const ROUNDS: u64 = 6;
const MESSAGES: usize = 40;
const THREADS: usize = 5;
const RANKS: [Rank; 5] = [Rank::Safety, Rank::Reply, Rank::Visit, Rank::Care, Rank::Greeting];

/// A clinic with two accounts.
pub(crate) struct Premises {
    pub(crate) clinic: ClinicId,
    accounts: [AccountId; 2],
}

pub(crate) fn open(tx: &mut Tx<'_>) -> Result<Premises, StoreError> {
    let mut chance = Chance::from_seed(5);
    let clinic = ClinicId::new(NOW, &mut chance);
    crate::clinics::add_organisation(tx, OrganisationId::new(NOW, &mut chance), "Mosoly", NOW)?;
    let premises = Clinic {
        id: clinic,
        name: "Mosoly".to_owned(),
        zone: Zone::utc(),
        locale: Locale::Hu,
        address: String::new(),
        map_url: None,
        region: "HU".to_owned(),
        hours: "mon-sun 08:00-20:00".parse().unwrap(),
        exceptions: BTreeMap::new(),
        quiet_hours: QuietHours { from: Time::constant(21, 0, 0, 0), until: Time::constant(8, 0, 0, 0) },
        daily_cap: 1,
        public_url: None,
    };
    crate::clinics::save_clinic(tx, &premises)?;
    let mut names = [(); 2].map(|()| AccountId::new(NOW, &mut chance));
    // accounts of one instant stand in the order of their names
    names.sort_unstable();
    let accounts = names.map(|id| Account {
        id,
        clinic,
        channel: Channel::Sandbox,
        name: id.to_string(),
        handle: id.to_string(),
        settings: BTreeMap::new(),
        reached: Reached::ByWebhook,
        state: AccountState::On,
        cursor: None,
        trouble: None,
        created_at: NOW,
    });
    accounts.iter().try_for_each(|account| crate::accounts::save(tx, account))?;
    Ok(Premises { clinic, accounts: accounts.map(|account| account.id) })
}

/// Threads with messages of every kind; instants meet often, so that the names decide.
pub(crate) fn planned(tx: &mut Tx<'_>, premises: &Premises, seed: u64) -> Result<Vec<Outbound>, StoreError> {
    let mut chance = Chance::from_seed(seed);
    let mut threads = Vec::new();
    for number in 0..THREADS {
        let address = Address::new(Scheme::Sandbox, &format!("anna-{seed}-{number}")).unwrap();
        let with = Counterpart::Unknown { address, name: String::new() };
        let thread = Conversation::begin(ConversationId::new(NOW, &mut chance), premises.clinic, with, NOW);
        crate::conversations::add(tx, &thread)?;
        threads.push(thread.id);
    }
    Ok((0..MESSAGES).map(|_| message(premises, &threads, &mut chance)).collect())
}

fn message(premises: &Premises, threads: &[ConversationId], chance: &mut Chance) -> Outbound {
    let draft = Draft {
        conversation: *chance.pick(threads),
        clinic: premises.clinic,
        patient: None,
        purpose: Purpose::Service,
        rank: *chance.pick(&RANKS),
        sensitivity: Sensitivity::Open,
        timing: Timing::Polite,
        cause: Cause::Reply { by: Actor::Program },
        content: Content { text: "Hello".to_owned(), ..Content::default() },
        says: Vec::new(),
        visit: None,
        chosen: None,
        useful_until: None,
    };
    let account = *chance.pick(&premises.accounts);
    let to = Address::new(Scheme::Sandbox, "anna").unwrap();
    let seconds = |chance: &mut Chance| Duration::from_secs(chance.below(6) as u64);
    let planned = Outbound::plan(draft, MessageId::new(NOW, chance), NOW + seconds(chance));
    let (later, name) = (NOW + seconds(chance), String::new);
    let state = match chance.below(20) {
        0 | 1 => OutboundState::Sending { node: name(), attempt: name(), lease_until: later },
        2 => OutboundState::Accepted { provider_key: name(), at: later },
        3 => OutboundState::Held { until: later, reason: HoldReason::QuietHours },
        4 => OutboundState::Uncertain { attempt: name(), since: later },
        5 => OutboundState::Failed { failure: Failure::Exhausted, at: later },
        6 => OutboundState::Suppressed { reason: SuppressReason::Stale, at: later },
        7 => OutboundState::Planned,
        _ => OutboundState::Queued { due_at: later },
    };
    Outbound { route: Some(Route { channel: Channel::Sandbox, account, contact: None, to }), state, ..planned }
}

fn is_in(lane: &Lane, message: &Outbound) -> bool {
    message.rank == lane.rank && message.route.as_ref().is_some_and(|route| route.account == lane.account)
}

/// The same by the rule.
fn ready(all: &[Outbound], lane: &Lane, now: Timestamp) -> Vec<MessageId> {
    let is_due = |message: &&Outbound| message.due_at().is_some_and(|due_at| due_at <= now);
    let waiting = all.iter().filter(|message| is_in(lane, message)).filter(is_due);
    let mut ready: Vec<_> = waiting.filter(|message| !all.iter().any(|other| message.waits_for(other, now))).collect();
    ready.sort_by_key(|message| (message.due_at(), message.id));
    ready.iter().map(|message| message.id).collect()
}

/// Every lane of the accounts in which something waits, the most urgent first.
fn lanes(all: &[Outbound], premises: &Premises) -> Vec<(Rank, AccountId, Timestamp)> {
    let mut lanes = Vec::new();
    for rank in RANKS {
        for account in premises.accounts {
            let lane = Lane { account, channel: Channel::Sandbox, rank, due_at: NOW };
            let first = all.iter().filter(|message| is_in(&lane, message)).filter_map(Outbound::due_at).min();
            lanes.extend(first.map(|due_at| (rank, account, due_at)));
        }
    }
    lanes
}

#[tokio::test]
async fn what_the_database_picks_from_a_lane_is_what_the_rule_lets_go() {
    both(async |store| {
        let look = |tx: &mut Tx<'_>| {
            let premises = open(tx)?;
            let mut all = Vec::new();
            let (mut picked, mut held_back) = (0, 0);
            for seed in 0..ROUNDS {
                let said = planned(tx, &premises, seed)?;
                crate::outbound::add_all(tx, &said)?;
                all.extend(said);
                let found = crate::outbound::lanes(tx)?;
                let shown: Vec<_> = found.iter().map(|lane| (lane.rank, lane.account, lane.due_at)).collect();
                assert_eq!(shown, lanes(&all, &premises), "the lanes of {seed}");
                for (lane, seconds) in found.iter().flat_map(|lane| [0, 2, 9].map(|seconds| (lane, seconds))) {
                    let now = NOW + Duration::from_secs(seconds);
                    let expected = ready(&all, lane, now);
                    let names = |messages: Vec<Vec<Outbound>>| messages.iter().flatten().map(|message| message.id).collect::<Vec<_>>();
                    let whole = names(crate::outbound::ready(tx, &[(*lane, usize::MAX)], now)?);
                    assert_eq!(whole, expected, "{lane:?} of {seed} after {seconds} s");
                    let few = names(crate::outbound::ready(tx, &[(*lane, 2)], now)?);
                    assert_eq!(few, expected[..expected.len().min(2)], "the first of {lane:?} of {seed} after {seconds} s");
                    let due = all.iter().filter(|message| is_in(lane, message) && message.due_at().is_some_and(|due_at| due_at <= now));
                    held_back += due.count() - expected.len();
                    picked += expected.len();
                }
            }
            assert!(picked > 100 && held_back > 100, "{picked} picked and {held_back} held back show little");
            Ok::<_, StoreError>(())
        };
        assert_eq!(store.write(look).await, Ok(()));
    })
    .await;
}
