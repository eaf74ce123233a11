//! Held against what others have signed: the sample mail of RFC 8463, under both kinds of keys.

use std::collections::BTreeMap;

use kernel::Secret;
use proptest::prelude::*;
use ring::signature::{RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};

use super::*;
use crate::email::Email;
use crate::world::{self, reminder};
use crate::{Connector, Letter};

/// Appendix A of RFC 8463.
const MAIL: &str = "From: Joe SixPack <joe@football.example.com>\r\nTo: Suzie Q <suzie@shopping.example.net>\r\n\
    Subject: Is dinner ready?\r\nDate: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n\
    Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n\r\n\
    Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n\r\n";
const BY_ED25519: &str = "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n d=football.example.com; i=@football.example.com;\r\n \
    q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n subject : date : message-id : from : subject : date;\r\n \
    bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n b=";
const ED25519_SIGNATURE: &str = "/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==";
/// `nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=`, as programs write it.
const ED25519_KEY: &str =
    "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----";
const BY_RSA: &str = "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n d=football.example.com; i=@football.example.com;\r\n \
    q=dns/txt; s=test; t=1528637909; h=from : to : subject :\r\n date : message-id : from : subject : date;\r\n \
    bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n b=";
const RSA_SIGNATURE: &str = "F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz\
    dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=";
/// The inside of its record: 22 bytes of what it is, then the key.
const RSA_PUBLIC: &str = "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutAC\
    DfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB";

fn base64(text: &str) -> Vec<u8> {
    STANDARD.decode(text).unwrap()
}

fn settings(with: &[(&str, &str)]) -> Settings {
    let mut typed = world::settings(&Email).to_store();
    typed.extend(with.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    Settings::read(Email.settings(), &typed, None).unwrap()
}

/// A key is made once for all tests: it takes a while.
fn made() -> &'static str {
    static KEY: std::sync::OnceLock<Secret> = std::sync::OnceLock::new();
    KEY.get_or_init(|| made::key(&mut Chance::from_seed(7))).expose()
}

#[test]
fn the_sample_of_the_standard_is_signed_as_it_stands_there() {
    let (head, body) = MAIL.split_once("\r\n\r\n").unwrap();
    assert_eq!(STANDARD.encode(Sha256::digest(relaxed_body(body))), "2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=");
    let key = SigningKey::read(&Secret::new(ED25519_KEY)).unwrap();
    assert_eq!(key.published(), "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
    let bytes = signed_bytes(&fields(head), BY_ED25519);
    assert_eq!(STANDARD.encode(key.sign(bytes.as_bytes())), ED25519_SIGNATURE);
    // the key under the other signature is too short to sign with today, so what stands there is held against what we would sign
    let bytes = signed_bytes(&fields(head), BY_RSA);
    let public = UnparsedPublicKey::new(&RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, base64(RSA_PUBLIC)[22..].to_vec());
    public.verify(bytes.as_bytes(), &base64(RSA_SIGNATURE)).unwrap();
    assert!(public.verify(bytes.replace("dinner", "supper").as_bytes(), &base64(RSA_SIGNATURE)).is_err());
}

#[test]
fn a_mail_leaves_under_the_signature_of_the_clinics_domain() {
    let settings = settings(&[("dkim", "on"), ("dkim_key", made())]);
    Email.check_settings(&settings).unwrap();
    let letters = Email.write(&settings, &reminder(clinic::actors::Channel::Email)).unwrap();
    let [Letter::Mail(letter)] = letters.as_slice() else { panic!("a mail") };
    let mail = String::from_utf8(letter.data.clone()).unwrap();
    let plain = Email.write(&world::settings(&Email), &reminder(clinic::actors::Channel::Email)).unwrap();
    let [Letter::Mail(plain)] = plain.as_slice() else { panic!("a mail") };
    let plain = String::from_utf8(plain.data.clone()).unwrap();
    let signature = mail.strip_suffix(&plain).expect("over what would leave without it");
    assert!(
        signature.starts_with("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=smile.example;\r\n\ts=caredesk; t="),
        "{signature}"
    );
    assert!(signature.lines().all(|line| line.len() < 78), "{signature}");

    let names = signature.split("h=").nth(1).unwrap().split(';').next().unwrap().split_whitespace().collect::<String>();
    let signed: Vec<_> = names.split(':').collect();
    for name in ["from", "to", "subject", "date", "message-id", "list-unsubscribe", "list-unsubscribe-post", "content-type"] {
        assert!(signed.contains(&name), "{name} in {names}");
    }
    assert_eq!(signed.iter().filter(|name| **name == "from").count(), 2, "{names}");

    // as a receiver does it, with what the clinic publishes
    let record = Email.published(&settings).unwrap();
    assert_eq!(record.name, "caredesk._domainkey.smile.example");
    let public = base64(record.text.strip_prefix("v=DKIM1; k=rsa; p=").unwrap());
    let public = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, public[24..].to_vec());
    let (unsigned, proof) = signature.split_once("\tb=").unwrap();
    let proof = base64(&proof.split_whitespace().collect::<String>());
    let unsigned = format!("{unsigned}\tb=");
    let holds = |plain: &str| {
        let head = plain.split_once("\r\n\r\n").unwrap().0;
        public.verify(signed_bytes(&fields(head), &unsigned).as_bytes(), &proof).is_ok()
    };
    assert!(holds(&plain));
    assert!(holds(&plain.replacen("Date: ", "Date:   ", 1)), "servers may fold and space anew");
    assert!(!holds(&format!("From: x@evil.example\r\n{plain}")), "a second sender breaks it");
    assert!(!holds(&plain.replacen("To: ", "To: x@evil.example, ", 1)));
}

