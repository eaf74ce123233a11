//! Tables over the files in `fixtures/vk`.

use std::time::Duration;

use clinic::actors::Channel;
use clinic::conversations::Press;

use super::Vk;
use crate::world::{self, MONDAY, button, file, plain, posted, reminder};
use crate::{
    Account, Call, Connector, Event, Fetched, Method, Outgoing, PollTrouble, Polled, Reach, Reading, Sending, Settings, Trouble,
    Unreadable, Unwritable,
};

fn read(body: &[u8]) -> Result<Reading, Unreadable> {
    Vk.read_webhook(&world::settings(&Vk), &posted(&[], "", body))
}

fn news(name: &str) -> Vec<u8> {
    file(Channel::Vk, "arriving", name)
}

#[test]
fn what_a_patient_says_in_vk_is_read() {
    let opened = "opened with \"p_8Zk2mQ7xV\"";
    let table: [(&str, &[&str]); 20] = [
        ("words.json", &["Хочу записаться на чистку"]),
        ("words-in-reply.json", &["да"]),
        ("tap.json", &["[✅ Приду] v:1:yes"]),
        ("tap-without-words.json", &["[] v:1:no"]),
        ("opened-by-link.json", &[opened]),
        ("opened-alone.json", &["opened with \"\""]),
        ("words-by-link.json", &[opened, "Здравствуйте"]),
        ("allowed.json", &["vk:155000777 allows"]),
        ("allowed-by-link.json", &["vk:155000777 allows", opened]),
        ("denied.json", &["vk:155000777 blocks"]),
        ("photo.json", &["Image \"вот снимок\" at https://sun.example.test/w.jpg"]),
        ("two-photos.json", &["Image \"вот снимок\" at https://sun.example.test/w.jpg", "Image \"\" at https://sun.example.test/w2.jpg"]),
        ("document.json", &["Document \"\" at https://vk.example.test/doc2 снимок.pdf"]),
        ("voice.json", &["Voice \"\" at https://psv.example.test/3.ogg"]),
        ("sticker.json", &["Sticker \"\""]),
        ("place.json", &["Place \"53.2, 50.15\""]),
        ("in-a-group.json", &[]),
        ("our-own.json", &[]),
        ("of-no-use.json", &[]),
        ("confirmation.json", &[]),
    ];
    world::expect_news(&Vk, |body| read(body).unwrap(), &table);

    let reading = read(&news("words-in-reply.json")).unwrap();
    assert_eq!(reading.reply.body, "ok");
    let words = &reading.arrivals[0];
    assert_eq!((words.repeat_key.as_str(), words.at), ("b2f0e1d4aa", MONDAY));
    let Event::Message { provider_key, from, reply_to, .. } = &words.event else { panic!("a message") };
    assert_eq!((provider_key.as_str(), from, reply_to.as_deref()), ("9002", &world::anna(Channel::Vk), Some("8990")));

    let tap = &read(&news("tap-without-words.json")).unwrap().arrivals[0];
    let courtesy = Vk.after(&world::settings(&Vk), tap);
    assert_eq!(world::fields(&courtesy[0]), world::leaving(Channel::Vk, "tap-answered.json"));
    assert_eq!(world::url(&courtesy[0]), "https://api.vk.com/method/messages.sendMessageEventAnswer");
}

#[test]
fn the_address_is_confirmed_to_its_owner_only() {
    assert_eq!(read(&news("confirmation.json")).unwrap().reply.body, "1f2e3d4c");
    let body = String::from_utf8(news("words.json")).unwrap();
    let confirmation = String::from_utf8(news("confirmation.json")).unwrap();
    for (from, to, expected) in [
        ("\"secret\": \"wh_6Jp2-Zs9_A\"", "\"secret\": \"\"", Unreadable::Unsigned),
        ("\"secret\": \"wh_6Jp2-Zs9_A\"", "\"secret\": null", Unreadable::Unsigned),
        ("wh_6Jp2-Zs9_A", "wh_6Jp2-Zs9_B", Unreadable::BadSignature),
        ("wh_6Jp2-Zs9_A", "wh_6Jp2-Zs9_AA", Unreadable::BadSignature),
        ("210000001", "210000002", Unreadable::BadSignature),
    ] {
        for body in [&body, &confirmation] {
            assert!(body.contains(from));
            assert_eq!(read(body.replace(from, to).as_bytes()), Err(expected), "{from} {to}");
        }
    }
    let looked_at = Call { method: Method::Get, ..posted(&[], "", body.as_bytes()) };
    assert_eq!(Vk.read_webhook(&world::settings(&Vk), &looked_at), Err(Unreadable::NoWebhook));
    assert_eq!(Vk.read_webhook(&Settings::default(), &posted(&[], "", body.as_bytes())), Err(Unreadable::NoSecret));
    for malformed in [body.replace("9001", "\"9001\""), body.replace("b2f0e1d4a9", ""), "[]".to_owned(), "{}".to_owned()] {
        let refused = read(malformed.as_bytes()).unwrap_err();
        assert!(matches!(refused.status(), 400 | 401), "{refused:?}");
    }
}

