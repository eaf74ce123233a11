//! The token of a browser: made by chance for one account, kept as a hash, renewed once a day. The one before still opens
//! the thread for a while, because an answer that brought the new one may have been lost.

use std::time::Duration;

use clinic::actors::{Actor, Channel, Origin};
use kernel::{Locale, Refusal, Secret, Timestamp, VisitorId};
use store::Tx;
use store::chat::Visitor;

use super::{Caller, Door, door};
use crate::{ActError, Desk, token_hash};

const RENEWED_AFTER: Duration = Duration::from_hours(24);
/// As long as somebody may be without a network.
const FORMER_OPENS: Duration = Duration::from_hours(24);
/// Other tabs may still be waiting with the former one: they find the new one beside them.
const TABS_FIND_IT: Duration = Duration::from_mins(1);

/// A token for a browser that has none. Until something is said with it, it is nobody's thread.
pub async fn begin(desk: &Desk, caller: Caller, locale: Locale) -> Result<Secret, ActError> {
    desk.doors().chat.begin(caller.from, desk.now())?;
    let token = desk.chance().token();
    let hash = token_hash(&token);
    desk.act(Actor::Program, Origin::Channel(Channel::Web), move |act| {
        let account = door(act.tx, &caller, act.now)?.account.id;
        let visitor = Visitor {
            id: VisitorId::new(act.now, &mut act.chance),
            account,
            origin: caller.page.origin().to_owned(),
            locale,
            token_hash: hash.clone(),
            former_hash: None,
            renewed_at: act.now,
            seen_at: act.now,
            created_at: act.now,
        };
        store::chat::add(act.tx, &visitor)?;
        Ok(())
    })
    .await?;
    Ok(Secret::new(token))
}

/// Whose token this is: of this account, and on the website where it was made.
pub(super) fn visitor(tx: &mut Tx<'_>, caller: &Caller, token: &Secret, now: Timestamp) -> Result<(Door, Visitor), ActError> {
    let door = door(tx, caller, now)?;
    let hash = token_hash(token.expose());
    let known = store::chat::by_token(tx, &hash)?.filter(|visitor| {
        let is_late = visitor.token_hash != hash && now >= visitor.renewed_at + FORMER_OPENS;
        visitor.account == door.account.id && visitor.origin == caller.page.origin() && !is_late
    });
    let visitor = known.ok_or_else(|| Refusal::new("chat.unknown-visitor"))?;
    Ok((door, visitor))
}

/// Whether a browser that came with this token is due a new one.
pub(super) fn is_to_renew(visitor: &Visitor, token: &Secret, now: Timestamp) -> bool {
    let came_with_former = visitor.token_hash != token_hash(token.expose());
    now >= visitor.renewed_at + if came_with_former { TABS_FIND_IT } else { RENEWED_AFTER }
}

/// The same browser with a new token. What it came with opens the thread for a while.
pub(super) fn renewed(visitor: &Visitor, came_with: &Secret, token: &Secret, now: Timestamp) -> Visitor {
    Visitor {
        token_hash: token_hash(token.expose()),
        former_hash: Some(token_hash(came_with.expose())),
        renewed_at: now,
        seen_at: now,
        ..visitor.clone()
    }
}
