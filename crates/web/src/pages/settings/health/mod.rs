//! Whether each channel works, from both of its ends: what went through it, and what its provider says of it.

pub mod view;

use axum::extract::{Path, State};
use axum::response::Response;

use clinic::actors::Channel;
use clinic::outbox::Passage;
use clinic::staff::Right;
use desk::{AccountHealth, Aspect, Certificate, Found, Hook, RecordState, Token, Whose};
use kernel::{Arg, Timestamp, format};
use store::accounts::{AccountState, Reached};

use self::view::{AccountCard, HealthPage, SetAgain};
use super::channels::{account, name};
use crate::done::Done;
use crate::fault::Fault;
use crate::responder::shown;
use crate::session::SignedIn;
use crate::site::Site;
use crate::{Chip, Place, Tone, Words};

const HERE: &str = "/settings/channels/health";

pub async fn open(State(site): State<Site>, me: SignedIn) -> Result<Response, Fault> {
    me.actor().may(Right::ChangeSettings)?;
    let clinic = me.clinic.id;
    let all = site.desk().look(desk::account_health).await?;
    let accounts = all.iter().filter(|known| known.account.clinic == clinic).map(|known| card(&me, known, site.desk().now()));
    let accounts = accounts.collect();
    shown(&HealthPage { page: me.page(&site, Place::Settings, "settings-title").await?, accounts })
}

pub async fn check(State(site): State<Site>, me: SignedIn, Path(id): Path<String>) -> Result<Response, Fault> {
    let account = account(&site, &me, &id).await?;
    desk::check_standing(site.desk(), &*site.wire(), me.actor(), account.id).await?;
    Ok(Done::Checked.go_to(HERE))
}

/// `/settings/channels/{account}/record`: from the page of the account, and back there.
pub async fn check_record(State(site): State<Site>, me: SignedIn, Path(id): Path<String>) -> Result<Response, Fault> {
    let account = account(&site, &me, &id).await?;
    desk::check_record(site.desk(), &*site.wire(), me.actor(), account.id).await?;
    Ok(Done::Checked.go_to(format!("/settings/channels/{}", account.id)))
}

pub async fn set_again(State(site): State<Site>, me: SignedIn, Path(id): Path<String>) -> Result<Response, Fault> {
    let account = account(&site, &me, &id).await?;
    let done = desk::set_again(site.desk(), &*site.wire(), me.actor(), account.id).await?;
    Ok(if done.is_ok() { Done::SetAgain } else { Done::NotSetAgain }.go_to(HERE))
}

fn card(me: &SignedIn, known: &AccountHealth, now: Timestamp) -> AccountCard {
    let (words, telling) = (me.words(), me.telling());
    let AccountHealth { account, standing, looked_at, .. } = known;
    let trouble = account.trouble.as_ref().map(|trouble| (words.say(&trouble.key), String::new()));
    let found = standing.findings.iter().filter_map(|finding| {
        let key = finding.wrong()?;
        Some((words.say(key), words.say(&format!("{key}-do"))))
    });
    let ending = standing.certificates.iter().filter_map(|certificate| certificate.ends_at).chain(token_end(known)).min();
    let ending = ending.filter(|end| *end < now + desk::SOON).map(|end| {
        let at = telling.moment(end);
        (words.with("standing-ends-soon", &[("at", Arg::from(at))]), words.say("standing-ends-soon-do"))
    });
    let record = standing.record.and_then(RecordState::wrong).map(|key| (words.say(key), words.say(&format!("{key}-do"))));
    let wrong: Vec<_> = trouble.into_iter().chain(found).chain(record).chain(ending).collect();
    let chip = match account.state {
        AccountState::Off => Chip::new(Tone::Done, words.say("channel-state-off")),
        AccountState::On if wrong.is_empty() => Chip::new(Tone::Good, words.say("channel-state-on")),
        AccountState::On => Chip::new(Tone::Bad, words.say("channel-state-trouble")),
    };
    let looked = looked_at
        .map_or_else(|| words.say("standing-looked-never"), |at| words.with("standing-looked", &[("at", Arg::from(telling.at(at)))]));
    AccountCard {
        id: account.id.to_string(),
        channel: telling.channel(account.channel),
        name: name(words, account),
        chip,
        wrong,
        facts: facts(me, known, now),
        looked,
        set_again: if known.can_set_again == desk::SetAgain::Possible { SetAgain::Possible } else { SetAgain::No },
    }
}

fn token_end(known: &AccountHealth) -> Option<Timestamp> {
    known.standing.findings.iter().find_map(|finding| match finding {
        Found::Token(Token::Valid { until }) => *until,
        Found::Token(Token::Refused | Token::Lacks(_)) | Found::Hook(_) | Found::Unknown { .. } => None,
    })
}