#[test]
fn a_message_is_written_as_vk_reads_it_and_known_again_by_our_number() {
    let settings = world::settings(&Vk);
    let number = |message: &Outgoing, part: usize| -> u32 {
        let written = world::fields(&Vk.write(&settings, message).unwrap()[part]);
        written["random_id"].as_str().unwrap().parse().unwrap()
    };
    let message = reminder(Channel::Vk);
    let mut written = world::fields(&Vk.write(&settings, &message).unwrap()[0]);
    written["random_id"] = "@number".into();
    assert_eq!(written, world::leaving(Channel::Vk, "reminder.json"));

    let long = plain(Channel::Vk, &"Слово. ".repeat(900));
    assert_eq!(Vk.write(&settings, &long).unwrap().len(), 2);
    assert_eq!(number(&long, 0), number(&long, 0), "brought again it is the same");
    assert_ne!(number(&long, 0), number(&long, 1), "each part is another");
    let other = Outgoing { id: world::message_id(2), ..long.clone() };
    assert_ne!(number(&long, 0), number(&other, 0), "so is each message");
    assert!((1..=0x7FFF_FFFF).contains(&number(&long, 0)));

    let mut many = plain(Channel::Vk, "Свободно:");
    many.content.buttons = (0..10).map(|hour| button(&format!("{hour}:00"), Press::Answer(format!("s:{hour}")))).collect();
    let keyboard: serde_json::Value =
        serde_json::from_str(world::fields(&Vk.write(&settings, &many).unwrap()[0])["keyboard"].as_str().unwrap()).unwrap();
    assert!(keyboard["buttons"].as_array().unwrap().len() <= 6);
    let nobody = Outgoing { to: "vk:anna".parse().unwrap(), ..plain(Channel::Vk, "x") };
    assert_eq!(Vk.write(&settings, &nobody), Err(Unwritable::WrongAddress));
}

#[test]
fn news_is_fetched_from_where_vk_says_and_goes_on_from_there() {
    let settings = world::settings(&Vk);
    let fetch = |cursor: Option<&str>, name: &str| {
        let answer = world::answer(Channel::Vk, name);
        Vk.read_poll(&settings, &Fetched { cursor, answer: &answer, received_at: MONDAY })
    };
    let first = Vk.poll(&settings, None).unwrap();
    assert_eq!(world::url(&first), "https://api.vk.com/method/groups.getLongPollServer");
    let begun = fetch(None, "200-poll-begins.json").unwrap().cursor.unwrap();
    assert_eq!(begun, "17 a1b2c3d4e5 https://lp.vk.com/whp/210000001");
    let next = Vk.poll(&settings, Some(&begun)).unwrap();
    assert_eq!(world::url(&next), "https://lp.vk.com/whp/210000001?act=a_check&key=a1b2c3d4e5&ts=17&wait=25");

    let Polled { arrivals, unread, cursor } = fetch(Some(&begun), "200-polled.json").unwrap();
    assert_eq!((world::told(&arrivals), unread), (vec!["Хочу записаться на чистку".to_owned()], 1));
    assert_eq!(cursor.as_deref(), Some("19 a1b2c3d4e5 https://lp.vk.com/whp/210000001"));
    // told by both ways, it is the same piece of news
    assert_eq!(arrivals[0].repeat_key, read(&news("words.json")).unwrap().arrivals[0].repeat_key);

    assert_eq!(fetch(Some(&begun), "200-polled-nothing.json").unwrap().cursor, Some(begun.clone()));
    let late = fetch(Some(&begun), "200-polled-too-late.json").unwrap().cursor.unwrap();
    assert!(late.starts_with("18 a1b2"));
    let anew = fetch(Some(&begun), "200-polled-key-is-old.json").unwrap().cursor.unwrap();
    assert_eq!(world::url(&Vk.poll(&settings, Some(&anew)).unwrap()), world::url(&first));
    let broken = PollTrouble::AccountBroken { why: Trouble::Unauthorized };
    assert_eq!(fetch(None, "200-wrong-token.json"), Err(broken));
    // no machine but VK's own is asked
    for cursor in
        ["17 k https://evil.example/wh", "17 k http://lp.vk.com/wh", "17 k https://lp.vk.com/wh?x=1", "17 k&x https://lp.vk.com/wh"]
    {
        assert_eq!(world::url(&Vk.poll(&settings, Some(cursor)).unwrap()), world::url(&first), "{cursor}");
    }
}

