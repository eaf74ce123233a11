//! The named world of the tests: Anna, who writes in Telegram, and what the clinic says to her; and the files on the wire.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use clinic::actors::Channel;
use clinic::conversations::{Button, Content, Press, Said};
use clinic::templates::{Filled, Material, TemplateName};
use kernel::{Address, Chance, Locale, MessageId, Phone, Timestamp};

use crate::telephone::Dial;
use crate::trial::TYPED;
use crate::{Answer, Author, Body, Call, Connector, Letter, Method, NotSent, Outgoing, Reading, Sending, Settings};

/// A Monday, 09:00 in Budapest.
pub const MONDAY: Timestamp = Timestamp::from_seconds(1_795_420_800);

pub use crate::trial::SECRET as WEBHOOK_SECRET;
pub const TOKEN: &str = "6100000001:AAtrialtrialtrialtrialtrialtrialtri";

/// Every field that a channel must have, filled in as a clinic would.
pub fn settings(connector: &dyn Connector) -> Settings {
    let known = |name: &str| connector.settings().iter().any(|field| field.name == name);
    // each provider of text messages has an address of its own
    let server = (connector.channel() == Channel::Sms).then_some(("server", "https://api.kavenegar.com"));
    // and so has each exchange
    let exchange = [("provider", "ari"), ("server", "https://pbx.example"), ("extension", "101")];
    let exchange = exchange.into_iter().filter(|_| connector.channel() == Channel::Telephone);
    let typed: BTreeMap<_, _> = TYPED
        .into_iter()
        .chain(server)
        .chain(exchange)
        .filter(|(name, _)| known(name))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let settings = Settings::read(connector.settings(), &typed, None).unwrap();
    connector.check_settings(&settings).unwrap();
    settings
}

/// Somebody is to be rung up.
pub fn dial() -> Dial {
    Dial { to: Phone::from_e164("+447700900123").unwrap(), ours: "call17".to_owned(), own: None }
}

pub fn with(connector: &dyn Connector, name: &str, value: &str) -> Settings {
    let mut typed = settings(connector).to_store();
    typed.insert(name.to_owned(), value.to_owned());
    Settings::read(connector.settings(), &typed, None).unwrap()
}

pub fn message_id(seed: u64) -> MessageId {
    MessageId::new(MONDAY, &mut Chance::from_seed(seed))
}

pub fn anna(channel: Channel) -> Address {
    let rest = match channel {
        Channel::Email => "anna@example.test",
        Channel::Sms | Channel::Telephone => "+36301234567",
        Channel::Viber => "a1B2c3D4e5F6g7H8i9J0kQ==",
        Channel::Whatsapp => "36301234567",
        Channel::Messenger => "8800000000000042",
        Channel::Vk => "155000777",
        Channel::Max => "55100200",
        Channel::Web => "vst_01kb2w5wg0e5w8tq3q8s1x8m3f",
        _ => "7100200300",
    };
    Address::new(channel.scheme(), rest).unwrap()
}

/// A button as the playbooks make them.
pub fn button(label: &str, press: Press) -> Button {
    Button { label: label.to_owned(), press }
}

/// A few words and nothing else.
pub fn plain(channel: Channel, text: &str) -> Outgoing {
    Outgoing { content: Content { text: text.to_owned(), ..Content::default() }, ..reminder(channel) }
}

/// What the care bot writes to Anna.
pub fn reminder(channel: Channel) -> Outgoing {
    Outgoing {
        id: message_id(1),
        to: anna(channel),
        name: "Anna Orlova".to_owned(),
        content: Content {
            subject: "Ждём вас 24 ноября в 10:30".to_owned(),
            text: "Здравствуйте, Анна! Ждём вас во вторник, 24 ноября, в 10:30.\n\nSmile Dental, Лесная, 5".to_owned(),
            buttons: vec![
                button("✅ Приду", Press::Answer("v:1:yes".to_owned())),
                button("🔁 Другое время", Press::Answer("v:1:move".to_owned())),
                button("Как доехать", Press::Link("https://map.example.test/?q=1&z=2".to_owned())),
            ],
            ..Content::default()
        },
        locale: Locale::Ru,
        author: Author::Bot,
        at: MONDAY,
        reply_to: None,
        thread: Vec::new(),
        answer_url: Some("https://desk.example.test/v/k9d2".to_owned()),
        unsubscribe_url: Some("https://desk.example.test/u/k9d2".to_owned()),
        approved: None,
        file: None,
    }
}

/// A text of two gaps that Meta has approved: who reads it, and what is to be said.
pub fn approved() -> Filled {
    let message = reminder(Channel::Whatsapp);
    let values = BTreeMap::from([("patient_name".to_owned(), message.name.clone())]);
    let said = Material { words: &message.content.text, buttons: &message.content.buttons, values: &values };
    Filled::of_two_gaps(TemplateName { name: "care_message".to_owned(), language: "ru".to_owned() }, &said)
}

pub fn posted<'a>(headers: &'a [(&'a str, &'a [u8])], tail: &'a str, body: &'a [u8]) -> Call<'a> {
    Call { method: Method::Post, tail, query: "", headers, body, received_at: MONDAY }
}

fn folder(channel: Channel, direction: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(channel.name()).join(direction)
}

/// The names of the files of one direction: `arriving`, `leaving` or `answers`.
pub fn files(channel: Channel, direction: &str) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder(channel, direction)) else { return Vec::new() };
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

