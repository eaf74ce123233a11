//! What goes wrong with a call on its way: values that no provider would send, and bytes that are not even JSON.

use kernel::Chance;
use serde_json::{Value, json};

/// A few times in a thousand, because they take long.
const HUGE: usize = 2 * 1024 * 1024 + 1;

/// Changes one thing somewhere in it.
pub fn bend(said: &mut Value, others: &[Value], chance: &mut Chance) {
    let place = chance.pick(&places(said)).clone();
    match chance.below(4) {
        0 => {
            let (parent, name) = place.rsplit_once('/').unwrap_or_default();
            let name = name.to_owned();
            if let Some(fields) = said.pointer_mut(parent).and_then(Value::as_object_mut) {
                fields.remove(&name);
                return;
            }
            odd_at(said, &place, chance);
        }
        1 => {
            let other = chance.pick(others).clone();
            let found = chance.pick(&places(&other)).clone();
            let part = other.pointer(&found).cloned().unwrap_or_default();
            put(said, &place, part);
        }
        2 => {
            if let Some(Value::Object(fields)) = said.pointer_mut(&place) {
                fields.insert("constructor".to_owned(), odd(chance));
                return;
            }
            odd_at(said, &place, chance);
        }
        _ => odd_at(said, &place, chance),
    }
}

fn odd_at(said: &mut Value, place: &str, chance: &mut Chance) {
    let value = odd(chance);
    put(said, place, value);
}

fn put(said: &mut Value, place: &str, value: Value) {
    if let Some(found) = said.pointer_mut(place) {
        *found = value;
    }
}

/// Where something stands, as JSON pointers.
fn places(said: &Value) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut at = 0;
    while at < found.len() {
        let place = found[at].clone();
        match said.pointer(&place) {
            Some(Value::Object(fields)) => {
                found.extend(fields.keys().map(|name| format!("{place}/{}", name.replace('~', "~0").replace('/', "~1"))));
            }
            Some(Value::Array(list)) => found.extend((0..list.len()).map(|index| format!("{place}/{index}"))),
            _ => {}
        }
        at += 1;
    }
    found
}

/// A value at a limit, of a wrong kind, or with letters that have broken other programs.
fn odd(chance: &mut Chance) -> Value {
    match chance.below(24) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(-1),
        3 => json!(0),
        4 => json!(i64::MAX),
        5 => json!(i64::MIN),
        6 => json!(u64::MAX),
        7 => json!(1.5),
        8 => json!(-1e308),
        9 => json!(4_102_444_800_000_000_i64),
        10 => json!(""),
        11 => json!("0"),
        12 => json!("x".repeat(200 + chance.below(100_000))),
        13 => json!("й\u{301}".repeat(5_000)),
        14 => json!("\u{202e}<script>alert(1)</script>\u{0}\u{200b}\u{feff}"),
        15 => json!("\u{0}"),
        16 => json!("'; DROP TABLE visits; --"),
        17 => json!("/start ../../../etc/passwd"),
        18 => json!("\r\nX-Injected: 1"),
        19 => json!([]),
        20 => json!({}),
        21 => json!([[[[{ "id": [null] }]]]]),
        22 => nested(100),
        _ => json!("👩‍👩‍👧‍👦".repeat(40)),
    }
}

fn nested(depth: usize) -> Value {
    (0..depth).fold(json!(1), |inside, _| json!([inside]))
}

/// Bytes that were lost, changed or put in between.
pub fn damage(text: Vec<u8>, chance: &mut Chance) -> Vec<u8> {
    let at = chance.below(text.len().max(1));
    let mut text = text;
    match chance.below(240) {
        0 => return vec![b' '; HUGE],
        1 => return [b"{\"update_id\":".to_vec(), vec![b'9'; HUGE - 100]].concat(),
        2..40 => text.truncate(at),
        40..70 => text[at] ^= 1 << chance.below(8),
        70..100 => text.insert(at, u8::try_from(0x80 + chance.below(0x80)).unwrap()),
        100..120 => text.splice(at..at, [0xed, 0xa0, 0x80]).for_each(drop),
        120..140 => text.splice(0..0, [0xef, 0xbb, 0xbf]).for_each(drop),
        140..150 => return [b"[".repeat(50_000), b"]".repeat(50_000)].concat(),
        150..160 => return [b"{\"message\":".repeat(20_000), b"1".to_vec(), b"}".repeat(20_000)].concat(),
        160..175 => return Vec::new(),
        175..190 => return String::from_utf8_lossy(&text).replacen("\"update_id\":", "\"update_id\":1e999,\"update_id\":", 1).into_bytes(),
        190..205 => return String::from_utf8_lossy(&text).replacen("\"text\":\"", "\"text\":\"\\ud800", 1).into_bytes(),
        205..220 => {
            let twice = text.clone();
            text.extend(twice);
        }
        _ => {
            for _ in 0..20 {
                let at = chance.below(text.len());
                text[at] = u8::try_from(chance.below(256)).unwrap();
            }
        }
    }
    text
}