#[test]
fn vk_says_who_we_are_and_a_link_opens_the_chat() {
    let known = Vk.read_check(&world::answer(Channel::Vk, "200-who-we-are.json")).unwrap();
    assert_eq!(known, Account { name: "Smile Dental".to_owned(), handle: "smile_dental".to_owned() });
    assert_eq!(Vk.read_check(&world::answer(Channel::Vk, "200-wrong-token.json")), Err(Trouble::Unauthorized));
    let link = Vk.opening_link(&known, "p_8Zk2mQ7xV");
    assert_eq!(link.as_deref(), Some("https://vk.me/smile_dental?ref=p_8Zk2mQ7xV&ref_source=clinic"));
    let settings = world::settings(&Vk);
    assert_eq!(Vk.set_up(&settings, &Reach::Webhook { url: "https://desk.example.test".to_owned() }), [], "typed in at VK");
    assert_eq!(world::fields(&Vk.set_up(&settings, &Reach::Polling)[0])["message_new"], "1");
}

#[test]
fn every_answer_of_vk_has_its_outcome() {
    let refused = |code: &str, why| Sending::Refused { code: code.to_owned(), why };
    let broken = |code: &str, why| Sending::AccountBroken { code: code.to_owned(), why };
    let later = |seconds, why| Sending::Later { after: Duration::from_secs(seconds), why };
    let sent = || Sending::Accepted { ids: vec!["9010".to_owned()] };
    let table = [
        ("200-sent.json", sent()),
        ("200-sent-to-several.json", sent()),
        ("200-denied-among-several.json", Sending::Stopped),
        ("200-unknown.json", later(5, Trouble::Overloaded)),
        ("200-its-own-trouble.json", later(5, Trouble::Overloaded)),
        ("200-too-fast.json", later(1, Trouble::TooFast)),
        ("200-flood.json", later(300, Trouble::TooFast)),
        ("200-captcha.json", later(3_600, Trouble::TooFast)),
        ("200-day-is-full.json", later(3_600, Trouble::TooFast)),
        ("200-wrong-token.json", broken("5", Trouble::Unauthorized)),
        ("200-no-rights.json", broken("15", Trouble::Policy)),
        ("200-bot-is-off.json", broken("912", Trouble::Policy)),
        ("200-gone.json", refused("18", Trouble::NoSuchRecipient)),
        ("200-bad-parameter.json", refused("100", Trouble::Other)),
        ("200-on-our-black-list.json", refused("900", Trouble::Policy)),
        ("200-denied.json", Sending::Stopped),
        ("200-private.json", Sending::Stopped),
        ("200-too-long.json", refused("914", Trouble::TooLong)),
        ("200-half.json", Sending::Uncertain),
        ("502-other-machine.html", Sending::Uncertain),
    ];
    let others = [
        "200-who-we-are.json",
        "200-poll-begins.json",
        "200-polled.json",
        "200-polled-nothing.json",
        "200-polled-too-late.json",
        "200-polled-key-is-old.json",
    ];
    world::expect_outcomes(&Vk, &table, &others);
}
