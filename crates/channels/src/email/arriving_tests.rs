//! Tables over the mails in `fixtures/email/arriving`, and what hostile ones cannot do.

use clinic::actors::Channel;
use clinic::conversations::MediaFile;
use clinic::files::WhyLost;
use proptest::prelude::*;

use super::{Email, html, shown};
use crate::world::{self, MONDAY, file, message_id};
use crate::{
    Answer, Connector, Event, Fetched, FetchedMail, Fetching, Letter, MailErrand, MailPlace, MailboxAnswer, MailboxStage, NotSent,
    PollTrouble, Polled, Settings, Trouble,
};

const PLACE: MailPlace = MailPlace { validity: 3_857_529_045, uid: 7 };

fn read(octets: Vec<u8>) -> Polled {
    let mails = vec![FetchedMail { uid: 7, arrived: "23-Nov-2026 07:30:00 +0000".to_owned(), octets }];
    fetched(&Answer::Mailbox(MailboxAnswer::Fetched { place: PLACE, mails })).unwrap()
}

fn fetched(answer: &Answer) -> Result<Polled, PollTrouble> {
    Email.read_poll(&world::settings(&Email), &Fetched { cursor: None, answer, received_at: MONDAY })
}

#[test]
fn each_mail_is_read_as_its_writer_meant_it() {
    let ours = message_id(1);
    let report = |became: &str| format!("{ours} ({ours}): {became}");
    let failed = |code: &str, why: &str| report(&format!("Failed {{ code: {code:?}, why: {why} }}"));
    let gone = || vec![failed("5.1.1", "NoSuchRecipient"), format!("nobody where {ours} went")];
    let table: Vec<(&str, Vec<String>)> = vec![
        ("answer.eml", vec!["Could we make it 11:00?".to_owned()]),
        ("answer-from-another-address.eml", vec!["This is her father, she will come.".to_owned()]),
        ("answer-in-windows-1251.eml", vec!["Да, приду.\n\nС уважением,\nАнна".to_owned()]),
        ("answer-in-latin-2.eml", vec!["Igen, megyek.".to_owned()]),
        ("answer-in-persian.eml", vec!["بله، می‌آیم.".to_owned()]),
        ("answer-as-a-page.eml", vec!["Can I move it\nto 11:00 & not later?\n\n1 < 2".to_owned()]),
        ("answer-between-the-lines.eml", vec!["Yes.\nIt did.".to_owned()]),
        ("answer-by-a-plus.eml", vec!["I will come.".to_owned()]),
        ("first-mail.eml", vec!["Toothache since Friday\nIs there a free hour this week?".to_owned()]),
        ("stop-in-the-subject.eml", vec!["STOP".to_owned()]),
        ("without-a-name.eml", vec!["Thank you!".to_owned()]),
        (
            "with-files.eml",
            vec![
                "Here is the picture.".to_owned(),
                "Image \"tooth.jpg\" at 3857529045.7.4 tooth.jpgimage/jpeg".to_owned(),
                "Document \"снимок.pdf\" at 3857529045.7.5 снимок.pdfapplication/pdf".to_owned(),
            ],
        ),
        ("absence.eml", vec!["by itself: I am away until 1 December.".to_owned()]),
        ("absence-without-a-mark.eml", vec!["by itself: Я в отпуске.".to_owned()]),
        ("advertising.eml", vec!["by itself: Half price\nOnly today.".to_owned()]),
        ("report-unknown.eml", gone()),
        ("report-in-every-script.eml", gone()),
        ("report-delayed.eml", vec![format!("{ours} is late")]),
        ("report-delivered.eml", vec![report("Delivered")]),
        ("report-relayed.eml", vec![]),
        ("report-full.eml", vec![failed("5.2.2", "MailboxFull")]),
        ("report-expired.eml", vec![failed("4.4.7", "Other")]),
        ("report-spam.eml", vec![failed("5.7.1", "Policy")]),
        // carries no name of ours, so it is a mail of a machine
        ("report-forged.eml", vec!["by itself: Delivery Status Notification\nAbout your message.".to_owned()]),
        ("report-in-words.eml", vec![failed("5.0.0", "Other")]),
        ("complaint.eml", vec![format!("{ours} was unwelcome")]),
    ];
    for (name, expected) in &table {
        let polled = read(file(Channel::Email, "arriving", name));
        assert_eq!(&world::told(&polled.arrivals), expected, "{name}");
        assert_eq!(polled.unread, 0, "{name}");
    }
    for name in ["our-own.eml", "no-mail.eml"] {
        let polled = read(file(Channel::Email, "arriving", name));
        assert!(polled.arrivals.is_empty() && polled.unread == 1 && polled.cursor.is_some(), "{name}");
    }
    let rows: Vec<&str> = table.iter().map(|(name, _)| *name).chain(["our-own.eml", "no-mail.eml"]).collect();
    world::expect_a_row_for_each_file(Channel::Email, "arriving", &rows);
}

