//! Mail through servers that were not written here: chasquid takes it, Dovecot shows it. Patients read and answer over the same two.

use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use channels::{
    Answer, FetchedMail, Letter, MailErrand, MailLetter, MailPlace, MailServer, MailStage, Mailbox, MailboxAnswer, MailboxLetter, Security,
    Tell,
};
use clinic::actors::Channel;
use clinic::conversations::{Inbound, Said, SenderCheck};
use clinic::patients::ContactState;
use desk::ContactNews;
use desk::loops::{keep_house, poll_once, run_due};
use desk::wire::{Network, Wire};
use insta::assert_snapshot;
use kernel::{PatientId, Secret};
use store::conversations::NEWEST;

use super::provider::Provider;
use super::{Line, signed_in, words};
use crate::pages::counter::Browser;
use crate::world::{World, told};

const CLINIC: &str = "hello@clinic.test";
const ANNA: &str = "anna@patients.test";
/// Their mail is taken, and comes back.
const GONE: &str = "gone@patients.test";

/// Both servers, in a folder of their own; gone with the value.
struct PostOffice {
    folder: PathBuf,
    smtp: u16,
    imap: u16,
}

impl PostOffice {
    fn open() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("caredesk_post_{}_{number}", std::process::id()));
        std::fs::remove_dir_all(&folder).ok();
        std::fs::create_dir_all(&folder).expect("a folder for the mail");
        let started = script(&folder, "start");
        let port = |name: &str| {
            let (_, rest) = started.split_once(name).expect("a port of each");
            rest.split_whitespace().next().expect("a port").parse().expect("a number")
        };
        Self { smtp: port("smtp="), imap: port("imap="), folder }
    }

    fn server(port: u16, user: &str) -> MailServer {
        let (host, password) = ("127.0.0.1".to_owned(), Secret::new("sesame"));
        MailServer { host, port, security: Security::None, user: user.to_owned(), password }
    }

    /// Somebody at home sends a mail.
    async fn takes(&self, from: &str, mail: &str) {
        let letter = MailLetter {
            server: MailServer { user: String::new(), ..Self::server(self.smtp, "") },
            sender: from.to_owned(),
            recipient: CLINIC.to_owned(),
            message_id: String::new(),
            envelope_id: String::new(),
            tell: Tell::Failures,
            data: mail.as_bytes().to_vec(),
            patience: Duration::from_secs(20),
        };
        let answer = Network::new().carry(&Letter::Mail(letter)).await;
        assert!(matches!(answer, Answer::Mail { stage: MailStage::Dot, code: 250, .. }), "{answer:?}");
    }

    /// Looks into somebody's mailbox until something is there that came after this place.
    async fn shows(&self, owner: &str, place: &mut Option<MailPlace>) -> String {
        let network = Network::new();
        let mailbox = Mailbox { server: Self::server(self.imap, owner), folder: "INBOX".to_owned() };
        for _ in 0..10 {
            let after = Some(place.unwrap_or(MailPlace { validity: 0, uid: 0 }));
            let since = "1-Jan-2020".to_owned();
            let errand = MailErrand::Look { after, since, patience: Duration::from_secs(5) };
            let letter = MailboxLetter { mailbox: mailbox.clone(), errand };
            let answer = network.carry(&Letter::Mailbox(letter)).await;
            let Answer::Mailbox(MailboxAnswer::Fetched { place: next, mails }) = answer else { panic!("a mailbox: {answer:?}") };
            *place = Some(next);
            if let Some(FetchedMail { octets, .. }) = mails.first() {
                return String::from_utf8_lossy(octets).into_owned();
            }
        }
        panic!("nothing has come to {owner}");
    }
}

