//! Tables over the files in `fixtures/sms`; a file is named by its provider.

use std::time::Duration;

use clinic::actors::Channel;
use clinic::conversations::Attachment;
use kernel::{Chance, Secret};

use super::{Sms, twilio};
use crate::near_misses::bent;
use crate::world::{self, MONDAY, file, message_id, plain, posted, reminder, told};
use crate::{
    Answer, Arrival, Balance, Call, Connector, Event, Fetched, Letter, Method, Polled, Reading, Reply, Sending, SettingWrong, Settings,
    Trouble, Unreadable, Unwritable,
};

const HOOK: &str = "https://desk.example.test/hooks/sms/acc_1";
const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";

/// As a clinic connects each of them.
fn settings(provider: &str) -> Settings {
    let mut typed = world::settings(&Sms).to_store();
    typed.remove("server");
    let own: &[(&str, &str)] = match provider {
        "twilio" => &[("user", ACCOUNT), ("key", "test_auth_token"), ("sender", "+3612345678")],
        "smsc" => &[("user", "clinic7"), ("key", "open sesame"), ("sender", "Ulybka")],
        "seeme" => &[("key", "API-KEY"), ("sender", "MosolyDent")],
        _ => &[("key", "API-KEY"), ("sender", "10004346")],
    };
    for (name, value) in own.iter().chain(&[("provider", provider), ("hook", HOOK)]) {
        typed.insert((*name).to_owned(), (*value).to_owned());
    }
    let settings = Settings::read(Sms.settings(), &typed, None).unwrap();
    assert_eq!(Sms.check_settings(&settings), Ok(()), "{provider}");
    settings
}

fn provider(name: &str) -> &str {
    name.split('-').next().unwrap_or_default()
}

fn read(name: &str) -> Result<Reading, Unreadable> {
    called(&settings(provider(name)), &file(Channel::Sms, "arriving", name), "")
}

/// Proven in the way of the provider.
fn called(settings: &Settings, body: &[u8], query: &str) -> Result<Reading, Unreadable> {
    let asked = if query.is_empty() { HOOK.to_owned() } else { format!("{HOOK}?{query}") };
    let signed = twilio::signature(&settings.secret("key"), &asked, body);
    let headers = [(twilio::SIGNATURE_HEADER, signed.as_bytes())];
    let tail = if settings.text("provider") == "twilio" { "" } else { world::WEBHOOK_SECRET };
    Sms.read_webhook(settings, &Call { query, ..posted(&headers, tail, body) })
}

