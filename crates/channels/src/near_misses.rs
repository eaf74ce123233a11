//! Calls that are almost a provider's: for each signed channel a hundred thousand, bent from a good one by seed. None is heard.
//!
//! Where the bytes are signed, the body is bent or the signature is; where a secret is shown, the secret is. A bend that
//! changes nothing is made anew.

use clinic::actors::Channel;
use kernel::{Chance, Secret};

use crate::meta::{SIGNATURE_HEADER, SIGNATURE_PREFIX};
use crate::signature::signature;
use crate::world::{self, WEBHOOK_SECRET, posted};
use crate::{Arrival, Connector, Letter, Settings, Unreadable, registry};

pub const EACH: usize = 100_000;

/// How a call shows that it comes from the provider.
#[derive(Clone, Copy, PartialEq)]
enum Proof {
    /// A signature over the bytes in this header, under the secret of this field, behind these letters.
    Signature { header: &'static str, field: &'static str, before: &'static str },
    /// The secret itself in this header.
    Header(&'static str),
    /// The secret at the end of the address.
    Path,
    /// The secret inside of the body, in this form.
    Body,
}

fn proof(channel: Channel) -> Option<Proof> {
    Some(match channel {
        Channel::Telegram => Proof::Header("x-telegram-bot-api-secret-token"),
        // of those of its providers who sign nothing; who signs is bent in a test of its own
        Channel::Bale | Channel::Sms | Channel::Telephone => Proof::Path,
        Channel::Whatsapp | Channel::Messenger => {
            Proof::Signature { header: SIGNATURE_HEADER, field: "app_secret", before: SIGNATURE_PREFIX }
        }
        Channel::Vk => Proof::Body,
        Channel::Max => Proof::Header(crate::max::SECRET_HEADER),
        Channel::Viber => Proof::Signature { header: crate::viber::SIGNATURE_HEADER, field: "token", before: "" },
        Channel::Sandbox => Proof::Header(crate::sandbox::KEY_HEADER),
        Channel::Web => Proof::Header(crate::web::KEY_HEADER),
        Channel::Email => return None,
    })
}

/// A good call, as short as it can be: what is signed has to be hashed each time.
fn body(channel: Channel) -> String {
    match channel {
        Channel::Vk => format!(r#"{{"type":"x","object":{{}},"group_id":210000001,"event_id":"1","secret":"{WEBHOOK_SECRET}"}}"#),
        Channel::Sandbox => r#"{"key":"1","from":"anna","did":"block"}"#.to_owned(),
        Channel::Web => r#"{"key":"1","from":"vst","did":{"read":{"on":"1"}}}"#.to_owned(),
        Channel::Max => r#"{"update_type":"x","timestamp":1}"#.to_owned(),
        Channel::Viber => r#"{"event":"x","timestamp":1}"#.to_owned(),
        Channel::Whatsapp | Channel::Messenger => r#"{"entry":[]}"#.to_owned(),
        Channel::Telephone => r#"{"call_session_id":1}"#.to_owned(),
        Channel::Sms => "messageid=1&status=10".to_owned(),
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

fn heard(connector: &dyn Connector, settings: &Settings, (proof, shown, body): (Proof, &[u8], &[u8])) -> Result<(), Unreadable> {
    let text = String::from_utf8_lossy(shown);
    let header = match proof {
        Proof::Signature { header, .. } | Proof::Header(header) => header,
        Proof::Path | Proof::Body => "x-nothing",
    };
    let tail = if proof == Proof::Path { text.as_ref() } else { "" };
    connector.read_webhook(settings, &posted(&[(header, shown)], tail, body)).map(drop)
}

/// What a good call with this body tells, proven in the channel's own way.
pub fn proven(connector: &dyn Connector, body: &[u8]) -> Result<Vec<Arrival>, Unreadable> {
    let settings = world::settings(connector);
    let proof = proof(connector.channel()).ok_or(Unreadable::NoWebhook)?;
    let (header, shown) = match proof {
        Proof::Signature { header, field, before } => (header, format!("{before}{}", signature(&settings.secret(field), body))),
        Proof::Header(header) => (header, WEBHOOK_SECRET.to_owned()),
        Proof::Path | Proof::Body => ("x-nothing", String::new()),
    };
    let tail = if proof == Proof::Path { WEBHOOK_SECRET } else { "" };
    connector.read_webhook(&settings, &posted(&[(header, shown.as_bytes())], tail, body)).map(|reading| reading.arrivals)
}

#[test]
fn of_a_hundred_thousand_near_misses_none_is_heard_on_any_channel() {
    let mut signed = 0;
    for connector in registry() {
        let channel = connector.channel();
        let settings = if channel == Channel::Telephone { world::with(*connector, "provider", "uis") } else { world::settings(*connector) };
        let Some(proof) = proof(channel) else {
            assert!(!connector.card().arriving.by_webhook(), "{} proves itself in no way", channel.name());
            continue;
        };
        signed += 1;
        let good = body(channel).into_bytes();
        let shown = match proof {
            Proof::Signature { field, before, .. } => format!("{before}{}", signature(&settings.secret(field), &good)),
            Proof::Header(_) | Proof::Path | Proof::Body => WEBHOOK_SECRET.to_owned(),
        };
        assert_eq!(heard(*connector, &settings, (proof, shown.as_bytes(), &good)), Ok(()), "{}: the good one", channel.name());
        let mut chance = Chance::from_seed(41);
        for number in 0..EACH {
            let (mut near, mut said) = (shown.clone().into_bytes(), good.clone());
            match proof {
                Proof::Signature { .. } if number % 2 == 0 => said = bent(&good, &mut chance),
                Proof::Body => {
                    // a quote would end the text of the secret, and make another body of it
                    let secret = String::from_utf8_lossy(&bent(shown.as_bytes(), &mut chance)).replace(['"', '\\'], "''");
                    said = body(channel).replace(WEBHOOK_SECRET, &secret).into_bytes();
                }
                Proof::Signature { .. } | Proof::Header(_) | Proof::Path => near = bent(shown.as_bytes(), &mut chance),
            }
            let refused = heard(*connector, &settings, (proof, &near, &said));
            let is_refused = refused.is_err_and(|error| matches!(error.status(), 400 | 401));
            assert!(is_refused, "{}, near miss {number}", channel.name());
        }
    }
    assert_eq!(signed, 11);
}

/// The ways in which calls were forged elsewhere, one by one.
#[test]
fn t_e1_no_forged_call_is_heard_on_any_channel() {
    for connector in registry() {
        let channel = connector.channel();
        let settings = if channel == Channel::Telephone { world::with(*connector, "provider", "uis") } else { world::settings(*connector) };
        let Some(proof) = proof(channel).filter(|proof| *proof != Proof::Body) else { continue };
        let good = body(channel).into_bytes();
        let sign = |key: &str, said: &[u8]| match proof {
            Proof::Signature { field, before, .. } => {
                let key = if key.is_empty() { settings.secret(field) } else { Secret::new(key) };
                format!("{before}{}", signature(&key, said))
            }
            Proof::Header(_) | Proof::Path | Proof::Body => {
                if key.is_empty() {
                    WEBHOOK_SECRET.to_owned()
                } else {
                    key.to_owned()
                }
            }
        };
        let shown = sign("", &good);
        assert_eq!(heard(*connector, &settings, (proof, shown.as_bytes(), &good)), Ok(()), "{}", channel.name());
        let forged = [
            ("nothing", String::new()),
            ("half of it", shown[..shown.len() / 2].to_owned()),
            ("all but its end", shown[..shown.len() - 1].to_owned()),
            ("in capitals", shown.to_uppercase()),
            ("more than it", format!("{shown}0")),
            ("behind a space", format!(" {shown}")),
            ("in quotes", format!("\"{shown}\"")),
            ("with a null", format!("{shown}\0")),
            ("twice", format!("{shown},{shown}")),
            ("under another clinic's secret", sign("the secret of another clinic", &good)),
            ("of another kind", format!("sha1={}", shown.trim_start_matches(SIGNATURE_PREFIX))),
        ];
        for (how, wrong) in forged {
            assert!(heard(*connector, &settings, (proof, wrong.as_bytes(), &good)).is_err(), "{}: {how}", channel.name());
        }
        assert!(heard(*connector, &Settings::default(), (proof, shown.as_bytes(), &good)).is_err(), "{}: no secret is set", channel.name());
        if let Proof::Signature { .. } = proof {
            let written_otherwise = format!(" {} ", String::from_utf8_lossy(&good));
            let refused = heard(*connector, &settings, (proof, shown.as_bytes(), written_otherwise.as_bytes()));
            assert!(refused.is_err(), "{}: the same written otherwise", channel.name());
        }
        if let Proof::Signature { header, .. } | Proof::Header(header) = proof {
            let twice: [(&str, &[u8]); 2] = [(header, b"wrong"), (header, shown.as_bytes())];
            assert!(connector.read_webhook(&settings, &posted(&twice, "", &good)).is_err(), "{}: behind a wrong one", channel.name());
        }
    }
}

#[test]
fn whatever_is_asked_of_a_provider_goes_to_it_alone() {
    for connector in registry() {
        let settings = world::settings(*connector);
        let server = settings.text("server").to_owned();
        for letter in connector.check(&settings).into_iter().chain(connector.poll(&settings, None)) {
            if let Letter::Http(letter) = letter {
                assert!(letter.url.expose().starts_with(&server) && !server.is_empty(), "{}", connector.channel().name());
            }
        }
    }
}
