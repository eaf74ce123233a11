//! Calls by those who do not have the key, and calls that bear the name of one that was told before.

use axum::http::Method;
use clinic::actors::Channel;
use kernel::{AccountId, Chance, Timestamp};
use serde_json::Value;

use super::doors::{Door, Key, Knock, OPEN, each_field};

/// Another call under the same name: other words, or the same written otherwise.
pub fn twin(knock: &Knock, chance: &mut Chance) -> Knock {
    let mut said: Value = serde_json::from_slice(&knock.body).unwrap();
    let body = if chance.percent(50) {
        each_field(&mut said, &mut |name, value| {
            if name == "text" && value.is_string() {
                *value = "cancel".into();
            }
        });
        said.to_string()
    } else {
        format!(" {} \r\n", serde_json::to_string_pretty(&said).unwrap())
    };
    Knock { body: body.into_bytes(), ..knock.clone() }
}

/// The same call without the key, with one that is nearly right, or with the right one at the wrong door.
pub fn near_miss(knock: &Knock, at: usize, doors: &[Door], chance: &mut Chance) -> Knock {
    let (door, body) = (&doors[at], knock.body.clone());
    let other = &doors[(at + 1 + chance.below(OPEN - 1)) % OPEN];
    let place = chance.below(door.secret.len());
    match chance.below(15) {
        0 => Knock { path: door.address(), headers: vec![], ..door.knock(body) },
        1 => with_key(door, "", body, chance),
        2 => with_key(door, &door.secret[..place], body, chance),
        3 => with_key(door, &door.secret[place.max(1)..], body, chance),
        4 => with_key(door, &format!("{}{}", door.secret, &door.secret[..1]), body, chance),
        5 => with_key(door, &with_another_letter(door.secret, place), body, chance),
        6 => with_key(door, &in_another_case(door.secret, place), body, chance),
        7 => with_key(door, &door.secret.chars().rev().collect::<String>(), body, chance),
        8 => with_key(door, other.secret, body, chance),
        9 => Knock { path: other.address(), ..door.knock(body) },
        10 => Door { account: AccountId::new(Timestamp::from_millis(0), chance), ..door.clone() }.knock(body),
        11 => Door { channel: Channel::Viber, ..door.clone() }.knock(body),
        12 => {
            let channel = if door.channel == Channel::Bale { Channel::Telegram } else { Channel::Bale };
            Door { channel, ..door.clone() }.knock(body)
        }
        // what is only looked at changes nothing
        13 => Knock { method: Method::GET, ..door.knock(body) },
        _ => doors[OPEN].knock(body),
    }
}

/// Sometimes the right key stands in a second header: it does not help.
fn with_key(door: &Door, wrong: &str, body: Vec<u8>, chance: &mut Chance) -> Knock {
    let mut missed = door.knock_with(wrong, body);
    if let Key::Header(name) = door.key
        && chance.percent(20)
    {
        missed.headers.push((name, door.secret.as_bytes().to_vec()));
    }
    missed
}

fn with_another_letter(secret: &str, place: usize) -> String {
    let other = if secret.as_bytes()[place] == b'a' { "b" } else { "a" };
    format!("{}{other}{}", &secret[..place], &secret[place + 1..])
}

fn in_another_case(secret: &str, place: usize) -> String {
    let mut letters = secret.as_bytes().to_vec();
    let found = (0..letters.len()).map(|ahead| (place + ahead) % letters.len()).find(|at| letters[*at].is_ascii_alphabetic());
    letters[found.unwrap()] ^= 0x20;
    String::from_utf8(letters).unwrap()
}