/// Who wrote, when, under which name, and which message of ours is answered.
fn writer(name: &str) -> (String, String, String, Option<String>) {
    let mut polled = read(file(Channel::Email, "arriving", name));
    let arrival = polled.arrivals.remove(0);
    let Event::Message { provider_key, from, name, reply_to, .. } = arrival.event else { panic!("a message") };
    assert!(arrival.at <= MONDAY);
    (from.to_string(), name, provider_key, reply_to)
}

#[test]
fn who_wrote_and_what_they_answer_is_told() {
    let ours = Some(message_id(1).to_string());
    let anna = ("mailto:anna@example.test".to_owned(), "Anna Orlova".to_owned());
    let row = |who: &(String, String), key: &str, answers: &Option<String>| (who.0.clone(), who.1.clone(), key.to_owned(), answers.clone());
    assert_eq!(writer("answer.eml"), row(&anna, "CAxyz123@mail.example.test", &ours));
    assert_eq!(writer("answer-by-a-plus.eml"), row(&anna, "plus1@mail.example.test", &ours));
    assert_eq!(writer("without-a-name.eml"), row(&anna, "3857529045:7", &ours));
    let boris = ("mailto:boris@example.test".to_owned(), "Борис".to_owned());
    assert_eq!(writer("first-mail.eml"), row(&boris, "first1@mail.example.test", &None));
}

#[test]
fn the_same_mail_has_the_same_name_wherever_it_is_read() {
    let octets = file(Channel::Email, "arriving", "with-files.eml");
    let keys = |uid: u32, validity: u32| -> Vec<String> {
        let place = MailPlace { validity, uid };
        let mails = vec![FetchedMail { uid, arrived: String::new(), octets: octets.clone() }];
        let polled = fetched(&Answer::Mailbox(MailboxAnswer::Fetched { place, mails })).unwrap();
        polled.arrivals.into_iter().map(|arrival| arrival.repeat_key).collect()
    };
    assert_eq!(keys(7, 1), keys(9, 2));
    assert_eq!(keys(7, 1).len(), 3);
}

#[test]
fn a_file_is_read_once_more_out_of_its_mail() {
    let settings = world::settings(&Email);
    let file_at = |reference: &str| MediaFile::at(reference);
    let Fetching::Ask(letter) = Email.fetch(&settings, &file_at("3857529045.7.4"), &[]) else { panic!("a question") };
    let Letter::Mailbox(letter) = *letter else { panic!("to the mailbox") };
    assert_eq!(letter.errand, MailErrand::Again(PLACE));
    let fetched = |reference: &str, octets: Option<Vec<u8>>| {
        let mails = octets.into_iter().map(|octets| FetchedMail { uid: 7, arrived: String::new(), octets }).collect();
        Email.fetch(&settings, &file_at(reference), &[Answer::Mailbox(MailboxAnswer::Fetched { place: PLACE, mails })])
    };
    let mail = || Some(file(Channel::Email, "arriving", "with-files.eml"));
    assert!(fetched("3857529045.7.4", mail()) == Fetching::Here(b"\xff\xd8\xff\xe0\x00\x10".to_vec()));
    assert!(fetched("3857529045.7.5", mail()) == Fetching::Here(b"%PDF-".to_vec()));
    // the picture of the signature, a part that is not there, a mail that is gone, and what is no place at all
    for (reference, mail) in [("3857529045.7.99", mail()), ("3857529045.7.4", None), ("https://evil.example/x", mail())] {
        assert!(fetched(reference, mail) == Fetching::Lost(WhyLost::Gone), "{reference}");
    }
    let away = Email.fetch(&settings, &file_at("3857529045.7.4"), &[Answer::NotSent(NotSent::Refused)]);
    assert!(matches!(away, Fetching::Later(_)));
}

