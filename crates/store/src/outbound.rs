//! The outbox: what was decided, what waits, what the channels took.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{AccountId, ClinicId, ConversationId, MessageId, Timestamp};
use serde::{Deserialize, Serialize};

use clinic::actors::Channel;
use clinic::gate::HoldReason;
use clinic::outbox::{Outbound, OutboundState, Rank};

use crate::claims;
use crate::columns::{at, changed, json, maybe_at, read_at, read_maybe_at, text};
use crate::sown::{Fault, sown};
use crate::{Forget, Row, Rows, StoreError, Tx, Value};

const ADD: &str = "INSERT INTO outbound
    (id, conversation_id, clinic_id, patient_id, priority, account_id, state, due_at, lease_until, provider_key, message,
    price, price_currency, created_at, version)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
// Apart, because they never change: a message that moves on is written without them.
const ADD_WORDS: &str = "INSERT INTO outbound_words (message_id, words) VALUES ($1, $2)";
const CHANGE: &str = "UPDATE outbound SET account_id = $2, state = $3, due_at = $4, lease_until = $5, provider_key = $6, message = $7,
    price = $8, price_currency = $9, version = $10
    WHERE id = $1 AND version = $11";
// Without the account: what has a way keeps it.
const MOVE_ON: &str = "UPDATE outbound SET state = $2, due_at = $3, lease_until = $4, provider_key = $5, message = $6,
    price = $7, price_currency = $8, version = $9
    WHERE id = $1 AND version = $10";
// Nothing of it stands in an index, and neither does a change of it.
const CLAIM: &str = "UPDATE outbound SET lease_until = $2, message = $3, price = $4, price_currency = $5, version = $6
    WHERE id = $1 AND version = $7";
const ONE: &str = "SELECT id, conversation_id, message, words FROM outbound JOIN outbound_words ON message_id = id
    WHERE id = $1";
const BY_PROVIDER_KEY: &str = "SELECT id, conversation_id, message, words FROM outbound JOIN outbound_words ON message_id = id
    WHERE account_id = $1 AND provider_key = $2 ORDER BY id DESC LIMIT 1";
const OF_CONVERSATION: &str = "SELECT id, conversation_id, message, words FROM outbound JOIN outbound_words ON message_id = id
    WHERE conversation_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
// No message is named before it is said, and the names stand in an index of the thread.
const SINCE: &str = "SELECT id, conversation_id, message, words FROM outbound JOIN outbound_words ON message_id = id
    WHERE conversation_id = $1 AND id >= $2 AND created_at >= $3 ORDER BY created_at, id";
const TAKEN_SINCE: &str = "SELECT 1 AS one FROM outbound
    WHERE account_id = $1 AND id >= $2 AND state IN ('accepted', 'delivered', 'read') ORDER BY id DESC LIMIT 1";
const FIRST_IN_LANE: &str = "SELECT due_at FROM outbound
    WHERE state = 'going' AND lease_until IS NULL AND account_id = $1 AND priority = $2 ORDER BY due_at, id LIMIT 1";
// What was said before in the same thread goes first; only a higher rank may pass it, and not while it is being sent.
const READY: &str = "SELECT id, conversation_id, message, words FROM outbound JOIN outbound_words ON message_id = id
    WHERE state = 'going' AND lease_until IS NULL AND account_id = $1 AND priority = $2 AND due_at <= $3 AND (
        SELECT earlier.id FROM outbound AS earlier
        WHERE earlier.conversation_id = outbound.conversation_id AND earlier.id >= $4 AND earlier.id < outbound.id
        AND earlier.state = 'going' AND (earlier.lease_until IS NOT NULL OR earlier.priority <= outbound.priority)
        ORDER BY earlier.id LIMIT 1
    ) IS NULL
    ORDER BY due_at, id LIMIT $5 /* FOR UPDATE OF outbound SKIP LOCKED */";
const HELD_DUE: &str = "SELECT id, conversation_id, message, words FROM outbound JOIN outbound_words ON message_id = id
    WHERE state = 'held' AND due_at <= $1 ORDER BY due_at, id LIMIT $2";
// What its clinic's ladder gives no minutes is not among them.
const CLIMBING: &str = "SELECT id, conversation_id, message, words FROM outbound JOIN outbound_words ON message_id = id
    WHERE state = 'accepted' AND due_at IS NOT NULL AND due_at <= $1 ORDER BY due_at, id LIMIT $2";
