//! The ladder of the clinic: which channel is tried after which, for whom, whom that reaches and what it costs.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use clinic::actors::Channel;
use clinic::gate::{Group, LONGEST, Reports, Rule, Rung, Scope, USUAL};
use clinic::staff::Right;
use desk::{ActError, LadderChange, LadderChannel, LadderReach, Looked};
use kernel::{Arg, PersonName, Price, Refusal, Timestamp, format};
use store::Tx;
use store::accounts::{Account, AccountState};
use store::ladders::Kept;

use super::ladder_view::{LadderPage, Nowhere, ReachLine, ReachView, RuleLine, RulePage, RungView, Stands, UnreachedPage};
use crate::done::Done;
use crate::fault::Fault;
use crate::forms::{Choice, Faults};
use crate::query::{Asked, Filled};
use crate::responder::{shown, shown_as};
use crate::session::SignedIn;
use crate::site::Site;
use crate::{Chip, Place, Tone, Words};

pub async fn list(State(site): State<Site>, me: SignedIn) -> Result<Response, Fault> {
    listed(&site, &me, Faults::default(), StatusCode::OK).await
}

async fn listed(site: &Site, me: &SignedIn, faults: Faults, status: StatusCode) -> Result<Response, Fault> {
    me.actor().may(Right::ChangeSettings)?;
    let (kept, _) = known(site, me).await?;
    let words = me.words();
    let line = |rule: &Rule| RuleLine { path: path(rule.scope), about: about(words, rule.scope), rungs: in_words(me, rule) };
    let purpose = |purpose: Option<clinic::consents::Purpose>| match purpose {
        Some(purpose) => Choice::new(purpose.name(), words.say(&purpose.key())),
        None => Choice::new("", words.say("ladder-every-purpose")),
    };
    let group = |group: Option<Group>| Choice::new(group.map_or("", Group::name), group_word(words, group));
    shown_as(
        status,
        &LadderPage {
            page: me.page(site, Place::Settings, "settings-title").await?,
            rules: kept.ladder.rules().iter().map(line).collect(),
            purposes: Scope::PURPOSES.into_iter().map(Some).chain([None]).map(purpose).collect(),
            groups: [None].into_iter().chain(Group::ALL.into_iter().map(Some)).map(group).collect(),
            undo: (kept.version > 0 && kept.earlier != kept.ladder).then_some(kept.version),
            faults,
        },
    )
}

pub async fn undo(State(site): State<Site>, me: SignedIn, filled: Filled) -> Result<Response, Fault> {
    match desk::save_ladder(site.desk(), me.actor(), me.clinic.id, filled.given("version")?, LadderChange::Undo).await {
        Ok(()) => Ok(Done::Saved.go_to("/settings/ladder")),
        Err(ActError::Refused(refusal)) if refusal.code() == "ladder.changed-meanwhile" => {
            listed(&site, &me, Faults::default().and("", me.words().refusal(&refusal)), StatusCode::CONFLICT).await
        }
        Err(error) => Err(error.into()),
    }
}

pub async fn open(State(site): State<Site>, me: SignedIn, Asked(asked): Asked) -> Result<Response, Fault> {
    me.actor().may(Right::ChangeSettings)?;
    let scope = scope(&asked)?;
    let (kept, accounts) = known(&site, &me).await?;
    let rungs = kept.ladder.rule(scope).map_or_else(|| usual(&accounts), |rule| rule.rungs.clone());
    let draft = Draft { scope, version: kept.version, rungs: rungs.iter().map(|rung| (rung.channel, rung.minutes.to_string())).collect() };
    show(&site, &me, draft, None).await
}

/// A rule as it stands in the form.
struct Draft {
    scope: Scope,
    version: i64,
    /// With the minutes as typed.
    rungs: Vec<(Channel, String)>,
}

