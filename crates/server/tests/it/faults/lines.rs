//! The same worst day at the other houses: WhatsApp, an SMS centre, a mail server. Each fails in every way of its own, is asked
//! afterwards what became of what, and in the end nothing is lost, nothing was said twice, and every doubt is seen.
//!
//! More of it: `CAREDESK_TRIAL_KILLS=1000 CAREDESK_TRIAL_MESSAGES=10000`, as docs/trust.md says.

use std::collections::HashSet;
use std::time::Duration;

use channels::{Answer, Fetched, FetchedMail, MailPlace, MailboxAnswer};
use desk::{Desk, receive};
use kernel::{Chance, Clock};
use store::Engine;
use store::sown::Point;

use super::crowd::Crowd;
use super::houses::House;
use super::killed::{LONGEST_LIFE, often};
use super::messenger::{Messenger, http_name};
use super::moods::{Mood, Weather};
use super::news::News;
use super::office::{Office, on_both};
use super::phones::Shown;
use super::program::Program;
use super::scene::{HURRY, Scene, measure};
use super::verdicts::{Kept, Standing, Verdict};

/// Decided on at once.
const MESSAGES: usize = 40;

fn every_mood(house: House) {
    on_both(async |store| {
        let weather = Weather { seed: 3, troubled: if house == House::Centre { 40 } else { 70 }, moods: house.moods(), turned_away: 3 };
        let mut office = Office::at(house, store, (weather, 40)).await;
        let unmet =
            |office: &Office| -> Vec<Mood> { house.moods().iter().copied().filter(|mood| office.messenger.met(*mood) == 0).collect() };
        for _ in 0..6 {
            office.decide(MESSAGES).await;
            office.settle().await;
            if unmet(&office).is_empty() {
                break;
            }
        }
        assert!(unmet(&office).is_empty(), "moods that were not tried: {:?}", unmet(&office));
        if house == House::Centre {
            receipts_come(&office).await;
        }
        tell_afterwards((&office.crowd, &office.desk), &reports(&office.messenger)).await;
        let judgement = office.judge().await;
        judgement.expect_kept_promises();
        let doubtful = judgement.count(Verdict::Doubtful);
        let kept = office.crowd.kept(&office.desk).await;
        assert!((3..kept.len() * 3 / 4).contains(&doubtful), "{doubtful} of {} in doubt", kept.len());
        expect_doubt_ended(house, &kept, &office.messenger.shown());
    });
}

/// Where reports bring our own name back, only what nobody has is still in doubt.
fn expect_doubt_ended(house: House, kept: &[Kept], shown: &[Shown]) {
    let on_phones: HashSet<&str> = shown.iter().map(|shown| shown.text.as_str()).collect();
    let open = kept.iter().filter(|kept| matches!(kept.standing, Standing::Doubt(_)) && on_phones.contains(kept.text.as_str())).count();
    match house {
        House::Whatsapp | House::Mail => assert_eq!(open, 0, "reported, and still in doubt"),
        // a receipt names a message by a number that never came
        House::Telegram | House::Centre => assert!(open > 0),
    }
}

