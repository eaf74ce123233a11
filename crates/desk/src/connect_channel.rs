//! Connects an account of a channel to the clinic, and says through it that it works.

use std::collections::BTreeMap;
use std::time::Duration;

use kernel::{AccountId, Address, ClinicId, PatientId, Refusal, Secret, Timestamp};

use channels::{
    Arriving, Balance, Connector, DnsRecord, HttpLetter, Letter, Means, Sending, SettingFault, SettingField, Settings, Trouble, Unwritable,
};
use clinic::actors::{Actor, Channel, Origin};
use clinic::staff::Right;
use clinic::templates::{Filled, Material, TemplateName};
use store::accounts::{Account, AccountState, Reached};
use store::links::LinkPurpose;

use crate::bot::facts;
use crate::receive::settings_of;
use crate::standing::remember_hook;
use crate::templates::look_at_texts;
use crate::wire::Wire;
use crate::{ActError, Desk};

/// How long a page waits to show what is left on an account.
const BALANCE_WITHIN: Duration = Duration::from_secs(3);

/// What the settings page says.
#[derive(Debug, Clone)]
pub struct NewAccount {
    pub clinic: ClinicId,
    pub channel: Channel,
    /// None: a new one.
    pub account: Option<AccountId>,
    pub typed: BTreeMap<String, String>,
    /// Where providers reach the program; without it messages are fetched.
    pub public_url: Option<String>,
}

/// Why an account was not connected.
#[derive(Debug)]
pub enum NotConnected {
    /// Something in the form.
    Settings(Vec<SettingFault>),
    /// The provider did not take it.
    Provider(Trouble),
    Act(ActError),
}

impl<E: Into<ActError>> From<E> for NotConnected {
    fn from(error: E) -> Self {
        Self::Act(error.into())
    }
}

/// Checks the settings with the provider, tells it where to call us, and keeps the account. Nothing is kept that the
/// provider did not take.
pub async fn connect_channel(desk: &Desk, wire: &dyn Wire, by: Actor, new: NewAccount) -> Result<AccountId, NotConnected> {
    by.may(Right::ChangeSettings)?;
    let connector = channels::connector(new.channel).ok_or_else(ActError::not_found)?;
    let existing = match new.account {
        Some(id) => Some(desk.look(move |tx, _| Ok(store::accounts::find(tx, id)?)).await?.ok_or_else(ActError::not_found)?),
        None => None,
    };
    let before = existing.as_ref().and_then(settings_of);
    let (mut chance, mut typed) = (desk.chance(), new.typed);
    let id = existing.as_ref().map_or_else(|| AccountId::new(desk.now(), &mut chance), |account| account.id);
    // a key takes a while, and whoever waits for an answer of the desk does not wait for it
    let (known, mut for_a_key) = (before.clone(), chance.fork());
    let made = tokio::task::spawn_blocking(move || {
        connector.make(&mut typed, known.as_ref(), &mut for_a_key);
        typed
    });
    let mut typed = made.await.expect("making a key does not fail");
    let hook = new.public_url.filter(|_| connector.card().arriving.by_webhook()).map(|url| hook_address(&url, new.channel, id));
    Settings::fill(connector.settings(), &mut typed, before.as_ref(), &mut chance);
    Settings::reached_at(connector.settings(), &mut typed, hook.as_deref());
    let settings = Settings::read(connector.settings(), &typed, before.as_ref()).map_err(NotConnected::Settings)?;
    let hook = hook.filter(|_| connector.is_called(&settings));
    connector.check_settings(&settings).map_err(|fault| NotConnected::Settings(vec![fault]))?;
    let known = match connector.check(&settings) {
        Some(letter) => connector.read_check(&wire.carry(&letter).await).map_err(NotConnected::Provider)?,
        None => channels::Account::default(),
    };
    let (reach, reached) = match hook {
        Some(url) => (channels::Reach::Webhook { url }, Reached::ByWebhook),
        None if connector.card().arriving == Arriving::Webhook || is_told_by_calls_alone(connector, &settings) => {
            return Err(NotConnected::Provider(Trouble::NoPublicAddress));
        }
        None => (channels::Reach::Polling, Reached::ByPolling),
    };
    let account = Account {
        id,
        clinic: new.clinic,
        channel: new.channel,
        name: known.name,
        handle: known.handle,
        settings: settings.to_store().into_iter().map(|(name, value)| (name, Secret::new(value))).collect(),
        reached,
        state: AccountState::On,
        cursor: existing.as_ref().and_then(|account| account.cursor.clone()),
        trouble: None,
        created_at: desk.now(),
    };
    // some providers call back before they answer, so the account must stand by then
    keep(desk, by, account).await?;
    let taken = set_up(connector, wire, &settings, &reach).await;
    if taken.is_ok() {
        let hook = match &reach {
            channels::Reach::Webhook { url } => Some(url.clone()),
            channels::Reach::Polling => None,
        };
        remember_hook(desk, id, hook).await?;
        // a clinic that has just connected wants to choose among its texts
        look_at_texts(desk, wire, id).await?;
    }
    if taken.is_err() {
        match existing {
            Some(before) => keep(desk, by, before).await?,
            None => desk.act(by, Origin::Desk, move |act| Ok(store::accounts::remove(act.tx, id)?)).await?,
        }
    }
    taken.map(|()| id).map_err(NotConnected::Provider)
}