pub async fn change(State(site): State<Site>, me: SignedIn, filled: Filled) -> Result<Response, Fault> {
    me.actor().may(Right::ChangeSettings)?;
    let mut draft = Draft { scope: scope(&filled)?, version: filled.given("version")?, rungs: rungs(&filled)? };
    let (act, place) = filled.text("do").rsplit_once('-').unwrap_or((filled.text("do"), ""));
    let place: usize = place.parse().ok().filter(|place| *place < draft.rungs.len()).unwrap_or_default();
    let change = match act {
        "save" => draft.rule().map(LadderChange::Save),
        "reset" => Ok(LadderChange::Reset(draft.scope)),
        other => {
            match other {
                "add" => draft.add(filled.text("channel")),
                "up" if place > 0 => draft.rungs.swap(place, place - 1),
                "down" if place + 1 < draft.rungs.len() => draft.rungs.swap(place, place + 1),
                "remove" if place < draft.rungs.len() => drop(draft.rungs.remove(place)),
                _ => {}
            }
            return show(&site, &me, draft, None).await;
        }
    };
    let change = match change {
        Ok(change) => change,
        Err(refusal) => return show(&site, &me, draft, Some(refusal)).await,
    };
    let done = if matches!(change, LadderChange::Save(_)) { Done::Saved } else { Done::Removed };
    match desk::save_ladder(site.desk(), me.actor(), me.clinic.id, draft.version, change).await {
        Ok(()) => Ok(done.go_to("/settings/ladder")),
        Err(ActError::Refused(refusal)) if refusal.code() != "actor.not-allowed" => show(&site, &me, draft, Some(refusal)).await,
        Err(error) => Err(error.into()),
    }
}

pub async fn unreached(State(site): State<Site>, me: SignedIn, Asked(asked): Asked) -> Result<Response, Fault> {
    me.actor().may(Right::ChangeSettings)?;
    let scope = scope(&asked)?;
    let channels = asked.text("rungs").split(',').filter_map(Channel::named);
    let rungs = channels.map(|channel| Rung { channel, minutes: USUAL }).collect();
    let (patients, many) = desk::unreached(site.desk(), me.clinic.id, Rule { scope, rungs }).await?;
    let words = me.words();
    let more = many.saturating_sub(u32::try_from(patients.len()).unwrap_or(u32::MAX));
    let name = |given: &str, family: &str| PersonName::new(given, family).map(|name| name.full(me.locale())).unwrap_or_default();
    shown(&UnreachedPage {
        page: me.page(&site, Place::Settings, "settings-title").await?,
        back: path(scope),
        of: words.with("ladder-unreached-of", &[("about", Arg::from(about(words, scope))), ("many", Arg::from(many))]),
        patients: patients.iter().map(|one| (name(&one.given, &one.family), format!("/patients/{}", one.id))).collect(),
        more: if more > 0 { words.with("ladder-unreached-more", &[("many", Arg::from(more))]) } else { String::new() },
    })
}

async fn known(site: &Site, me: &SignedIn) -> Result<(Kept, Vec<Account>), Fault> {
    let clinic = me.clinic.id;
    let read = move |tx: &mut Tx<'_>, _: Timestamp| {
        let kept = store::ladders::of_clinic(tx, clinic)?.as_ref().clone();
        let accounts = store::accounts::all(tx)?.into_iter();
        Ok((kept, accounts.filter(|account| account.clinic == clinic && account.state == AccountState::On).collect()))
    };
    Ok(site.desk().look(read).await?)
}

fn scope(filled: &Filled) -> Result<Scope, Fault> {
    let purpose = |name: &str| Scope::PURPOSES.into_iter().find(|purpose| purpose.name() == name).ok_or(Fault::malformed());
    let group = |name: &str| Group::named(name).ok_or(Fault::malformed());
    Ok(Scope { purpose: filled.some("purpose").map(purpose).transpose()?, group: filled.some("group").map(group).transpose()? })
}

/// What a new rule begins with: the connected channels, those that report first.
fn usual(accounts: &[Account]) -> Vec<Rung> {
    let mut channels: Vec<LadderChannel> = desk::ladder_channels();
    channels.retain(|known| known.channel != Channel::Web && accounts.iter().any(|account| account.channel == known.channel));
    // text messages reach nearly everybody and cost most: they come last
    channels.sort_by_key(|known| (known.channel == Channel::Sms, known.reports != Reports::Delivery));
    channels.into_iter().map(|known| Rung { channel: known.channel, minutes: USUAL }).collect()
}