/// What became of each, as told up to four times and out of order.
fn reports(messenger: &Messenger) -> Vec<(Shown, &'static str)> {
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

async fn tell_afterwards((crowd, desk): (&Crowd, &Desk), reports: &[(Shown, &str)]) {
    match crowd.house {
        House::Telegram | House::Centre => {}
        House::Whatsapp => {
            for (shown, status) in reports {
                let told = House::report(&shown.named, &http_name(shown), (status, desk.now().as_seconds()));
                crowd.tells(desk, &told).await;
            }
        }
        House::Mail => mails_come_back((crowd, desk), reports).await,
    }
}

/// Over the line, until the centre has nothing more to say.
async fn receipts_come(office: &Office) {
    office.messenger.is_late_no_more();
    for _ in 0..200 {
        if office.messenger.has_to_say() == 0 {
            return;
        }
        office.turn().await;
    }
    panic!("the centre is never done");
}

/// Into the mailbox of the clinic, where they are fetched.
async fn mails_come_back((crowd, desk): (&Crowd, &Desk), reports: &[(Shown, &str)]) {
    let account = crowd.account;
    let account = desk.look(move |tx, _| Ok(store::accounts::find(tx, account)?)).await.unwrap().unwrap();
    let settings = desk::settings_of(&account).expect("settings of the trial");
    let mails: Vec<FetchedMail> = (1..)
        .zip(reports)
        .map(|(uid, (shown, status))| FetchedMail { uid, arrived: String::new(), octets: returned_mail(uid, shown, status).into_bytes() })
        .collect();
    let place = MailPlace { validity: 1, uid: u32::try_from(mails.len()).expect("few") };
    let answer = Answer::Mailbox(MailboxAnswer::Fetched { place, mails });
    let fetched = Fetched { cursor: None, answer: &answer, received_at: desk.now() };
    let connector = channels::connector(account.channel).expect("built");
    let polled = connector.read_poll(&settings, &fetched).unwrap_or_else(|_| panic!("a mailbox"));
    assert!(polled.arrivals.len() >= reports.len() / 2, "reports are read");
    receive(desk, account.id, account.channel, polled.arrivals).await.unwrap();
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

#[test]
fn whatever_whatsapp_does_nothing_is_lost_or_said_twice_and_reports_end_the_doubt() {
    every_mood(House::Whatsapp);
}

#[test]
fn whatever_an_sms_centre_does_nothing_is_lost_or_said_twice_and_every_doubt_is_seen() {
    every_mood(House::Centre);
}

#[test]
fn whatever_a_mail_server_does_nothing_is_lost_or_said_twice_and_reports_end_the_doubt() {
    every_mood(House::Mail);
}

/// Killed at random and at named points; each life has its messages, and the last one brings the rest to its end.
fn killed(house: House, engine: Engine) {
    let few = match (engine, house) {
        (Engine::Sqlite, House::Telegram | House::Whatsapp | House::Mail) => (9, 108),
        (Engine::Sqlite, House::Centre) => (5, 60),
        (Engine::Postgres, _) => (3, 36),
    };
    // a line listens for so long at once that in more haste its node's lease would be over
    let hurry = if house == House::Centre { 3 } else { HURRY / if engine == Engine::Sqlite { 1 } else { 2 } };
    let (kills, messages) = (measure("CAREDESK_TRIAL_KILLS", few.0), measure("CAREDESK_TRIAL_MESSAGES", few.1));
    // a mail server that says later means minutes, and a line that was dropped is not run after at once
    let (moods, turned_away): (&[Mood], usize) = match house {
        House::Mail => (&[Mood::TakesInSilence, Mood::Refuses, Mood::ResetsRead, Mood::Drips], 1),
        House::Centre => (&[Mood::TakesInSilence, Mood::Refuses, Mood::TakesInEmptiness, Mood::Drips], 0),
        House::Telegram | House::Whatsapp => (&[Mood::TakesInSilence, Mood::Fails, Mood::ResetsRead, Mood::Drips], 1),
    };
    let weather = Weather { seed: 13, troubled: 5, moods, turned_away };
    let patients = u32::try_from((messages / 2).clamp(20, 200)).expect("few");
    let mut scene = Scene::at((house, engine), weather, patients, hurry);
    let mut chance = Chance::from_seed(14);
    let news = (house == House::Whatsapp).then(|| News::begin(&scene.crowd, kills * 3, scene.clock.now()));
    if house == House::Centre {
        for member in &scene.crowd.members {
            scene.messenger.thanks(member.chat);
        }
    }
    let points = [Point::BeforeIntent, Point::AfterIntent, Point::AfterWire, Point::AmidOutcomes];
    let mut at_points = 0;
    for kill in 0..kills {
        scene.decide(messages / kills);
        let point = (kill % 3 > 0).then(|| points[kill % points.len()]);
        // an account that is fetched for keeps to its node until its lease is over
        let start = scene.program().named("first");
        let start = point.map_or_else(
            || start.clone(),
            |point| start.clone().dying_at(point, u32::try_from(1 + chance.below(often(point))).expect("small")),
        );
        let mut program = start.start();
        if let Some(news) = &news {
            news.to(program.address.clone());
        }
        if point.is_some() {
            at_points += usize::from(program.outlive(LONGEST_LIFE));
        } else {
            std::thread::sleep(Duration::from_millis(u64::try_from(chance.below(120)).expect("small")));
            program.kill();
        }
        if let Some(news) = &news {
            news.to(None);
        }
    }
    // the last one lives in peace
    scene.decide(messages / 4);
    let last = scene.program().named("first").start();
    scene.come_to_rest();
    brought_to_an_end(&scene, news.as_ref(), &last);
    drop(last);
    let (reports, shown) = (reports(&scene.messenger), scene.messenger.shown());
    let kept = scene.with_desk(async |crowd, desk| {
        tell_afterwards((crowd, desk), &reports).await;
        crowd.kept(desk).await
    });
    let judgement = scene.judge();
    judgement.expect_kept_promises();
    if matches!(house, House::Whatsapp | House::Mail) {
        expect_doubt_ended(house, &kept, &shown);
    }
    if let Some(news) = &news {
        scene.with_desk(async |crowd, desk| news.expect_kept(desk, crowd).await);
    }
    if house == House::Centre {
        expect_heard_once(&mut scene);
    }
    let doubtful = judgement.count(Verdict::Doubtful);
    println!("{house:?}: {kills} kills, {at_points} of them at a point; {messages} messages, {doubtful} in doubt, {} shown", shown.len());
    assert!(shown.len() > messages / 5, "{} of {messages} were shown", shown.len());
    assert!(at_points > kills / 4, "only {at_points} of {kills} died at their point");
}

/// What providers still have to say is said.
fn brought_to_an_end(scene: &Scene, news: Option<&News>, last: &Program) {
    if let Some(news) = news {
        news.to(last.address.clone());
    }
    scene.messenger.is_late_no_more();
    for _ in 0..1_200 {
        if news.map_or(0, News::waiting) == 0 && scene.messenger.has_to_say() == 0 {
            return;
        }
        std::thread::sleep(Duration::from_millis(25));
    }
    panic!("{} pieces of news wait, and {} at the centre", news.map_or(0, News::waiting), scene.messenger.has_to_say());
}

/// What a patient wrote stands in the books, once, whatever was said again and whenever the program died.
fn expect_heard_once(scene: &mut Scene) {
    assert!(scene.messenger.kept().into_iter().all(|kept| kept > 0), "everything was kept in the end");
    let many = scene.with_desk(async |crowd, desk| {
        let threads: Vec<_> = crowd.members.iter().map(|member| member.conversation).collect();
        let count = desk.look(move |tx, _| {
            let mut many = Vec::new();
            for thread in threads {
                many.push(store::conversations::inbound_of(tx, thread, store::conversations::NEWEST, 10)?.len());
            }
            Ok(many)
        });
        count.await.unwrap()
    });
    let (lost, twice) = (many.iter().filter(|many| **many == 0).count(), many.iter().filter(|many| **many > 1).count());
    assert_eq!((lost, twice), (0, 0), "of {} patients: lost, and heard twice", many.len());
}

#[test]
fn words_that_a_centre_says_again_after_a_kill_are_heard_once() {
    // the next program begins in another minute: by the minute two equal texts of one patient are told apart
    let mut scene = Scene::at((House::Centre, Engine::Sqlite), Weather::FAIR, 4, 60);
    for member in &scene.crowd.members {
        scene.messenger.thanks(member.chat);
    }
    assert!(scene.program().dying_at(Point::BeforeArrival, 3).start().outlive(LONGEST_LIFE), "it dies in the middle of what it hears");
    scene.clock.wait(Duration::from_secs(61));
    let last = scene.program().start();
    brought_to_an_end(&scene, None, &last);
    drop(last);
    expect_heard_once(&mut scene);
}

#[test]
fn killed_over_whatsapp_nothing_is_lost_and_nothing_is_said_twice_on_sqlite() {
    killed(House::Whatsapp, Engine::Sqlite);
}

#[test]
fn killed_over_whatsapp_nothing_is_lost_and_nothing_is_said_twice_on_postgres() {
    killed(House::Whatsapp, Engine::Postgres);
}

#[test]
fn killed_over_an_sms_centre_nothing_is_lost_and_nothing_is_said_twice_on_sqlite() {
    killed(House::Centre, Engine::Sqlite);
}

#[test]
fn killed_over_an_sms_centre_nothing_is_lost_and_nothing_is_said_twice_on_postgres() {
    killed(House::Centre, Engine::Postgres);
}

#[test]
fn killed_over_mail_nothing_is_lost_and_nothing_is_said_twice_on_sqlite() {
    killed(House::Mail, Engine::Sqlite);
}

#[test]
fn killed_over_mail_nothing_is_lost_and_nothing_is_said_twice_on_postgres() {
    killed(House::Mail, Engine::Postgres);
}
