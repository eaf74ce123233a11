//! Tables over the files in `fixtures/email`, and what no text can do to a mail.

use std::time::Duration;

use clinic::actors::Channel;
use clinic::conversations::{Attachment, Button, Press};
use proptest::prelude::*;

use super::{Email, header};
use crate::world::{self, MONDAY, file, posted, reminder};
use crate::{
    Answer, Author, Connector, Letter, MailLetter, MailStage, NotSent, Outgoing, Security, Sending, Settings, Trouble, Unreadable,
    Unwritable,
};

fn written(message: &Outgoing) -> MailLetter {
    let mut letters = Email.write(&world::settings(&Email), message).unwrap();
    let Some(Letter::Mail(letter)) = letters.pop() else { panic!("a mail") };
    letter
}

fn text(message: &Outgoing) -> String {
    String::from_utf8(written(message).data).unwrap()
}

fn english() -> Outgoing {
    let mut message = reminder(Channel::Email);
    message.content.subject = "See you on 24 November at 10:30".to_owned();
    message.content.text = "Dear Anna,\nsee you on Tuesday, 24 November, at 10:30.\n\nSmile Dental <3".to_owned();
    message.content.buttons = vec![
        Button { label: "I will come".to_owned(), press: Press::Answer("v:1:yes".to_owned()) },
        Button { label: "The way".to_owned(), press: Press::Link("https://map.example.test/?q=1&z=2".to_owned()) },
        Button { label: "My number".to_owned(), press: Press::ShareContact },
    ];
    message.locale = kernel::Locale::En;
    message
}

#[test]
fn a_mail_is_written_as_programs_and_people_read_it() {
    let answer = Outgoing {
        author: Author::Person,
        unsubscribe_url: None,
        reply_to: Some("CAxyz123@mail.example.test".to_owned()),
        thread: vec!["msg_0@smile.example".to_owned(), "not an id\r\nBcc: x@y.z".to_owned()],
        ..english()
    };
    let calendar = Attachment {
        name: "визит.ics".to_owned(),
        media_type: "text/calendar; charset=utf-8; method=REQUEST".to_owned(),
        text: "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".to_owned(),
    };
    let mut invitation = english();
    invitation.content.attachments = vec![calendar];
    let table = [
        (reminder(Channel::Email), "reminder.eml"),
        (english(), "reminder-in-english.eml"),
        (answer, "answer-in-thread.eml"),
        (invitation, "invitation.eml"),
    ];
    for (message, name) in table {
        let expected = String::from_utf8(file(Channel::Email, "leaving", name)).unwrap().replace('\n', "\r\n");
        assert_eq!(text(&message), expected, "{name}");
    }
    let calendars = ["invitation.ics", "invitation-moved.ics", "invitation-cancelled.ics", "visit-to-fetch.ics"];
    let mails = ["reminder.eml", "reminder-in-english.eml", "answer-in-thread.eml", "invitation.eml"];
    world::expect_a_row_for_each_file(Channel::Email, "leaving", &[calendars, mails].concat());
}

#[test]
fn the_envelope_tells_which_message_came_back() {
    let message = reminder(Channel::Email);
    let letter = written(&message);
    assert_eq!((letter.sender.as_str(), letter.recipient.as_str()), ("hello@smile.example", "anna@example.test"));
    assert_eq!(letter.message_id, format!("{}@smile.example", message.id));
    let settings = world::with(&Email, "bounce_address", "bounce@smile.example");
    let letters = Email.write(&settings, &message).unwrap();
    let [Letter::Mail(letter)] = letters.as_slice() else { panic!("a mail") };
    assert_eq!(letter.sender, format!("bounce+{}@smile.example", message.id));
    assert_eq!((letter.server.port, letter.server.security), (587, Security::StartTls));
}

#[test]
fn an_answer_leads_to_the_visit_page_or_nowhere() {
    assert!(text(&english()).contains("I will come: https://desk.example.test/v/k9d2\r\n"));
    let without = Outgoing { answer_url: None, ..english() };
    assert!(!text(&without).contains("I will come"));
    assert!(text(&without).contains("The way: https://map.example.test/?q=1&z=2"));
}

