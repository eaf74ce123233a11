//! Claims: which messages were taken to be sent together, and until when nobody else looks at them. Who is alive takes the row
//! away with the last outcome; what stays behind leads to what a dead node was sending.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{MessageId, Timestamp};

use clinic::outbox::{Outbound, OutboundState};

use crate::columns::{at, json};
use crate::{Row, Rows, StoreError, Tx};

const ADD: &str = "INSERT INTO claims (id, lease_until, messages) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING";
const ALL: &str = "SELECT messages FROM claims ORDER BY lease_until, id";
const OVER: &str = "SELECT messages FROM claims WHERE lease_until <= $1 ORDER BY lease_until, id";
const END: &str = "DELETE FROM claims WHERE id = $1";
const FORGET: &str = "DELETE FROM claims WHERE lease_until <= $1";

/// The name of the claim in which this message is taken as the first.
pub fn name(first: &Outbound) -> String {
    format!("{}/{}", first.id, first.version)
}

/// Writes down which of these messages are being sent, one row for those under the same lease.
pub(crate) fn keep<'a>(tx: &mut Tx<'_>, messages: impl IntoIterator<Item = &'a Outbound>) -> Result<(), StoreError> {
    let mut claims: BTreeMap<Timestamp, Vec<&Outbound>> = BTreeMap::new();
    for message in messages {
        if let OutboundState::Sending { lease_until, .. } = message.state {
            claims.entry(lease_until).or_default().push(message);
        }
    }
    for (lease_until, claimed) in claims {
        let ids: Vec<MessageId> = claimed.iter().map(|message| message.id).collect();
        tx.put(ADD, vec![name(claimed[0]).into(), at(lease_until), json(&ids)], Rows::Any, &[])?;
    }
    Ok(())
}

/// What was taken under a lease that is over by then; under any.
pub(crate) fn claimed(tx: &mut Tx<'_>, over_by: Option<Timestamp>) -> Result<BTreeSet<MessageId>, StoreError> {
    let read = |row: &Row<'_>| row.json::<Vec<MessageId>>("messages");
    let claims = match over_by {
        Some(now) => tx.query(OVER, &[at(now)], read)?,
        None => tx.query(ALL, &[], read)?,
    };
    Ok(claims.into_iter().flatten().collect())
}

/// All that was taken with it has an outcome.
pub fn end(tx: &mut Tx<'_>, claim: &str) -> Result<(), StoreError> {
    tx.put(END, vec![claim.into()], Rows::Any, &[])
}

/// Of what was taken under a lease that is over by then, nothing is being sent any more.
pub fn forget(tx: &mut Tx<'_>, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(FORGET, &[at(now)]).map(drop)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::lanes_walk::{open, planned};
    use crate::outbound::{add, claim, lease_over, move_on, sending};
    use crate::trial::both;

    const LEASE: Duration = Duration::from_secs(30);

    #[tokio::test]
    async fn what_was_claimed_together_is_found_by_its_claim_until_it_has_an_outcome() {
        both(async |store| {
            let look = |tx: &mut Tx<'_>| {
                let premises = open(tx)?;
                let queued = planned(tx, &premises, 3)?.into_iter().filter(|message| message.due_at().is_some());
                let [one, other] = [(); 2].map(|()| Outbound { version: 2, ..queued.clone().next().unwrap() });
                let other = Outbound { id: queued.clone().nth(1).unwrap().id, ..other };
                let until = one.created_at + LEASE;
                let sent = |message: &Outbound| {
                    let state = OutboundState::Sending { node: "one".to_owned(), attempt: "first".to_owned(), lease_until: until };
                    Outbound { state, version: message.version + 1, ..message.clone() }
                };
                let (first, second) = (sent(&one), sent(&other));
                add(tx, &one)?;
                add(tx, &other)?;
                assert_eq!(claim(tx, [(&first, 2), (&second, 2)])?, [true, true]);
                // somebody else was faster
                assert_eq!(claim(tx, [(&first, 2)])?, [false]);
                let ids = |messages: Vec<Outbound>| messages.into_iter().map(|message| message.id).collect::<BTreeSet<_>>();
                let both = BTreeSet::from([one.id, other.id]);
                assert_eq!(ids(sending(tx)?), both);
                assert_eq!(ids(lease_over(tx, until - Duration::from_secs(1), 9)?), BTreeSet::new());
                assert_eq!(ids(lease_over(tx, until, 9)?), both);
                let gone =
                    Outbound { state: OutboundState::Uncertain { attempt: "first".to_owned(), since: until }, version: 4, ..first.clone() };
                assert_eq!(move_on(tx, [(&gone, 3)])?, [true]);
                assert_eq!(ids(lease_over(tx, until, 9)?), BTreeSet::from([other.id]));
                forget(tx, until - Duration::from_secs(1))?;
                assert_eq!(claimed(tx, None)?, both, "its lease is not over");
                end(tx, &name(&first))?;
                assert_eq!(claimed(tx, None)?, BTreeSet::new());
                Ok::<_, StoreError>(())
            };
            assert_eq!(store.write(look).await, Ok(()));
        })
        .await;
    }
}