/// Whoever neither calls nor can be asked tells nothing; what leaves goes all the same, but over the telephone nothing leaves.
fn is_told_by_calls_alone(connector: &dyn Connector, settings: &Settings) -> bool {
    connector.card().means == Means::Calls && connector.poll(settings, None).is_none()
}

async fn set_up(connector: &dyn Connector, wire: &dyn Wire, settings: &Settings, reach: &channels::Reach) -> Result<(), Trouble> {
    for letter in connector.set_up(settings, reach) {
        Result::from(connector.read_answer(&letter, &wire.carry(&letter).await))?;
    }
    Ok(())
}

async fn keep(desk: &Desk, by: Actor, account: Account) -> Result<(), ActError> {
    desk.act(by, Origin::Desk, move |act| {
        facts::clinic(act.tx, account.clinic)?;
        store::accounts::save(act.tx, &account)?;
        store::breakers::forget(act.tx, account.id)?;
        act.tx.touch("settings");
        Ok(())
    })
    .await
}

/// Where the provider calls an account: shown on its page, for those providers where a person must type it in.
pub fn hook_address(public_url: &str, channel: Channel, account: AccountId) -> String {
    format!("{}/hooks/{}/{account}", public_url.trim_end_matches('/'), channel.name())
}

/// What the clinic copies to the provider so that its calls can be read. None for most.
pub fn hook_template(account: &Account) -> Option<&'static str> {
    channels::connector(account.channel)?.body_template(&settings_of(account)?)
}

/// What the clinic publishes for its domain, so that what leaves by this account is believed. None for most.
pub fn published(account: &Account) -> Option<DnsRecord> {
    channels::connector(account.channel)?.published(&settings_of(account)?)
}

/// A channel that can be connected, as data: what its settings ask for, and how it is reached.
#[derive(Debug, Clone, Copy)]
pub struct OfferedChannel {
    pub channel: Channel,
    pub fields: &'static [SettingField],
    pub arriving: Arriving,
}

/// Every channel that is built.
pub fn offered_channels() -> Vec<OfferedChannel> {
    let offered = |connector: &&dyn Connector| OfferedChannel {
        channel: connector.channel(),
        fields: connector.settings(),
        arriving: connector.card().arriving,
    };
    channels::registry().iter().map(offered).collect()
}

/// Whether a link can open the account and bring a token along.
pub fn has_opening_link(account: &Account) -> bool {
    let known = channels::Account { name: account.name.clone(), handle: account.handle.clone() };
    channels::connector(account.channel).is_some_and(|connector| connector.opening_link(&known, "token").is_some())
}

/// What a patient opens to write to us first. None where the channel has no such links.
pub fn opening_link(account: &Account) -> Option<String> {
    let known = channels::Account { name: account.name.clone(), handle: account.handle.clone() };
    channels::connector(account.channel)?.opening_link(&known, "start")
}

/// What is left on an account. None where the provider does not tell, or not at once: a page does not wait for it.
pub async fn balance_of(wire: &dyn Wire, account: &Account) -> Option<Balance> {
    let (connector, settings) = (channels::connector(account.channel)?, settings_of(account)?);
    let letter = match connector.balance(&settings)? {
        Letter::Http(letter) => Letter::Http(HttpLetter { patience: BALANCE_WITHIN, ..letter }),
        other => other,
    };
    connector.read_balance(&wire.carry(&letter).await)
}

/// Switches an account on or off. What waits for it goes to the next channel or stays visible.
pub async fn switch_account(desk: &Desk, by: Actor, id: AccountId, state: AccountState) -> Result<(), ActError> {
    by.may(Right::ChangeSettings)?;
    desk.act(by, Origin::Desk, move |act| {
        let account = store::accounts::find(act.tx, id)?.ok_or_else(ActError::not_found)?;
        store::accounts::save(act.tx, &Account { state, trouble: None, ..account })?;
        store::breakers::forget(act.tx, id)?;
        act.tx.touch("settings");
        Ok(())
    })
    .await
}