#[test]
fn a_mail_is_dated_by_its_server_where_its_writer_lies() {
    let written = |date: &str| {
        let mail = format!("From: anna@example.test\r\nMessage-ID: <a@b.c>\r\nDate: {date}\r\n\r\nHello\r\n");
        read(mail.into_bytes()).arrivals.remove(0).at.to_string()
    };
    assert_eq!(written("Mon, 23 Nov 2026 08:40:00 +0200"), "2026-11-23T06:40:00Z");
    for lie in ["Mon, 23 Nov 2099 08:40:00 +0200", "Thu, 01 Jan 1970 00:00:00 +0000", "tomorrow"] {
        assert_eq!(written(lie), "2026-11-23T07:30:00Z", "{lie}");
    }
}

#[test]
fn the_mailbox_is_asked_from_where_it_was_left() {
    let settings = world::settings(&Email);
    let asked = |cursor: Option<&str>| {
        let Some(Letter::Mailbox(letter)) = Email.poll(&settings, cursor) else { panic!("a mailbox") };
        let MailErrand::Look { after, since, .. } = letter.errand else { panic!("a look") };
        (after, since, letter.mailbox.server.port, letter.mailbox.server.user, letter.mailbox.folder)
    };
    let (user, folder) = ("desk".to_owned(), "INBOX".to_owned());
    assert_eq!(asked(None), (None, String::new(), 993, user.clone(), folder.clone()));
    let cursor = read(b"From: anna@example.test\r\n\r\nHello".to_vec()).cursor.unwrap();
    assert_eq!(asked(Some(&cursor)), (Some(PLACE), "22-Nov-2026".to_owned(), 993, user, folder));
    // nothing new: the place stays as it is
    let nothing = Answer::Mailbox(MailboxAnswer::Fetched { place: PLACE, mails: Vec::new() });
    let again = Fetched { cursor: Some(&cursor), answer: &nothing, received_at: MONDAY };
    assert_eq!(Email.read_poll(&settings, &again).unwrap().cursor, None);
    // the same numbers in another mailbox mean other mails
    let moved = world::with(&Email, "imap_folder", "Patients");
    let Some(Letter::Mailbox(begun)) = Email.poll(&moved, Some(&cursor)) else { panic!("a mailbox") };
    assert!(matches!(begun.errand, MailErrand::Look { after: None, .. }));
    let mut typed = settings.to_store();
    typed.remove("imap_host");
    let outward = Settings::read(Email.settings(), &typed, None).unwrap();
    assert!(Email.poll(&outward, None).is_none());
    assert_eq!(Email.check_settings(&outward), Ok(()));
}

#[test]
fn a_mailbox_that_does_not_open_says_whose_trouble_it_is() {
    let refused = |at, code: &str| fetched(&Answer::Mailbox(MailboxAnswer::Refused { at, code: code.to_owned() }));
    let broken = Err(PollTrouble::AccountBroken { why: Trouble::Incoming });
    assert_eq!(refused(MailboxStage::SignIn, "AUTHENTICATIONFAILED"), broken);
    assert_eq!(refused(MailboxStage::Folder, ""), broken);
    assert!(matches!(refused(MailboxStage::SignIn, "UNAVAILABLE"), Err(PollTrouble::Later { .. })));
    assert!(matches!(refused(MailboxStage::Fetch, ""), Err(PollTrouble::Later { .. })));
    assert!(matches!(fetched(&Answer::NotSent(NotSent::Interrupted)), Err(PollTrouble::Later { why: Trouble::Interrupted, .. })));
    assert!(matches!(fetched(&Answer::NotSent(NotSent::Tls)), Err(PollTrouble::Later { why: Trouble::Tls, .. })));
    let check = |answer: MailboxAnswer| Email.read_check(&Answer::Mailbox(answer)).err();
    assert_eq!(check(MailboxAnswer::Open), None);
    assert_eq!(check(MailboxAnswer::Refused { at: MailboxStage::SignIn, code: String::new() }), Some(Trouble::Incoming));
}

#[test]
fn a_page_becomes_words_and_nothing_else() {
    for (page, expected) in [
        ("a<br>b", "a\nb"),
        ("<p title='a > b'>x</p>y", "x\ny"),
        ("<!-- <p> -->x", "x"),
        ("<style media=\"print\">p { x }</style>x", "x"),
        ("<SCRIPT>if (a < b) x()</SCRIPT >x", "x"),
        ("a &lt;b&gt; &amp;amp; &#1103;&#x44f; &bogus; &", "a <b> &amp; яя &bogus; &"),
        ("<td>a</td><td>b</td>", "a b"),
        ("x <unclosed", "x"),
        ("a\n  b\tc", "a b c"),
    ] {
        assert_eq!(shown::words(&html::text(page)), expected, "{page}");
    }
}