fn rungs(filled: &Filled) -> Result<Vec<(Channel, String)>, Fault> {
    let written = |place: usize| filled.some(&format!("channel-{place}")).map(|name| (place, name));
    let rung = |(place, name): (usize, &str)| {
        let channel = Channel::named(name).ok_or(Fault::malformed())?;
        Ok((channel, filled.text(&format!("minutes-{place}")).trim().to_owned()))
    };
    (0..Channel::ALL.len()).map_while(written).map(rung).collect()
}

impl Draft {
    fn add(&mut self, name: &str) {
        let channel = Channel::named(name).filter(|channel| self.rungs.iter().all(|(known, _)| known != channel));
        self.rungs.extend(channel.map(|channel| (channel, USUAL.to_string())));
    }

    fn rule(&self) -> Result<Rule, Refusal> {
        let rung = |(place, (channel, minutes)): (u32, &(Channel, String))| {
            let typed = format::ascii_digits(minutes).parse::<u32>();
            let minutes = typed.map_err(|_| Refusal::new("ladder.minutes").at("minutes").with("place", place).with("most", LONGEST))?;
            Ok(Rung { channel: *channel, minutes })
        };
        let rungs = (1..).zip(&self.rungs).map(rung).collect::<Result<Vec<_>, Refusal>>()?;
        Rule { scope: self.scope, rungs }.checked()
    }
}

async fn show(site: &Site, me: &SignedIn, draft: Draft, refused: Option<Refusal>) -> Result<Response, Fault> {
    let words = me.words();
    let (kept, accounts) = known(site, me).await?;
    let saved = kept.ladder.rule(draft.scope);
    // whom it reaches hangs on the order alone; how long it waits does not change that
    let counted =
        Rule { scope: draft.scope, rungs: draft.rungs.iter().map(|(channel, _)| Rung { channel: *channel, minutes: USUAL }).collect() };
    let reach = desk::ladder_reach(site.desk(), me.clinic.id, counted.clone()).await?;
    let channels = desk::ladder_channels();
    let is_connected = |channel: Channel| accounts.iter().any(|account| account.channel == channel);
    let rung = |(channel, minutes): &(Channel, String)| RungView {
        channel: channel.name().to_owned(),
        name: me.telling().channel(*channel),
        minutes: words.digits(minutes),
        note: match channels.iter().find(|known| known.channel == *channel).map(|known| known.reports) {
            Some(Reports::Delivery) => String::new(),
            Some(Reports::Nothing) | None => words.say("ladder-no-reports"),
        },
        chip: (!is_connected(*channel)).then(|| Chip::new(Tone::Wait, words.say("ladder-not-connected"))),
    };
    let addable = channels.iter().filter(|known| draft.rungs.iter().all(|(channel, _)| *channel != known.channel));
    let mut addable: Vec<_> = addable.map(|known| known.channel).collect();
    addable.sort_by_key(|channel| !is_connected(*channel));
    let stands = match saved {
        None => Stands::New,
        Some(rule) if draft.rule().as_ref() == Ok(rule) => Stands::Saved,
        Some(_) => Stands::Changed,
    };
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let view = RulePage {
        page: me.page(site, Place::Settings, "settings-title").await?,
        about: about(words, draft.scope),
        purpose: draft.scope.purpose.map(|purpose| purpose.name().to_owned()).unwrap_or_default(),
        group: draft.scope.group.map_or("", Group::name).to_owned(),
        version: draft.version,
        stands,
        rungs: draft.rungs.iter().map(rung).collect(),
        addable: addable.iter().map(|channel| Choice::new(channel.name(), me.telling().channel(*channel))).collect(),
        reach: reach_view(me, &reach, (&counted, &accounts)),
        faults: refused.map(|refusal| Faults::of(&refusal, words)).unwrap_or_default(),
    };
    shown_as(status, &view)
}

