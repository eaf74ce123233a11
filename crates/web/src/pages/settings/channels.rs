//! The channels on which patients reach the clinic: connected with a check, tried with a test message, switched off.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use clinic::actors::Channel;
use clinic::staff::Right;
use desk::{
    ActError, Arriving, DnsRecord, Kind, Need, NewAccount, NotConnected, OfferedChannel, RecordState, Sending, SettingField, Standing,
};
use kernel::{AccountId, Address, Arg, Currency, Phone, Refusal, Timestamp};
use store::Tx;
use store::accounts::{Account, AccountState, Reached};
use store::traffic::Traffic;

use super::health::record_chip;
use super::view::{
    AccountLine, ApprovedTexts, ChannelPage, ChannelsPage, Connected, Embed, FieldKind, FieldNeed, FieldView, Means, Prices, Published,
    Switch,
};
use crate::done::Done;
use crate::fault::Fault;
use crate::forms::{Choice, Faults};
use crate::query::Filled;
use crate::responder::{shown, shown_as};
use crate::session::SignedIn;
use crate::site::Site;
use crate::{Chip, Place, Tone, Words};

/// How far back it is told what went through an account.
const LATELY: Duration = Duration::from_hours(7 * 24);

pub async fn list(State(site): State<Site>, me: SignedIn) -> Result<Response, Fault> {
    me.actor().may(Right::ChangeSettings)?;
    let clinic = me.clinic.id;
    let read = move |tx: &mut Tx<'_>, now: Timestamp| Ok((store::accounts::all(tx)?, store::traffic::since(tx, now - LATELY, now)?));
    let (accounts, traffic) = site.desk().look(read).await?;
    let accounts = accounts.iter().filter(|account| account.clinic == clinic);
    let accounts = accounts.map(|account| line(&me, account, traffic.get(&account.id))).collect();
    let words = me.words();
    let about = |channel: Channel| words.known(&format!("channel-about-{}", channel.name())).unwrap_or_default();
    let offered = desk::offered_channels()
        .into_iter()
        .map(|OfferedChannel { channel, .. }| (channel.name().to_owned(), me.telling().channel(channel), about(channel)));
    let offered = offered.collect();
    shown(&ChannelsPage { page: me.page(&site, Place::Settings, "settings-title").await?, accounts, offered })
}

/// `looked_at`: whether it stands there; nobody has looked yet, if none.
fn published(me: &SignedIn, record: DnsRecord, (standing, looked_at): &(Standing, Option<Timestamp>)) -> Published {
    let words = me.words();
    let looked = looked_at.filter(|_| standing.record.is_some());
    Published {
        name: record.name,
        text: record.text,
        state: standing.record.map(|state| record_chip(words, state)),
        wrong: standing.record.and_then(RecordState::wrong).map(|key| (words.say(key), words.say(&format!("{key}-do")))),
        looked: looked.map_or_else(
            || words.say("standing-looked-never"),
            |at| words.with("standing-looked", &[("at", Arg::from(me.telling().at(at)))]),
        ),
    }
}

/// `traffic`: none went through it lately.
fn line(me: &SignedIn, account: &Account, traffic: Option<&Traffic>) -> AccountLine {
    let words = me.words();
    let chip = match (account.state, &account.trouble) {
        (AccountState::Off, _) => Chip::new(Tone::Done, words.say("channel-state-off")),
        (AccountState::On, Some(_)) => Chip::new(Tone::Bad, words.say("channel-state-trouble")),
        (AccountState::On, None) => Chip::new(Tone::Good, words.say("channel-state-on")),
    };
    AccountLine {
        id: account.id.to_string(),
        channel: me.telling().channel(account.channel),
        name: name(words, account),
        chip,
        trouble: account.trouble.as_ref().map(|trouble| words.say(&trouble.key)),
        // calls stand in the threads and on the timelines, not in the outbox
        traffic: if account.channel == Channel::Telephone { String::new() } else { told(me, &traffic.cloned().unwrap_or_default()) },
    }
}

