//! What providers are asked now and then: the texts that they have approved, and whether an account still stands there as it
//! should. Of several nodes one asks.
//!
//! Idempotent: what is found takes the place of what was found before.

use std::time::Duration;

use kernel::{AccountId, Timestamp};

use clinic::actors::{Actor, Origin};
use store::Tx;
use store::accounts::AccountState;

use crate::connected;
use crate::standing::{STANDING, look_at_standing};
use crate::templates::{self, TEXTS, look_at_texts};
use crate::wire::Wire;
use crate::{ActError, Desk};

/// Whoever has just connected an account has been told already.
const FIRST_AFTER: Duration = Duration::from_mins(10);

#[derive(Clone, Copy)]
enum About {
    Texts,
    Standing,
}

impl About {
    const fn name(self) -> &'static str {
        match self {
            Self::Texts => TEXTS,
            Self::Standing => STANDING,
        }
    }
}

/// One round.
pub async fn look_up(desk: &Desk, wire: &dyn Wire) -> Result<(), ActError> {
    for (account, about) in desk.look(due).await? {
        let node = desk.node().to_owned();
        let taken = desk.act(Actor::Program, Origin::Program, move |act| {
            Ok(store::lookups::take(act.tx, (account, about.name()), &node, (act.now, act.now + templates::LEASE))?)
        });
        if taken.await? {
            match about {
                About::Texts => look_at_texts(desk, wire, account).await?,
                About::Standing => look_at_standing(desk, wire, account).await?,
            }
        }
    }
    Ok(())
}

fn due(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<(AccountId, About)>, ActError> {
    let known = store::lookups::all(tx)?;
    let connected = connected::all(tx)?;
    let mut due = Vec::new();
    for connected in connected.values().filter(|connected| connected.account.state == AccountState::On) {
        let Some(settings) = &connected.settings else { continue };
        let id = connected.account.id;
        let is_due = |about: &str| {
            let lookup = known.get(&(id, about.to_owned()));
            lookup.map_or(connected.account.created_at + FIRST_AFTER, |lookup| lookup.due_at) <= now
        };
        if !connected.connector.catalogue(settings).is_empty() && is_due(TEXTS) {
            due.push((id, About::Texts));
        }
        if is_due(STANDING) {
            due.push((id, About::Standing));
        }
    }
    Ok(due)
}
