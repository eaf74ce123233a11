//! What is tried of each channel, cell by cell: the file of the wire that shows it, the test that does where no file can, or why the
//! channel has no such thing. Each file is read here once more and must say what its cell says; a channel without a row fails.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use clinic::actors::Channel;
use clinic::conversations::Said;

use self::Cell::{File, Never, Tried};
use crate::world::{self, MONDAY, answer, file, reminder};
use crate::{
    Answer, Arrival, Became, Connector, Event, Fetched, FetchedMail, MailPlace, MailboxAnswer, Means, Sending, near_misses, registry,
};

#[derive(Clone, Copy)]
enum Cell {
    /// In `fixtures/<channel>/`.
    File(&'static str),
    /// By a test of the channel's own folder.
    Tried(&'static str),
    /// Why not, in the words of the page.
    Never(&'static str),
}

/// In the order of the page.
const CELLS: [(&str, Shows); 10] = [
    ("text", Shows::Text),
    ("buttons", Shows::Buttons),
    ("media", Shows::Media),
    ("reply", Shows::Reply),
    ("press", Shows::Press),
    ("delivered", Shows::Delivered),
    ("read", Shows::Read),
    ("failed for now", Shows::ForNow),
    ("failed for good", Shows::ForGood),
    ("blocked", Shows::Blocked),
];

#[derive(Debug, Clone, Copy, PartialEq)]
enum Shows {
    Text,
    Buttons,
    Media,
    Reply,
    Press,
    Delivered,
    Read,
    ForNow,
    ForGood,
    Blocked,
}

const UNTOLD: Cell = Never("not told");
const INSIDE: Cell = Never("stays inside");
const NO_WORDS: Cell = Never("calls only");
const SMS: Cell = Tried("what_a_patient_writes_and_what_became_of_a_message_is_read_from_every_provider");
const MAIL: Cell = Tried("only_a_promise_to_the_final_dot_is_sent");
const RINGS: Cell = Tried("what_an_exchange_answers_says_whether_it_rings");

fn row(channel: Channel) -> [Cell; 10] {
    let (words, written, photo) = (File("arriving/words.json"), File("leaving/reminder.json"), File("arriving/photo.json"));
    let (reply, tap) = (File("arriving/words-in-reply.json"), File("arriving/tap.json"));
    let (delivered, read) = (File("arriving/delivered.json"), File("arriving/read.json"));
    let (too_fast, blocked) = (File("answers/429-too-fast.json"), File("arriving/blocked.json"));
    match channel {
        Channel::Telegram => {
            [words, written, photo, reply, tap, UNTOLD, UNTOLD, too_fast, File("answers/400-chat-not-found.json"), blocked]
        }
        Channel::Bale => {
            let stopped = File("answers/403-blocked.json");
            [words, written, photo, reply, tap, UNTOLD, UNTOLD, too_fast, File("answers/400-chat-not-found.json"), stopped]
        }
        Channel::Whatsapp => {
            let (later, never) = (File("answers/400-too-fast.json"), File("answers/400-nobody.json"));
            [words, written, photo, reply, tap, delivered, read, later, never, Never("not told: undelivered")]
        }
        Channel::Messenger => {
            let (later, never, gone) = (File("answers/400-too-fast.json"), File("answers/400-nobody.json"), File("answers/400-gone.json"));
            [words, written, photo, reply, tap, delivered, read, later, never, gone]
        }
        Channel::Vk => {
            let (later, never) = (File("answers/200-too-fast.json"), File("answers/200-gone.json"));
            [words, written, photo, reply, tap, UNTOLD, UNTOLD, later, never, File("arriving/denied.json")]
        }
        Channel::Max => {
            let (never, stopped) = (File("answers/404-nobody.json"), File("arriving/stopped.json"));
            [words, written, photo, reply, tap, UNTOLD, UNTOLD, too_fast, never, stopped]
        }
        Channel::Viber => {
            let (later, never) = (File("answers/200-too-fast.json"), File("answers/200-not-registered.json"));
            [words, written, photo, UNTOLD, tap, delivered, read, later, never, blocked]
        }
        Channel::Sms => {
            let (words, delivered) = (File("arriving/kavenegar-words.txt"), File("arriving/kavenegar-delivered.txt"));
            let (later, never) = (File("answers/409-kavenegar-busy.json"), File("answers/411-kavenegar-no-such-number.json"));
            let links = Never("a link");
            [words, links, SMS, UNTOLD, links, delivered, SMS, later, never, File("answers/200-kavenegar-blocked.json")]
        }
        Channel::Email => {
            let (answer, files) = (File("arriving/answer.eml"), File("arriving/with-files.eml"));
            let (links, gone) = (Never("a link"), File("arriving/complaint.eml"));
            let buttons = Tried("an_answer_leads_to_the_visit_page_or_nowhere");
            [answer, buttons, files, answer, links, File("arriving/report-delivered.eml"), UNTOLD, MAIL, MAIL, gone]
        }
        Channel::Web => {
            let buttons = Tried("a_message_stays_in_the_program_until_the_browser_fetches_it");
            let (press, received) = (File("arriving/press.json"), File("arriving/receive.json"));
            [words, buttons, photo, UNTOLD, press, received, read, INSIDE, INSIDE, INSIDE]
        }
        Channel::Telephone => {
            let calls = NO_WORDS;
            [calls, calls, calls, calls, calls, calls, calls, RINGS, RINGS, calls]
        }
        Channel::Sandbox => {
            let buttons = Tried("a_message_stays_in_the_program_and_is_accepted_at_once");
            let (press, received) = (File("arriving/press.json"), File("arriving/receive.json"));
            [words, buttons, photo, UNTOLD, press, received, read, INSIDE, INSIDE, File("arriving/block.json")]
        }
    }
}

/// Called twice with the same news, or fetched: by which the second is known.
fn arrivals(connector: &dyn Connector, name: &str) -> Vec<Arrival> {
    let octets = file(connector.channel(), "arriving", name);
    if connector.channel() == Channel::Email {
        let mails = vec![FetchedMail { uid: 7, arrived: String::new(), octets }];
        let answer = Answer::Mailbox(MailboxAnswer::Fetched { place: MailPlace { validity: 1, uid: 7 }, mails });
        let fetched = Fetched { cursor: None, answer: &answer, received_at: MONDAY };
        return connector.read_poll(&world::settings(connector), &fetched).expect("a mailbox").arrivals;
    }
    near_misses::proven(connector, &octets).unwrap_or_else(|error| panic!("{} {name}: {error}", connector.channel().name()))
}

/// Whether the news is what the cell says.
fn tells(event: &Event, cell: Shows) -> bool {
    match (cell, event) {
        (Shows::Text, Event::Message { said: Said::Words(_), .. })
        | (Shows::Media, Event::Message { said: Said::Media { .. }, .. })
        | (Shows::Reply, Event::Message { reply_to: Some(_), .. })
        | (Shows::Press, Event::Message { said: Said::Pressed { .. }, .. })
        | (Shows::Delivered, Event::Report { became: Became::Delivered, .. })
        | (Shows::Read, Event::Report { became: Became::Read, .. } | Event::ReadUntil { .. })
        | (Shows::Blocked, Event::Blocked { .. } | Event::NobodyThere { .. } | Event::Unwelcome { .. }) => true,
        (_, _) => false,
    }
}

fn answers(sending: &Sending, cell: Shows) -> bool {
    matches!(
        (cell, sending),
        (Shows::ForNow, Sending::Later { .. }) | (Shows::ForGood, Sending::Refused { .. }) | (Shows::Blocked, Sending::Stopped)
    )
}

fn is_shown(connector: &dyn Connector, path: &str, cell: Shows) -> bool {
    let channel = connector.channel();
    match path.split_once('/').expect("a direction and a name") {
        ("arriving", name) => arrivals(connector, name).iter().any(|arrival| tells(&arrival.event, cell)),
        ("leaving", name) => cell == Shows::Buttons && String::from_utf8_lossy(&file(channel, "leaving", name)).contains("Приду"),
        ("answers", name) => {
            let letter = connector.write(&world::settings(connector), &reminder(channel)).expect("a reminder").remove(0);
            answers(&connector.read_answer(&letter, &answer(channel, name)), cell)
        }
        (_, _) => false,
    }
}

/// The tests of a channel stand in its folder; Bale's in Telegram's.
fn has_test(channel: Channel, name: &str) -> bool {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(channel.name());
    let written = |entry: std::io::Result<fs::DirEntry>| fs::read_to_string(entry.expect("a file").path()).unwrap_or_default();
    fs::read_dir(folder).expect("the channel's folder").map(written).any(|text| text.contains(&format!("#[test]\nfn {name}()")))
}

#[test]
fn every_cell_of_every_channel_is_shown_or_cannot_be() {
    for connector in registry() {
        let channel = connector.channel();
        for ((name, means), cell) in CELLS.iter().zip(row(channel)) {
            let holds = match cell {
                File(path) => is_shown(*connector, path, *means),
                Tried(test) => has_test(channel, test),
                Never(why) => !why.is_empty() && is_excused(*connector, *means),
            };
            assert!(holds, "{}: {name}", channel.name());
        }
    }
}

/// No excuse against the channel's own card.
fn is_excused(connector: &dyn Connector, cell: Shows) -> bool {
    let card = connector.card();
    let words = card.means == Means::Words;
    match cell {
        Shows::Text => !words,
        Shows::Buttons | Shows::Press => !words || card.buttons.is_none(),
        Shows::Delivered => !words || card.receipts == crate::Receipts::None,
        Shows::Read => card.receipts != crate::Receipts::DeliveredAndRead,
        Shows::Media => card.files.most == 0,
        Shows::ForNow | Shows::ForGood => card.arriving == crate::Arriving::Inside,
        Shows::Reply | Shows::Blocked => true,
    }
}

#[test]
fn what_is_told_twice_has_the_same_name_on_every_channel() {
    for connector in registry() {
        let names = |path: &str| arrivals(*connector, path).into_iter().map(|arrival| arrival.repeat_key).collect::<Vec<_>>();
        for cell in row(connector.channel()) {
            let File(path) = cell else { continue };
            if let Some(name) = path.strip_prefix("arriving/") {
                let once = names(name);
                assert!(!once.is_empty() && once == names(name), "{}: {name}", connector.channel().name());
            }
        }
    }
}

/// For `docs/channels.md`.
pub fn page() -> String {
    let mut page =
        "\nWhat is tried of each, by files of the wire in `crates/channels/fixtures` unless said otherwise:\n\n| channel |".to_owned();
    for (name, _) in CELLS {
        write!(page, " {name} |").expect("writing to a string");
    }
    page.push_str(" told twice | wrongly signed |\n|");
    page.push_str(&" --- |".repeat(CELLS.len() + 3));
    page.push('\n');
    for connector in registry() {
        let name = connector.channel().name();
        write!(page, "| {name} |").expect("writing to a string");
        for cell in row(connector.channel()) {
            let shown = match cell {
                File(path) => path.rsplit('/').next().and_then(|file| file.split('.').next()).unwrap_or_default(),
                Tried(_) => "by a test",
                Never(why) => why,
            };
            write!(page, " {shown} |").expect("writing to a string");
        }
        let signed = if connector.card().arriving.by_webhook() || name == "web" || name == "sandbox" { "100,000" } else { "never called" };
        writeln!(page, " once | {signed} |").expect("writing to a string");
    }
    page
}