const QUEUED_AT: &str = "SELECT id, conversation_id, message, words FROM outbound JOIN outbound_words ON message_id = id
    WHERE state = 'going' AND lease_until IS NULL AND account_id = $1 ORDER BY priority DESC, due_at, id LIMIT $2";
const BEING_SENT: &str = "SELECT id, conversation_id, message, words FROM outbound JOIN outbound_words ON message_id = id
    WHERE id = $1 AND state = 'going' AND lease_until IS NOT NULL";
const NEXT_HELD: &str = "SELECT MIN(due_at) AS due_at FROM outbound WHERE state = 'held'";
const NEXT_CLIMBING: &str = "SELECT MIN(due_at) AS due_at FROM outbound WHERE state = 'accepted' AND due_at IS NOT NULL";
// as the index says it
const HELD_UP: &str = "SELECT outbound.id, conversation_id, message, words, COALESCE(patients.given, '') AS given,
    COALESCE(patients.family, '') AS family
    FROM outbound JOIN outbound_words ON message_id = outbound.id LEFT JOIN patients ON patients.id = outbound.patient_id
    WHERE outbound.clinic_id = $1 AND outbound.created_at >= $2 AND (state = 'held' OR state = 'failed' OR state = 'uncertain')
    AND (state <> 'held' OR due_at IS NOT NULL)
    ORDER BY outbound.created_at DESC, outbound.id DESC LIMIT $3";
const ON_ITS_WAY: &str = "SELECT id, conversation_id, message, words FROM outbound JOIN outbound_words ON message_id = id
    WHERE state = 'going' ORDER BY id";
const RESTORED: &str = "SELECT outbound.id, conversation_id, message, words, COALESCE(patients.given, '') AS given,
    COALESCE(patients.family, '') AS family
    FROM outbound JOIN outbound_words ON message_id = outbound.id LEFT JOIN patients ON patients.id = outbound.patient_id
    WHERE outbound.clinic_id = $1 AND state = 'held' AND due_at IS NULL
    ORDER BY outbound.created_at, outbound.id LIMIT $2";
const COUNT_RESTORED: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS many
    FROM (SELECT 1 AS one FROM outbound WHERE state = 'held' AND due_at IS NULL LIMIT $1) AS restored";
const LATE_IN_LANE: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS many, MIN(due_at) AS oldest_at
    FROM (SELECT due_at FROM outbound WHERE state = 'going' AND lease_until IS NULL AND account_id = $1 AND priority = $2 AND due_at <= $3
    ORDER BY due_at, id LIMIT $4) AS late";
// what was never tried has been written three times at most; of a long lane only the beginning is looked through
const TRIED_AGAIN: &str = "SELECT id, conversation_id, message, words FROM outbound JOIN outbound_words ON message_id = id
    WHERE state = 'going' AND version > 3 AND id IN (SELECT id FROM outbound
    WHERE state = 'going' AND lease_until IS NULL AND account_id = $1 AND priority = $2 AND due_at > $3 AND due_at <= $4
    ORDER BY due_at, id LIMIT $5)
    ORDER BY due_at, id";

/// The most urgent first.
const RANKS: [Rank; 5] = [Rank::Safety, Rank::Reply, Rank::Visit, Rank::Care, Rank::Greeting];

/// The columns that show the state to a query: word, when it is due, lease, the provider's id.
fn state_columns(message: &Outbound) -> (&'static str, Option<Timestamp>, Option<Timestamp>, Option<&str>) {
    match &message.state {
        OutboundState::Planned => ("planned", None, None, None),
        OutboundState::Suppressed { .. } => ("suppressed", None, None, None),
        // it waits for a person, whatever the time
        OutboundState::Held { reason: HoldReason::Restored, .. } => ("held", None, None, None),
        OutboundState::Held { until, .. } => ("held", Some(*until), None, None),
        OutboundState::Queued { due_at } => ("going", Some(*due_at), None, None),
        OutboundState::Sending { lease_until, .. } => ("going", None, Some(*lease_until), None),
        // without word of its delivery it climbs the ladder then
        OutboundState::Accepted { provider_key, .. } => ("accepted", message.climbs_at(), None, Some(provider_key)),
        OutboundState::Delivered { provider_key, .. } => ("delivered", None, None, Some(provider_key)),
        OutboundState::Read { provider_key, .. } => ("read", None, None, Some(provider_key)),
        OutboundState::Failed { .. } => ("failed", None, None, None),
        OutboundState::Uncertain { .. } => ("uncertain", None, None, None),
    }
}