/// How the account is called there.
pub(super) fn name(words: Words, account: &Account) -> String {
    match (account.channel, account.handle.as_str()) {
        (Channel::Web, _) => account.settings.get("origins").map(|websites| websites.expose().to_owned()).unwrap_or_default(),
        (Channel::Telephone, _) => exchange(words, account),
        (_, "") => account.name.clone(),
        (_, handle) => format!("@{handle}"),
    }
}

fn told(me: &SignedIn, traffic: &Traffic) -> String {
    let (words, telling) = (me.words(), me.telling());
    let newest = |key: &str, at: Option<Timestamp>| match at {
        Some(at) => words.with(key, &[("at", Arg::from(telling.at(at)))]),
        None => words.say(&format!("{key}-none")),
    };
    let Traffic { taken, failed, doubted, .. } = *traffic;
    let of_all = |key: &str, many: u32| {
        let all = taken + failed + doubted;
        (many > 0).then(|| words.with(key, &[("many", Arg::from(many)), ("all", Arg::from(all))]))
    };
    let waiting = traffic
        .waiting
        .map(|(many, since)| words.with("channel-traffic-waiting", &[("many", Arg::from(many)), ("since", Arg::from(telling.at(since)))]));
    let paid = traffic.paid.iter().map(|(price, many)| {
        let sum = kernel::format::money(price.rounded(), me.locale());
        words.with("channel-traffic-paid", &[("sum", Arg::from(sum)), ("many", Arg::from(*many))])
    });
    let told = [
        Some(newest("channel-traffic-in", traffic.last_in)),
        Some(newest("channel-traffic-out", traffic.last_out)),
        of_all("channel-traffic-failed", failed),
        of_all("channel-traffic-doubted", doubted),
        waiting,
    ];
    told.into_iter().flatten().chain(paid).collect::<Vec<_>>().join(" · ")
}

/// Whose exchange it is.
fn exchange(words: Words, account: &Account) -> String {
    let provider = account.settings.get("provider").map(|provider| provider.expose().to_owned()).unwrap_or_default();
    words.known(&format!("channel-telephone-provider-{provider}")).unwrap_or_default()
}

fn offered(channel: Channel) -> Result<OfferedChannel, Fault> {
    desk::offered_channels().into_iter().find(|offered| offered.channel == channel).ok_or(Fault::not_found())
}

pub(super) async fn account(site: &Site, me: &SignedIn, id: &str) -> Result<Account, Fault> {
    me.actor().may(Right::ChangeSettings)?;
    let id: AccountId = id.parse().map_err(|_| Fault::not_found())?;
    let read = move |tx: &mut Tx<'_>, _: Timestamp| store::accounts::find(tx, id)?.ok_or_else(ActError::not_found);
    Ok(site.desk().look(read).await?)
}

/// A form of a channel's settings, as it is shown.
#[derive(Default)]
struct Form {
    typed: BTreeMap<String, String>,
    faults: Faults,
    trial: Option<Chip>,
    status: StatusCode,
}

pub async fn new(State(site): State<Site>, me: SignedIn, Path(channel): Path<String>) -> Result<Response, Fault> {
    me.actor().may(Right::ChangeSettings)?;
    let offered = offered(Channel::named(&channel).ok_or(Fault::not_found())?)?;
    form(&site, &me, (&offered, None), Form::default()).await
}

pub async fn open(State(site): State<Site>, me: SignedIn, Path(id): Path<String>) -> Result<Response, Fault> {
    let account = account(&site, &me, &id).await?;
    form(&site, &me, (&offered(account.channel)?, Some(&account)), Form::default()).await
}

pub async fn connect(State(site): State<Site>, me: SignedIn, Path(channel): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let channel = Channel::named(&channel).ok_or(Fault::not_found())?;
    keep(&site, &me, (channel, None), filled.fields()).await
}

pub async fn save(State(site): State<Site>, me: SignedIn, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let account = account(&site, &me, &id).await?;
    keep(&site, &me, (account.channel, Some(account)), filled.fields()).await
}

