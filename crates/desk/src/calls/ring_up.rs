//! Rings somebody up from the desk: the exchange rings the desk's own telephone, and once that is taken, theirs. How it went
//! comes back as a call like every other.

use std::sync::Arc;

use kernel::{AccountId, ClinicId, ConversationId, PatientId, Phone, Refusal, StaffId, format};
use store::Tx;
use store::accounts::{Account, AccountState};

use channels::{Dial, Sending, is_extension, is_inside};
use clinic::actors::{Actor, Origin};
use clinic::staff::Right;

use crate::bot::facts;
use crate::connected::{self, Connected};
use crate::wire::Wire;
use crate::{Act, ActError, Desk, settings_of};

/// Whose number is dialled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    Patient(PatientId),
    /// Whoever a thread is with.
    Thread(ConversationId),
}

/// Whether an account of the clinic can, from where they sit.
pub fn can_ring_up(tx: &mut Tx<'_>, clinic: ClinicId, who: StaffId) -> Result<bool, ActError> {
    let own = store::staff::telephone(tx, who)?;
    Ok(connected::all(tx)?.values().any(|known| known.account.clinic == clinic && rings(known, own.as_deref())))
}

/// The telephone at which somebody sits rings first when they ring somebody up; the clinic's does for whoever has named none.
pub async fn sit_at(desk: &Desk, by: Actor, telephone: &str) -> Result<(), ActError> {
    by.may(Right::WriteToPatients)?;
    let extension = Some(format::ascii_digits(telephone.trim())).filter(|extension| !extension.is_empty());
    // a number outside costs the clinic money: whoever may name one for the exchange may name one here
    let fits = |extension: &str| is_inside(extension) || is_extension(extension) && by.may(Right::ChangeSettings).is_ok();
    if extension.as_deref().is_some_and(|extension| !fits(extension)) {
        return Err(Refusal::new("call.no-extension").at("telephone").into());
    }
    let Actor::Staff { id, .. } = by else { return Err(ActError::not_found()) };
    desk.act(by, Origin::Desk, move |act| Ok(store::staff::set_telephone(act.tx, id, extension.as_deref())?)).await
}

/// Whether this account can.
pub fn can_ring(account: &Account) -> bool {
    let (connector, settings) = (channels::connector(account.channel), settings_of(account));
    let known = connector.map(|connector| Connected { account: account.clone(), connector, settings: settings.map(Arc::new) });
    known.is_some_and(|known| rings(&known, None))
}

fn rings(Connected { account, connector, settings }: &Connected, own: Option<&str>) -> bool {
    let own = || own.map(str::to_owned);
    let dial = || Phone::from_e164("+10000000").map(|to| Dial { to, ours: String::new(), own: own() }).ok();
    account.state == AccountState::On
        && settings.as_ref().zip(dial()).is_some_and(|(settings, dial)| connector.ring(settings, &dial).is_some())
}

/// Only a number that stands there: nobody dials anywhere else through the clinic's exchange.
pub async fn ring_up(desk: &Desk, wire: &dyn Wire, by: Actor, whom: Whom, to: Phone) -> Result<Sending, ActError> {
    by.may(Right::WriteToPatients)?;
    let wanted = to.clone();
    let found = desk.act(by, Origin::Desk, move |act: &mut Act<'_, '_>| {
        let (clinic, phones) = match whom {
            Whom::Patient(patient) => (facts::patient(act.tx, patient)?.clinic, act.phones_of_patient(patient)?),
            Whom::Thread(thread) => {
                let thread = store::conversations::find(act.tx, thread)?.ok_or_else(ActError::not_found)?;
                (thread.clinic, act.phones_of(&thread)?)
            }
        };
        if !phones.contains(&wanted) {
            return Err(ActError::not_found());
        }
        let own = if let Actor::Staff { id, .. } = by { store::staff::telephone(act.tx, id)? } else { None };
        let connected = connected::all(act.tx)?;
        let account = connected.values().find(|known| known.account.clinic == clinic && rings(known, own.as_deref()));
        let account = account.map(|known| known.account.clone()).ok_or_else(|| Refusal::new("call.no-exchange"))?;
        Ok((account, own))
    });
    let (account, own) = found.await?;
    dial(desk, wire, &account, (to, own)).await
}

/// Rings the desk and then a number that somebody at the desk can answer: to see that it works.
pub async fn try_to_ring(desk: &Desk, wire: &dyn Wire, by: Actor, account: AccountId, to: Phone) -> Result<Sending, ActError> {
    by.may(Right::ChangeSettings)?;
    let account = desk.look(move |tx, _| store::accounts::find(tx, account)?.ok_or_else(ActError::not_found)).await?;
    dial(desk, wire, &account, (to, None)).await
}

async fn dial(desk: &Desk, wire: &dyn Wire, account: &Account, (to, own): (Phone, Option<String>)) -> Result<Sending, ActError> {
    let unable = || Refusal::new("call.no-exchange").at("to");
    let (connector, settings) = channels::connector(account.channel).zip(settings_of(account)).ok_or_else(unable)?;
    let letter = connector.ring(&settings, &Dial { to, ours: desk.chance().token(), own }).ok_or_else(unable)?;
    Ok(connector.read_answer(&letter, &wire.carry(&letter).await))
}