impl Drop for PostOffice {
    fn drop(&mut self) {
        script(&self.folder, "stop");
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

fn script(folder: &PathBuf, errand: &str) -> String {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/mailbox");
    let done = Command::new(script).arg(folder).arg(errand).output().expect("scripts/mailbox runs");
    assert!(done.status.success(), "`./check machine` installs the servers: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).into_owned()
}

/// A field of the head of a mail.
fn field(mail: &str, name: &str) -> String {
    let head = mail.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
    let line = head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
    line.unwrap_or_else(|| panic!("no {name} in {head}")).to_owned()
}

/// The next time something comes, or nothing has for a while.
async fn looks(line: &Line) {
    poll_once(&line.world.desk, &*line.wire, line.account).await.unwrap();
}

async fn reads_only_mail(world: &World, patient: PatientId, address: &str) {
    let contacts = world.contacts(patient).await;
    for contact in contacts {
        desk::tend_contact(&world.desk, world.kata(), contact.id, ContactNews::OptedOut).await.unwrap();
    }
    desk::add_contact(&world.desk, world.kata(), patient, address.to_owned()).await.unwrap();
}

async fn comes_due(line: &Line, wall: &str) {
    line.world.clock.set(line.world.at(wall));
    for _ in 0..3 {
        keep_house(&line.world.desk).await.unwrap();
        run_due(&line.world.desk).await.unwrap();
        line.world.pass(Duration::from_secs(10));
        line.goes().await;
    }
}

async fn heard(line: &Line, patient: PatientId) -> Vec<Inbound> {
    let thread = line.world.conversation(patient).await.id;
    let find = move |tx: &mut store::Tx<'_>, _| Ok(store::conversations::inbound_of(tx, thread, NEWEST, 20)?);
    let mut heard = line.world.desk.look(find).await.unwrap();
    heard.reverse();
    heard
}

async fn said(line: &Line, patient: PatientId) -> Vec<Said> {
    heard(line, patient).await.into_iter().map(|inbound| inbound.said).collect()
}

async fn state_of(line: &Line, patient: PatientId, address: &str) -> ContactState {
    let contacts = line.world.contacts(patient).await;
    contacts.into_iter().find(|contact| contact.address.rest() == address).expect("an address on the card").state
}

async fn connected(world: World, post: &PostOffice) -> Line {
    let (smtp, imap) = (post.smtp.to_string(), post.imap.to_string());
    let fields = [
        ("host", "127.0.0.1"),
        ("port", &smtp),
        ("security", "none"),
        ("from_address", CLINIC),
        ("from_name", "Mosoly"),
        ("bounce_address", CLINIC),
        ("reply_address", CLINIC),
        ("imap_host", "127.0.0.1"),
        ("imap_port", &imap),
        ("imap_security", "none"),
        ("imap_user", CLINIC),
        ("imap_password", "sesame"),
        ("authentication_server", "mx.clinic.test"),
    ];
    let account = (Channel::Email, world.people.mail);
    Line::changed(world, account, Provider::open(|_| None).await, &fields).await
}

#[test]
fn a_visit_is_confirmed_by_mail_a_bounce_turns_the_contact_and_nothing_is_heard_twice() {
    told(async |world| {
        let post = PostOffice::open();
        let (anna, dora) = (world.people.anna, world.people.dora);
        reads_only_mail(&world, anna, ANNA).await;
        reads_only_mail(&world, dora, GONE).await;
        let line = connected(world, &post).await;
        assert!(line.page.leads_to().contains("/settings/channels/"), "{}", line.page.text());
        // what lies in the mailbox already is not the patients' business
        post.takes(ANNA, "From: anna@patients.test\r\nMessage-ID: <old@patients.test>\r\n\r\nold\r\n").await;
        let mut own = None;
        post.shows(CLINIC, &mut own).await;
        looks(&line).await;

        line.world.book(anna, "2026-12-03T10:00").await;
        comes_due(&line, "2026-11-23T09:01").await;
        comes_due(&line, "2026-11-30T10:00").await;
        let mut place = None;
        let booked = post.shows(ANNA, &mut place).await;
        let asked = if field(&booked, "Subject").contains("booked") { post.shows(ANNA, &mut place).await } else { booked };
        let (name, answers_to) = (field(&asked, "Message-ID"), field(&asked, "Reply-To"));
        assert!(answers_to.contains("hello+msg_"), "{answers_to}");

        let answer = format!(
            "From: Anna <anna@patients.test>\r\nTo: {answers_to}\r\nSubject: Re: your visit\r\nMessage-ID: <a1@patients.test>\r\n\
             In-Reply-To: {name}\r\n\r\nYes, I confirm\r\n\r\nOn Mon, 30 Nov 2026, Mosoly <hello@clinic.test> wrote:\r\n> Dear Anna\r\n"
        );
        post.takes(ANNA, &answer).await;
        looks(&line).await;
        assert_snapshot!(line.world.journal().await, @"Thu 03 Dec 10:00 Anna: confirmed by Anna through email");
        // an address over a mail proves nothing: it waits for a person
        let forged = "From: Anna <anna@patients.test>\r\nMessage-ID: <f@evil.test>\r\nSubject: Visit\r\n\r\ncancel the visit\r\n";
        post.takes("anna@patients.test", forged).await;
        looks(&line).await;
        assert_snapshot!(line.world.journal().await, @"Thu 03 Dec 10:00 Anna: confirmed by Anna through email");
        // and where the clinic's own server has found that it was borrowed, no name of ours proves anything either
        let borrowed = format!(
            "Authentication-Results: mx.clinic.test; spf=fail smtp.mailfrom=patients.test; dmarc=fail header.from=patients.test\r\n\
             From: Anna <anna@patients.test>\r\nMessage-ID: <b@evil.test>\r\nIn-Reply-To: {name}\r\nSubject: Re: your visit\r\n\r\n\
             I cancel\r\n"
        );
        post.takes("anna@patients.test", &borrowed).await;
        looks(&line).await;
        assert_snapshot!(line.world.journal().await, @"Thu 03 Dec 10:00 Anna: confirmed by Anna through email");
        let told = heard(&line, anna).await;
        assert!(told.iter().map(|inbound| inbound.said.clone()).eq([
            words("Yes, I confirm"),
            words("Visit\ncancel the visit"),
            words("I cancel")
        ]));
        assert_eq!(told.last().map(|inbound| inbound.sender), Some(SenderCheck::Failed));
        // a server on the way has it and tries again: a note at the message, and nothing else
        let delayed = format!(
            "From: <>\r\nMessage-ID: <d@patients.test>\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=\"d\"\r\n\r\n--d\r\nContent-Type: message/delivery-status\r\n\r\n\
             Reporting-MTA: dns; mx.patients.test\r\n\r\nFinal-Recipient: rfc822; {ANNA}\r\nAction: delayed\r\nStatus: 4.4.1\r\n\r\n\
             --d\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {name}\r\n\r\n--d--\r\n"
        );
        post.takes("postmaster@patients.test", &delayed).await;
        looks(&line).await;
        let thread = format!("/inbox/{}", line.world.conversation(anna).await.id);
        // a week has passed since the owner signed in
        let mut desk = Browser::signed_in(line.world.router(), signed_in(&line.world).await);
        let shown = desk.get(&thread).await.text();
        assert!(shown.contains("late: the receiving server") && shown.contains("Sender not confirmed"), "{shown}");
        assert!(matches!(state_of(&line, anna, ANNA).await, ContactState::Open));

        // delivered a second time, and read again from the beginning: nothing is new
        post.takes(ANNA, &answer).await;
        looks(&line).await;
        let account = line.account;
        let again = move |act: &mut desk::Act<'_, '_>| {
            let place = store::accounts::find(act.tx, account)?.unwrap().cursor.unwrap();
            let first = place.split_once("\"uid\":").map(|(before, rest)| {
                let (_, after) = rest.split_once(',').unwrap();
                format!("{before}\"uid\":1,{after}")
            });
            Ok(store::accounts::set_cursor(act.tx, account, &first.unwrap())?)
        };
        line.world.desk.act(line.world.kata(), clinic::actors::Origin::Desk, again).await.unwrap();
        looks(&line).await;
        assert_eq!(said(&line, anna).await.len(), 3);

        // the server goes and comes back while we wait for mail
        let stop = format!(
            "From: anna@patients.test\r\nMessage-ID: <a2@patients.test>\r\nReferences: {name}\r\nSubject: Re: your visit\r\n\r\nSTOP\r\n"
        );
        let folder = post.folder.clone();
        let meanwhile = async {
            tokio::task::spawn_blocking(move || script(&folder, "imap")).await.unwrap();
            post.takes(ANNA, &stop).await;
        };
        let (waited, ()) = tokio::join!(poll_once(&line.world.desk, &*line.wire, line.account), meanwhile);
        waited.unwrap();
        while said(&line, anna).await.len() < 4 {
            looks(&line).await;
        }
        assert!(matches!(state_of(&line, anna, ANNA).await, ContactState::OptedOut { .. }));

        // what comes back turns the contact, and the message
        line.world.book(dora, "2026-12-04T10:00").await;
        comes_due(&line, "2026-11-30T11:00").await;
        while matches!(state_of(&line, dora, GONE).await, ContactState::Open) {
            looks(&line).await;
        }
        assert!(matches!(state_of(&line, dora, GONE).await, ContactState::Unreachable { .. }));
        let sent = line.world.outbox(dora).await.remove(0);
        line.expect(&sent, "failed").await;
        let trouble = line.world.desk.look(move |tx, _| Ok(store::accounts::find(tx, account)?)).await.unwrap().unwrap().trouble;
        assert_eq!(trouble, None);
    });
}