pub fn file(channel: Channel, direction: &str, name: &str) -> Vec<u8> {
    let path = folder(channel, direction).join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// An answer in a file is named by its status: `429-too-fast.json`.
pub fn answer(channel: Channel, name: &str) -> Answer {
    let status = name.split('-').next().unwrap().parse().unwrap();
    http(status, &file(channel, "answers", name))
}

pub fn http(status: u16, body: &[u8]) -> Answer {
    Answer::Http { status, headers: Vec::new(), body: body.to_vec() }
}

/// The body of a letter of JSON.
pub fn json(letter: &Letter) -> serde_json::Value {
    let Letter::Http(letter) = letter else { panic!("not by HTTP: {letter:?}") };
    let Body::Json(body) = &letter.body else { panic!("not JSON: {letter:?}") };
    serde_json::from_str(body).unwrap()
}

/// The fields of a letter that is a form, in one value.
pub fn fields(letter: &Letter) -> serde_json::Value {
    let Letter::Http(letter) = letter else { panic!("not by HTTP: {letter:?}") };
    let Body::Form(fields) = &letter.body else { panic!("not a form: {letter:?}") };
    fields.iter().map(|(name, value)| ((*name).to_owned(), serde_json::Value::from(value.as_str()))).collect()
}

/// What a letter must say, from its file.
pub fn leaving(channel: Channel, name: &str) -> serde_json::Value {
    serde_json::from_slice(&file(channel, "leaving", name)).unwrap()
}

/// What was said in each message, and what else is told, as one would read it aloud.
pub fn told(arrivals: &[crate::Arrival]) -> Vec<String> {
    use crate::Event;
    let one = |arrival: &crate::Arrival| match &arrival.event {
        Event::Message { said, .. } => said_aloud(said),
        Event::Report { message, ours, became } => {
            let ours = ours.map(|id| format!(" ({id})")).unwrap_or_default();
            format!("{message}{ours}: {became:?}")
        }
        Event::ReadUntil { from, until } => format!("{from} has read until {until}"),
        Event::Blocked { from } => format!("{from} blocks"),
        Event::Unblocked { from } => format!("{from} allows"),
        Event::Call(news) => {
            let way = news.direction.map_or("", |direction| direction.name());
            format!("{} {way} {} {}: {:?}", news.call, news.theirs, news.ours, news.turn)
        }
        Event::Delayed { ours } => format!("{ours} is late"),
        Event::NobodyThere { ours } => format!("nobody where {ours} went"),
        Event::Unwelcome { ours } => format!("{ours} was unwelcome"),
        Event::Template(news) => format!("{} of {}: {:?}", news.of, news.at, news.turn),
    };
    arrivals.iter().map(one).collect()
}

fn said_aloud(said: &Said) -> String {
    match said {
        Said::Words(words) => words.clone(),
        Said::Automatic(words) => format!("by itself: {words}"),
        Said::Pressed { data, label } => format!("[{label}] {data}"),
        Said::Reacted { to, emoji } => format!("{emoji} to {to}"),
        Said::Edited { of, words } => format!("{of} is now: {words}"),
        Said::Deleted { of } => format!("{of} is gone"),
        Said::SharedContact { phone } => format!("own number {phone}"),
        Said::Opened { token } => format!("opened with {token:?}"),
        Said::Media { kind, caption, file } => {
            let file = file.as_ref().map(|file| format!(" at {} {}{}", file.reference, file.name, file.media_type)).unwrap_or_default();
            format!("{kind:?} {caption:?}{file}").trim_end().to_owned()
        }
    }
}

/// Every answer in the files, and what becomes of a letter that meets it.
pub fn expect_outcomes(connector: &dyn Connector, table: &[(&str, Sending)], others: &[&str]) {
    let channel = connector.channel();
    let letter = connector.write(&settings(connector), &reminder(channel)).unwrap().remove(0);
    for (name, expected) in table {
        assert_eq!(&connector.read_answer(&letter, &answer(channel, name)), expected, "{name}");
    }
    assert_eq!(connector.read_answer(&letter, &Answer::Broken), Sending::Uncertain);
    let reason = NotSent::Refused;
    assert_eq!(connector.read_answer(&letter, &Answer::NotSent(reason)), Sending::not_sent(reason));
    let rows: Vec<&str> = table.iter().map(|(name, _)| *name).chain(others.iter().copied()).collect();
    expect_a_row_for_each_file(channel, "answers", &rows);
}

/// What each file of news says, told once under each of its keys.
pub fn expect_news(connector: &dyn Connector, read: impl Fn(&[u8]) -> Reading, table: &[(&str, &[&str])]) {
    let channel = connector.channel();
    for (name, expected) in table {
        let body = file(channel, "arriving", name);
        let reading = read(&body);
        assert_eq!(told(&reading.arrivals), *expected, "{name}");
        // the same news under the same keys, or it would count twice
        let keys = |reading: &Reading| reading.arrivals.iter().map(|arrival| arrival.repeat_key.clone()).collect::<Vec<_>>();
        let again = keys(&read(&body));
        assert_eq!(keys(&reading), again, "{name}");
        assert!(again.iter().enumerate().all(|(at, key)| !key.is_empty() && !again[..at].contains(key)), "{name}: {again:?}");
    }
    let rows: Vec<&str> = table.iter().map(|(name, _)| *name).collect();
    expect_a_row_for_each_file(channel, "arriving", &rows);
}

pub fn url(letter: &Letter) -> &str {
    let Letter::Http(letter) = letter else { panic!("not by HTTP: {letter:?}") };
    letter.url.expose()
}

/// Every file of a direction must have a row in the table that reads it.
pub fn expect_a_row_for_each_file(channel: Channel, direction: &str, rows: &[&str]) {
    let mut rows: Vec<_> = rows.iter().map(|name| (*name).to_owned()).collect();
    rows.sort();
    rows.dedup();
    assert_eq!(files(channel, direction), rows, "the files in fixtures/{}/{direction} and the rows of the table", channel.name());
}