/// The highest rank has the lowest number.
fn priority(rank: Rank) -> Value {
    Value::Int(-i64::from(rank as u8))
}

pub fn add(tx: &mut Tx<'_>, message: &Outbound) -> Result<(), StoreError> {
    tx.put(ADD, columns(message), Rows::Any, &[Forget::Of(SINCE, &[Value::text(message.conversation)])])?;
    tx.put(ADD_WORDS, words(message), Rows::Any, &[])?;
    claims::keep(tx, [message])
}

/// Many new messages at once.
pub fn add_all(tx: &mut Tx<'_>, messages: &[Outbound]) -> Result<(), StoreError> {
    let rows: Vec<Vec<Value>> = messages.iter().map(columns).collect();
    tx.execute_many(ADD, &rows)?;
    let rows: Vec<Vec<Value>> = messages.iter().map(words).collect();
    tx.execute_many(ADD_WORDS, &rows)?;
    claims::keep(tx, messages)
}

/// What it says, as it stands in its own table. A message from before that table stands there as a whole.
#[derive(Serialize, Deserialize)]
struct Words<C> {
    content: C,
}

fn words(message: &Outbound) -> Vec<Value> {
    vec![Value::text(message.id), json(&Words { content: &message.content })]
}

/// What changes as it moves on, but for its version: the state by its columns, and the whole.
fn standing(message: &Outbound) -> [Value; 7] {
    let (state, due_at, lease_until, provider_key) = state_columns(message);
    let price = message.cost.map(|cost| cost.price);
    let [millionths, currency] = price.map_or([Value::Null, Value::Null], |price| {
        [i64::try_from(price.millionths).unwrap_or(i64::MAX).into(), price.currency.code().into()]
    });
    let provider_key = provider_key.map_or(Value::Null, Value::from);
    [state.into(), maybe_at(due_at), maybe_at(lease_until), provider_key, json(message), millionths, currency]
}

fn columns(message: &Outbound) -> Vec<Value> {
    let [state, due_at, lease_until, provider_key, written, price, currency] = standing(message);
    vec![
        Value::text(message.id),
        Value::text(message.conversation),
        Value::text(message.clinic),
        text(message.patient),
        priority(message.rank),
        text(message.route.as_ref().map(|route| route.account)),
        state,
        due_at,
        lease_until,
        provider_key,
        written,
        price,
        currency,
        at(message.created_at),
        message.version.into(),
    ]
}

/// Writes a message over the version that was read.
pub fn change(tx: &mut Tx<'_>, message: &Outbound, read_version: i64) -> Result<(), StoreError> {
    let account = text(message.route.as_ref().map(|route| route.account));
    let mut params = vec![Value::text(message.id), account];
    params.extend(standing(message));
    params.extend([message.version.into(), read_version.into()]);
    changed(tx.execute(CHANGE, &params)?, "outbound")?;
    claims::keep(tx, [message])
}

pub fn find(tx: &mut Tx<'_>, id: MessageId) -> Result<Option<Outbound>, StoreError> {
    tx.optional(ONE, &[Value::text(id)], read)
}

/// The message that the provider calls so.
pub fn by_provider_key(tx: &mut Tx<'_>, account: AccountId, key: &str) -> Result<Option<Outbound>, StoreError> {
    tx.optional(BY_PROVIDER_KEY, &[Value::text(account), key.into()], read)
}

/// Newest first, older than `before`.
pub fn of_conversation(tx: &mut Tx<'_>, conversation: ConversationId, before: &str, limit: u32) -> Result<Vec<Outbound>, StoreError> {
    tx.query(OF_CONVERSATION, &[Value::text(conversation), before.into(), limit.into()], read)
}

/// Whether a provider has taken anything through an account since.
pub fn is_taken_since(tx: &mut Tx<'_>, account: AccountId, since: Timestamp) -> Result<bool, StoreError> {
    let from = [Value::text(account), Value::text(MessageId::earliest(since))];
    Ok(!tx.query(TAKEN_SINCE, &from, |row| row.get::<i64>("one"))?.is_empty())
}

