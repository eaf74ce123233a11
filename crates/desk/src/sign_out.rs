//! A browser is signed out.

use kernel::Secret;

use clinic::actors::{Actor, Origin};

use crate::{ActError, Desk, token_hash};

/// A token that is nobody's is signed out already.
pub async fn sign_out(desk: &Desk, token: &Secret) -> Result<(), ActError> {
    let hash = token_hash(token.expose());
    desk.act(Actor::Program, Origin::Desk, move |act| Ok(store::staff::end_session(act.tx, &hash)?)).await
}