#[test]
fn a_body_is_signed_in_the_relaxed_form() {
    for (body, relaxed) in [
        ("", ""),
        ("\r\n\r\n", ""),
        (" \t\r\n", ""),
        ("Hi", "Hi\r\n"),
        ("Hi\r\n", "Hi\r\n"),
        (" C \r\nD \t E\r\n\r\n\r\n", " C\r\nD E\r\n"),
        ("a\r\n\r\nb\r\n", "a\r\n\r\nb\r\n"),
        ("\u{a0}x \r\n", "\u{a0}x\r\n"),
    ] {
        assert_eq!(relaxed_body(body), relaxed, "{body:?}");
    }
}

#[test]
fn a_key_is_made_only_where_one_is_wanted_and_none_is_there() {
    let before = settings(&[("dkim", "on"), ("dkim_key", made())]);
    let none = settings(&[]);
    // chosen, pasted, stored, made anew
    for (choice, pasted, before, anew) in [
        ("off", "", &none, false),
        ("", "", &none, false),
        ("on", "", &none, true),
        ("on", ED25519_KEY, &none, false),
        ("on", "", &before, false),
        ("on", ED25519_KEY, &before, false),
        ("new", "", &before, true),
        ("new", ED25519_KEY, &before, false),
    ] {
        let mut typed = BTreeMap::from([("dkim".to_owned(), choice.to_owned()), ("dkim_key".to_owned(), pasted.to_owned())]);
        // of one length at a time the tests need no more than whether a key was made
        let mut chance = Chance::from_seed(7);
        make(&mut typed, Some(before), &mut chance);
        assert_eq!(typed["dkim_key"] != pasted, anew, "{choice} {pasted}");
        assert!(typed["dkim"] != "new");
    }
}

#[test]
fn what_cannot_sign_is_refused_when_it_is_typed() {
    let short =
        "-----BEGIN RSA PRIVATE KEY-----\nMIIBOwIBAAJBAKj34GkxFhD90vcNLYLInFEX6Ppy1tPf9Cnzj4p4WGeKLs1Pt8Qu\n-----END RSA PRIVATE KEY-----";
    let two = format!("{}\n{}", made(), made());
    for (field, value) in [
        ("dkim_key", "secret"),
        ("dkim_key", short),
        ("dkim_key", two.as_str()),
        ("dkim_selector", "a b"),
        ("dkim_selector", "-a"),
        ("dkim_selector", "a..b"),
        ("dkim_selector", "x;d=evil.example"),
    ] {
        let settings = settings(&[("dkim", "on"), ("dkim_key", made()), (field, value)]);
        assert_eq!(Email.check_settings(&settings).unwrap_err().field, field, "{value}");
    }
    let without = settings(&[("dkim", "on")]);
    assert_eq!(Email.check_settings(&without).unwrap_err().wrong, SettingWrong::Missing);
    Email.check_settings(&settings(&[("dkim", "off"), ("dkim_key", "whatever")])).unwrap();
}

proptest! {
    #[test]
    fn no_spaces_at_the_ends_of_lines_change_what_is_signed(body in "[ab \t]{0,30}(\r\n[ab \t]{0,30}){0,4}", more in "(\r\n){0,3}") {
        let once = relaxed_body(&body);
        prop_assert_eq!(&relaxed_body(&once), &once);
        prop_assert_eq!(relaxed_body(&(body.replace("\r\n", " \t\r\n") + &more)), once);
    }
}
