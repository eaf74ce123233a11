//! The page `docs/channels.md`: what each channel can do, written from the cards. When a card changes, the page is written anew:
//! `CAREDESK_WRITE_DOCS=1 cargo test -p channels the_page_of_channels`.

use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

use crate::matrix;
use crate::{
    Arriving, Card, Connector, Cost, Counted, Disclosure, FilesOut, FirstWord, Means, Medium, Rate, Receipts, Repeats, Templates, registry,
};

const HEAD: &str = "# Channels

What each built channel can do. Written from the cards in `crates/channels`, and held against them by a test.

| channel | text | buttons | own number by a tap | files out | who writes first | open for | after that |
| --- | --- | --- | --- | --- | --- | --- | --- |
";
const SECOND: &str = "
| channel | comes in by | files in | delivered, read | said twice | letters: account, patient | cost | shows |
| --- | --- | --- | --- | --- | --- | --- | --- |
";
const FOOT: &str = "
- *Said twice*: what becomes of a letter whose answer was lost and that is brought again. It is, once and at once, where it arrives
  once; elsewhere nobody does so blindly, and where reports bring our own id back, the first of them ends the doubt.
- *Files out*: up to ten pictures or PDF files that somebody puts beside an answer, each of 10 MB at most whatever the channel takes,
  and 15 MB together: the first goes with the words, each other one as a message of its own. Where it goes by
  link, the clinic needs a public address, and the link is good for a week. The calendar file of a visit goes by Telegram, Bale
  and mail; elsewhere the message goes without it.
- *Files in*: fetched once the message is in the thread, from the provider's own machines and from nowhere else, and kept once by
  their hash. Pictures are drawn anew, without what they say of place and telephone. Text messages bring files at Twilio only.
  A visitor of the website sends pictures and PDF files, which are kept before their message is.
- *Open for*: after a patient's last words. Then the gate turns to an approved text, or to the next channel.
- Every signed call is proven before it is read; of 100,000 near misses for each channel none is heard.
- *Judged by parts that were not written here*, in `./check`: Telegram by a test server, text messages by a simulator of an SMS centre
  and, with calls of the telephone, by Twilio's own library, which signs what comes in; mail by chasquid and Dovecot; the chat of
  the website by a browser. For WhatsApp, Messenger, VK, MAX, Viber, Bale and the other exchanges no such part signs or takes what
  their servers do: their files follow what the providers publish.
";

fn page() -> String {
    let mut page = HEAD.to_owned();
    for connector in registry() {
        first_row(&mut page, *connector);
    }
    page.push_str(SECOND);
    for connector in registry() {
        second_row(&mut page, *connector);
    }
    page.push_str(&matrix::page());
    page + FOOT
}

fn first_row(page: &mut String, connector: &dyn Connector) {
    let Card { means, text, buttons, media, files, window, templates, first_word, .. } = connector.card();
    if *means == Means::Calls {
        writeln!(page, "| {} | calls only | | no | none | either | always | |", connector.channel().name()).expect("writing to a string");
        return;
    }
    let shown = buttons.map_or("as links".to_owned(), |buttons| format!("{} of {}", buttons.most, buttons.label));
    let number = if buttons.is_some_and(|buttons| buttons.share_contact) { "yes" } else { "no" };
    let file = |medium: &Medium| {
        let kind = format!("{:?}", medium.kind).to_lowercase();
        format!("{kind} to {} MB", medium.bytes / 1_000_000)
    };
    let carried = media.iter().map(file).collect::<Vec<_>>().join(", ");
    let out = match files.out {
        FilesOut::Beside => carried,
        FilesOut::ByLink => format!("by link: {carried}"),
        FilesOut::Never => "none".to_owned(),
    };
    let first = match first_word {
        FirstWord::Clinic => "either",
        FirstWord::Patient => "the patient",
    };
    let after = match templates {
        Templates::Never if window.is_some() => "the next channel",
        Templates::Never => "",
        Templates::OutsideWindow => "an approved text",
        Templates::Always => "approved texts only",
    };
    let open = window.map_or("always".to_owned(), span);
    let name = connector.channel().name();
    let text = if text.counted == Counted::Segments { format!("{} segments", text.most) } else { text.most.to_string() };
    writeln!(page, "| {name} | {text} | {shown} | {number} | {out} | {first} | {open} | {after} |").expect("writing to a string");
}

fn second_row(page: &mut String, connector: &dyn Connector) {
    let Card { files, receipts, repeats, arriving, pace, cost, disclosure, .. } = connector.card();
    let comes_by = match arriving {
        Arriving::Never => "not yet",
        Arriving::Inside => "the program itself",
        Arriving::Webhook => "webhook",
        Arriving::Polling => "fetching",
        Arriving::WebhookOrPolling => "webhook or fetching",
    };
    let came = match (files.most, files.hosts) {
        (0, _) => "none fetched".to_owned(),
        (most, []) if *arriving == Arriving::Inside => format!("to {} MB, with the message", most / 1_000_000),
        (most, []) => format!("to {} MB, from its server", most / 1_000_000),
        (most, hosts) => format!("to {} MB, from its server, {}", most / 1_000_000, hosts.join(", ")),
    };
    let receipts = match receipts {
        Receipts::None => "not told",
        Receipts::SometimesDelivered => "delivered, where servers report",
        Receipts::Delivered => "delivered",
        Receipts::DeliveredAndRead => "both",
    };
    let repeats = match repeats {
        Repeats::SendsTwice => "arrives twice",
        Repeats::EchoesOurId => "arrives twice; reports name it",
        Repeats::KnowsOurId => "arrives once",
    };
    let cost = match cost {
        Cost::Free => "free",
        Cost::PerMessage => "by message",
        Cost::PerSegment => "by segment",
    };
    let shows = match disclosure {
        Disclosure::LockScreen => "to whoever holds the telephone or mailbox",
        Disclosure::Account => "on the lock screen of the account",
        Disclosure::Verified => "after proof only",
    };
    let name = connector.channel().name();
    let (account, patient) = (rate(pace.per_account), rate(pace.per_recipient));
    writeln!(page, "| {name} | {comes_by} | {came} | {receipts} | {repeats} | {account}, {patient} | {cost} | {shows} |")
        .expect("writing to a string");
}

fn rate(rate: Rate) -> String {
    format!("{} in {}", rate.letters, span(rate.within))
}

fn span(span: Duration) -> String {
    match span.as_secs() {
        seconds if seconds % 3_600 == 0 => format!("{} h", seconds / 3_600),
        seconds => format!("{seconds} s"),
    }
}

#[test]
fn the_page_of_channels_says_what_the_cards_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/channels.md");
    if std::env::var_os("CAREDESK_WRITE_DOCS").is_some() {
        std::fs::write(&path, page()).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), page(), "docs/channels.md is written anew with CAREDESK_WRITE_DOCS=1");
}