/// What was decided for a thread since an instant, for caps and ladders.
pub fn since(tx: &mut Tx<'_>, conversation: ConversationId, since: Timestamp) -> Result<Vec<Outbound>, StoreError> {
    tx.recall(SINCE, &said_since(conversation, since), read)
}

fn said_since(conversation: ConversationId, since: Timestamp) -> [Value; 3] {
    [Value::text(conversation), Value::text(MessageId::earliest(since)), at(since)]
}

/// It will be asked what was decided for each of these threads.
pub fn foresee_since(tx: &mut Tx<'_>, conversations: &BTreeSet<ConversationId>, since: Timestamp) -> Result<(), StoreError> {
    tx.foresee(SINCE, conversations.iter().map(|id| said_since(*id, since).into()), read)
}

/// The messages of one account and rank: they go in the order in which they come due, and hold up no other lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lane {
    pub account: AccountId,
    pub channel: Channel,
    pub rank: Rank,
    /// When its first message is due.
    pub due_at: Timestamp,
}

/// The lanes in which something waits, the most urgent first.
pub fn lanes(tx: &mut Tx<'_>) -> Result<Vec<Lane>, StoreError> {
    let all = all_lanes(tx)?;
    let keys: Vec<Vec<Value>> = all.iter().map(|(account, _, rank)| vec![Value::text(account), priority(*rank)]).collect();
    let first = tx.query_each(FIRST_IN_LANE, &keys, |row| read_at(row, "due_at"))?;
    let lanes = all.into_iter().zip(first);
    Ok(lanes.filter_map(|((account, channel, rank), first)| Some(Lane { account, channel, rank, due_at: *first.first()? })).collect())
}

fn all_lanes(tx: &mut Tx<'_>) -> Result<Vec<(AccountId, Channel, Rank)>, StoreError> {
    let accounts = crate::accounts::all(tx)?;
    Ok(RANKS.iter().flat_map(|rank| accounts.iter().map(|account| (account.id, account.channel, *rank))).collect())
}

/// What is due in each of these lanes and waits for nothing said before it, no more than so many of each, locked for this
/// transaction where several nodes work.
pub fn ready(tx: &mut Tx<'_>, lanes: &[(Lane, usize)], now: Timestamp) -> Result<Vec<Vec<Outbound>>, StoreError> {
    let limit = |most: usize| i64::try_from(most).unwrap_or(i64::MAX);
    let since = || Value::text(clinic::outbox::holds_back_from(now));
    let key = |(lane, most): &(Lane, usize)| vec![Value::text(lane.account), priority(lane.rank), at(now), since(), limit(*most).into()];
    let keys: Vec<Vec<Value>> = lanes.iter().map(key).collect();
    if sown(Fault::ClaimWithoutCondition) {
        return tx.query_each(&READY.replace("/* FOR UPDATE OF outbound SKIP LOCKED */", ""), &keys, read);
    }
    tx.query_each(READY, &keys, read)
}

/// Writes messages that have moved on over the versions that were read, all at once; their way stays. Says for each
/// whether it was still the one that was read.
pub fn move_on<'a>(tx: &mut Tx<'_>, moved: impl IntoIterator<Item = (&'a Outbound, i64)>) -> Result<Vec<bool>, StoreError> {
    let rows: Vec<Vec<Value>> = moved
        .into_iter()
        .map(|(message, read_version)| {
            let mut row = vec![Value::text(message.id)];
            row.extend(standing(message));
            row.extend([message.version.into(), read_version.into()]);
            row
        })
        .collect();
    tx.update_each(MOVE_ON, &rows)
}

/// Writes messages that are being sent from now on over the versions that were read, all at once. Says for each whether it was
/// still the one that was read.
pub fn claim<'a>(tx: &mut Tx<'_>, claimed: impl IntoIterator<Item = (&'a Outbound, i64)>) -> Result<Vec<bool>, StoreError> {
    let mut messages = Vec::new();
    let rows: Vec<Vec<Value>> = claimed
        .into_iter()
        .map(|(message, read_version)| {
            messages.push(message);
            let [_, _, lease_until, _, written, price, currency] = standing(message);
            vec![Value::text(message.id), lease_until, written, price, currency, message.version.into(), read_version.into()]
        })
        .collect();
    let are_claimed = if sown(Fault::ClaimWithoutCondition) {
        tx.update_each(&CLAIM.replace("version = $7", "$7 > 0"), &rows)?
    } else {
        tx.update_each(CLAIM, &rows)?
    };
    claims::keep(tx, messages)?;
    Ok(are_claimed)
}

