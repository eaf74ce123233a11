//! Calls that are almost a provider's: for each signed way a hundred thousand, bent from a good one by seed. None is heard.
//!
//! Where the bytes are signed, the body is bent or the signature is; where a secret is shown, the secret is. A bend that
//! changes nothing is made anew.

use clinic::actors::Channel;
use kernel::Chance;

use crate::trial::{Proof, SECRET, Way, ways};
use crate::world::MONDAY;
use crate::{Arrival, Connector, Unreadable};

pub const EACH: usize = 100_000;
/// These sign in ways of their own, and tests beside them bend what is signed there.
const ELSEWHERE: [&str; 5] = ["sms-twilio", "telephone-generic", "telephone-twilio", "telephone-zadarma", "telephone-mango"];

/// A good call, as short as it can be: what is signed has to be hashed each time.
fn body(channel: Channel) -> String {
    match channel {
        Channel::Vk => format!(r#"{{"type":"x","object":{{}},"group_id":210000001,"event_id":"1","secret":"{SECRET}"}}"#),
        Channel::Sandbox => r#"{"key":"1","from":"anna","did":"block"}"#.to_owned(),
        Channel::Web => r#"{"key":"1","from":"vst","did":{"read":{"on":"1"}}}"#.to_owned(),
        Channel::Max => r#"{"update_type":"x","timestamp":1}"#.to_owned(),
        Channel::Viber => r#"{"event":"x","timestamp":1}"#.to_owned(),
        Channel::Whatsapp | Channel::Messenger => r#"{"entry":[]}"#.to_owned(),
        Channel::Telephone => r#"{"call_session_id":1}"#.to_owned(),
        Channel::Sms => "messageid=1&id=1&reference=1&status=10".to_owned(),
        Channel::Telegram | Channel::Bale | Channel::Email => r#"{"update_id":1}"#.to_owned(),
    }
}

/// Another text that is near to this one.
pub fn bent(good: &[u8], chance: &mut Chance) -> Vec<u8> {
    loop {
        let mut bent = good.to_vec();
        let at = chance.below(bent.len());
        match chance.below(8) {
            0 => bent[at] ^= 1 << chance.below(7),
            1 => bent[at] = u8::try_from(33 + chance.below(94)).expect("a sign that can be seen"),
            2 => drop(bent.remove(at)),
            3 => bent.insert(at, good[chance.below(good.len())]),
            4 => bent.truncate(at),
            5 => bent.swap(at, chance.below(good.len())),
            6 => bent.push(good[at]),
            _ => bent[at] = if bent[at].is_ascii_lowercase() { bent[at].to_ascii_uppercase() } else { bent[at].to_ascii_lowercase() },
        }
        if bent != good {
            return bent;
        }
    }
}

/// What a good call with this body tells, proven in the channel's own way; of several providers, by the one of the named world.
pub fn proven(connector: &dyn Connector, body: &[u8]) -> Result<Vec<Arrival>, Unreadable> {
    let of_the_world = |way: &Way| way.channel() == connector.channel() && ["", "kavenegar"].contains(&way.provider);
    let way = ways().into_iter().find(of_the_world).ok_or(Unreadable::NoWebhook)?;
    let settings = way.settings("");
    let knock = way.knock(&settings, ("", body), MONDAY);
    knock.call(MONDAY, |call| connector.read_webhook(&settings, call)).map(|reading| reading.arrivals)
}

#[test]
fn of_a_hundred_thousand_near_misses_none_is_heard_on_any_channel() {
    let mut elsewhere = Vec::new();
    for way in ways() {
        match way.proof() {
            Proof::Never => continue,
            Proof::OwnHeader { .. } | Proof::OwnField { .. } => {
                elsewhere.push(way.name());
                continue;
            }
            Proof::Signature { .. } | Proof::Header { .. } | Proof::Path { .. } | Proof::Body { .. } => {}
        }
        let (settings, good) = (way.settings(""), body(way.channel()).into_bytes());
        let heard = |knock: &crate::trial::Knock| knock.call(MONDAY, |call| way.connector.read_webhook(&settings, call).map(drop));
        let knock = way.knock(&settings, ("", &good), MONDAY);
        assert_eq!(heard(&knock), Ok(()), "{way:?}: the good one");
        let shown = way.shown(&knock);
        let mut chance = Chance::from_seed(41);
        for number in 0..EACH {
            let mut near = knock.clone();
            match way.proof() {
                Proof::Signature { .. } if number % 2 == 0 => near.body = bent(&good, &mut chance),
                Proof::Body { .. } => {
                    // a quote would end the text of the secret, and make another body of it
                    let secret = String::from_utf8_lossy(&bent(SECRET.as_bytes(), &mut chance)).replace(['"', '\\'], "''");
                    near.body = body(way.channel()).replace(SECRET, &secret).into_bytes();
                }
                _ => near = way.showing(&knock, Some(&bent(&shown, &mut chance))),
            }
            let is_refused = heard(&near).is_err_and(|error| matches!(error.status(), 400 | 401));
            assert!(is_refused, "{way:?}, near miss {number}");
        }
    }
    elsewhere.sort();
    let mut expected = ELSEWHERE;
    expected.sort_unstable();
    assert_eq!(elsewhere, expected);
}

#[test]
fn whatever_is_asked_of_a_provider_goes_to_it_alone() {
    for connector in crate::registry() {
        let settings = crate::world::settings(*connector);
        let server = settings.text("server").to_owned();
        for letter in connector.check(&settings).into_iter().chain(connector.poll(&settings, None)) {
            if let crate::Letter::Http(letter) = letter {
                assert!(letter.url.expose().starts_with(&server) && !server.is_empty(), "{}", connector.channel().name());
            }
        }
    }
}
