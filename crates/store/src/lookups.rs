//! What a provider is asked about an account now and then, by one node at a time, and what was found last.

use std::collections::BTreeMap;

use kernel::{AccountId, Timestamp};

use crate::columns::{at, read_at, read_maybe_at};
use crate::{StoreError, Tx, Value};

const ALL: &str = "SELECT account_id, about, due_at, looked_at, found FROM lookups ORDER BY account_id, about";
const TAKE: &str = "INSERT INTO lookups (account_id, about, due_at, node, lease_until) VALUES ($1, $2, $4, $3, $5)
    ON CONFLICT (account_id, about) DO UPDATE SET node = excluded.node, lease_until = excluded.lease_until
    WHERE lookups.node IS NULL OR lookups.node = excluded.node OR lookups.lease_until <= $4";
const KEEP: &str = "INSERT INTO lookups (account_id, about, due_at, looked_at, found) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (account_id, about) DO UPDATE SET due_at = excluded.due_at, looked_at = excluded.looked_at, found = excluded.found,
    node = NULL, lease_until = NULL";
const AMEND: &str = "INSERT INTO lookups (account_id, about, due_at, found) VALUES ($1, $2, $3, $4)
    ON CONFLICT (account_id, about) DO UPDATE SET found = excluded.found";
const HASTEN: &str = "UPDATE lookups SET due_at = $3 WHERE account_id = $1 AND about = $2 AND due_at > $3";

/// One kind of question about one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    pub due_at: Timestamp,
    /// None: never yet.
    pub looked_at: Option<Timestamp>,
    /// What was found, in the words of whoever looked.
    pub found: Option<String>,
}

/// By the account and by what it is about.
pub fn all(tx: &mut Tx<'_>) -> Result<BTreeMap<(AccountId, String), Lookup>, StoreError> {
    let rows = tx.recall(ALL, &[], |row| {
        let lookup = Lookup { due_at: read_at(row, "due_at")?, looked_at: read_maybe_at(row, "looked_at")?, found: row.get("found")? };
        Ok(((row.parse("account_id")?, row.get("about")?), lookup))
    })?;
    Ok(rows.into_iter().collect())
}

/// Whether this node may ask until then: nobody else does, or their time is over.
pub fn take(
    tx: &mut Tx<'_>,
    (account, about): (AccountId, &str),
    node: &str,
    (now, until): (Timestamp, Timestamp),
) -> Result<bool, StoreError> {
    Ok(tx.execute(TAKE, &[Value::text(account), about.into(), node.into(), at(now), at(until)])? > 0)
}

/// What was found, and when to look again.
pub fn keep(
    tx: &mut Tx<'_>,
    (account, about): (AccountId, &str),
    found: &str,
    (now, due_at): (Timestamp, Timestamp),
) -> Result<(), StoreError> {
    tx.execute(KEEP, &[Value::text(account), about.into(), at(due_at), at(now), found.into()]).map(drop)
}

/// What is known before anybody has looked, and when to look.
pub fn keep_unlooked(tx: &mut Tx<'_>, (account, about): (AccountId, &str), known: &str, due_at: Timestamp) -> Result<(), StoreError> {
    tx.execute(KEEP, &[Value::text(account), about.into(), at(due_at), Value::Null, known.into()]).map(drop)
}

/// One part of it is known anew. The rest is looked at when it would have been; at once, if it never was.
pub fn amend(tx: &mut Tx<'_>, (account, about): (AccountId, &str), known: &str, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(AMEND, &[Value::text(account), about.into(), at(now), known.into()]).map(drop)
}

/// To be looked at no later than then.
pub fn hasten(tx: &mut Tx<'_>, (account, about): (AccountId, &str), by: Timestamp) -> Result<(), StoreError> {
    tx.execute(HASTEN, &[Value::text(account), about.into(), at(by)]).map(drop)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use kernel::Chance;

    use super::*;
    use crate::trial::both;

    #[tokio::test]
    async fn one_node_looks_and_what_it_found_stands_until_the_next_look() {
        both(async |store| {
            let done = store.write(|tx| {
                let now = Timestamp::from_seconds(1_795_420_800);
                let later = |minutes: u64| now + Duration::from_mins(minutes);
                let of = (AccountId::new(now, &mut Chance::from_seed(1)), "texts");
                assert!(take(tx, of, "here", (now, later(1)))?);
                assert!(!take(tx, of, "there", (now, later(1)))?, "somebody else is looking");
                assert!(take(tx, of, "there", (later(1), later(2)))?, "whoever looked has not come back");
                keep(tx, of, "\"fine\"", (later(1), later(60)))?;
                hasten(tx, of, later(90))?;
                let found = |due_at| Lookup { due_at, looked_at: Some(later(1)), found: Some("\"fine\"".to_owned()) };
                let key = (of.0, "texts".to_owned());
                assert_eq!(all(tx)?, BTreeMap::from([(key.clone(), found(later(60)))]));
                hasten(tx, of, later(2))?;
                assert_eq!(all(tx)?, BTreeMap::from([(key, found(later(2)))]));
                assert!(take(tx, of, "here", (later(2), later(3)))?, "its turn has ended with what it found");
                amend(tx, of, "\"better\"", later(2))?;
                assert!(!take(tx, of, "there", (later(2), later(3)))?, "what is known anew ends nobody's turn");
                let better = Lookup { due_at: later(2), looked_at: Some(later(1)), found: Some("\"better\"".to_owned()) };
                assert_eq!(all(tx)?.into_values().collect::<Vec<_>>(), [better]);
                Ok::<_, StoreError>(())
            });
            done.await.unwrap();
        })
        .await;
    }
}