/// Held messages whose time has come.
pub fn held_due(tx: &mut Tx<'_>, now: Timestamp, limit: u32) -> Result<Vec<Outbound>, StoreError> {
    tx.query(HELD_DUE, &[at(now), limit.into()], read)
}

/// What was taken and has waited in vain for word of its delivery, as long as the ladder says.
pub fn climbing(tx: &mut Tx<'_>, now: Timestamp, limit: u32) -> Result<Vec<Outbound>, StoreError> {
    tx.query(CLIMBING, &[at(now), limit.into()], read)
}

/// What waits to go through an account, the most urgent first.
pub fn queued_at(tx: &mut Tx<'_>, account: AccountId, limit: u32) -> Result<Vec<Outbound>, StoreError> {
    tx.query(QUEUED_AT, &[Value::text(account), limit.into()], read)
}

/// Messages whose sender has not come back: nobody knows whether they left.
pub fn lease_over(tx: &mut Tx<'_>, now: Timestamp, limit: u32) -> Result<Vec<Outbound>, StoreError> {
    let mut over = being_sent(tx, Some(now))?;
    over.truncate(limit as usize);
    Ok(over)
}

/// Everything that is being sent, by whichever node.
pub fn sending(tx: &mut Tx<'_>) -> Result<Vec<Outbound>, StoreError> {
    being_sent(tx, None)
}

/// Under a lease that has run out by then, the first that ran out first; under any.
fn being_sent(tx: &mut Tx<'_>, over_by: Option<Timestamp>) -> Result<Vec<Outbound>, StoreError> {
    let keys: Vec<Vec<Value>> = claims::claimed(tx, over_by)?.into_iter().map(|id| vec![Value::text(id)]).collect();
    let mut found: Vec<(Timestamp, Outbound)> = Vec::new();
    for message in tx.query_each(BEING_SENT, &keys, read)?.into_iter().flatten() {
        if let OutboundState::Sending { lease_until, .. } = message.state
            && over_by.is_none_or(|now| lease_until <= now)
        {
            found.push((lease_until, message));
        }
    }
    found.sort_by_key(|(lease_until, message)| (*lease_until, message.id));
    Ok(found.into_iter().map(|(_, message)| message).collect())
}

/// When the next message is due to go, or to be asked about again.
pub fn next_due(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, StoreError> {
    let held = tx.one(NEXT_HELD, &[], |row| read_maybe_at(row, "due_at"))?;
    let climbing = tx.one(NEXT_CLIMBING, &[], |row| read_maybe_at(row, "due_at"))?;
    Ok(lanes(tx)?.into_iter().map(|lane| lane.due_at).chain(held).chain(climbing).min())
}

/// Messages that should have gone before an instant, by the account that they go through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Late {
    pub account: AccountId,
    pub many: u32,
    pub oldest_at: Timestamp,
}

/// Counts no further than `most` in each account: what matters is that there are many.
pub fn late(tx: &mut Tx<'_>, before: Timestamp, most: u32) -> Result<Vec<Late>, StoreError> {
    let all = all_lanes(tx)?;
    let keys: Vec<Vec<Value>> =
        all.iter().map(|(account, _, rank)| vec![Value::text(account), priority(*rank), at(before), most.into()]).collect();
    let counted = tx.query_each(LATE_IN_LANE, &keys, |row| Ok((row.get::<u32>("many")?, read_maybe_at(row, "oldest_at")?)))?;
    let mut late: BTreeMap<AccountId, (u32, Timestamp)> = BTreeMap::new();
    for ((account, _, _), (many, oldest)) in all.into_iter().zip(counted.into_iter().flatten()) {
        let Some(oldest) = oldest else { continue };
        let (known, since) = late.get(&account).copied().unwrap_or((0, oldest));
        late.insert(account, (most.min(known.saturating_add(many)), since.min(oldest)));
    }
    Ok(late.into_iter().map(|(account, (many, oldest_at))| Late { account, many, oldest_at }).collect())
}

