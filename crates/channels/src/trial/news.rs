//! What each way tells, from the files of the wire, and the places in it at which other words can stand.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clinic::actors::Channel;
use clinic::calls::Turn;
use clinic::conversations::Said;
use clinic::templates::{State, Turn as TemplateTurn};
use kernel::Timestamp;
use serde_json::Value;

use super::{Told, Way};
use crate::smpp::{Party, ShortMessage};
use crate::{Answer, Became, CentreAnswer, Event, ExchangeAnswer, FetchedMail, HeardMessage, MailPlace, MailboxAnswer, Settings};

/// One piece of news as it stands on the wire.
#[derive(Clone)]
pub struct News {
    /// Of its file.
    pub name: String,
    form: Form,
    bytes: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq)]
enum Form {
    Json,
    Fields,
    /// The answer to a question after this cursor.
    Fetched(Option<&'static str>),
    /// The lines of a mail of ours, see [`MAIL`].
    Mail,
    /// A block of AMI.
    Block,
    /// An event of ARI.
    Event,
    /// A message of an SMS centre: who it is from, a tab, and what it says.
    Short,
}

/// Words stand where a line ends in nothing.
const MAIL: [(&str, &str); 9] = [
    ("sender", "Anna"),
    ("subject", "A question"),
    ("name of the mail", "<m1@mail.example>"),
    ("what it answers", "<none@mail.example>"),
    ("program", "Mailer 1.0"),
    ("words", "Have you time on Friday?"),
    ("page", "<p>Have you time on <b>Friday</b>?</p>"),
    ("name of the file", "tooth.jpg"),
    ("kind of the file", "image/jpeg"),
];
/// What comes before a fetch, for those who ask in turn.
const CURSORS: [Option<&str>; 4] = [None, Some("sent 7782"), Some("sent"), Some("7 key https://lp.vk.com/wh1")];

fn folder(channel: Channel, direction: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(channel.name()).join(direction)
}

fn files(channel: Channel, direction: &str) -> Vec<(String, Vec<u8>)> {
    let Ok(entries) = fs::read_dir(folder(channel, direction)) else { return Vec::new() };
    let mut files: Vec<_> = entries
        .map(|entry| entry.expect("a file").path())
        .map(|path| (path.file_name().expect("a name").to_string_lossy().into_owned(), fs::read(&path).expect("it can be read")))
        .collect();
    files.sort();
    files
}

impl Way {
    /// Everything that it was seen to tell.
    pub fn news(&self, settings: &Settings, at: Timestamp) -> Vec<News> {
        let channel = self.channel();
        let of = |name: &str, form, bytes: &[u8]| News { name: name.to_owned(), form, bytes: bytes.to_vec() };
        match (channel, self.provider) {
            (Channel::Email, _) => {
                let lines: Vec<&str> = MAIL.iter().map(|(_, words)| *words).collect();
                ["words.eml", "page.eml"].map(|name| of(name, Form::Mail, lines.join("\n").as_bytes())).to_vec()
            }
            (Channel::Sms, "smpp") => vec![of("deliver", Form::Short, "36301234567\tHave you time on Friday?".as_bytes())],
            (Channel::Telephone, "ami") => {
                let blocks = files(channel, "line").into_iter().filter(|(name, _)| name.starts_with("ami-"));
                let text = |(name, bytes): (String, Vec<u8>)| (name, String::from_utf8(bytes).expect("text"));
                blocks
                    .map(text)
                    .flat_map(|(name, text)| {
                        text.split("\r\n\r\n").map(|block| of(&name, Form::Block, block.as_bytes())).collect::<Vec<_>>()
                    })
                    .collect()
            }
            (Channel::Telephone, "ari") => {
                let (name, events) = files(channel, "line").into_iter().find(|(name, _)| name.starts_with("ari-")).expect("the events");
                String::from_utf8(events).expect("text").lines().map(|line| of(&name, Form::Event, line.as_bytes())).collect()
            }
            _ => {
                let own = |(name, _): &(String, Vec<u8>)| self.provider.is_empty() || name.starts_with(self.provider);
                let called = files(channel, "arriving").into_iter().filter(own);
                let form = |name: &str| if name.rsplit('.').next() == Some("txt") { Form::Fields } else { Form::Json };
                let called = called.map(|(name, bytes)| of(&name, form(&name), &bytes));
                called.chain(self.fetched(settings, at)).collect()
            }
        }
    }

