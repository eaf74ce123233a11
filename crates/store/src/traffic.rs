//! What went through each account lately, for whoever looks whether a channel works.

use std::collections::BTreeMap;

use kernel::{AccountId, MessageId, Price, Timestamp};

use crate::columns::{read_at, read_maybe_at};
use crate::{StoreError, Tx, Value};

// names of messages begin with when they were said
const IN: &str = "SELECT account_id, MAX(received_at) AS last_at FROM inbound WHERE id >= $1 GROUP BY account_id ORDER BY account_id";
const OUT: &str = "SELECT account_id, CAST(SUM(CASE WHEN state IN ('accepted', 'delivered', 'read') THEN 1 ELSE 0 END) AS BIGINT) AS taken,
    CAST(SUM(CASE WHEN state = 'failed' THEN 1 ELSE 0 END) AS BIGINT) AS failed,
    CAST(SUM(CASE WHEN state = 'uncertain' THEN 1 ELSE 0 END) AS BIGINT) AS doubted,
    MAX(CASE WHEN state IN ('accepted', 'delivered', 'read') THEN created_at END) AS last_at,
    MAX(CASE WHEN state IN ('delivered', 'read') THEN created_at END) AS last_there_at
    FROM outbound WHERE id >= $1 AND account_id IS NOT NULL GROUP BY account_id ORDER BY account_id";

// only what was taken is paid for
const PAID: &str = "SELECT account_id, price_currency, CAST(SUM(price) AS BIGINT) AS millionths, CAST(COUNT(*) AS BIGINT) AS many
    FROM outbound WHERE id >= $1 AND price IS NOT NULL AND account_id IS NOT NULL AND state IN ('accepted', 'delivered', 'read')
    GROUP BY account_id, price_currency ORDER BY account_id, price_currency";

/// Of one account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traffic {
    /// When somebody last wrote.
    pub last_in: Option<Timestamp>,
    /// When the newest message was said that the provider has taken.
    pub last_out: Option<Timestamp>,
    /// When the newest was said of which it is known that it has arrived.
    pub last_delivered: Option<Timestamp>,
    pub taken: u32,
    pub failed: u32,
    pub doubted: u32,
    /// How many should have gone by now, and since when the oldest of them.
    pub waiting: Option<(u32, Timestamp)>,
    /// What of that was paid for, in each money, and for how many messages.
    pub paid: Vec<(Price, u32)>,
}

/// Since an instant; an account through which nothing went is not among them.
pub fn since(tx: &mut Tx<'_>, since: Timestamp, now: Timestamp) -> Result<BTreeMap<AccountId, Traffic>, StoreError> {
    let mut all: BTreeMap<AccountId, Traffic> = BTreeMap::new();
    let from = [Value::text(MessageId::earliest(since))];
    for (account, last) in tx.query(IN, &from, |row| Ok((row.parse("account_id")?, read_at(row, "last_at")?)))? {
        all.insert(account, Traffic { last_in: Some(last), ..Traffic::default() });
    }
    let out = tx.query(OUT, &from, |row| {
        let (taken, failed, doubted) = (row.get("taken")?, row.get("failed")?, row.get("doubted")?);
        let (last_out, last_delivered) = (read_maybe_at(row, "last_at")?, read_maybe_at(row, "last_there_at")?);
        Ok((row.parse("account_id")?, Traffic { last_out, last_delivered, taken, failed, doubted, ..Traffic::default() }))
    })?;
    for (account, out) in out {
        let last_in = all.remove(&account).and_then(|known| known.last_in);
        all.insert(account, Traffic { last_in, ..out });
    }
    for late in crate::outbound::late(tx, now, u32::MAX)? {
        all.entry(late.account).or_default().waiting = Some((late.many, late.oldest_at));
    }
    let paid = tx.query(PAID, &from, |row| {
        let millionths: i64 = row.get("millionths")?;
        let currency = row.parse("price_currency")?;
        Ok((row.parse("account_id")?, (Price::new(u64::try_from(millionths).unwrap_or_default(), currency), row.get("many")?)))
    })?;
    for (account, paid) in paid {
        all.entry(account).or_default().paid.push(paid);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use clinic::outbox::OutboundState;

    use super::*;
    use crate::lanes_walk::{open, planned};
    use crate::trial::both;

    const LATER: Duration = Duration::from_secs(4);

    #[tokio::test]
    async fn what_went_through_an_account_is_counted_as_one_counts_by_hand() {
        both(async |store| {
            let counted = store.write(|tx| {
                let premises = open(tx)?;
                let said = planned(tx, &premises, 7)?;
                crate::outbound::add_all(tx, &said)?;
                let begun = said[0].created_at - LATER * 2;
                let now = begun + LATER * 3;
                let mut by_hand: BTreeMap<AccountId, Traffic> = BTreeMap::new();
                for message in &said {
                    let known = by_hand.entry(message.route.as_ref().expect("each has a way").account).or_default();
                    match message.state {
                        OutboundState::Accepted { .. } => {
                            known.taken += 1;
                            known.last_out = known.last_out.max(Some(message.created_at));
                        }
                        OutboundState::Failed { .. } => known.failed += 1,
                        OutboundState::Uncertain { .. } => known.doubted += 1,
                        OutboundState::Queued { due_at } if due_at <= now => {
                            let (many, oldest) = known.waiting.unwrap_or((0, due_at));
                            known.waiting = Some((many + 1, oldest.min(due_at)));
                        }
                        _ => {}
                    }
                }
                let long_after = since(tx, now + Duration::from_hours(24), now)?;
                assert!(long_after.values().all(|traffic| traffic.taken + traffic.failed + traffic.doubted == 0), "{long_after:?}");
                Ok::<_, StoreError>((since(tx, begun, now)?, by_hand))
            });
            let (told, by_hand) = counted.await.unwrap();
            assert_eq!(told, by_hand);
            assert!(told.values().map(|traffic| traffic.failed + traffic.doubted).sum::<u32>() > 0, "the seed has some of each: {told:?}");
        })
        .await;
    }
}
