//! The ways in which calls of providers were forged elsewhere, one by one, on every way in.

use clinic::actors::Channel;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use crate::trial::{Knock, Proof, SECRET, Way, ways};
use crate::world::MONDAY;
use crate::{Settings, Unreadable};

const HOOK: &str = "https://desk.example.test/hooks/a/acc_1";
const OTHER: &str = "wh_of-another_clinic9";

fn heard(way: &Way, settings: &Settings, knock: &Knock) -> Result<(), Unreadable> {
    knock.call(MONDAY, |call| way.connector.read_webhook(settings, call).map(drop))
}

/// Something good that it tells, as its provider calls.
fn good(way: &Way, settings: &Settings) -> Knock {
    let news = way.news(settings, MONDAY);
    let calls = news.iter().filter_map(|news| match way.told(settings, news, MONDAY) {
        crate::trial::Told::Called(knock) => Some(knock),
        crate::trial::Told::Fetched(..) => None,
    });
    let mut heard = calls.filter(|knock| heard(way, settings, knock).is_ok());
    heard.next().unwrap_or_else(|| panic!("{way:?} is never called"))
}

/// The way as another clinic has it.
fn of_another(way: &Way) -> Settings {
    let secret = if way.secret_field() == "token" { "6100000002:BBtrialtrialtrialtrialtrialtrialtri" } else { OTHER };
    way.settings_with(HOOK, &[(way.secret_field(), secret)])
}

#[test]
fn t_e1_no_forged_call_is_heard_on_any_channel() {
    for way in ways() {
        let settings = way.settings(HOOK);
        if way.proof() == Proof::Never {
            // who is fetched from calls nobody, whatever it shows
            for tail in ["", SECRET] {
                let knock = Knock { tail: tail.to_owned(), ..Knock::posted(b"{}") };
                assert!(heard(&way, &settings, &knock).is_err(), "{way:?} is heard");
            }
            continue;
        }
        let knock = good(&way, &settings);
        let shown = String::from_utf8(way.shown(&knock)).expect("plain");
        assert!(!shown.is_empty(), "{way:?} shows nothing");
        let mut sha1 = Hmac::<Sha1>::new_from_slice(settings.secret(way.secret_field()).expose().as_bytes()).expect("any length");
        sha1.update(&knock.body);
        let of_another_kind = hex::encode(sha1.finalize().into_bytes());
        let others = way.knock(&of_another(&way), ("", &knock.body), MONDAY);
        let mut forged = vec![
            ("nothing", None),
            ("an empty one", Some(String::new())),
            ("half of it", Some(shown[..shown.len() / 2].to_owned())),
            ("all but its end", Some(shown[..shown.len() - 1].to_owned())),
            ("in capitals", Some(shown.to_uppercase())),
            ("turned round", Some(shown.chars().rev().collect())),
            ("more than it", Some(format!("{shown}0"))),
            ("behind a space", Some(format!(" {shown}"))),
            ("in quotes", Some(format!("\"{shown}\""))),
            ("with a null", Some(format!("{shown}\0"))),
            ("twice", Some(format!("{shown},{shown}"))),
            ("of another kind", Some(of_another_kind.clone())),
            ("of another kind, named", Some(format!("sha1={of_another_kind}"))),
        ];
        if way.proof() != (Proof::OwnField { name: "sign", field: "key" }) {
            forged.push(("under another clinic's secret", Some(String::from_utf8(way.shown(&others)).expect("plain"))));
        }
        for (how, wrong) in forged {
            let near = way.showing(&knock, wrong.as_ref().map(String::as_bytes));
            let status = heard(&way, &settings, &near).map_or_else(Unreadable::status, |()| 200);
            assert_eq!(status, 401, "{way:?}: {how}");
        }
        expect_another_body_is_refused(&way, &settings, &knock);
        expect_a_second_header_does_not_help(&way, &settings, &knock);
        expect_no_secret_opens_nothing(&way, &knock);
    }
}

/// A good signature over other bytes, or over the same written otherwise; where a secret is shown, no body is signed.
fn expect_another_body_is_refused(way: &Way, settings: &Settings, knock: &Knock) {
    let signs_all = matches!(way.proof(), Proof::Signature { .. }) || way.name() == "telephone-generic";
    if signs_all {
        let body = String::from_utf8_lossy(&knock.body).into_owned();
        for other in [format!(" {body} "), body.replacen('a', "b", 1), body.replace('\n', " ").replace(": ", ":") + "\n", String::new()] {
            let other = Knock { body: other.into_bytes(), ..knock.clone() };
            assert!(heard(way, settings, &other).is_err(), "{way:?}: {:?}", String::from_utf8_lossy(&other.body));
        }
    }
    if let (Channel::Sms | Channel::Telephone, "twilio" | "zadarma" | "mango") = (way.channel(), way.provider) {
        let mut form = form_urlencoded::Serializer::new(String::new());
        let bent = |value: &str| if value.len() > 6 { value.replacen(['1', '2', '3', '4'], "9", 1) + "0" } else { value.to_owned() };
        form.extend_pairs(
            form_urlencoded::parse(&knock.body)
                .map(|(name, value)| (name.clone(), if name == "sign" { value.into_owned() } else { bent(&value) })),
        );
        let other = Knock { body: form.finish().into_bytes(), ..knock.clone() };
        assert!(heard(way, settings, &other).is_err(), "{way:?}: other words under the same signature");
    }
}

