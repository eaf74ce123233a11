//! How accounts stand at their providers: asked now and then by one node, or at once by a person, kept, and shown. Whatever is
//! found to be wrong is told on Today, with what to do.
//!
//! Idempotent: what is found takes the place of what was found before.

use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::future::join_all;
use kernel::{AccountId, Timestamp};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use serde::{Deserialize, Serialize};

use channels::{Answer, Aspect, Connector, DnsRecord, Found, Letter, Opening, Reach, RecordState, Settings, Trouble, certificate_ends};
use clinic::actors::{Actor, Origin};
use clinic::outbox::Passage;
use clinic::staff::Right;
use store::Tx;
use store::accounts::{Account, Reached};
use store::traffic::Traffic;

use crate::connect_channel::{hook_address, published};
use crate::receive::settings_of;
use crate::wire::Wire;
use crate::{Act, ActError, Desk};

/// What it is called among the lookups.
pub(crate) const STANDING: &str = "standing";
const AGAIN_AFTER: Duration = Duration::from_hours(1);
/// Nobody has answered.
const AFTER_SILENCE: Duration = Duration::from_mins(10);
/// What is told of the traffic.
const LATELY: Duration = Duration::from_hours(7 * 24);
/// No provider asks for more to be told again where to call.
const MOST_STEPS: usize = 8;
/// A certificate or a token that ends within so long wants to be renewed.
pub const SOON: Duration = Duration::from_hours(14 * 24);

/// What was found of one account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    pub findings: Vec<Found>,
    pub certificates: Vec<Certificate>,
    /// Since when something of it has been wrong.
    pub wrong_since: Option<Timestamp>,
    /// Where the provider was told to call us.
    #[serde(default)]
    pub hook: Option<String>,
    /// How it stands with what the clinic publishes for its domain. None: nothing has to be.
    #[serde(default)]
    pub record: Option<RecordState>,
}

/// A certificate by which somebody proves who they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    pub whose: Whose,
    /// None: it could not be looked at from here.
    pub ends_at: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// Of our public address, which the provider calls.
    Ours { host: String },
    /// The authority that the clinic has entered in the settings of the channel.
    Authority,
    /// The clinic's own server.
    Server { host: String },
}

/// All that is known of whether an account works.
#[derive(Debug, Clone)]
pub struct AccountHealth {
    pub account: Account,
    pub traffic: Traffic,
    pub passage: Passage,
    pub standing: Standing,
    /// None: never looked at.
    pub looked_at: Option<Timestamp>,
    /// Whether the provider can be told again where to call.
    pub can_set_again: SetAgain,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetAgain {
    Possible,
    /// There is nothing to tell, or a person types it in there.
    No,
}

impl Standing {
    /// The first thing that is wrong, as a key of Fluent.
    pub fn wrong(&self) -> Option<&'static str> {
        self.findings.iter().find_map(Found::wrong).or(self.record.and_then(RecordState::wrong))
    }

    fn written(&self) -> String {
        serde_json::to_string(self).expect("our values have text keys only")
    }
}

/// What was found of each account.
pub(crate) fn all(tx: &mut Tx<'_>) -> Result<BTreeMap<AccountId, (Standing, Option<Timestamp>)>, ActError> {
    let kept = store::lookups::all(tx)?.into_iter().filter(|((_, about), _)| about == STANDING);
    Ok(kept.map(|((account, _), lookup)| (account, (read(lookup.found.as_deref()), lookup.looked_at))).collect())
}

/// What an older or newer program has kept is found anew soon.
fn read(found: Option<&str>) -> Standing {
    found.and_then(|found| serde_json::from_str(found).ok()).unwrap_or_default()
}

