//! The ladder of a clinic is changed, taken back by one step, or done without; and what an account's provider asks.

use kernel::{AccountId, ClinicId, Currency, Refusal};

use clinic::actors::{Actor, Origin};
use clinic::gate::{Prices, Rule, Scope};
use clinic::staff::Right;
use store::ladders::Kept;

use crate::bot::facts;
use crate::{ActError, Desk};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LadderChange {
    /// Instead of the rule for the same messages.
    Save(Rule),
    /// For these messages it is again as without a rule.
    Reset(Scope),
    /// As it stood before the last change; once more brings the change back.
    Undo,
}

/// `seen`: the version that the page had shown. Who changes what somebody else has changed meanwhile is told so.
pub async fn save_ladder(desk: &Desk, by: Actor, clinic: ClinicId, seen: i64, change: LadderChange) -> Result<(), ActError> {
    by.may(Right::ChangeSettings)?;
    desk.act(by, Origin::Desk, move |act| {
        let kept = store::ladders::of_clinic(act.tx, clinic)?;
        if kept.version != seen {
            return Err(Refusal::new("ladder.changed-meanwhile").into());
        }
        let ladder = match change.clone() {
            LadderChange::Save(rule) => kept.ladder.clone().with(rule.checked()?),
            LadderChange::Reset(scope) => kept.ladder.clone().without(scope),
            LadderChange::Undo => kept.earlier.clone(),
        };
        if ladder != kept.ladder {
            let next = Kept { ladder, earlier: kept.ladder.clone(), version: kept.version };
            store::ladders::save(act.tx, clinic, &next)?;
            act.tx.touch("settings");
        }
        Ok(())
    })
    .await
}

/// As it was typed or pasted, in the money of the clinic. Nothing is kept of a list with a line that cannot be read.
pub async fn save_prices(desk: &Desk, by: Actor, account: AccountId, typed: String) -> Result<(), ActError> {
    by.may(Right::ChangeSettings)?;
    desk.act(by, Origin::Desk, move |act| {
        let account = store::accounts::find(act.tx, account)?.ok_or_else(ActError::not_found)?;
        let clinic = facts::clinic(act.tx, account.clinic)?;
        let prices = Prices::read(&typed, Currency::of_region(&clinic.region))?;
        store::ladders::save_prices(act.tx, account.id, &prices)?;
        act.tx.touch("settings");
        Ok(())
    })
    .await
}
