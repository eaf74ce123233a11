//! Text messages through four providers: each connected, written to, answered, and told what became of the answer.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clinic::actors::Channel;
use serde_json::{Value, json};

use super::files::{self, CHEEK};
use super::provider::{Provider, Seen, Stored};
use super::twilio_library::signature;
use super::{ANSWER, Line, words};
use crate::world::told;

const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";
const TOKEN: &str = "a-token-of-twilio";
const ZOLTAN: &str = "tel:+36309876543";

fn twilio(seen: &Seen) -> Option<Value> {
    assert_eq!(seen.headers["authorization"], format!("Basic {}", STANDARD.encode(format!("{ACCOUNT}:{TOKEN}"))));
    match seen.path.strip_prefix(&format!("/2010-04-01/Accounts/{ACCOUNT}"))? {
        ".json" => Some(json!({ "sid": ACCOUNT, "friendly_name": "Mosoly" })),
        "/Balance.json" => Some(json!({ "balance": "12.34", "currency": "USD" })),
        "/Messages.json" => Some(json!({ "sid": "SM0017", "status": "queued", "error_code": null })),
        _ => None,
    }
}

pub fn form(fields: &[(&str, &str)]) -> String {
    let plain = |text: &str| text.bytes().fold(String::new(), |out, byte| format!("{out}%{byte:02X}"));
    fields.iter().map(|(name, value)| format!("{name}={}", plain(value))).collect::<Vec<_>>().join("&")
}

async fn twilio_tells(line: &Line, fields: &[(&str, &str)], query: &str) -> u16 {
    let signed = signature(TOKEN, &format!("https://desk.mosoly.example{}{query}", line.hook()), fields);
    line.called_at(&format!("{}{query}", line.hook()), &[("x-twilio-signature", signed)], &form(fields)).await.status.as_u16()
}

fn said<'a>(sid: &'a str, text: &'a str) -> [(&'a str, &'a str); 6] {
    let (from, to) = ("+36309876543", "+3612345678");
    [("AccountSid", ACCOUNT), ("Body", text), ("From", from), ("MessageSid", sid), ("NumMedia", "0"), ("To", to)]
}

fn report<'a>(sid: &'a str, status: &'a str) -> [(&'a str, &'a str); 5] {
    [("AccountSid", ACCOUNT), ("ErrorCode", "30003"), ("MessageSid", sid), ("MessageStatus", status), ("To", "+36309876543")]
}

#[test]
fn a_picture_comes_by_text_message_and_goes_back_as_a_link_that_ends() {
    told(async |world| {
        let fields = [("provider", "twilio"), ("user", ACCOUNT), ("key", TOKEN), ("sender", "+3612345678")];
        let mut line = Line::connected(world, Channel::Sms, Provider::open(twilio).await, &fields).await;
        let place = format!("/2010-04-01/Accounts/{ACCOUNT}/Messages/MM1/Media/ME1");
        let url = line.provider.stores(&place, Stored::Leads("/media/ME1".to_owned()));
        line.provider.stores("/media/ME1", Stored::File(CHEEK.to_vec()));
        let came = [said("MM1", "").as_slice(), &[("MediaContentType0", "image/jpeg"), ("MediaUrl0", &url)]].concat();
        let came: Vec<_> = came.into_iter().map(|(name, value)| (name, if name == "NumMedia" { "1" } else { value })).collect();
        assert_eq!((twilio_tells(&line, &came, "").await, files::fetched(&line).await), (200, 1));
        assert!(line.provider.last(&place).headers.contains_key("authorization"));
        assert!(!line.provider.last("/media/ME1").headers.contains_key("authorization"), "who we are is not shown where an answer leads");

        let thread = line.thread(ZOLTAN).await.id;
        assert_eq!(files::replies(&mut line, thread, ("Nézze meg!", "lelet.jpg", CHEEK)).await.status.as_u16(), 303);
        line.goes().await;
        let words = line.provider.last("/Messages.json").field("Body");
        let leads = words.strip_prefix("Nézze meg!\nlelet.jpg: https://desk.mosoly.example").unwrap_or_else(|| panic!("{words}"));
        assert!(leads.starts_with("/files/") && leads.len() >= 7 + 32, "nobody guesses it");
        let mut patient = files::nobody(&line);
        let page = patient.listen(leads).await;
        assert_eq!((page.status().as_u16(), page.headers()["content-type"].to_str().unwrap()), (200, "image/jpeg"));
        assert!(!files::bytes(page).await.windows(4).any(|four| four == b"Exif"));
        let other = format!("{}x", &leads[..leads.len() - 1]);
        assert_eq!(patient.listen(&other).await.status().as_u16(), 404);
        line.world.pass(std::time::Duration::from_hours(7 * 24));
        assert_eq!(patient.listen(leads).await.status().as_u16(), 404, "for a week");
    });
}