#[test]
fn what_a_patient_writes_and_what_became_of_a_message_is_read_from_every_provider() {
    let (anna, vera) = ("tel:+36301234567", "tel:+989120000001");
    let (stops, starts, forbids) = (format!("{anna} blocks"), format!("{anna} allows"), format!("{vera} blocks"));
    let photo = "Image \"\" at https://api.twilio.com/2010-04-01/Accounts/AC0/Messages/MM1/Media/ME1 image/jpeg";
    let table: [(&str, &[&str]); 38] = [
        ("twilio-words.txt", &["Mikor van időpontom?"]),
        ("twilio-stop.txt", &["STOP", &stops]),
        ("twilio-start.txt", &["START", &starts]),
        ("twilio-photo.txt", &["Így néz ki", photo]),
        ("twilio-from-a-name.txt", &[]),
        ("twilio-queued.txt", &[]),
        ("twilio-sent.txt", &["SM0123456789abcdef0123456789abcdef: Sent"]),
        ("twilio-delivered.txt", &["SM0123456789abcdef0123456789abcdef: Delivered"]),
        ("twilio-unreachable.txt", &["SM0123456789abcdef0123456789abcdef: Failed { code: \"30003\", why: Unreachable }"]),
        ("twilio-landline.txt", &["SM0123456789abcdef0123456789abcdef: Failed { code: \"30006\", why: NoSuchRecipient }"]),
        ("twilio-spam.txt", &["SM0123456789abcdef0123456789abcdef: Failed { code: \"30007\", why: Policy }"]),
        ("smsc-words.txt", &["Добрый день, когда у меня приём?"]),
        ("smsc-stop.txt", &["СТОП"]),
        ("smsc-waits.txt", &[]),
        ("smsc-passed-on.txt", &["1483920571: Sent"]),
        ("smsc-delivered.txt", &["1483920571: Delivered"]),
        ("smsc-read.txt", &["1483920571: Read"]),
        ("smsc-expired.txt", &["1483920571: Failed { code: \"3\", why: Unreachable }"]),
        ("smsc-wrong-number.txt", &["1483920571: Failed { code: \"22\", why: NoSuchRecipient }"]),
        ("smsc-forbidden.txt", &["1483920571: Failed { code: \"23\", why: Policy }"]),
        ("smsc-no-money.txt", &["1483920571: Failed { code: \"24\", why: NoMoney }"]),
        ("smsc-unavailable.txt", &["1483920571: Failed { code: \"25\", why: Unreachable }"]),
        ("kavenegar-words.txt", &["نوبت من کی است؟"]),
        ("kavenegar-stop.txt", &["لغو"]),
        ("kavenegar-queued.txt", &[]),
        ("kavenegar-passed-on.txt", &["8792399: Sent"]),
        ("kavenegar-delivered.txt", &["8792399: Delivered"]),
        ("kavenegar-undelivered.txt", &["8792399: Failed { code: \"11\", why: Unreachable }"]),
        ("kavenegar-failed.txt", &["8792399: Failed { code: \"6\", why: Overloaded }"]),
        ("kavenegar-advertising-forbidden.txt", &["8792399: Failed { code: \"14\", why: Policy }"]),
        ("kavenegar-cancelled.txt", &["8792399: Failed { code: \"13\", why: Other }"]),
        ("seeme-words.txt", &["Mikor van időpontom?"]),
        ("seeme-passed-on.txt", &["148392000000000001: Sent"]),
        ("seeme-delivered.txt", &["148392000000000001: Delivered"]),
        ("seeme-rejected.txt", &["148392000000000001: Failed { code: \"5\", why: Policy }"]),
        ("seeme-undeliverable.txt", &["148392000000000001: Failed { code: \"7\", why: NoSuchRecipient }"]),
        ("seeme-expired.txt", &["148392000000000001: Failed { code: \"9\", why: Unreachable }"]),
        ("seeme-lost-sight-of.txt", &["148392000000000001: Failed { code: \"10\", why: Other }"]),
    ];
    let mut rows = vec!["seeme-inactive.txt"];
    for (name, expected) in table {
        let reading = read(name).unwrap();
        assert_eq!(told(&reading.arrivals), expected, "{name}");
        // told twice, it has the same names
        let keys = |arrivals: &[Arrival]| arrivals.iter().map(|arrival| arrival.repeat_key.clone()).collect::<Vec<_>>();
        assert_eq!(keys(&reading.arrivals), keys(&read(name).unwrap().arrivals), "{name}");
        rows.push(name);
    }
    assert!(read("seeme-inactive.txt").unwrap().arrivals.is_empty());
    world::expect_a_row_for_each_file(Channel::Sms, "arriving", &rows);

    let from = |name: &str| match read(name).unwrap().arrivals.remove(0).event {
        Event::Message { from, .. } => from.to_string(),
        other => panic!("{other:?}"),
    };
    assert_eq!((from("twilio-words.txt").as_str(), from("seeme-words.txt").as_str()), (anna, anna));
    assert_eq!((from("kavenegar-words.txt").as_str(), from("kavenegar-stop.txt").as_str()), (vera, vera));
    assert_eq!(from("smsc-words.txt"), "tel:+79000000001");
    assert_eq!(forbids, format!("{vera} blocks"));
    assert_eq!(read("twilio-words.txt").unwrap().reply.body, "<Response/>");
    assert_eq!(read("smsc-words.txt").unwrap().reply, Reply::saying("OK"));
}

#[test]
fn a_report_of_twilio_brings_our_own_id_back() {
    let query = format!("m={}", message_id(1));
    let report = called(&settings("twilio"), &file(Channel::Sms, "arriving", "twilio-delivered.txt"), &query).unwrap().arrivals.remove(0);
    let Event::Report { ours, .. } = report.event else { panic!("a report") };
    assert_eq!(ours, Some(message_id(1)));
}