/// Nothing is kept that the provider did not take.
async fn keep(
    site: &Site,
    me: &SignedIn,
    (channel, account): (Channel, Option<Account>),
    typed: BTreeMap<String, String>,
) -> Result<Response, Fault> {
    let offered = offered(channel)?;
    let new = NewAccount {
        clinic: me.clinic.id,
        channel,
        account: account.as_ref().map(|account| account.id),
        typed: typed.clone(),
        public_url: public_url(site, me),
    };
    let (words, is_new) = (me.words(), account.is_none());
    let faults = match desk::connect_channel(site.desk(), &*site.wire(), me.actor(), new).await {
        Ok(id) => return Ok(if is_new { Done::Connected } else { Done::Saved }.go_to(format!("/settings/channels/{id}"))),
        Err(NotConnected::Act(error)) => return Err(error.into()),
        Err(NotConnected::Provider(trouble)) => Faults::default().and("", words.say(trouble.key())),
        Err(NotConnected::Settings(faults)) => {
            faults.into_iter().fold(Faults::default(), |known, fault| known.and(fault.field, words.say(fault.wrong.key())))
        }
    };
    let refused = Form { typed, faults, trial: None, status: StatusCode::UNPROCESSABLE_ENTITY };
    form(site, me, (&offered, account.as_ref()), refused).await
}

/// Sends the test message, and says on the page what became of it.
pub async fn trial(State(site): State<Site>, me: SignedIn, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let account = account(&site, &me, &id).await?;
    let words = me.words();
    let sent = match address(&me, account.channel, filled.text("to")) {
        // to whoever has the trial page open; it goes the whole way
        _ if account.channel == Channel::Web => desk::chat::try_chat(site.desk(), me.actor(), account.id)
            .await
            .map(|message| Sending::Accepted { ids: vec![message.id.to_string()] }),
        Ok(to) if account.channel == Channel::Telephone => match Phone::from_e164(to.rest()) {
            Ok(to) => desk::try_to_ring(site.desk(), &*site.wire(), me.actor(), account.id, to).await,
            Err(unknown) => Err(Refusal::from(unknown).into()),
        },
        Ok(to) => desk::send_trial(site.desk(), &*site.wire(), me.actor(), account.id, to).await,
        Err(refusal) => Err(refusal.into()),
    };
    let shown = match sent {
        Ok(sending) => Form { trial: Some(outcome(words, account.channel, &sending)), ..Form::default() },
        Err(ActError::Refused(refusal)) if refusal.code() != "actor.not-allowed" => {
            Form { faults: Faults::of(&refusal, words), status: StatusCode::UNPROCESSABLE_ENTITY, ..Form::default() }
        }
        Err(error) => return Err(error.into()),
    };
    form(&site, &me, (&offered(account.channel)?, Some(&account)), shown).await
}

/// As it is typed: a number, a mail address, the name of an account.
fn address(me: &SignedIn, channel: Channel, typed: &str) -> Result<Address, Refusal> {
    let wrong = || Refusal::new("channel.wrong-address").at("to");
    if matches!(channel, Channel::Sms | Channel::Telephone) {
        return Phone::parse(typed, &me.clinic.region).map(|phone| Address::phone(&phone)).map_err(|_| wrong());
    }
    // a number as people write it; whoever hides theirs has a name with a point in it
    let number = Phone::parse(typed, &me.clinic.region).ok().filter(|_| channel == Channel::Whatsapp);
    let rest = number.as_ref().map_or(typed.trim(), |number| number.e164().trim_start_matches('+'));
    Address::new(channel.scheme(), rest).map_err(|_| wrong())
}

fn outcome(words: Words, channel: Channel, sending: &Sending) -> Chip {
    let trouble = match sending {
        Sending::Accepted { .. } if channel == Channel::Telephone => return Chip::new(Tone::Good, words.say("done-rings")),
        Sending::Accepted { .. } => return Chip::new(Tone::Good, words.say("channel-trial-sent")),
        Sending::Later { why, .. } | Sending::Refused { why, .. } | Sending::AccountBroken { why, .. } => words.say(why.key()),
        Sending::Stopped => words.say("contact-state-opted-out"),
        Sending::Uncertain => words.say("inbox-delivery-uncertain"),
    };
    Chip::new(Tone::Bad, trouble)
}