#[test]
fn text_messages_of_twilio_go_both_ways_and_a_stop_ends_them() {
    told(async |world| {
        let fields = [("provider", "twilio"), ("user", ACCOUNT), ("key", TOKEN), ("sender", "+3612345678")];
        let mut line = Line::connected(world, Channel::Sms, Provider::open(twilio).await, &fields).await;
        assert!(line.page.texts("#balance").join("").contains("12.34 USD"), "{}", line.page.text());
        assert!(line.tries("06 30 987 6543").await.contains("was sent"));
        let trial = line.provider.last("/Messages.json");
        assert_eq!((trial.field("To").as_str(), trial.field("From").as_str()), ("+36309876543", "+3612345678"));

        // told twice, it is heard once
        for _ in 0..2 {
            assert_eq!(twilio_tells(&line, &said("SM1", "Van időpont péntekre? a+b & 100 % 🙂"), "").await, 200);
        }
        assert!(line.heard(ZOLTAN).await == [words("Van időpont péntekre? a+b & 100 % 🙂")]);
        let message = line.answers(ZOLTAN).await;
        let sent = line.provider.last("/Messages.json");
        assert_eq!(sent.field("Body"), ANSWER);
        let reports_to = sent.field("StatusCallback");
        let query = reports_to.strip_prefix(&format!("https://desk.mosoly.example{}", line.hook())).unwrap().to_owned();
        line.expect(&message, "sent").await;
        for status in ["delivered", "sent", "undelivered"] {
            assert_eq!(twilio_tells(&line, &report("SM0017", status), &query).await, 200);
        }
        line.expect(&message, "delivered").await;

        // nobody knows whether it went, until its report names it
        line.provider.answers_once(500, r#"{"code":20500,"message":"Internal","status":500}"#);
        let doubted = line.answers(ZOLTAN).await;
        line.expect(&doubted, "in doubt").await;
        assert_eq!(twilio_tells(&line, &report("SM0018", "delivered"), &format!("?m={}", doubted.id)).await, 200);
        line.expect(&doubted, "delivered").await;

        line.provider.answers_once(429, r#"{"code":20429,"message":"Too Many Requests","status":429}"#);
        let later = line.answers(ZOLTAN).await;
        line.world.pass(std::time::Duration::from_mins(1));
        line.goes().await;
        line.expect(&later, "sent").await;
        line.provider.answers_once(400, r#"{"code":21211,"message":"Invalid 'To'","status":400}"#);
        line.expect(&line.answers(ZOLTAN).await, "failed").await;

        let forged = line
            .called(&[("x-twilio-signature", signature(TOKEN, "https://elsewhere", &said("SM2", "x")))], &form(&said("SM2", "x")))
            .await;
        assert_eq!((forged.status.as_u16(), line.heard(ZOLTAN).await.len()), (401, 1));

        line.provider.answers_once(400, r#"{"code":21610,"message":"unsubscribed","status":400}"#);
        line.expect(&line.answers(ZOLTAN).await, "failed").await;
    });
}

fn others(seen: &Seen) -> Option<Value> {
    let seeme = seen.path == "/gateway";
    match seen.path.as_str() {
        "/sys/balance.php" => Some(json!({ "balance": "1540.80", "currency": "RUB" })),
        "/sys/send.php" => Some(json!({ "id": seen.field("id").parse::<u64>().ok()?, "cnt": 1, "cost": "3.20", "balance": "1537.60" })),
        "/v1/key-of-the-clinic/account/info.json" => {
            Some(json!({ "return": { "status": 200, "message": "" }, "entries": { "remaincredit": 1_500_000 } }))
        }
        "/v1/key-of-the-clinic/sms/send.json" => {
            Some(json!({ "return": { "status": 200, "message": "" }, "entries": [{ "messageid": 8_792_399, "status": 1, "cost": 120 }] }))
        }
        _ if seeme && seen.query.contains("method=balance") => {
            Some(json!({ "result": "OK", "code": 0, "balance": "4200", "currency": "HUF" }))
        }
        _ if seeme => Some(json!({ "result": "OK", "code": 0, "message": "submitted", "price": 18 })),
        _ => None,
    }
}

/// What differs between the providers who sign nothing.
struct Unsigned {
    provider: &'static str,
    balance: &'static str,
    /// Where our name for a message stands in the letter, and what a call must say to report on it.
    sends_to: &'static str,
    says: fn(&str) -> String,
    delivered: fn(&str) -> String,
    no_such_number: &'static str,
}

const UNSIGNED: [Unsigned; 3] = [
    Unsigned {
        provider: "smsc",
        balance: "1540.80 RUB",
        sends_to: "/sys/send.php",
        says: |text| format!("sms_id=71&phone=36309876543&mes={text}&to=79000000000"),
        delivered: |id| format!("id={id}&phone=36309876543&status=1"),
        no_such_number: r#"{"error":"invalid number","error_code":7}"#,
    },
    Unsigned {
        provider: "kavenegar",
        balance: "1500000 IRR",
        sends_to: "/sms/send.json",
        says: |text| format!("messageid=71&from=0036309876543&to=10004346&message={text}"),
        delivered: |id| format!("messageid={id}&status=10"),
        no_such_number: r#"{"return":{"status":411,"message":"x"},"entries":null}"#,
    },
    Unsigned {
        provider: "seeme",
        balance: "4200 HUF",
        sends_to: "/gateway",
        says: |text| format!("number=36309876543&destination=36701234567&timestamp=20261123101602&message={text}"),
        delivered: |id| format!("reference={id}&number=36309876543&status=6&timestamp=20261123101702"),
        no_such_number: r#"{"result":"ERR","code":3,"message":"Number not international"}"#,
    },
];

#[test]
fn text_messages_of_smsc_kavenegar_and_seeme_go_both_ways() {
    for Unsigned { provider, balance, sends_to, says, delivered, no_such_number } in UNSIGNED {
        told(async move |world| {
            let fields = [("provider", provider), ("key", "key-of-the-clinic"), ("sender", "10004346")];
            let mut line = Line::connected(world, Channel::Sms, Provider::open(others).await, &fields).await;
            assert!(line.page.texts("#balance").join("").contains(balance), "{provider}");
            assert!(line.tries("06 30 987 6543").await.contains("was sent"), "{provider}");
            let door = format!("{}/{}", line.hook(), line.shown("copied-1"));
            for _ in 0..2 {
                assert_eq!(line.called_at(&door, &[], &says("Hello")).await.status.as_u16(), 200, "{provider}");
            }
            assert!(line.heard(ZOLTAN).await == [words("Hello")], "{provider}");

            let message = line.answers(ZOLTAN).await;
            line.expect(&message, "sent").await;
            let sent = line.provider.last(sends_to);
            let asked = Seen { body: sent.query.clone(), ..sent.clone() };
            let id = match provider {
                "smsc" => sent.field("id"),
                "kavenegar" => "8792399".to_owned(),
                _ => asked.field("reference"),
            };
            line.called_at(&door, &[], &delivered(&id)).await;
            line.expect(&message, "delivered").await;

            line.provider.answers_once(200, no_such_number);
            line.expect(&line.answers(ZOLTAN).await, "failed").await;
            line.provider.answers_once(502, "<html>");
            line.expect(&line.answers(ZOLTAN).await, "in doubt").await;
            for wrong in [line.hook(), format!("{}/another", line.hook())] {
                assert_eq!(line.called_at(&wrong, &[], &says("forged")).await.status.as_u16(), 401, "{provider}");
            }
            assert_eq!(line.heard(ZOLTAN).await.len(), 1, "{provider}");
        });
    }
}
