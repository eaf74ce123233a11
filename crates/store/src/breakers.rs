//! The circuit breakers of accounts whose provider has not answered lately.

use std::collections::BTreeMap;

use kernel::AccountId;

use clinic::outbox::Breaker;

use crate::columns::json;
use crate::{StoreError, Tx, Value};

const ALL: &str = "SELECT account_id, breaker FROM breakers ORDER BY account_id";
const SAVE: &str = "INSERT INTO breakers (account_id, breaker) VALUES ($1, $2)
    ON CONFLICT (account_id) DO UPDATE SET breaker = excluded.breaker";
const FORGET: &str = "DELETE FROM breakers WHERE account_id = $1";

/// An account that is not among them works.
pub fn all(tx: &mut Tx<'_>) -> Result<BTreeMap<AccountId, Breaker>, StoreError> {
    Ok(tx.recall(ALL, &[], |row| Ok((row.parse("account_id")?, row.json("breaker")?)))?.into_iter().collect())
}

pub fn save(tx: &mut Tx<'_>, account: AccountId, breaker: Breaker) -> Result<(), StoreError> {
    if breaker == Breaker::default() {
        return forget(tx, account);
    }
    tx.execute(SAVE, &[Value::text(account), json(&breaker)]).map(drop)
}

/// Somebody has seen to the account: it is asked as if nothing had been.
pub fn forget(tx: &mut Tx<'_>, account: AccountId) -> Result<(), StoreError> {
    tx.execute(FORGET, &[Value::text(account)]).map(drop)
}