fn facts(me: &SignedIn, known: &AccountHealth, now: Timestamp) -> Vec<(String, Chip)> {
    let (words, telling) = (me.words(), me.telling());
    let AccountHealth { account, traffic, passage, standing, .. } = known;
    let newest = |at: Option<Timestamp>| match at {
        Some(at) => Chip::new(Tone::Calm, telling.at(at)),
        None => Chip::new(Tone::Done, words.say("standing-none-lately")),
    };
    let mut facts = vec![("standing-last-in", newest(traffic.last_in))];
    // calls stand in the threads and on the timelines, not in the outbox
    if account.channel != Channel::Telephone {
        let all = traffic.taken + traffic.failed + traffic.doubted;
        let wrong = traffic.failed + traffic.doubted;
        let errors = match (wrong, all) {
            (_, 0) => Chip::new(Tone::Done, words.say("standing-none-lately")),
            (0, all) => Chip::new(Tone::Good, words.with("standing-errors-none", &[("all", Arg::from(all))])),
            (wrong, all) => {
                let share = format::percent(f64::from(wrong) / f64::from(all), 1, words.locale());
                Chip::new(
                    Tone::Bad,
                    words.with("standing-errors-some", &[("many", Arg::from(wrong)), ("all", Arg::from(all)), ("share", Arg::from(share))]),
                )
            }
        };
        let queue = match traffic.waiting {
            None => Chip::new(Tone::Good, words.say("standing-queue-empty")),
            Some((many, since)) => Chip::new(
                Tone::Wait,
                words.with("standing-queue-some", &[("many", Arg::from(many)), ("since", Arg::from(telling.at(since)))]),
            ),
        };
        let breaker = match passage {
            Passage::All => Chip::new(Tone::Good, words.say("standing-breaker-closed")),
            Passage::One => Chip::new(Tone::Wait, words.say("standing-breaker-trial")),
            Passage::Nobody => Chip::new(Tone::Bad, words.say("standing-breaker-open")),
        };
        facts.extend([
            ("standing-last-delivered", newest(traffic.last_delivered)),
            ("standing-errors", errors),
            ("standing-queue", queue),
            ("standing-breaker", breaker),
        ]);
    }
    let mut facts: Vec<(String, Chip)> = facts.into_iter().map(|(key, chip)| (words.say(key), chip)).collect();
    facts.extend(standing.findings.iter().map(|finding| found(me, finding, account.reached)));
    facts.extend(standing.record.map(|state| (words.say("standing-record"), record_chip(words, state))));
    facts.extend(standing.certificates.iter().map(|certificate| ends(me, certificate, now)));
    facts
}

/// How it stands with the record of the clinic's domain.
pub fn record_chip(words: Words, state: RecordState) -> Chip {
    let tone = match state {
        RecordState::InPlace => Tone::Good,
        RecordState::OtherKey | RecordState::Absent => Tone::Bad,
        RecordState::NotAnswered => Tone::Wait,
    };
    Chip::new(tone, words.say(&format!("{}-short", state.key())))
}

/// What an answer of the provider showed.
fn found(me: &SignedIn, finding: &Found, reached: Reached) -> (String, Chip) {
    let (words, telling) = (me.words(), me.telling());
    let list = |key: &str, names: &[String]| words.with(key, &[("names", Arg::from(names.join(", ")))]);
    let (about, chip) = match finding {
        Found::Token(token) => {
            let chip = match token {
                Token::Valid { until: None } => Chip::new(Tone::Good, words.say("standing-token-valid")),
                Token::Valid { until: Some(until) } => {
                    let tone = if *until < telling.now + desk::SOON { Tone::Wait } else { Tone::Good };
                    Chip::new(tone, words.with("standing-token-until", &[("at", Arg::from(telling.moment(*until)))]))
                }
                Token::Refused => Chip::new(Tone::Bad, words.say("standing-token-not-good")),
                Token::Lacks(names) => Chip::new(Tone::Bad, list("standing-token-lacking", names)),
            };
            (Aspect::Token, chip)
        }
        Found::Hook(hook) => {
            let chip = match hook {
                Hook::Ours(backlog) => match (&backlog.failed, backlog.waiting) {
                    (Some((at, why)), waiting) if waiting > 0 => {
                        let args = [("many", Arg::from(waiting)), ("at", Arg::from(telling.at(*at))), ("why", Arg::from(why.clone()))];
                        Chip::new(Tone::Bad, words.with("standing-hook-failing", &args))
                    }
                    (_, waiting) if waiting > 0 => {
                        Chip::new(Tone::Wait, words.with("standing-hook-waiting", &[("many", Arg::from(waiting))]))
                    }
                    _ if reached == Reached::ByPolling => Chip::new(Tone::Good, words.say("standing-hook-fetched")),
                    _ => Chip::new(Tone::Good, words.say("standing-hook-ours")),
                },
                Hook::Elsewhere | Hook::Missing | Hook::GivenUp | Hook::InTheWay => {
                    Chip::new(Tone::Bad, words.say("standing-hook-not-ours"))
                }
                Hook::Lacks(names) => Chip::new(Tone::Bad, list("standing-hook-lacking", names)),
            };
            (Aspect::Hook, chip)
        }
        Found::Unknown { why } => return (words.say("standing-unknown"), Chip::new(Tone::Wait, words.say(why))),
    };
    let label = match about {
        Aspect::Token => "standing-token",
        Aspect::Hook | Aspect::Fields => "standing-hook",
    };
    (words.say(label), chip)
}

fn ends(me: &SignedIn, Certificate { whose, ends_at }: &Certificate, now: Timestamp) -> (String, Chip) {
    let (words, telling) = (me.words(), me.telling());
    let named = |key: &str, host: &str| words.with(key, &[("host", Arg::from(host.to_owned()))]);
    let label = match whose {
        Whose::Ours { host } => named("standing-certificate-ours", host),
        Whose::Authority => words.say("standing-certificate-authority"),
        Whose::Server { host } => named("standing-certificate-server", host),
    };
    let chip = match ends_at {
        None => Chip::new(Tone::Done, words.say("standing-certificate-unseen")),
        Some(end) => {
            let tone = if *end < now + desk::SOON { Tone::Bad } else { Tone::Good };
            Chip::new(tone, words.with("standing-certificate-until", &[("at", Arg::from(telling.moment(*end)))]))
        }
    };
    (label, chip)
}