#[test]
fn quotes_signatures_and_appended_mails_are_cut_and_nothing_else() {
    for (text, expected) in [
        ("Yes\n\nAnna <a@b.c> wrote:\n> no", "Yes"),
        ("> no\n\nYes", "Yes"),
        ("Yes\n-- \nAnna", "Yes"),
        ("Yes\n\nSent from my iPhone", "Yes"),
        ("Да\n\nОтправлено из мобильной Почты Mail", "Да"),
        ("Ok\n\nFrom: a@b.c\nSent: Monday\n\nold words", "Ok"),
        ("Igen\n\nFeladó: a@b.c\nKüldve: hétfő\n\nrégi", "Igen"),
        ("Two questions:\n\n1. when?", "Two questions:\n\n1. when?"),
        ("I wrote: 5 times", "I wrote: 5 times"),
        ("From: the station it is far", "From: the station it is far"),
        // nothing of their own: better everything than nothing
        ("> only a quote", "> only a quote"),
        ("a\r\n\r\n\r\n\r\nb", "a\n\nb"),
    ] {
        assert_eq!(shown::words(text), expected, "{text}");
    }
    for (subject, expected) in [("Re: Re: x", "x"), ("Ответ: да", "да"), ("RE:x", "x"), ("Vá: igen", "igen"), ("Regular", "Regular")]
    {
        assert_eq!(shown::without_prefix(subject), expected);
    }
}

/// A mail of parts within parts.
fn nested(deep: usize) -> Vec<u8> {
    let mut mail = "From: anna@example.test\r\nMessage-ID: <a@b.c>\r\n".to_owned();
    for level in 0..deep {
        mail.extend(["Content-Type: multipart/mixed; boundary=\"b", &level.to_string(), "\"\r\n\r\n--b", &level.to_string(), "\r\n"]);
    }
    (mail + "Content-Type: text/plain\r\n\r\nHello\r\n").into_bytes()
}

#[test]
fn parts_within_parts_make_nobody_work() {
    for deep in [0, 10, 400, 20_000] {
        let polled = read(nested(deep));
        assert!(polled.arrivals.len() + polled.unread == 1, "{deep}");
    }
    let wrapped = (0..2_000).fold(b"From: anna@example.test\r\n\r\nHello".to_vec(), |inner, _| {
        [b"From: anna@example.test\r\nContent-Type: message/rfc822\r\n\r\n".as_slice(), &inner].concat()
    });
    let polled = read(wrapped);
    assert!(polled.arrivals.len() + polled.unread == 1);
}

proptest! {
    #[test]
    fn no_mail_does_harm(octets in proptest::collection::vec(any::<u8>(), 0..400), words in "\\PC{0,200}", at in 0_usize..2_000) {
        let _read = read(octets.clone());
        let _read = read(words.clone().into_bytes());
        // a real one, spoilt in one place and cut in another
        for name in ["with-files.eml", "report-unknown.eml", "answer-as-a-page.eml"] {
            let mut mail = file(Channel::Email, "arriving", name);
            let place = at % mail.len();
            mail.splice(place..place, octets.iter().copied());
            mail.truncate(mail.len() - at / 4 % mail.len());
            let _read = read(mail);
        }
        let page = format!("<div {words}><p>{words}</p><style>{words}");
        let shown = shown::words(&html::text(html::before_history(&page)));
        prop_assert!(!shown.contains('\r'));
    }

    #[test]
    fn nobody_guesses_a_name_of_ours(guess in "msg_[0-9a-z]{20,30}") {
        let mail = format!("From: a@b.example\r\nTo: hello+{guess}@smile.example\r\nMessage-ID: <g@b.example>\r\n\r\nHello\r\n");
        for arrival in read(mail.into_bytes()).arrivals {
            let Event::Message { reply_to, .. } = arrival.event else { panic!("a message") };
            // it may have the form of a name; whether there is such a message is asked of the outbox
            prop_assert!(reply_to.is_none_or(|id| id == guess));
        }
    }
}