/// How the accounts of a clinic do.
pub fn account_health(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<AccountHealth>, ActError> {
    let mut traffic = store::traffic::since(tx, now - LATELY, now)?;
    let breakers = store::breakers::all(tx)?;
    let mut standings = all(tx)?;
    let health = |account: Account| {
        let (standing, looked_at) = standings.remove(&account.id).unwrap_or_default();
        let passage = breakers.get(&account.id).copied().unwrap_or_default().passage(now);
        let can_set_again = if set_again_letter(&account, &standing, &[]).is_some() { SetAgain::Possible } else { SetAgain::No };
        AccountHealth { traffic: traffic.remove(&account.id).unwrap_or_default(), passage, standing, looked_at, can_set_again, account }
    };
    Ok(store::accounts::all(tx)?.into_iter().map(health).collect())
}

fn set_again_letter(account: &Account, standing: &Standing, so_far: &[Answer]) -> Option<Letter> {
    let (connector, settings) = (channels::connector(account.channel)?, settings_of(account)?);
    connector.set_again(&settings, &reach(account, standing.hook.as_deref())?, so_far)
}

/// How the provider is to reach us. None: nobody remembers at which address.
fn reach(account: &Account, hook: Option<&str>) -> Option<Reach> {
    match account.reached {
        Reached::ByPolling => Some(Reach::Polling),
        Reached::ByWebhook => Some(Reach::Webhook { url: hook?.to_owned() }),
    }
}

/// A person wants to know now.
pub async fn check_standing(desk: &Desk, wire: &dyn Wire, by: Actor, account: AccountId) -> Result<(), ActError> {
    by.may(Right::ChangeSettings)?;
    look_at_standing(desk, wire, account).await
}

/// A person has entered the record at their domain, and wants to know whether it can be seen.
pub async fn check_record(desk: &Desk, wire: &dyn Wire, by: Actor, id: AccountId) -> Result<(), ActError> {
    by.may(Right::ChangeSettings)?;
    let (account, _) = known(desk, id).await?;
    let record = record_state(wire, published(&account)).await;
    desk.act(by, Origin::Desk, move |act| {
        let before = all(act.tx)?.remove(&id).unwrap_or_default().0;
        let kept = takes_place(act, &before, Standing { record, ..before.clone() });
        // all else is looked at when its time comes, as if nobody had asked for this
        Ok(store::lookups::amend(act.tx, (id, STANDING), &kept, act.now)?)
    })
    .await
}

/// What was found of one account, and when.
pub fn standing_of(tx: &mut Tx<'_>, id: AccountId) -> Result<(Standing, Option<Timestamp>), ActError> {
    Ok(all(tx)?.remove(&id).unwrap_or_default())
}

/// Tells the provider once more where to call us, and looks whether it does.
pub async fn set_again(desk: &Desk, wire: &dyn Wire, by: Actor, id: AccountId) -> Result<Result<(), Trouble>, ActError> {
    by.may(Right::ChangeSettings)?;
    let (account, standing) = known(desk, id).await?;
    let Some(connector) = channels::connector(account.channel) else { return Err(ActError::not_found()) };
    let (mut done, mut answers) = (Ok(()), Vec::new());
    while let Some(letter) = set_again_letter(&account, &standing, &answers).filter(|_| done.is_ok() && answers.len() < MOST_STEPS) {
        let answer = wire.carry(&letter).await;
        done = Result::from(connector.read_answer(&letter, &answer));
        answers.push(answer);
    }
    look_at_standing(desk, wire, id).await?;
    Ok(done)
}

/// The account has just been connected so.
pub(crate) async fn remember_hook(desk: &Desk, id: AccountId, hook: Option<String>) -> Result<(), ActError> {
    let standing = Standing { hook, ..Standing::default() };
    desk.act(Actor::Program, Origin::Program, move |act| {
        Ok(store::lookups::keep_unlooked(act.tx, (id, STANDING), &standing.written(), act.now + AFTER_SILENCE)?)
    })
    .await
}

/// The account and what was found of it; where it was connected by an older program, the clinic's address is where we are called.
async fn known(desk: &Desk, id: AccountId) -> Result<(Account, Standing), ActError> {
    desk.look(move |tx, _| {
        let account = store::accounts::find(tx, id)?.ok_or_else(ActError::not_found)?;
        let mut standing = all(tx)?.remove(&id).unwrap_or_default().0;
        if standing.hook.is_none() && account.reached == Reached::ByWebhook {
            let clinic = store::clinics::shared_clinic(tx, account.clinic)?;
            let url = clinic.as_ref().as_ref().and_then(|clinic| clinic.public_url.clone());
            standing.hook = url.map(|url| hook_address(&url, account.channel, account.id));
        }
        Ok((account, standing))
    })
    .await
}

pub(crate) async fn look_at_standing(desk: &Desk, wire: &dyn Wire, id: AccountId) -> Result<(), ActError> {
    let (account, before) = known(desk, id).await?;
    let (Some(connector), Some(settings)) = (channels::connector(account.channel), settings_of(&account)) else { return Ok(()) };
    let asks_where = reach(&account, before.hook.as_deref());
    let reach = asks_where.clone().unwrap_or(Reach::Webhook { url: String::new() });
    let mut questions = connector.questions(&settings, &reach);
    // nobody remembers where the provider is to call, but whether it lets us in it can still be asked
    let is_unknown = asks_where.is_none() && questions.iter().any(|question| question.about != Aspect::Token);
    questions.retain(|question| asks_where.is_some() || question.about == Aspect::Token);
    let answers = join_all(questions.iter().map(|question| wire.carry(&question.letter))).await;
    let read = |(question, answer): (&channels::Question, _)| connector.read_finding(&settings, &reach, question.about, answer);
    let nowhere = is_unknown.then(|| Found::unknown(Trouble::NoPublicAddress));
    let findings: Vec<Found> = questions.iter().zip(&answers).map(read).chain(nowhere).collect();
    let record = record_state(wire, connector.published(&settings)).await;
    let certificates = certificates(wire, connector, (&settings, before.hook.as_deref())).await;
    desk.act(Actor::Program, Origin::Program, move |act| {
        let found = Standing { findings: findings.clone(), certificates: certificates.clone(), record, ..before.clone() };
        let is_silent =
            found.findings.iter().any(|finding| matches!(finding, Found::Unknown { .. })) || found.record == Some(RecordState::NotAnswered);
        let again = if is_silent { AFTER_SILENCE } else { AGAIN_AFTER };
        let kept = takes_place(act, &before, found);
        Ok(store::lookups::keep(act.tx, (id, STANDING), &kept, (act.now, act.now + again))?)
    })
    .await
}

/// What is found now stands where other things did: told to whoever looks at it, and kept in these words.
fn takes_place(act: &mut Act<'_, '_>, before: &Standing, mut found: Standing) -> String {
    found.wrong_since = found.wrong().map(|_| before.wrong_since.unwrap_or(act.now));
    act.tx.touch("settings");
    if found.wrong() != before.wrong() {
        act.tx.touch("today");
    }
    found.written()
}

/// Of our own address where the provider calls us, of what the clinic has entered, and of its own servers.
async fn certificates(wire: &dyn Wire, connector: &dyn Connector, (settings, hook): (&Settings, Option<&str>)) -> Vec<Certificate> {
    let mut found = Vec::new();
    if let Some((host, port)) = hook.and_then(host_of) {
        let ends_at = wire.certificate_ends(host, port, Opening::Tls).await;
        found.push(Certificate { whose: Whose::Ours { host: host.to_owned() }, ends_at });
    }
    let authority = settings.text("authority");
    if !authority.is_empty() {
        let ends = CertificateDer::pem_slice_iter(authority.as_bytes()).filter_map(|der| certificate_ends(&der.ok()?));
        found.push(Certificate { whose: Whose::Authority, ends_at: ends.min() });
    }
    let machines = connector.shows_certificate(settings);
    let ends = join_all(machines.iter().map(|(host, port, opening)| wire.certificate_ends(host, *port, *opening))).await;
    for ((host, ..), ends_at) in machines.into_iter().zip(ends) {
        found.push(Certificate { whose: Whose::Server { host }, ends_at });
    }
    found
}

async fn record_state(wire: &dyn Wire, record: Option<DnsRecord>) -> Option<RecordState> {
    let record = record?;
    Some(record.compared(wire.text_records(&record.name).await.as_deref()))
}

/// `https://desk.example/hooks/..`: the host and the port.
fn host_of(url: &str) -> Option<(&str, u16)> {
    let rest = url.strip_prefix("https://")?;
    let host = rest.split('/').next().filter(|host| !host.is_empty())?;
    match host.rsplit_once(':') {
        Some((name, port)) if !name.is_empty() => Some((name, port.parse().ok()?)),
        Some(_) | None => Some((host, 443)),
    }
}
