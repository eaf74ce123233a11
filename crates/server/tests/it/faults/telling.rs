//! What a provider tells an account of messages: in the words and by the line of each house.

use channels::{Answer, CentreAnswer, Fetched, FetchedMail, HeardMessage, MailPlace, MailboxAnswer};
use desk::{Desk, receive};
use kernel::{AccountId, Chance};

use super::houses::House;
use super::messenger::{Messenger, http_name, receipt};
use super::moods::Fate;
use super::phones::Shown;

/// What became of each, as told up to four times and out of order.
pub fn reports(messenger: &Messenger) -> Vec<(Shown, &'static str)> {
    let mut chance = Chance::from_seed(7);
    let mut reports: Vec<(Shown, &str)> = Vec::new();
    for shown in messenger.shown() {
        for _ in 0..chance.below(3) {
            reports.push((shown.clone(), *chance.pick(&["sent", "delivered", "read"])));
        }
        reports.push((shown, "delivered"));
    }
    reports.extend(messenger.returned().into_iter().map(|shown| (shown, "failed")));
    for at in 0..reports.len() {
        let other = (at + chance.below(50)).min(reports.len() - 1);
        reports.swap(at, other);
    }
    reports
}

/// `account` is told so.
pub async fn tell(desk: &Desk, (house, account): (House, AccountId), reports: &[(Shown, &str)]) {
    match house {
        House::Telegram => {}
        House::Whatsapp => {
            for (shown, status) in reports {
                let told = House::report(&shown.named, &http_name(shown), (status, desk.now().as_seconds()));
                told.to(desk, account).await;
            }
        }
        House::Centre => {
            let fate = |status: &str| if status == "failed" { Fate::Returned } else { Fate::Shown };
            let heard = |(shown, status): &(Shown, &str)| HeardMessage { message: receipt(shown, fate(status)), ours: None };
            let messages = reports.iter().map(heard).collect();
            let answer = Answer::Centre(CentreAnswer::Heard { batch: "b1".to_owned(), stored: false, messages });
            fetch(desk, (house, account), &answer).await;
        }
        House::Mail => {
            let mail = |(uid, (shown, status)): (u32, &(Shown, &str))| FetchedMail {
                uid,
                arrived: String::new(),
                octets: returned_mail(uid, shown, status).into_bytes(),
            };
            let mails: Vec<FetchedMail> = (1..).zip(reports).map(mail).collect();
            let place = MailPlace { validity: 1, uid: u32::try_from(mails.len()).expect("few") };
            fetch(desk, (house, account), &Answer::Mailbox(MailboxAnswer::Fetched { place, mails })).await;
        }
    }
}

/// This is what was fetched for the account.
async fn fetch(desk: &Desk, (house, account): (House, AccountId), answer: &Answer) {
    let known = desk.look(move |tx, _| Ok(store::accounts::find(tx, account)?)).await.unwrap().unwrap();
    let settings = desk::settings_of(&known).expect("settings of the trial");
    let connector = channels::connector(house.channel()).expect("built");
    let fetched = Fetched { cursor: None, answer, received_at: desk.now() };
    let polled = connector.read_poll(&settings, &fetched).unwrap_or_else(|_| panic!("reports"));
    assert!(!polled.arrivals.is_empty(), "reports are read");
    receive(desk, account, house.channel(), polled.arrivals).await.unwrap();
}

/// A report as servers write it (RFC 3464).
fn returned_mail(uid: u32, shown: &Shown, status: &str) -> String {
    let (action, code) = match status {
        "failed" => ("failed", "5.7.1"),
        "sent" => ("delayed", "4.4.1"),
        _ => ("delivered", "2.0.0"),
    };
    let named = &shown.named;
    format!(
        "From: MAILER-DAEMON@mail.example\r\nTo: back@mosoly.example\r\nMessage-ID: <report{uid}@mail.example>\r\nSubject: Report\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nIt is so.\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.example\r\nOriginal-Envelope-Id: {named}\r\n\r\n\
         Final-Recipient: rfc822; p{}@patients.example\r\nAction: {action}\r\nStatus: {code}\r\n\r\n--b--\r\n",
        shown.chat
    )
}
