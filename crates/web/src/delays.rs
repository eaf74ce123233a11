//! Delay and disorder in the reader's words: what waits, why, since when, and where it can be mended.
//!
//! The most serious of it stands as one line over every page, all of it on Today.

use clinic::staff::Right;
use desk::{Broken, Health, TriedAgain, Unsaved};
use kernel::{AccountId, Arg, Timestamp};
use store::clocks::WrongClock;
use store::whereabouts::Restore;

use crate::session::SignedIn;
use crate::telling::Telling;
use crate::{Chip, Tone};

/// One thing that does not go as it should.
#[derive(Clone)]
pub struct Concern {
    /// 'No messages are going out.'
    pub what: String,
    pub why: String,
    /// 'since 10:42'
    pub since: Option<Chip>,
    /// Where it is mended: a page of ours and what it is called.
    pub mended_at: Option<(String, String)>,
}

/// The line over every page.
pub fn line(me: &SignedIn, health: &Health) -> Option<String> {
    let telling = me.telling();
    let mut concerns = concerns(me, health, &[]).into_iter();
    let first = concerns.next()?;
    let more = u32::try_from(concerns.count()).unwrap_or(u32::MAX);
    let more = (more > 0).then(|| telling.words.with("health-more", &[("many", Arg::from(more))]));
    let told = [Some(first.what.trim_end_matches('.').to_owned()), first.since.map(|chip| chip.text), more];
    Some(told.into_iter().flatten().collect::<Vec<_>>().join(" · "))
}

/// All of it, the most serious first.
pub fn concerns(me: &SignedIn, health: &Health, tried: &[TriedAgain]) -> Vec<Concern> {
    let telling = me.telling();
    let unsaved = health.unsaved.map(|(why, since)| unsaved(&telling, why, since));
    let standing = health.standing.iter().map(|(name, since)| standing(&telling, name, *since));
    let broken = health.broken.iter().map(|broken| broken_account(me, broken));
    let late = health.late.iter().map(|late| {
        let why = why_late(health, late.account);
        let count = telling.words.with("health-late", &[("many", Arg::from(late.many))]);
        concern(&telling, count, telling.words.say(why), Some(late.oldest_at))
    });
    let tried = tried.iter().map(|tried| {
        let many = telling.words.with("health-tried", &[("many", Arg::from(tried.many))]);
        let why = telling.words.with("health-tried-why", &[("next", telling.at(tried.next_at).into())]);
        concern(&telling, many, why, Some(tried.since))
    });
    let clocks = health.clocks.iter().map(|clock| wrong_clock(&telling, clock));
    let restored = health.restored.map(|restored| set_back(&telling, restored));
    unsaved.into_iter().chain(restored).chain(clocks).chain(standing).chain(broken).chain(late).chain(tried).collect()
}

fn concern(telling: &Telling<'_>, what: String, why: String, since: Option<Timestamp>) -> Concern {
    let chip = |since| Chip::new(Tone::Bad, telling.words.with("health-since", &[("since", telling.at(since).into())]));
    Concern { what, why, since: since.map(chip), mended_at: None }
}

fn unsaved(telling: &Telling<'_>, why: Unsaved, since: Timestamp) -> Concern {
    let (what, why) = match why {
        Unsaved::Full => ("health-unsaved-full", "health-unsaved-full-why"),
        Unsaved::Away => ("health-unsaved-away", "health-unsaved-away-why"),
    };
    concern(telling, telling.words.say(what), telling.words.say(why), Some(since))
}

/// A backup stands in the place of the database.
fn set_back(telling: &Telling<'_>, (restore, held): (Restore, u32)) -> Concern {
    let what = telling.words.with("health-restored", &[("many", Arg::from(held))]);
    let why = telling
        .words
        .with("health-restored-why", &[("from", telling.at(restore.lost_from).into()), ("until", telling.at(restore.found_at).into())]);
    let mended_at = Some(("/today#today-restored".to_owned(), telling.words.say("health-restored-look")));
    Concern { mended_at, ..concern(telling, what, why, Some(restore.found_at)) }
}

fn wrong_clock(telling: &Telling<'_>, clock: &WrongClock) -> Concern {
    let key = if clock.ahead_by > 0 { "health-clock-ahead" } else { "health-clock-behind" };
    let named = [("node", Arg::from(clock.node.clone())), ("seconds", Arg::from((clock.ahead_by / 1_000).abs()))];
    concern(telling, telling.words.with(key, &named), telling.words.say("health-clock-why"), Some(clock.since))
}

fn standing(telling: &Telling<'_>, name: &str, since: Timestamp) -> Concern {
    // a newer node of the same clinic may have loops that we do not know
    let what = telling.words.known(&format!("health-standing-{name}")).unwrap_or_else(|| telling.words.say("health-standing"));
    concern(telling, what, telling.words.say("health-standing-why"), Some(since))
}

fn broken_account(me: &SignedIn, broken: &Broken) -> Concern {
    let telling = me.telling();
    let account = &broken.account;
    let called = if account.handle.is_empty() { account.name.clone() } else { format!("@{}", account.handle) };
    let named = [("channel", Arg::from(telling.channel(account.channel))), ("account", Arg::from(called))];
    let what = telling.words.with("health-broken", &named);
    // what the provider was found to say of the account stands on the page of all channels
    let is_found = broken.trouble.starts_with("standing-");
    let (page, called) = if is_found {
        (format!("/settings/channels/health#{}", account.id), "standing-open")
    } else {
        (format!("/settings/channels/{}", account.id), "health-open-settings")
    };
    let settings = || (page, telling.words.say(called));
    let mended_at = me.actor().may(Right::ChangeSettings).is_ok().then(settings);
    let why = telling.words.say(&broken.trouble);
    let why = if is_found { format!("{why} {}", telling.words.say(&format!("{}-do", broken.trouble))) } else { why };
    Concern { mended_at, ..concern(&telling, what, why, broken.since) }
}

fn why_late(health: &Health, account: AccountId) -> &'static str {
    let is_broken = health.broken.iter().any(|broken| broken.account.id == account);
    match health {
        Health { unsaved: Some(_), .. } => "health-late-unsaved",
        Health { standing, .. } if standing.iter().any(|(name, _)| name == "dispatch") => "health-late-standing",
        Health { .. } if is_broken => "health-late-broken",
        Health { .. } => "health-late-turn",
    }
}