fn expect_a_second_header_does_not_help(way: &Way, settings: &Settings, knock: &Knock) {
    if let Proof::Signature { header, .. } | Proof::Header { header, .. } | Proof::OwnHeader { header, .. } = way.proof() {
        let mut twice = knock.clone();
        twice.headers.insert(0, (header, b"wrong".to_vec()));
        assert!(heard(way, settings, &twice).is_err(), "{way:?}: a good one behind a wrong one");
    }
}

/// Without a secret the account cannot be saved; and if it were there, nobody would be heard.
fn expect_no_secret_opens_nothing(way: &Way, knock: &Knock) {
    let mut typed = way.typed(HOOK);
    typed.remove(way.secret_field());
    let fields = way.connector.settings();
    if let Ok(settings) = Settings::read(fields, &typed, None) {
        assert!(way.connector.check_settings(&settings).is_err(), "{way:?} is connected without a secret");
        for knock in
            [knock.clone(), way.showing(knock, Some(b"")), way.showing(knock, None), way.knock(&settings, ("", &knock.body), MONDAY)]
        {
            assert!(heard(way, &settings, &knock).is_err(), "{way:?}: no secret is set");
        }
    }
    for knock in [knock.clone(), way.showing(knock, Some(b"")), way.showing(knock, None)] {
        assert!(heard(way, &Settings::default(), &knock).is_err(), "{way:?}: nothing is set");
    }
}

#[test]
fn t_e3_what_one_clinic_is_told_no_other_hears() {
    for way in ways().into_iter().filter(|way| way.proof() != Proof::Never) {
        let (ours, theirs) = (way.settings(HOOK), of_another(&way));
        assert_eq!(heard(&way, &ours, &good(&way, &ours)), Ok(()), "{way:?}");
        assert_eq!(heard(&way, &theirs, &good(&way, &theirs)), Ok(()), "{way:?}");
        let status = heard(&way, &ours, &good(&way, &theirs)).map_or_else(Unreadable::status, |()| 200);
        assert_eq!(status, 401, "{way:?}");
    }
}

#[test]
fn t_e4_whoever_asks_who_we_are_is_answered_where_the_provider_asks_and_nowhere_else() {
    for way in ways() {
        let settings = way.settings(HOOK);
        let asks = |knock: &Knock| knock.call(MONDAY, |call| way.connector.read_webhook(&settings, call).map(|reading| reading.reply.body));
        let (good, said, wrong) = match (way.channel(), way.provider) {
            (Channel::Whatsapp | Channel::Messenger, _) => {
                let query = |token: &str| format!("hub.mode=subscribe&hub.verify_token={token}&hub.challenge=1158201444");
                let wrong = ["", "x", &SECRET[1..], &SECRET.to_uppercase()].map(|token| Knock::asking(&query(token)));
                (Some(Knock::asking(&query(SECRET))), "1158201444", wrong.to_vec())
            }
            (Channel::Vk, _) => {
                let body = |secret: &str, group: i64| {
                    format!(r#"{{"type":"confirmation","group_id":{group},"event_id":"1","secret":"{secret}"}}"#)
                };
                let knock = |secret, group| Knock::posted(body(secret, group).as_bytes());
                (Some(knock(SECRET, 210_000_001)), "1f2e3d4c", vec![knock("x", 210_000_001), knock("", 210_000_001), knock(SECRET, 2)])
            }
            (Channel::Telephone, "zadarma") => (Some(Knock::asking("zd_echo=4f2a")), "4f2a", vec![Knock::asking("zd_echo=%3Cscript%3E")]),
            _ => (None, "", Vec::new()),
        };
        if let Some(good) = good {
            assert_eq!(asks(&good).as_deref(), Ok(said), "{way:?}");
        }
        let nobody =
            ["", "hub.mode=subscribe", "hub.mode=subscribe&hub.challenge=%3Cscript%3E", "zd_echo=", "validationToken=1"].map(Knock::asking);
        for knock in wrong.iter().chain(&nobody) {
            let refused = asks(knock);
            let is_empty_echo = way.provider == "zadarma" && refused.as_deref() == Ok("");
            assert!(refused.is_err() || is_empty_echo, "{way:?}: {} {refused:?}", knock.query);
        }
    }
}

/// Whether a signature is right is found in a time that tells nothing of it.
#[test]
fn t_e1_nothing_secret_is_compared_letter_by_letter() {
    let mut found = 0;
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the sources").map(|entry| entry.expect("a file").path()) {
            if entry.is_dir() {
                folders.push(entry);
                continue;
            }
            let text = std::fs::read_to_string(&entry).unwrap_or_default();
            if text.contains("Err(Unreadable::BadSignature)") && !text.contains("#[test]") {
                found += 1;
                let is_even = ["ct_eq", "same_secret", "is_signed"].iter().any(|even| text.contains(even)) || text.contains("is_fresh");
                assert!(is_even, "{} refuses a signature, and compares it letter by letter", entry.display());
            }
        }
    }
    assert!(found >= 5, "{found}");
}