#[test]
fn one_click_is_promised_only_over_https() {
    let readable = Outgoing { unsubscribe_url: Some("http://127.0.0.1:8080/u/k9d2".to_owned()), ..english() };
    assert!(text(&readable).contains("List-Unsubscribe: <http://127.0.0.1:8080/u/k9d2>\r\n"));
    assert!(!text(&readable).contains("List-Unsubscribe-Post"));
    assert!(text(&english()).contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
}

#[test]
fn a_persian_page_reads_from_right_to_left() {
    let persian = Outgoing { locale: kernel::Locale::Fa, ..english() };
    assert!(text(&persian).contains("<html lang=\"fa\" dir=\"rtl\">"));
}

#[test]
fn a_page_shows_words_as_words() {
    let mut message = english();
    message.content.text = "<script>alert('x')</script> & \"more\"".to_owned();
    message.content.buttons[0].label = "<b>yes</b>".to_owned();
    let text = text(&message);
    assert!(text.contains("<p>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;more&quot;</p>"), "{text}");
    assert!(text.contains("<a href=\"https://desk.example.test/v/k9d2\">&lt;b&gt;yes&lt;/b&gt;</a>"));
}

#[test]
fn what_cannot_be_a_mail_is_not_written() {
    let link = |url: &str| {
        let mut message = english();
        message.content.buttons[1].press = Press::Link(url.to_owned());
        message
    };
    let attached = |name: &str, media_type: &str| {
        let mut message = english();
        let file = Attachment { name: name.to_owned(), media_type: media_type.to_owned(), text: "x".to_owned() };
        message.content.attachments = vec![file];
        message
    };
    let to = |address: &str| Outgoing { to: address.parse().unwrap(), ..english() };
    let unsubscribe = |url: &str| Outgoing { unsubscribe_url: Some(url.to_owned()), ..english() };
    let mut empty = english();
    empty.content.text = " \r\n".to_owned();
    let mut endless = english();
    endless.content.text = "x".repeat(100_001);
    let table = [
        (empty, Unwritable::Empty),
        (endless, Unwritable::TooLong),
        (to("telegram:7100200300"), Unwritable::WrongAddress),
        (to("mailto:анна@example.test"), Unwritable::WrongAddress),
        (link("javascript:alert(1)"), Unwritable::ButtonLink),
        (link("https://x.test/\r\nBcc: y@z.test"), Unwritable::ButtonLink),
        (attached("", "text/plain"), Unwritable::Attachment),
        (attached("x", "text/plain\r\nBcc: y@z.test"), Unwritable::Attachment),
        (attached("x", "text"), Unwritable::Attachment),
        (unsubscribe("https://x.test/\r\nBcc: y@z.test"), Unwritable::Control { at: "List-Unsubscribe" }),
        (unsubscribe("mailto:x@y.test"), Unwritable::Control { at: "List-Unsubscribe" }),
    ];
    for (message, expected) in table {
        assert_eq!(Email.write(&world::settings(&Email), &message), Err(expected));
    }
}

#[test]
fn only_a_promise_to_the_final_dot_is_sent() {
    let message = reminder(Channel::Email);
    let letter = Letter::Mail(written(&message));
    let refused = |code: &str, why| Sending::Refused { code: code.to_owned(), why };
    let broken = |code: &str, why| Sending::AccountBroken { code: code.to_owned(), why };
    let later = |minutes, why| Sending::Later { after: Duration::from_mins(minutes), why };
    let table = [
        ("dot-250-queued.txt", Sending::Accepted { ids: vec![format!("{}@smile.example", message.id)] }),
        ("dot-451-greylisted.txt", later(5, Trouble::Overloaded)),
        ("dot-550-spam.txt", refused("550 5.7.1", Trouble::Policy)),
        ("dot-552-too-large.txt", refused("552 5.3.4", Trouble::TooLong)),
        ("dot-354-strange.txt", Sending::Uncertain),
        ("data-354-interrupted.txt", later(5, Trouble::StrangeAnswer)),
        ("greeting-421-busy.txt", later(5, Trouble::Overloaded)),
        ("greeting-554-unwelcome.txt", broken("554 5.7.1", Trouble::Policy)),
        ("sign_in-535-wrong-password.txt", broken("535 5.7.8", Trouble::Unauthorized)),
        ("sender-530-sign-in-first.txt", broken("530", Trouble::Unauthorized)),
        ("sender-553-not-yours.txt", broken("553 5.7.1", Trouble::Policy)),
        ("recipient-550-unknown.txt", refused("550 5.1.1", Trouble::NoSuchRecipient)),
        ("recipient-550-unwelcome.txt", refused("550", Trouble::Policy)),
        ("recipient-553-our-address.txt", refused("553 5.1.8", Trouble::Policy)),
        ("recipient-550-without-status.txt", refused("550", Trouble::NoSuchRecipient)),
        ("recipient-452-full.txt", later(60, Trouble::MailboxFull)),
        ("recipient-552-full.txt", refused("552 5.2.2", Trouble::MailboxFull)),
        ("recipient-554-relay.txt", refused("554 5.7.1", Trouble::Policy)),
    ];
    for (name, expected) in &table {
        assert_eq!(Email.read_answer(&letter, &answer(name)), *expected, "{name}");
    }
    world::expect_a_row_for_each_file(Channel::Email, "answers", &table.each_ref().map(|(name, _)| *name));

    assert_eq!(Email.read_answer(&letter, &Answer::Broken), Sending::Uncertain);
    for (reason, why) in
        [(NotSent::Interrupted, Trouble::Interrupted), (NotSent::Tls, Trouble::Tls), (NotSent::NoSuchHost, Trouble::NoSuchHost)]
    {
        let expected = Sending::Later { after: Duration::from_secs(30), why };
        assert_eq!(Email.read_answer(&letter, &Answer::NotSent(reason)), expected);
    }
}

/// `recipient-550-unknown.txt`: to what, with which code; inside, the sentence.
fn answer(name: &str) -> Answer {
    let mut parts = name.split('-');
    let stage = match parts.next().unwrap() {
        "greeting" => MailStage::Greeting,
        "sign_in" => MailStage::SignIn,
        "sender" => MailStage::Sender,
        "recipient" => MailStage::Recipient,
        "data" => MailStage::Data,
        "dot" => MailStage::Dot,
        other => panic!("no stage {other}"),
    };
    let code = parts.next().unwrap().parse().unwrap();
    let text = String::from_utf8(file(Channel::Email, "answers", name)).unwrap();
    Answer::Mail { stage, code, text: text.trim_end().to_owned() }
}

#[test]
fn a_check_says_what_is_wrong_with_the_account() {
    let check = |stage, code| Email.read_check(&Answer::Mail { stage, code, text: String::new() });
    assert!(check(MailStage::Check, 250).is_ok());
    let table = [
        (check(MailStage::SignIn, 535), Trouble::Unauthorized),
        (check(MailStage::Greeting, 554), Trouble::Policy),
        (check(MailStage::Greeting, 421), Trouble::Overloaded),
        (Email.read_check(&Answer::NotSent(NotSent::Refused)), Trouble::Refused),
        (Email.read_check(&Answer::Broken), Trouble::Interrupted),
    ];
    for (read, expected) in table {
        assert_eq!(read, Err(expected));
    }
}

#[test]
fn settings_that_would_send_a_password_readably_are_refused() {
    let refused = |name: &str, value: &str| Email.check_settings(&world::with(&Email, name, value)).map_err(|fault| fault.field);
    assert_eq!(refused("security", "none"), Err("security".to_owned()));
    assert_eq!(refused("host", "mail example"), Err("host".to_owned()));
    assert_eq!(refused("from_address", "привет@smile.example"), Err("from_address".to_owned()));
    assert_eq!(refused("security", "tls"), Ok(()));
    let mut typed = world::settings(&Email).to_store();
    typed.insert("host".to_owned(), "127.0.0.1".to_owned());
    typed.insert("security".to_owned(), "none".to_owned());
    assert_eq!(Email.check_settings(&Settings::read(Email.settings(), &typed, None).unwrap()), Ok(()));
    typed.remove("password");
    assert!(Email.check_settings(&Settings::read(Email.settings(), &typed, None).unwrap()).is_err());
}

#[test]
fn nobody_calls_a_mailbox() {
    assert_eq!(Email.read_webhook(&world::settings(&Email), &posted(&[], "", b"{}")), Err(Unreadable::NoWebhook));
}

#[test]
fn a_mail_does_not_print_its_words_or_the_password() {
    let printed = format!("{:?} {:?}", written(&english()), Email.check(&world::settings(&Email)));
    assert!(printed.contains("mail.smile.example:587"), "{printed}");
    for hidden in ["open sesame", "anna@", "Dear Anna", "November"] {
        assert!(!printed.contains(hidden), "{hidden} in {printed}");
    }
}

/// Undoes RFC 2047 as a mail program does.
fn decoded(value: &str) -> String {
    use base64::Engine;
    let words = value.split("\r\n ").map(|word| {
        let inside = word.strip_prefix("=?UTF-8?B?").and_then(|word| word.strip_suffix("?="));
        let decode = |inside: &str| String::from_utf8(base64::engine::general_purpose::STANDARD.decode(inside).unwrap()).unwrap();
        inside.map_or_else(|| word.to_owned(), decode)
    });
    words.collect()
}

proptest! {
    #[test]
    fn no_text_can_add_a_header(subject in "[\\PC\r\n\0\t]{0,120}", name in "[\\PC\r\n\0\"\\\\<>]{0,90}", words in "[\\PC\r\n\0]{1,200}", id in "[\\PC\r\n]{0,40}") {
        let mut message = Outgoing { name, thread: vec![id.clone()], reply_to: Some(id), ..english() };
        message.content.subject = subject;
        message.content.text = words;
        let Ok(letters) = Email.write(&world::settings(&Email), &message) else {
            prop_assert!(message.content.text.trim().is_empty());
            return Ok(());
        };
        let [Letter::Mail(letter)] = letters.as_slice() else { panic!("a mail") };
        let data = std::str::from_utf8(&letter.data).unwrap();
        prop_assert!(data.is_ascii() && !data.contains('\0'));
        prop_assert!(!data.replace("\r\n", "").contains(['\r', '\n']));
        prop_assert!(data.split("\r\n").all(|line| line.len() <= 200));
        let head = data.split("\r\n\r\n").next().unwrap();
        let names: Vec<_> = head.split("\r\n").filter(|line| !line.starts_with(' ')).map(|line| line.split(':').next().unwrap()).collect();
        let expected = ["From", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted",
            "X-Auto-Response-Suppress", "Content-Language", "MIME-Version", "Content-Type"];
        let threading = ["In-Reply-To", "References"];
        let unthreaded: Vec<_> = names.into_iter().filter(|name| !threading.contains(name)).collect();
        prop_assert_eq!(unthreaded, expected);
    }

    #[test]
    fn a_subject_reads_back_as_it_was_written(subject in "\\PC{1,120}") {
        let mut head = header::Head::default();
        head.add_words("Subject", &subject);
        let written = head.into_text();
        prop_assert!(written.split("\r\n").all(|line| line.len() <= 78));
        let value = written.strip_prefix("Subject: ").unwrap().strip_suffix("\r\n").unwrap();
        let one_line = subject.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assert_eq!(decoded(value), one_line);
    }
}

#[test]
fn the_time_of_a_mail_is_the_time_of_the_message() {
    let message = Outgoing { at: MONDAY, ..english() };
    assert!(text(&message).contains("\r\nDate: Mon, 23 Nov 2026 "), "{}", text(&message));
}