#[test]
fn the_signature_of_twilio_is_the_one_that_it_publishes() {
    let body = b"CallSid=CA1234567890ABCDE&Digits=1234&From=%2B14158675309&To=%2B18005551212&Caller=%2B14158675309";
    let signed = twilio::signature(&Secret::new("12345"), "https://mycompany.com/myapp.php?foo=1&bar=2", body);
    assert_eq!(signed, "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
    // repeats count once, in the order of their values
    assert_eq!(twilio::signed_text("u", b"b=2&a=2&a=1&a=2"), "ua1a2b2");
}

#[test]
fn a_call_that_cannot_prove_itself_is_not_read() {
    let settings = settings("twilio");
    let body = file(Channel::Sms, "arriving", "twilio-words.txt");
    let key = settings.secret("key");
    let with = |shown: &str, body: &[u8]| Sms.read_webhook(&settings, &posted(&[(twilio::SIGNATURE_HEADER, shown.as_bytes())], "", body));
    let good = twilio::signature(&key, HOOK, &body);
    let with_port = twilio::signature(&key, "https://desk.example.test:443/hooks/sms/acc_1", &body);
    assert!(with(&good, &body).is_ok() && with(&with_port, &body).is_ok());
    let elsewhere = twilio::signature(&key, "https://other.example.test/hooks/sms/acc_1", &body);
    let by_another = twilio::signature(&Secret::new("another"), HOOK, &body);
    for (shown, expected) in [
        ("", Unreadable::Unsigned),
        ("wrong", Unreadable::BadSignature),
        (&good.to_uppercase(), Unreadable::BadSignature),
        (&good[1..], Unreadable::BadSignature),
        (&elsewhere, Unreadable::BadSignature),
        (&by_another, Unreadable::BadSignature),
    ] {
        assert_eq!(with(shown, &body), Err(expected), "{shown}");
    }
    // well signed, but of another account
    let foreign = String::from_utf8(body.clone()).unwrap().replace(ACCOUNT, "AC9");
    assert_eq!(with(&twilio::signature(&key, HOOK, foreign.as_bytes()), foreign.as_bytes()), Err(Unreadable::BadSignature));
    let nothing = format!("AccountSid={ACCOUNT}");
    let malformed = with(&twilio::signature(&key, HOOK, nothing.as_bytes()), nothing.as_bytes());
    assert_eq!(malformed, Err(Unreadable::Malformed { at: "MessageSid" }));
    let headers = [(twilio::SIGNATURE_HEADER, good.as_bytes())];
    let looked_at = Call { method: Method::Get, ..posted(&headers, "", &body) };
    assert_eq!(Sms.read_webhook(&settings, &looked_at), Err(Unreadable::NoWebhook));
    assert_eq!(Sms.read_webhook(&Settings::default(), &posted(&headers, "", &body)), Err(Unreadable::NoSecret));
    // without a public address nobody can have signed it
    let unreached = Settings::read(Sms.settings(), &without(&settings, "hook"), None).unwrap();
    assert_eq!(Sms.read_webhook(&unreached, &posted(&headers, "", &body)), Err(Unreadable::BadSignature));
}

fn without(settings: &Settings, name: &str) -> std::collections::BTreeMap<String, String> {
    let mut typed = settings.to_store();
    typed.remove(name);
    typed
}

#[test]
fn the_word_behind_the_address_proves_those_who_sign_nothing() {
    for name in ["smsc-words.txt", "kavenegar-words.txt", "seeme-words.txt"] {
        let (settings, body) = (settings(provider(name)), file(Channel::Sms, "arriving", name));
        let at = |tail: &str| Sms.read_webhook(&settings, &posted(&[], tail, &body));
        assert!(at(world::WEBHOOK_SECRET).is_ok(), "{name}");
        assert_eq!((at(""), at("wh_6Jp2-Zs9_B")), (Err(Unreadable::Unsigned), Err(Unreadable::BadSignature)), "{name}");
        let query = String::from_utf8(body.clone()).unwrap();
        let in_the_address = Call { method: Method::Get, query: &query, ..posted(&[], world::WEBHOOK_SECRET, b"") };
        assert_eq!(Sms.read_webhook(&settings, &in_the_address), at(world::WEBHOOK_SECRET), "{name}");
        for malformed in ["", "mes=hello", "id=1&status=x", "messageid=1", "reference=1"] {
            let read = Sms.read_webhook(&settings, &posted(&[], world::WEBHOOK_SECRET, malformed.as_bytes()));
            assert!(matches!(read, Err(Unreadable::Malformed { .. })), "{name} {malformed}");
        }
    }
}

#[test]
fn of_a_hundred_thousand_near_misses_none_is_heard_from_twilio() {
    let settings = settings("twilio");
    let key = settings.secret("key");
    let body = format!("AccountSid={ACCOUNT}&Body=yes&From=36301234567&MessageSid=SM1");
    let (good, shown) = (body.as_bytes(), twilio::signature(&key, HOOK, body.as_bytes()));
    let heard = |shown: &[u8], body: &[u8]| Sms.read_webhook(&settings, &posted(&[(twilio::SIGNATURE_HEADER, shown)], "", body));
    assert!(heard(shown.as_bytes(), good).is_ok());
    let mut chance = Chance::from_seed(43);
    for number in 0..100_000 {
        let refused = if number % 2 == 0 {
            // another way to write what is signed is not another call
            let near = loop {
                let near = bent(good, &mut chance);
                if twilio::signed_text(HOOK, &near) != twilio::signed_text(HOOK, good) {
                    break near;
                }
            };
            heard(shown.as_bytes(), &near)
        } else {
            heard(&bent(shown.as_bytes(), &mut chance), good)
        };
        assert!(refused.is_err_and(|error| error.status() == 401), "near miss {number}");
    }
}

#[test]
fn a_message_is_written_as_each_provider_reads_it() {
    let message = reminder(Channel::Sms);
    let one = |provider: &str| Sms.write(&settings(provider), &message).unwrap().remove(0);
    for (provider, url) in [
        ("twilio", "https://api.twilio.com/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages.json"),
        ("smsc", "https://smsc.ru/sys/send.php"),
        ("kavenegar", "https://api.kavenegar.com/v1/API-KEY/sms/send.json"),
    ] {
        let letter = one(provider);
        assert_eq!(world::url(&letter), url);
        assert_eq!(world::fields(&letter), world::leaving(Channel::Sms, &format!("{provider}.json")), "{provider}");
    }
    let Letter::Http(twilio) = one("twilio") else { panic!("by HTTP") };
    let (name, proof) = &twilio.headers[0];
    assert_eq!((*name, proof.expose()), ("authorization", "Basic QUMwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjp0ZXN0X2F1dGhfdG9rZW4="));
    let seeme = one("seeme");
    let (gateway, query) = world::url(&seeme).split_once('?').unwrap();
    let said: serde_json::Map<_, _> =
        form_urlencoded::parse(query.as_bytes()).map(|(name, value)| (name.into_owned(), value.into_owned().into())).collect();
    assert_eq!(gateway, "https://seeme.hu/gateway");
    assert_eq!(serde_json::Value::Object(said), world::leaving(Channel::Sms, "seeme.json"));
    world::expect_a_row_for_each_file(Channel::Sms, "leaving", &["twilio.json", "smsc.json", "kavenegar.json", "seeme.json"]);

    let home = crate::Outgoing { to: "tel:+989120000001".parse().unwrap(), ..message.clone() };
    assert_eq!(world::fields(&Sms.write(&settings("kavenegar"), &home).unwrap()[0])["receptor"], "09120000001");
    let by_service = world::with(&Sms, "provider", "twilio");
    let mut typed = by_service.to_store();
    typed.insert("sender".to_owned(), "MG0123456789abcdef0123456789abcdef".to_owned());
    let by_service = Settings::read(Sms.settings(), &typed, None).unwrap();
    let fields = world::fields(&Sms.write(&by_service, &message).unwrap()[0]);
    assert_eq!(
        (fields["MessagingServiceSid"].as_str(), fields["StatusCallback"].is_null()),
        (Some("MG0123456789abcdef0123456789abcdef"), true)
    );
}

#[test]
fn what_cannot_be_a_text_message_is_not_written() {
    let settings = settings("smsc");
    let foreign = crate::Outgoing { to: world::anna(Channel::Telegram), ..plain(Channel::Sms, "x") };
    let mut with_file = plain(Channel::Sms, "x");
    with_file.content.attachments =
        vec![Attachment { name: "x".to_owned(), media_type: "application/pdf".to_owned(), text: "x".to_owned() }];
    for (message, expected) in [
        (plain(Channel::Sms, " \n"), Unwritable::Empty),
        (plain(Channel::Sms, &"я".repeat(67 * 6 + 1)), Unwritable::TooLong),
        (foreign, Unwritable::WrongAddress),
        (with_file, Unwritable::Attachment),
    ] {
        assert_eq!(Sms.write(&settings, &message), Err(expected));
    }
    assert!(Sms.write(&settings, &plain(Channel::Sms, &"я".repeat(67 * 6))).is_ok());
    let mut invited = plain(Channel::Sms, "x");
    invited.content.attachments = vec![Attachment { name: "x".to_owned(), media_type: "text/calendar".to_owned(), text: "x".to_owned() }];
    assert!(Sms.write(&settings, &invited).is_ok());
}

#[test]
fn settings_are_held_against_what_the_provider_needs() {
    let with = |provider: &str, name: &str, value: &str| {
        let mut typed = settings(provider).to_store();
        typed.insert(name.to_owned(), value.to_owned());
        let settings = Settings::read(Sms.settings(), &typed, None).unwrap();
        Sms.check_settings(&settings).map_err(|fault| (fault.field, fault.wrong))
    };
    let wrong = |field: &str, wrong| Err((field.to_owned(), wrong));
    assert_eq!(with("twilio", "user", ""), wrong("user", SettingWrong::Missing));
    assert_eq!(with("twilio", "sender", ""), wrong("sender", SettingWrong::Missing));
    assert_eq!(with("twilio", "user", "AC1/../AC2"), wrong("user", SettingWrong::WrongForm));
    assert_eq!(with("kavenegar", "key", "a/b"), wrong("key", SettingWrong::WrongForm));
    assert_eq!(with("seeme", "sender", "Mosolygó fogak"), wrong("sender", SettingWrong::WrongForm));
    assert_eq!(with("smsc", "user", ""), Ok(()));
    assert_eq!(with("seeme", "sender", "Mosoly fog"), Ok(()));
    assert_eq!(
        world::fields(
            &Sms.write(
                &{
                    let mut typed = settings("smsc").to_store();
                    typed.remove("user");
                    Settings::read(Sms.settings(), &typed, None).unwrap()
                },
                &plain(Channel::Sms, "x")
            )
            .unwrap()[0]
        )["apikey"],
        "open sesame"
    );
}

#[test]
fn every_answer_of_every_provider_has_its_outcome() {
    let accepted = |id: &str| Sending::Accepted { ids: vec![id.to_owned()] };
    let refused = |code: &str, why| Sending::Refused { code: code.to_owned(), why };
    let broken = |code: &str, why| Sending::AccountBroken { code: code.to_owned(), why };
    let later = |seconds, why| Sending::Later { after: Duration::from_secs(seconds), why };
    let table = [
        ("201-twilio-sent.json", accepted("SM0123456789abcdef0123456789abcdef")),
        ("400-twilio-stopped.json", Sending::Stopped),
        ("400-twilio-no-such-number.json", refused("21211", Trouble::NoSuchRecipient)),
        ("400-twilio-sender-not-ours.json", broken("21606", Trouble::Policy)),
        ("401-twilio-wrong-password.json", broken("20003", Trouble::Unauthorized)),
        ("404-twilio-no-such-account.json", broken("20404", Trouble::WrongServer)),
        ("429-twilio-too-fast.json", later(5, Trouble::TooFast)),
        ("400-twilio-queue-is-full.json", later(60, Trouble::Overloaded)),
        ("400-twilio-too-long.json", refused("21617", Trouble::TooLong)),
        ("400-twilio-country-not-allowed.json", refused("21408", Trouble::Policy)),
        ("400-twilio-newer-than-this-program.json", refused("29999", Trouble::Other)),
        ("500-twilio-its-own-trouble.json", Sending::Uncertain),
        ("200-smsc-sent.json", accepted("1483920571")),
        ("200-smsc-parameters.json", refused("1", Trouble::Other)),
        ("200-smsc-wrong-password.json", broken("2", Trouble::Unauthorized)),
        ("200-smsc-no-money.json", broken("3", Trouble::NoMoney)),
        ("200-smsc-kept-out.json", later(600, Trouble::TooFast)),
        ("200-smsc-forbidden-words.json", refused("6", Trouble::Policy)),
        ("200-smsc-no-such-number.json", refused("7", Trouble::NoSuchRecipient)),
        ("200-smsc-cannot-be-reached.json", refused("8", Trouble::NoSuchRecipient)),
        ("200-smsc-same-again.json", later(61, Trouble::TooFast)),
        ("200-kavenegar-sent.json", accepted("8792399")),
        ("200-kavenegar-blocked.json", Sending::Stopped),
        ("403-kavenegar-wrong-key.json", broken("403", Trouble::Unauthorized)),
        ("409-kavenegar-busy.json", later(30, Trouble::Overloaded)),
        ("411-kavenegar-no-such-number.json", refused("411", Trouble::NoSuchRecipient)),
        ("412-kavenegar-line-not-ours.json", broken("412", Trouble::Policy)),
        ("413-kavenegar-too-long.json", refused("413", Trouble::TooLong)),
        ("418-kavenegar-no-money.json", broken("418", Trouble::NoMoney)),
        ("420-kavenegar-link-not-allowed.json", refused("420", Trouble::Policy)),
        ("400-kavenegar-again-too-soon.json", later(60, Trouble::TooFast)),
        ("402-kavenegar-not-done.json", refused("402", Trouble::Other)),
        // its name is in the letter, and this one is of another provider
        ("200-seeme-sent.json", Sending::Accepted { ids: Vec::new() }),
        ("200-seeme-no-such-number.json", refused("3", Trouble::NoSuchRecipient)),
        ("200-seeme-wrong-key.json", broken("4", Trouble::Unauthorized)),
        ("200-seeme-too-long.json", refused("6", Trouble::TooLong)),
        ("200-seeme-no-money.json", broken("7", Trouble::NoMoney)),
        ("200-seeme-gateway-is-down.json", later(60, Trouble::Overloaded)),
        ("200-seeme-sender-not-ours.json", broken("9", Trouble::Policy)),
        ("200-seeme-characters.json", refused("12", Trouble::Other)),
        ("200-seeme-machine-not-known.json", broken("13", Trouble::Unauthorized)),
        ("200-seeme-callback-not-reached.json", broken("17", Trouble::WebhookRefused)),
        ("200-half.json", Sending::Uncertain),
        ("502-other-machine.html", Sending::Uncertain),
    ];
    let questions = [
        "200-twilio-who-we-are.json",
        "200-twilio-balance.json",
        "200-twilio-fetched.json",
        "200-smsc-balance.json",
        "200-smsc-fetched-answers.json",
        "200-smsc-fetched-sent.json",
        "200-kavenegar-who-we-are.json",
        "200-kavenegar-fetched-heard.json",
        "200-kavenegar-fetched-sent.json",
        "200-seeme-balance.json",
    ];
    world::expect_outcomes(&Sms, &table, &questions);
    let letter = Sms.write(&settings("seeme"), &reminder(Channel::Sms)).unwrap().remove(0);
    let Sending::Accepted { ids } = Sms.read_answer(&letter, &world::answer(Channel::Sms, "200-seeme-sent.json")) else {
        panic!("accepted")
    };
    assert!(world::url(&letter).contains(&format!("reference={}", ids[0])) && ids[0].len() > 10);
    let slower = Answer::Http {
        status: 429,
        headers: vec![("Retry-After".to_owned(), "17".to_owned())],
        body: file(Channel::Sms, "answers", "429-twilio-too-fast.json"),
    };
    assert_eq!(Sms.read_answer(&letter, &slower), later(17, Trouble::TooFast));
}

#[test]
fn the_check_proves_the_key_and_tells_what_is_left() {
    let answer = |name: &str| world::answer(Channel::Sms, name);
    for (provider, name, amount, currency) in [
        ("twilio", "200-twilio-balance.json", "12.34", "USD"),
        ("smsc", "200-smsc-balance.json", "1540.80", "RUR"),
        ("kavenegar", "200-kavenegar-who-we-are.json", "1500000", "IRR"),
        ("seeme", "200-seeme-balance.json", "4200", "HUF"),
    ] {
        let left = Balance { amount: amount.to_owned(), currency: currency.to_owned() };
        assert!(Sms.balance(&settings(provider)).is_some());
        assert_eq!(Sms.read_balance(&answer(name)), Some(left), "{provider}");
        assert!(Sms.read_check(&answer(name)).is_ok(), "{provider}");
    }
    assert_eq!(Sms.read_check(&answer("200-twilio-who-we-are.json")).unwrap().name, "Smile Dental");
    for (name, trouble) in [
        ("401-twilio-wrong-password.json", Trouble::Unauthorized),
        ("200-smsc-wrong-password.json", Trouble::Unauthorized),
        ("403-kavenegar-wrong-key.json", Trouble::Unauthorized),
        ("200-seeme-machine-not-known.json", Trouble::Unauthorized),
        ("200-half.json", Trouble::StrangeAnswer),
    ] {
        assert_eq!((Sms.read_check(&answer(name)), Sms.read_balance(&answer(name))), (Err(trouble), None), "{name}");
    }
}

#[test]
fn without_a_public_address_everything_is_fetched_in_turn() {
    let fetch = |provider: &str, cursor: Option<&str>, name: &str| {
        let answer = world::answer(Channel::Sms, name);
        Sms.read_poll(&settings(provider), &Fetched { cursor, answer: &answer, received_at: MONDAY })
    };
    let Polled { arrivals, unread, .. } = fetch("twilio", None, "200-twilio-fetched.json").unwrap();
    let delivered = "SM0123456789abcdef0123456789abcdef: Delivered";
    let failed = "SM0123456789abcdef0123456789abcdee: Failed { code: \"30003\", why: Unreachable }";
    assert_eq!((told(&arrivals), unread), (vec!["Mikor van időpontom?".to_owned(), failed.to_owned(), delivered.to_owned()], 1));
    // the same names as in the calls, so that who changes from one to the other hears nothing twice
    assert_eq!(arrivals[0].repeat_key, read("twilio-words.txt").unwrap().arrivals[0].repeat_key);

    let turns = [
        ("smsc", None, "200-smsc-fetched-answers.json", &["Когда у меня приём?", "СТОП"][..], "sent 7782", 1),
        ("smsc", Some("sent 7782"), "200-smsc-fetched-sent.json", &["1483920571: Delivered"][..], "answers 7782", 0),
        ("kavenegar", None, "200-kavenegar-fetched-heard.json", &["نوبت من کی است؟"][..], "sent", 1),
    ];
    for (provider, cursor, name, expected, next, strange) in turns {
        let Polled { arrivals, unread, cursor } = fetch(provider, cursor, name).unwrap();
        assert_eq!(
            (told(&arrivals), cursor.as_deref(), unread),
            (expected.iter().map(|&told| told.to_owned()).collect(), Some(next), strange)
        );
    }
    let sent = fetch("kavenegar", Some("sent"), "200-kavenegar-fetched-sent.json").unwrap();
    assert_eq!((told(&sent.arrivals).len(), sent.cursor.as_deref()), (3, Some("heard")));
    assert!(told(&sent.arrivals)[2].ends_with("blocks"));

    let asked = |provider: &str, cursor: Option<&str>| world::fields(&Sms.poll(&settings(provider), cursor).unwrap());
    assert_eq!((&asked("smsc", None)["get_answers"], &asked("smsc", Some("answers 9"))["after_id"]), (&"1".into(), &"9".into()));
    assert_eq!(asked("smsc", Some("sent 9"))["get_messages"], "1");
    assert_eq!(asked("kavenegar", None)["linenumber"], "10004346");
    assert!(Sms.poll(&settings("seeme"), None).is_none() && !Sms.rests(&settings("smsc")).is_zero());
    for (provider, name) in [("smsc", "200-smsc-wrong-password.json"), ("kavenegar", "403-kavenegar-wrong-key.json")] {
        assert_eq!(fetch(provider, None, name), Err(crate::PollTrouble::AccountBroken { why: Trouble::Unauthorized }));
    }
}