/// Of the next `limit` messages of each lane those that have been tried in vain and are tried again before an instant.
pub fn tried_again(tx: &mut Tx<'_>, now: Timestamp, until: Timestamp, limit: u32) -> Result<Vec<Outbound>, StoreError> {
    let lanes = all_lanes(tx)?;
    let keys: Vec<Vec<Value>> =
        lanes.iter().map(|(account, _, rank)| vec![Value::text(account), priority(*rank), at(now), at(until), limit.into()]).collect();
    let mut waiting: Vec<Outbound> = tx.query_each(TRIED_AGAIN, &keys, read)?.into_iter().flatten().collect();
    waiting.retain(|message| message.attempts > 0);
    waiting.sort_by_key(|message| (message.due_at(), message.id));
    Ok(waiting)
}

/// The thread stands in its own column: what was said to an unknown sender moves into a patient's thread.
pub(crate) fn read(row: &Row<'_>) -> Result<Outbound, StoreError> {
    let conversation = row.parse("conversation_id")?;
    let message: Outbound = row.json("message")?;
    let Words { content } = row.json("words")?;
    Ok(Outbound { conversation, content, ..message })
}

/// A message that a person may have to look at, with whom it is about.
#[derive(Debug, Clone)]
pub struct HeldUp {
    pub message: Outbound,
    /// Empty where nobody is known yet.
    pub given: String,
    pub family: String,
}

/// What is held, failed or in doubt, the newest first.
pub fn held_up(tx: &mut Tx<'_>, clinic: ClinicId, since: Timestamp, limit: u32) -> Result<Vec<HeldUp>, StoreError> {
    tx.query(HELD_UP, &[Value::text(clinic), at(since), limit.into()], read_held_up)
}

fn read_held_up(row: &Row<'_>) -> Result<HeldUp, StoreError> {
    Ok(HeldUp { message: read(row)?, given: row.get("given")?, family: row.get("family")? })
}

/// Everything that is queued or being sent.
pub fn on_its_way(tx: &mut Tx<'_>) -> Result<Vec<Outbound>, StoreError> {
    tx.query(ON_ITS_WAY, &[], read)
}

/// What is held since a backup was restored, the oldest first.
pub fn restored(tx: &mut Tx<'_>, clinic: ClinicId, limit: u32) -> Result<Vec<HeldUp>, StoreError> {
    tx.query(RESTORED, &[Value::text(clinic), limit.into()], read_held_up)
}

/// How many there are of those in all clinics, counted no further than `most`.
pub fn count_restored(tx: &mut Tx<'_>, most: u32) -> Result<u32, StoreError> {
    tx.one(COUNT_RESTORED, &[most.into()], |row| row.get("many"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Engine;
    use crate::lanes_walk::{open, planned};
    use crate::migrations::MIGRATIONS;
    use crate::trial::Room;

    const ADD_OF_OLD: &str = "INSERT INTO outbound
        (id, conversation_id, clinic_id, patient_id, priority, account_id, state, due_at, lease_until, provider_key, message,
        created_at, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

    /// As it was written when the words stood among everything else, and nobody knew what it cost.
    fn of_old(message: &Outbound) -> Vec<Value> {
        let mut written = serde_json::to_value(message).unwrap();
        written["content"] = serde_json::to_value(&message.content).unwrap();
        let mut columns = columns(message);
        columns.drain(11..13);
        columns.into_iter().map(|value| if value == json(message) { json(&written) } else { value }).collect()
    }

    #[tokio::test]
    async fn a_message_from_before_its_words_stood_apart_keeps_them() {
        for room in [Room::in_a_file(), Room::on(Engine::Postgres)] {
            let before = room.store_with(&MIGRATIONS[..9]).await;
            let written = before.write(|tx| {
                let premises = open(tx)?;
                let message = planned(tx, &premises, 1)?.swap_remove(0);
                tx.execute(ADD_OF_OLD, &of_old(&message))?;
                Ok::<_, StoreError>(message)
            });
            let message = written.await.unwrap();
            before.close().await;
            assert!(!message.content.text.is_empty());
            let store = room.store().await;
            let (id, moved) = (message.id, Outbound { state: OutboundState::Planned, version: message.version + 1, ..message.clone() });
            let found = move |tx: &mut Tx<'_>| find(tx, id);
            assert_eq!(store.read::<_, StoreError, _>(found).await, Ok(Some(message.clone())));
            let kept = moved.clone();
            let changed = store.write::<_, StoreError, _>(move |tx| change(tx, &kept, message.version)).await;
            assert_eq!(changed, Ok(()));
            assert_eq!(store.read::<_, StoreError, _>(found).await, Ok(Some(moved)));
            store.close().await;
        }
    }
}
