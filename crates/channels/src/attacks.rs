//! What was written into messages to harm whoever reads them, through every channel that brings words: it comes in as the words that
//! it is, under a name in which nothing is hidden, and never into a log.

use clinic::actors::Channel;
use clinic::conversations::Said;
use serde_json::Value;

use crate::world::file;
use crate::{Event, near_misses, registry};

const HARMFUL: [&str; 8] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "javascript:alert(1)",
    "{{ phone }} {% include '/etc/passwd' %} ${7*7}",
    "=HYPERLINK(\"https://x.example\";\"x\")",
    "'; DROP TABLE patients; --",
    "&lt;b&gt; \u{202e}txt.exe",
];
const NAME: &str = "Ve\u{202e}ra\u{200b} <b>Kis</b>\r\nX: y\u{2066}\u{feff}";

/// Whatever bears one of these names says this from now on.
fn say(value: &mut Value, names: &[&str], words: &str) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                if names.contains(&name.as_str()) && field.is_string() {
                    *field = words.into();
                } else {
                    say(field, names, words);
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|item| say(item, names, words)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn t_c1_harmful_words_come_in_as_words_on_every_channel_and_stand_in_no_log() {
    let mut tried = Vec::new();
    for connector in registry() {
        let channel = connector.channel();
        // forms and mails are read into the same words in tests of their own
        if matches!(channel, Channel::Sms | Channel::Email | Channel::Telephone) {
            continue;
        }
        let known: Value = serde_json::from_slice(&file(channel, "arriving", "words.json")).expect("JSON");
        for harmful in HARMFUL {
            let mut news = known.clone();
            say(&mut news, &["text", "body"], harmful);
            say(&mut news, &["name", "first_name", "last_name"], NAME);
            let arrivals = near_misses::proven(*connector, news.to_string().as_bytes()).expect("it is signed");
            let message = arrivals.iter().find_map(|arrival| match &arrival.event {
                Event::Message { said: Said::Words(words), name, .. } => Some((words, name)),
                _ => None,
            });
            let (words, name) = message.unwrap_or_else(|| panic!("{}: no words", channel.name()));
            assert_eq!(words.as_str(), harmful, "{}", channel.name());
            // t_c3: nothing hides in a name, and nothing turns what stands beside it
            let hidden = |sign: char| {
                sign.is_control() || matches!(sign, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
            };
            assert!(!name.contains(hidden), "{}: {name:?}", channel.name());
            let logged = format!("{arrivals:?}");
            assert!(!logged.contains(harmful) && !logged.contains("Kis"), "{}: {logged}", channel.name());
        }
        tried.push(channel);
    }
    assert_eq!(tried.len(), registry().len() - 3, "{tried:?}");
}