    /// The answers to its questions, each after the cursor with which it is understood.
    fn fetched(&self, settings: &Settings, at: Timestamp) -> Vec<News> {
        let answers = files(self.channel(), "answers").into_iter().filter(|(name, _)| {
            (name.contains("polled") || name.contains("fetched")) && (self.provider.is_empty() || name.contains(self.provider))
        });
        let understood = |(name, bytes): (String, Vec<u8>)| {
            let news = CURSORS.map(|cursor| News { name: name.clone(), form: Form::Fetched(cursor), bytes: bytes.clone() });
            news.into_iter().find(|news| self.read(settings, &self.told(settings, news, at), at).is_ok_and(|arrivals| !arrivals.is_empty()))
        };
        answers.filter_map(understood).collect()
    }

    /// As it comes in, proven.
    pub fn told(&self, settings: &Settings, news: &News, at: Timestamp) -> Told {
        let text = || String::from_utf8_lossy(&news.bytes).into_owned();
        let fetched = |answer| Told::Fetched(answer, None);
        match news.form {
            Form::Json | Form::Fields => Told::Called(self.knock(settings, (&news.name, &news.bytes), at)),
            Form::Fetched(cursor) => {
                let answer = Answer::Http { status: 200, headers: Vec::new(), body: news.bytes.clone() };
                Told::Fetched(answer, cursor.map(str::to_owned))
            }
            Form::Mail => {
                let mail = FetchedMail { uid: 7, arrived: String::new(), octets: mail(&text(), &news.name) };
                fetched(Answer::Mailbox(MailboxAnswer::Fetched { place: MailPlace { validity: 1, uid: 7 }, mails: vec![mail] }))
            }
            Form::Block | Form::Event => fetched(Answer::Exchange(ExchangeAnswer::Heard { batch: "b1".to_owned(), told: vec![text()] })),
            Form::Short => {
                let text = text();
                let (from, said) = text.split_once('\t').expect("from whom, and what");
                let ucs2 = said.encode_utf16().flat_map(u16::to_be_bytes).collect();
                let from = Party { kind: 1, plan: 1, number: from.to_owned() };
                let message = ShortMessage { from, coding: 8, text: ucs2, ..ShortMessage::default() };
                let messages = vec![HeardMessage { message, ours: None }];
                fetched(Answer::Centre(CentreAnswer::Heard { batch: "b1".to_owned(), stored: false, messages }))
            }
        }
    }
}

impl News {
    /// The names of the places at which words stand.
    pub fn places(&self) -> Vec<String> {
        let text = String::from_utf8_lossy(&self.bytes);
        match self.form {
            Form::Json | Form::Fetched(_) | Form::Event => {
                let mut places = Vec::new();
                if let Ok(mut value) = serde_json::from_slice(&self.bytes) {
                    each_word("", &mut value, &mut |path, _| places.push(path.to_owned()));
                }
                places
            }
            Form::Fields => form_urlencoded::parse(text.as_bytes()).map(|(name, _)| name.into_owned()).collect(),
            Form::Mail => MAIL.iter().map(|(name, _)| (*name).to_owned()).collect(),
            Form::Block => text.lines().filter_map(|line| Some(line.split_once(": ")?.0.to_owned())).collect(),
            Form::Short => vec!["from".to_owned(), "text".to_owned()],
        }
    }