fn reach_view(me: &SignedIn, reach: &LadderReach, (rule, accounts): (&Rule, &[Account])) -> ReachView {
    let (words, locale) = (me.words(), me.locale());
    let many = |key: &str, many: u32| words.with(key, &[("many", Arg::from(many))]);
    let number = |many: u32| format::number(i64::from(many), locale);
    let of = match reach.looked_at {
        Looked::AtAll => many("ladder-reach-of", reach.patients),
        Looked::AtTheNewest(cards) => {
            words.with("ladder-reach-of-newest", &[("many", Arg::from(reach.patients)), ("cards", Arg::from(cards))])
        }
    };
    let line = |rung: &desk::RungReach| ReachLine {
        name: me.telling().channel(rung.channel),
        here: number(rung.here),
        so_far: number(rung.so_far),
        many: rung.so_far,
    };
    let more = [("ladder-reach-elsewhere", reach.elsewhere), ("ladder-reach-left-out", reach.left_out)];
    let names: Vec<&str> = rule.rungs.iter().map(|rung| rung.channel.name()).collect();
    let sums = |key: &str, (first, most): (Price, Price), messages: u32| {
        let sum = |price: Price| format::money(price.rounded(), locale);
        let args = [("many", Arg::from(messages)), ("first", Arg::from(sum(first))), ("most", Arg::from(sum(most)))];
        words.with(key, &args)
    };
    let hundred = reach.hundred.map(|sum| sums("ladder-cost-hundred", sum, 100));
    let month = reach.month.map(|sum| sums("ladder-cost-month", sum, reach.month_messages));
    let free = reach.hundred.is_none().then(|| words.say("ladder-cost-free"));
    let parts = reach.hundred.map(|_| many("ladder-cost-parts", reach.parts));
    let priced_at = |channel: &Channel| {
        let account = accounts.iter().find(|account| account.channel == *channel)?;
        Some((me.telling().channel(*channel), format!("/settings/channels/{}#prices", account.id)))
    };
    ReachView {
        of,
        patients: reach.patients,
        lines: reach.rungs.iter().map(line).collect(),
        more: more.into_iter().filter(|(_, known)| *known > 0).map(|(key, known)| many(key, known)).collect(),
        nowhere: (reach.nowhere > 0).then(|| Nowhere {
            many: many("ladder-reach-nowhere", reach.nowhere),
            path: format!("/settings/ladder/unreached?{}&rungs={}", asked(rule.scope), names.join(",")),
        }),
        costs: [hundred, month, parts, free].into_iter().flatten().collect(),
        unpriced: reach.unpriced.iter().filter_map(priced_at).collect(),
    }
}

fn asked(scope: Scope) -> String {
    format!("purpose={}&group={}", scope.purpose.map_or("", |purpose| purpose.name()), scope.group.map_or("", Group::name))
}

fn path(scope: Scope) -> String {
    format!("/settings/ladder/rule?{}", asked(scope))
}

/// 'messages about care, children'
fn about(words: Words, scope: Scope) -> String {
    let purpose = scope.purpose.map_or_else(|| words.say("ladder-every-purpose"), |purpose| words.say(&purpose.key()));
    match scope.group {
        None => purpose,
        group => format!("{purpose}{} {}", words.comma(), group_word(words, group)),
    }
}

fn group_word(words: Words, group: Option<Group>) -> String {
    match group {
        None => words.say("ladder-group-everybody"),
        Some(Group::Speaking(locale)) => words.with("ladder-group-speaking", &[("language", Arg::from(locale.own_name()))]),
        Some(group @ (Group::Children | Group::Leads | Group::Seniors)) => words.say(&format!("ladder-group-{}", group.name())),
    }
}

/// 'WhatsApp, after 20 minutes SMS'
fn in_words(me: &SignedIn, rule: &Rule) -> String {
    let (words, telling) = (me.words(), me.telling());
    let mut told = String::new();
    let reports = |rung: &Rung| desk::ladder_channels().contains(&LadderChannel { channel: rung.channel, reports: Reports::Delivery });
    let mut before: Option<&Rung> = None;
    for rung in &rule.rungs {
        let channel = telling.channel(rung.channel);
        told = match before {
            None => channel,
            Some(before) => {
                let key = if reports(before) { "ladder-then" } else { "ladder-then-by-answer" };
                let args = [("before", Arg::from(told)), ("minutes", Arg::from(before.minutes)), ("channel", Arg::from(channel))];
                words.with(key, &args)
            }
        };
        before = Some(rung);
    }
    told
}