/// What the provider asks, in lines. A list with a line that cannot be read comes back as it was typed.
pub async fn save_prices(State(site): State<Site>, me: SignedIn, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let account = account(&site, &me, &id).await?;
    let typed = filled.text("prices").to_owned();
    match desk::save_prices(site.desk(), me.actor(), account.id, typed.clone()).await {
        Ok(()) => Ok(Done::Saved.go_to(format!("/settings/channels/{id}#prices"))),
        Err(ActError::Refused(refusal)) if refusal.field() == Some("prices") => {
            let typed = BTreeMap::from([("prices".to_owned(), typed)]);
            let (faults, status) = (Faults::of(&refusal, me.words()), StatusCode::UNPROCESSABLE_ENTITY);
            form(&site, &me, (&offered(account.channel)?, Some(&account)), Form { typed, faults, trial: None, status }).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `state=on|off`
pub async fn switch(State(site): State<Site>, me: SignedIn, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let account = account(&site, &me, &id).await?;
    let state = match filled.text("state") {
        "on" => AccountState::On,
        "off" => AccountState::Off,
        _ => return Err(Fault::malformed()),
    };
    desk::switch_account(site.desk(), me.actor(), account.id, state).await?;
    let done = if state == AccountState::On { Done::SwitchedOn } else { Done::SwitchedOff };
    Ok(done.go_to(format!("/settings/channels/{id}")))
}

async fn form(
    site: &Site,
    me: &SignedIn,
    (offered, account): (&OfferedChannel, Option<&Account>),
    Form { typed, faults, trial, status }: Form,
) -> Result<Response, Fault> {
    let channel = offered.channel;
    let path = match account {
        Some(account) => format!("/settings/channels/{}", account.id),
        None => format!("/settings/channels/new/{}", channel.name()),
    };
    // what nobody types in is not asked
    let asked = offered.fields.iter().filter(|field| field.is_asked());
    let balance = match account {
        Some(account) => desk::balance_of(&*site.wire(), account).await,
        None => None,
    };
    let rings = account.map(desk::can_ring);
    let read = move |tx: &mut Tx<'_>, now: Timestamp| Ok(store::traffic::since(tx, now - LATELY, now)?);
    let traffic = if account.is_some() { site.desk().look(read).await? } else { BTreeMap::new() };
    let prices = prices(site, me, account, &typed).await?;
    let standing = match account.map(|account| account.id) {
        Some(id) => site.desk().look(move |tx, _| desk::standing_of(tx, id)).await?,
        None => (Standing::default(), None),
    };
    let connected = account.map(|account| Connected {
        balance: balance.map(|left| format!("{} {}", left.amount, left.currency).trim_end().to_owned()),
        line: line(me, account, traffic.get(&account.id)),
        switch: if account.state == AccountState::On { Switch::On } else { Switch::Off },
        link: desk::opening_link(account),
        hook: public_url(site, me).filter(|_| is_called(offered, account)).map(|url| desk::hook_address(&url, channel, account.id)),
        copied: copied(me.words(), offered, account),
        trial,
        template: desk::hook_template(account),
        published: desk::published(account).map(|record| published(me, record, &standing)),
        texts: if desk::approves_texts(account) { ApprovedTexts::Listed } else { ApprovedTexts::Needless },
        means: match channel {
            Channel::Telephone if rings == Some(true) => Means::Rings,
            Channel::Telephone => Means::Listens,
            _ => Means::Writes,
        },
        prices,
        embed: (channel == Channel::Web).then(|| embed(site, me, account)),
    });
    let view = ChannelPage {
        page: me.page(site, Place::Settings, "settings-title").await?,
        channel: me.telling().channel(channel),
        path,
        fields: asked.map(|field| shown_field(me.words(), channel, (field, account), &typed)).collect(),
        account: connected,
        faults,
    };
    shown_as(status, &view)
}

/// None where nothing is paid for.
async fn prices(site: &Site, me: &SignedIn, account: Option<&Account>, typed: &BTreeMap<String, String>) -> Result<Option<Prices>, Fault> {
    let Some(account) = account.filter(|account| desk::is_paid_for(account.channel)) else { return Ok(None) };
    let kept = site.desk().look(|tx, _| Ok(store::ladders::prices(tx)?.as_ref().clone())).await?;
    let kept = kept.get(&account.id).map(|prices| prices.written()).unwrap_or_default();
    let money = Currency::of_region(&me.clinic.region).code();
    let help = if account.channel == Channel::Sms { "channel-prices-help-segment" } else { "channel-prices-help-message" };
    Ok(Some(Prices { typed: typed.get("prices").cloned().unwrap_or(kept), help: me.words().with(help, &[("currency", Arg::from(money))]) }))
}

/// The line for the website, and where to try the chat before it stands there.
fn embed(site: &Site, me: &SignedIn, account: &Account) -> Embed {
    let known = me.clinic.public_url.clone().or_else(|| site.public_url().map(str::to_owned));
    let line = known.map(|url| {
        let url = url.trim_end_matches('/');
        format!("<script src=\"{url}/chat.js\" data-account=\"{}\" async></script>", account.id)
    });
    Embed { line, trial: format!("/chat/{}/try?lang={}", account.id, me.words().code()) }
}

/// Providers call no other address than a public one.
fn public_url(site: &Site, me: &SignedIn) -> Option<String> {
    let known = me.clinic.public_url.clone().or_else(|| site.public_url().map(str::to_owned));
    known.filter(|url| url.starts_with("https://"))
}

fn is_called(offered: &OfferedChannel, account: &Account) -> bool {
    matches!(offered.arriving, Arriving::Webhook | Arriving::WebhookOrPolling) && account.reached == Reached::ByWebhook
}

/// What we have made and a person must type in at the provider.
fn copied(words: Words, offered: &OfferedChannel, account: &Account) -> Vec<(String, String, String)> {
    // whoever is not called by the provider has nothing to type in there
    let made = offered.fields.iter().filter(|field| is_called(offered, account) && field.need == Need::Made && field.is_shown());
    made.filter_map(|field| {
        let value = account.settings.get(field.name)?.expose().to_owned();
        let key = field.key(offered.channel);
        Some((words.say(&key), value, words.known(&format!("{key}-help")).unwrap_or_default()))
    })
    .collect()
}

fn shown_field(
    words: Words,
    channel: Channel,
    (field, account): (&SettingField, Option<&Account>),
    typed: &BTreeMap<String, String>,
) -> FieldView {
    let key = format!("channel-{}-{}", channel.name(), field.name.replace('_', "-"));
    let stored = account.and_then(|account| account.settings.get(field.name));
    let otherwise = match field.need {
        Need::Otherwise(value) => value,
        Need::Required | Need::Optional | Need::Made | Need::Hook => "",
    };
    let kept = stored.map_or(otherwise, |value| value.expose());
    let value = typed.get(field.name).map_or(kept, String::as_str);
    let kind = match field.kind {
        Kind::Secret => FieldKind::Secret,
        Kind::PrivateKey => FieldKind::PrivateKey,
        Kind::Text => FieldKind::Text,
        Kind::Url => FieldKind::Url,
        Kind::Number { .. } => FieldKind::Number,
        Kind::MailAddress => FieldKind::Mail,
        Kind::Certificate => FieldKind::Certificate,
        Kind::Choice(choices) => {
            let choice = |name: &&str| Choice::new(*name, words.known(&format!("{key}-{name}")).unwrap_or_else(|| (*name).to_owned()));
            FieldKind::Choice(Choice::choose(choices.iter().map(choice).collect(), value))
        }
    };
    let is_secret = field.kind.is_secret();
    let need = match field.need {
        _ if is_secret && stored.is_some() => FieldNeed::Stored,
        Need::Required => FieldNeed::Required,
        Need::Optional | Need::Made | Need::Hook | Need::Otherwise(_) => FieldNeed::Optional,
    };
    FieldView {
        name: field.name.to_owned(),
        label: words.say(&key),
        help: words.known(&format!("{key}-help")).unwrap_or_default(),
        kind,
        value: if is_secret { String::new() } else { value.to_owned() },
        need,
    }
}