    /// The same with other words at the place of this number.
    #[must_use]
    pub fn saying(&self, place: usize, words: &str) -> Self {
        let text = String::from_utf8_lossy(&self.bytes);
        let line = |between: &str| {
            let lines = text.split(between).enumerate();
            lines
                .map(|(at, line)| if at == place { words.replace(['\r', '\n', '\t'], " ") } else { line.to_owned() })
                .collect::<Vec<_>>()
                .join(between)
        };
        let bytes = match self.form {
            Form::Json | Form::Fetched(_) | Form::Event => {
                let mut value: Value = serde_json::from_slice(&self.bytes).expect("JSON");
                let mut at = 0;
                each_word("", &mut value, &mut |_, word| {
                    if at == place {
                        words.clone_into(word);
                    }
                    at += 1;
                });
                value.to_string()
            }
            Form::Fields => {
                let mut form = form_urlencoded::Serializer::new(String::new());
                for (at, (name, value)) in form_urlencoded::parse(text.as_bytes()).enumerate() {
                    form.append_pair(&name, if at == place { words } else { &value });
                }
                form.finish()
            }
            Form::Mail => line("\n"),
            Form::Block => {
                let said = |(at, line): (usize, &str)| match line.split_once(": ") {
                    Some((name, _)) if at == place => format!("{name}: {}", words.replace(['\r', '\n'], " ")),
                    _ => line.to_owned(),
                };
                text.lines().filter(|line| line.contains(": ")).enumerate().map(said).collect::<Vec<_>>().join("\r\n")
            }
            Form::Short => line("\t"),
        };
        Self { bytes: bytes.into_bytes(), ..self.clone() }
    }
}

/// Shows every text of a value, with the names that lead to it.
fn each_word(path: &str, value: &mut Value, show: &mut impl FnMut(&str, &mut String)) {
    match value {
        Value::String(word) => show(path, word),
        Value::Array(list) => list.iter_mut().for_each(|item| each_word(path, item, show)),
        Value::Object(fields) => fields.iter_mut().for_each(|(name, field)| each_word(&format!("{path}/{name}"), field, show)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A mail of these lines, in words or as a page.
fn mail(lines: &str, name: &str) -> Vec<u8> {
    let line: Vec<&str> = lines.split('\n').collect();
    let encoded = |words: &str| format!("=?utf-8?B?{}?=", STANDARD.encode(words));
    let (kind, said) = if name == "page.eml" { ("text/html", line[6]) } else { ("text/plain", line[5]) };
    let percent: String = form_urlencoded::byte_serialize(line[7].as_bytes()).collect::<String>().replace('+', "%20");
    format!(
        "From: {} <anna@example.test>\r\nTo: hello@smile.example\r\nSubject: {}\r\nDate: Mon, 23 Nov 2026 07:02:10 +0000\r\n\
         Message-ID: {}\r\nIn-Reply-To: {}\r\nX-Mailer: {}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"seam\"\r\n\r\n\
         --seam\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--seam\r\n\
         Content-Type: {}\r\nContent-Disposition: attachment; filename*=UTF-8''{percent}\r\nContent-Transfer-Encoding: base64\r\n\r\n\
         /9j/4AAQ\r\n--seam--\r\n",
        encoded(line[0]),
        encoded(line[1]),
        line[2],
        line[3],
        line[4],
        STANDARD.encode(said),
        line[8],
    )
    .into_bytes()
}

/// What of an event a person may see, or the program asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shown {
    Words,
    Name,
    Caption,
    FileName,
    FileKind,
    /// Where it lies at the provider.
    FilePlace,
    Label,
    Answer,
    Reaction,
    Token,
    Language,
    Number,
    Colleague,
    Code,
    /// Why the provider approves no text.
    Reason,
    Key,
}

pub fn shown(event: &Event) -> Vec<(Shown, &str)> {
    match event {
        Event::Message { provider_key, name, locale, said, reply_to, .. } => {
            let of_all = [(Shown::Key, provider_key.as_str()), (Shown::Name, name)];
            let maybe = [(Shown::Language, locale.as_deref()), (Shown::Key, reply_to.as_deref())];
            let maybe = maybe.into_iter().filter_map(|(kind, word)| Some((kind, word?)));
            of_all.into_iter().chain(maybe).chain(of_said(said)).collect()
        }
        Event::Report { message, became, .. } => {
            let code = if let Became::Failed { code, .. } = became { Some((Shown::Code, code.as_str())) } else { None };
            std::iter::once((Shown::Key, message.as_str())).chain(code).collect()
        }
        Event::Call(news) => {
            let taken = if let Turn::Taken { by } = &news.turn { Some((Shown::Colleague, by.as_str())) } else { None };
            let of_all = [(Shown::Key, news.call.as_str()), (Shown::Number, &news.theirs), (Shown::Number, &news.ours)];
            of_all.into_iter().chain(taken).collect()
        }
        Event::Template(news) => {
            let why =
                if let TemplateTurn::State(State::Rejected { why }) = &news.turn { Some((Shown::Reason, why.as_str())) } else { None };
            [(Shown::Key, news.of.name.as_str()), (Shown::Key, &news.of.language)].into_iter().chain(why).collect()
        }
        Event::ReadUntil { .. }
        | Event::Blocked { .. }
        | Event::Unblocked { .. }
        | Event::Delayed { .. }
        | Event::NobodyThere { .. }
        | Event::Unwelcome { .. } => Vec::new(),
    }
}

fn of_said(said: &Said) -> Vec<(Shown, &str)> {
    match said {
        Said::Words(words) | Said::Automatic(words) => vec![(Shown::Words, words)],
        Said::Edited { of, words } => vec![(Shown::Key, of), (Shown::Words, words)],
        Said::Deleted { of } => vec![(Shown::Key, of)],
        Said::Pressed { data, label } => vec![(Shown::Answer, data), (Shown::Label, label)],
        Said::Reacted { to, emoji } => vec![(Shown::Key, to), (Shown::Reaction, emoji)],
        Said::SharedContact { phone } => vec![(Shown::Number, phone)],
        Said::Opened { token } => vec![(Shown::Token, token)],
        Said::Media { caption, file, .. } => {
            let file = file.iter().flat_map(|file| {
                [(Shown::FilePlace, file.reference.as_str()), (Shown::FileName, &file.name), (Shown::FileKind, &file.media_type)]
            });
            std::iter::once((Shown::Caption, caption.as_str())).chain(file).collect()
        }
    }
}