/// A deep link that ties a messenger account to a patient, for a message, a page or the code at the desk. None where the
/// channel has no such links.
pub async fn link_patient(desk: &Desk, by: Actor, patient: PatientId, account: AccountId) -> Result<Option<String>, ActError> {
    by.may(Right::ChangePatients)?;
    desk.act(by, Origin::Desk, move |act| {
        let account = store::accounts::find(act.tx, account)?.ok_or_else(ActError::not_found)?;
        let patient = facts::patient(act.tx, patient)?;
        let Some(connector) = channels::connector(account.channel) else { return Ok(None) };
        let token = act.token(&patient, LinkPurpose::Connect, None, Some(account.channel))?;
        let known = channels::Account { name: account.name, handle: account.handle };
        Ok(connector.opening_link(&known, &token))
    })
    .await
}

/// A code that a patient writes from their own account, which ties it to them. Good for minutes, and once.
pub async fn code_for(desk: &Desk, by: Actor, patient: PatientId) -> Result<String, ActError> {
    by.may(Right::ChangePatients)?;
    desk.act(by, Origin::Desk, move |act| {
        let patient = facts::patient(act.tx, patient)?;
        act.code(&patient)
    })
    .await
}

/// Whether whoever writes through the account can show by a code who they are.
pub fn takes_codes(account: &Account) -> bool {
    let connector = channels::connector(account.channel).filter(|connector| connector.card().means == Means::Words);
    connector.is_some_and(Connector::vouches_for_senders)
}

/// Says through an account that it works, to an address that somebody at the desk can see. Goes past the outbox: nothing
/// of a patient is in it, and its answer is what the page waits for.
pub async fn send_trial(desk: &Desk, wire: &dyn Wire, by: Actor, account: AccountId, to: Address) -> Result<Sending, ActError> {
    by.may(Right::ChangeSettings)?;
    let (account, clinic) = desk
        .look(move |tx, _| {
            let account = store::accounts::find(tx, account)?.ok_or_else(ActError::not_found)?;
            let clinic = facts::clinic(tx, account.clinic)?;
            Ok((account, clinic))
        })
        .await?;
    let (Some(connector), Some(settings)) = (channels::connector(account.channel), settings_of(&account)) else {
        return Err(Refusal::new("channel.not-set-up").into());
    };
    if !account.channel.reaches(&to) {
        return Err(Refusal::new("channel.wrong-address").at("to").into());
    }
    let receiver = to.clone();
    let heard_at = desk.look(move |tx, _| Ok(last_heard_at(tx, &receiver)?)).await?;
    let mut outgoing = crate::trial_message::trial_message(desk, &clinic, to);
    let window = connector.card().window;
    if window.is_some_and(|window| heard_at.is_none_or(|heard_at| outgoing.at >= heard_at + window)) {
        let of = TemplateName { name: connector.general_template(&settings).to_owned(), language: clinic.locale.code().to_owned() };
        if of.name.is_empty() {
            return Ok(Sending::Refused { code: Unwritable::NeedsTemplate.code().to_owned(), why: Trouble::WindowClosed });
        }
        let said = Material { words: &outgoing.content.text, buttons: &[], values: &BTreeMap::new() };
        outgoing.approved = Some(Filled::of_two_gaps(of, &said));
    }
    let Ok(letters) = connector.write(&settings, &outgoing) else {
        return Err(Refusal::new("channel.wrong-address").at("to").into());
    };
    let mut outcomes = Vec::new();
    for letter in &letters {
        outcomes.push(connector.read_answer(letter, &wire.carry(letter).await));
    }
    Ok(channels::whole(outcomes))
}

/// When whoever stands at an address wrote last, known to us or not.
fn last_heard_at(tx: &mut store::Tx<'_>, address: &Address) -> Result<Option<Timestamp>, store::StoreError> {
    if let Some(contact) = store::patients::contacts_at(tx, address)?.into_iter().next() {
        return Ok(contact.last_inbound_at);
    }
    let Some(thread) = store::conversations::with_unknown(tx, address)? else { return Ok(None) };
    let last = store::conversations::inbound_of(tx, thread.id, store::conversations::NEWEST, 1)?.pop();
    Ok(last.map(|inbound| inbound.received_at))
}
