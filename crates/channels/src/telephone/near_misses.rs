//! Calls that are almost an exchange's: of each signed provider a hundred thousand, and none is heard.

use kernel::{Chance, Secret};

use super::tests::{HOOK, Proven, SECRET, TWILIO, heard, settings, signed};
use super::{mango, zadarma};
use crate::near_misses::{EACH, bent};
use crate::sms::twilio;

type Form = Vec<(&'static str, Vec<u8>)>;

/// Nothing in it needs to be written otherwise in a form.
fn written(form: &Form) -> Vec<u8> {
    let fields: Vec<Vec<u8>> = form.iter().map(|(name, value)| [name.as_bytes(), b"=", value].concat()).collect();
    fields.join(&b'&')
}

fn form(fields: &[(&'static str, &str)]) -> Form {
    fields.iter().map(|(name, value)| (*name, value.as_bytes().to_vec())).collect()
}

/// Each bends a field that is signed, or what proves it.
fn expect_none_is_heard(provider: &str, good: &Proven, near: impl Fn(usize, &mut Chance) -> Proven) {
    let settings = settings(provider);
    assert!(heard(&settings, good).is_ok(), "{provider}");
    let mut chance = Chance::from_seed(43);
    for number in 0..EACH {
        let near = near(number, &mut chance);
        let refused = heard(&settings, &near);
        assert!(refused.is_err_and(|error| matches!(error.status(), 400 | 401)), "{provider}, near miss {number}: {:?}", near.2);
    }
}

#[test]
fn of_a_hundred_thousand_near_misses_none_is_heard_from_any_exchange() {
    let good = signed("generic", br#"{"call":"1","event":"ended"}"#);
    expect_none_is_heard("generic", &good, |number, chance| {
        let mut near = good.clone();
        match number % 3 {
            0 => near.2 = bent(&near.2, chance),
            part => near.0[part - 1].1 = bent(&near.0[part - 1].1, chance),
        }
        near
    });
}

#[test]
fn of_a_hundred_thousand_near_misses_none_is_heard_from_twilio() {
    let fields = form(&[("AccountSid", TWILIO), ("CallSid", "CA1"), ("CallStatus", "busy")]);
    let shown = twilio::signature(&Secret::new(SECRET), HOOK, &written(&fields)).into_bytes();
    let call = |shown: Vec<u8>, fields: &Form| (vec![(twilio::SIGNATURE_HEADER, shown)], String::new(), written(fields));
    expect_none_is_heard("twilio", &call(shown.clone(), &fields), |number, chance| {
        let mut near = fields.clone();
        let field = number % (near.len() + 1);
        match near.get_mut(field) {
            Some((_, value)) => *value = bent(value, chance),
            None => return call(bent(&shown, chance), &near),
        }
        call(shown.clone(), &near)
    });
}

#[test]
fn of_a_hundred_thousand_near_misses_none_is_heard_from_zadarma() {
    let signed = [("caller_id", "36301234567"), ("called_did", "36123456789"), ("call_start", "2026-11-23")];
    let fields = form(&[signed[0], signed[1], signed[2], ("pbx_call_id", "in1"), ("event", "NOTIFY_END")]);
    let text: String = signed.iter().map(|(_, value)| *value).collect();
    let shown = zadarma::signature(&Secret::new(SECRET), &text).into_bytes();
    let call = |shown: Vec<u8>, fields: &Form| (vec![(zadarma::SIGNATURE_HEADER, shown)], String::new(), written(fields));
    expect_none_is_heard("zadarma", &call(shown.clone(), &fields), |number, chance| {
        let mut near = fields.clone();
        match number % 4 {
            3 => return call(bent(&shown, chance), &near),
            field => near[field].1 = bent(&near[field].1, chance),
        }
        call(shown.clone(), &near)
    });
}

#[test]
fn of_a_hundred_thousand_near_misses_none_is_heard_from_mango() {
    let json = r#"{"entry_id":"1"}"#;
    let sign = mango::signature("desk", json, &Secret::new(SECRET));
    let fields = form(&[("vpbx_api_key", "desk"), ("json", json), ("sign", &sign)]);
    let call = |fields: &Form| (vec![], "events/call".to_owned(), written(fields));
    expect_none_is_heard("mango", &call(&fields), |number, chance| {
        let mut near = fields.clone();
        let field = &mut near[number % 3].1;
        *field = bent(field, chance);
        call(&near)
    });
}
