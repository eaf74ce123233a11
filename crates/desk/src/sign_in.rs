//! Somebody of the staff signs in with e-mail and password.

use std::fmt;
use std::net::IpAddr;

use kernel::{Refusal, Secret};

use clinic::actors::{Actor, Origin};

use crate::access::{Session, passwords};
use crate::{ActError, Desk};

pub struct Credentials {
    pub email: String,
    pub password: Secret,
    /// Where the browser is: the peer of the connection, or what a trusted proxy says of it.
    pub from: IpAddr,
}

/// The same refusal in the same time, whether the address is unknown, the password wrong or the person has left.
pub async fn sign_in(desk: &Desk, typed: Credentials) -> Result<Session, ActError> {
    let Credentials { email, password, from } = typed;
    let email = email.trim().to_lowercase();
    desk.doors().attempts.count(&email, from, desk.now())?;
    let asked = email.clone();
    let found = desk.look(move |tx, _| Ok(store::staff::by_email(tx, &asked)?)).await?;
    let (member, hash) = found.unzip();
    let hash = hash.flatten();
    let fits = passwords::fits(desk, password, hash.clone()).await?;
    let Some(member) = member.filter(|member| fits && member.can_sign_in()) else {
        return Err(Refusal::new("sign-in.wrong").into());
    };
    let by = Actor::Staff { id: member.id, role: member.role };
    let asked = email.clone();
    let session = desk
        .act(by, Origin::Desk, move |act| {
            // they may have left, or have another password, since it was looked at
            let now = store::staff::by_email(act.tx, &asked)?;
            let stays = now.is_some_and(|(member, now)| member.can_sign_in() && now == hash);
            if stays { act.begin_session(member.id) } else { Err(Refusal::new("sign-in.wrong").into()) }
        })
        .await?;
    desk.doors().attempts.forgive(&email);
    Ok(session)
}

impl fmt::Debug for Credentials {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Credentials(***)")
    }
}
