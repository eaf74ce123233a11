//! How the exchanges that sign in ways of their own prove their calls, for the trials.

use kernel::Timestamp;

use super::{generic, mango, zadarma};
use crate::Settings;
use crate::signature::signature;
use crate::trial::Knock;

pub const ZADARMA_HEADER: &str = zadarma::SIGNATURE_HEADER;
pub const GENERIC_HEADER: &str = generic::SIGNATURE_HEADER;

/// `name`: of the file in which the words stand.
pub fn proven(settings: &Settings, (provider, name, body): (&str, &str, &[u8]), at: Timestamp) -> Knock {
    let knock = Knock::posted(body);
    match provider {
        "zadarma" => {
            let fields: std::collections::BTreeMap<_, _> = form_urlencoded::parse(body).collect();
            let names: &[&str] = match fields.get("event").map_or("", |event| event.as_ref()) {
                "NOTIFY_ANSWER" => &["caller_id", "destination", "call_start"],
                "NOTIFY_OUT_START" | "NOTIFY_OUT_END" => &["internal", "destination", "call_start"],
                "NOTIFY_RECORD" => &["pbx_call_id", "call_id_with_rec"],
                _ => &["caller_id", "called_did", "call_start"],
            };
            let text: String = names.iter().map(|name| fields.get(*name).map_or("", |value| value.as_ref())).collect();
            let shown = zadarma::signature(&settings.secret("key"), &text).into_bytes();
            Knock { headers: vec![(ZADARMA_HEADER, shown)], ..knock }
        }
        "mango" => {
            let (json, user) = (String::from_utf8_lossy(body), settings.text("user"));
            let sign = mango::signature(user, &json, &settings.secret("key"));
            let mut form = form_urlencoded::Serializer::new(String::new());
            form.append_pair("vpbx_api_key", user).append_pair("sign", &sign).append_pair("json", &json);
            let tail = if name.contains("summary") { "events/summary" } else { "events/call" };
            Knock { tail: tail.to_owned(), body: form.finish().into_bytes(), ..knock }
        }
        _ => {
            let now = (at.as_millis() / 1_000).to_string();
            let shown = signature(&settings.secret("word"), &[now.as_bytes(), b".", body].concat());
            let shown = format!("{}{shown}", generic::SIGNATURE_PREFIX).into_bytes();
            Knock { headers: vec![(generic::TIMESTAMP_HEADER, now.into_bytes()), (GENERIC_HEADER, shown)], ..knock }
        }
    }
}
