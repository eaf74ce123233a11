//! The ladders of the clinics, and what the providers of their accounts ask.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use kernel::{AccountId, ClinicId};

use clinic::gate::{Ladder, Prices};

use crate::columns::{changed, json};
use crate::{Row, StoreError, Tx, Value};

const ONE: &str = "SELECT ladder, earlier, version FROM ladders WHERE clinic_id = $1";
const ADD: &str = "INSERT INTO ladders (clinic_id, ladder, earlier, version) VALUES ($1, $2, $3, 1) ON CONFLICT (clinic_id) DO NOTHING";
const CHANGE: &str = "UPDATE ladders SET ladder = $2, earlier = $3, version = version + 1 WHERE clinic_id = $1 AND version = $4";
const PRICES: &str = "SELECT account_id, prices FROM account_prices ORDER BY account_id";
const SAVE_PRICES: &str = "INSERT INTO account_prices (account_id, prices) VALUES ($1, $2)
    ON CONFLICT (account_id) DO UPDATE SET prices = excluded.prices";

/// A clinic's ladder as it stands, and as it stood before the last change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    pub ladder: Ladder,
    pub earlier: Ladder,
    /// None has been saved yet: 0.
    pub version: i64,
}

/// A clinic that has saved none has one without rules.
pub fn of_clinic(tx: &mut Tx<'_>, clinic: ClinicId) -> Result<Rc<Kept>, StoreError> {
    tx.infer(ONE, &[Value::text(clinic)], |tx| Ok(tx.recall_one(ONE, &[Value::text(clinic)], read)?.unwrap_or_default()))
}

/// Over the version that was read.
pub fn save(tx: &mut Tx<'_>, clinic: ClinicId, kept: &Kept) -> Result<(), StoreError> {
    let rows = if kept.version == 0 {
        tx.execute(ADD, &[Value::text(clinic), json(&kept.ladder), json(&kept.earlier)])?
    } else {
        tx.execute(CHANGE, &[Value::text(clinic), json(&kept.ladder), json(&kept.earlier), kept.version.into()])?
    };
    changed(rows, "ladders")
}

/// The price lists that somebody has typed in.
pub fn prices(tx: &mut Tx<'_>) -> Result<Rc<BTreeMap<AccountId, Arc<Prices>>>, StoreError> {
    tx.infer(PRICES, &["prices".into()], |tx| {
        let all = tx.recall(PRICES, &[], |row| Ok((row.parse("account_id")?, Arc::new(row.json("prices")?))))?;
        Ok(all.into_iter().collect())
    })
}

pub fn save_prices(tx: &mut Tx<'_>, account: AccountId, prices: &Prices) -> Result<(), StoreError> {
    tx.execute(SAVE_PRICES, &[Value::text(account), json(prices)]).map(drop)
}

fn read(row: &Row<'_>) -> Result<Kept, StoreError> {
    Ok(Kept { ladder: row.json("ladder")?, earlier: row.json("earlier")?, version: row.get("version")? })
}
