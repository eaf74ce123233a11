//! How each way proves its news, and how that can be shown wrongly.

use clinic::actors::Channel;
use kernel::Timestamp;

use super::Way;
use crate::meta::{SIGNATURE_HEADER, SIGNATURE_PREFIX};
use crate::signature::signature;
use crate::sms::twilio;
use crate::telephone::trial as exchanges;
use crate::{Call, Method, Settings};

/// How a call shows that it comes from the provider.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Proof {
    /// A signature over the bytes in this header, under the secret of this field, behind these letters.
    Signature { header: &'static str, field: &'static str, before: &'static str },
    /// The secret of this field itself, in this header.
    Header { header: &'static str, field: &'static str },
    /// The secret of this field at the end of the address.
    Path { field: &'static str },
    /// The secret of this field inside of the JSON, under this name.
    Body { field: &'static str, name: &'static str },
    /// A signature in this header over some of what a form says, in the provider's own way.
    OwnHeader { header: &'static str, field: &'static str },
    /// The same, in a field of the form.
    OwnField { name: &'static str, field: &'static str },
    /// Nobody calls: what comes is fetched over a line that is signed in on.
    Never,
}

/// One call, to be made just so.
#[derive(Clone, PartialEq, Eq)]
pub struct Knock {
    pub method: Method,
    pub tail: String,
    pub query: String,
    pub headers: Vec<(&'static str, Vec<u8>)>,
    pub body: Vec<u8>,
}

impl Knock {
    pub fn posted(body: &[u8]) -> Self {
        Self { method: Method::Post, tail: String::new(), query: String::new(), headers: Vec::new(), body: body.to_vec() }
    }

    /// A look without a body.
    pub fn asking(query: &str) -> Self {
        Self { method: Method::Get, query: query.to_owned(), ..Self::posted(b"") }
    }

    pub fn call<T>(&self, at: Timestamp, heard: impl FnOnce(&Call<'_>) -> T) -> T {
        let headers: Vec<(&str, &[u8])> = self.headers.iter().map(|(name, value)| (*name, value.as_slice())).collect();
        let (tail, query) = (self.tail.as_str(), self.query.as_str());
        heard(&Call { method: self.method, tail, query, headers: &headers, body: &self.body, received_at: at })
    }
}

impl Way {
    pub fn proof(&self) -> Proof {
        let signature = |header, field, before| Proof::Signature { header, field, before };
        match (self.channel(), self.provider) {
            (Channel::Telegram, _) => Proof::Header { header: "x-telegram-bot-api-secret-token", field: "webhook_secret" },
            (Channel::Bale, _) => Proof::Path { field: "webhook_secret" },
            (Channel::Whatsapp | Channel::Messenger, _) => signature(SIGNATURE_HEADER, "app_secret", SIGNATURE_PREFIX),
            (Channel::Vk, _) => Proof::Body { field: "secret", name: "secret" },
            (Channel::Max, _) => Proof::Header { header: crate::max::SECRET_HEADER, field: "webhook_secret" },
            (Channel::Viber, _) => signature(crate::viber::SIGNATURE_HEADER, "token", ""),
            (Channel::Sandbox, _) => Proof::Header { header: crate::sandbox::KEY_HEADER, field: "key" },
            (Channel::Web, _) => Proof::Header { header: crate::web::KEY_HEADER, field: "key" },
            (Channel::Email, _) | (Channel::Sms, "smpp") | (Channel::Telephone, "ami" | "ari") => Proof::Never,
            (Channel::Sms | Channel::Telephone, "twilio") => Proof::OwnHeader { header: twilio::SIGNATURE_HEADER, field: "key" },
            (Channel::Sms, "smsc" | "kavenegar" | "seeme") | (Channel::Telephone, "uis") => Proof::Path { field: "word" },
            (Channel::Telephone, "zadarma") => Proof::OwnHeader { header: exchanges::ZADARMA_HEADER, field: "key" },
            (Channel::Telephone, "mango") => Proof::OwnField { name: "sign", field: "key" },
            (Channel::Telephone, "generic") => Proof::OwnHeader { header: exchanges::GENERIC_HEADER, field: "word" },
            (_, _) => panic!("nobody has said how {self:?} is proven"),
        }
    }

    /// The field of the settings on which the proof stands.
    pub fn secret_field(&self) -> &'static str {
        match self.proof() {
            Proof::Signature { field, .. }
            | Proof::Header { field, .. }
            | Proof::Path { field }
            | Proof::Body { field, .. }
            | Proof::OwnHeader { field, .. }
            | Proof::OwnField { field, .. } => field,
            Proof::Never => "",
        }
    }

    /// A call with these words, proven as the provider does. `name`: of the file in which they stand, since some ways call elsewhere.
    pub fn knock(&self, settings: &Settings, (name, body): (&str, &[u8]), at: Timestamp) -> Knock {
        let knock = Knock::posted(body);
        let secret = settings.secret(self.secret_field());
        let with = |header, value: Vec<u8>| Knock { headers: vec![(header, value)], ..knock.clone() };
        match self.proof() {
            Proof::Signature { header, before, .. } => with(header, format!("{before}{}", signature(&secret, body)).into_bytes()),
            Proof::Header { header, .. } => with(header, secret.expose().as_bytes().to_vec()),
            Proof::Path { .. } => Knock { tail: secret.expose().to_owned(), ..knock },
            Proof::Body { name, .. } => showing_in_json(&knock, name, secret.expose().as_bytes()),
            Proof::OwnHeader { header: twilio::SIGNATURE_HEADER, .. } => {
                with(twilio::SIGNATURE_HEADER, twilio::signature(&secret, settings.text("hook"), body).into_bytes())
            }
            Proof::OwnHeader { .. } | Proof::OwnField { .. } => exchanges::proven(settings, (self.provider, name, body), at),
            Proof::Never => knock,
        }
    }

    /// What proves a call.
    pub fn shown(&self, knock: &Knock) -> Vec<u8> {
        match self.proof() {
            Proof::Signature { header, .. } | Proof::Header { header, .. } | Proof::OwnHeader { header, .. } => {
                knock.headers.iter().find(|(name, _)| *name == header).map(|(_, value)| value.clone()).unwrap_or_default()
            }
            Proof::Path { .. } => knock.tail.clone().into_bytes(),
            Proof::Body { name, .. } => {
                let body: serde_json::Value = serde_json::from_slice(&knock.body).expect("JSON");
                body[name].as_str().unwrap_or_default().as_bytes().to_vec()
            }
            Proof::OwnField { name, .. } => {
                let found = form_urlencoded::parse(&knock.body).find(|(known, _)| known == name);
                found.map(|(_, value)| value.into_owned().into_bytes()).unwrap_or_default()
            }
            Proof::Never => Vec::new(),
        }
    }

    /// The same call that shows something else. None: nothing is shown at all.
    pub fn showing(&self, knock: &Knock, shown: Option<&[u8]>) -> Knock {
        let mut other = knock.clone();
        match self.proof() {
            Proof::Signature { header, .. } | Proof::Header { header, .. } | Proof::OwnHeader { header, .. } => {
                other.headers.retain(|(name, _)| *name != header);
                other.headers.extend(shown.map(|shown| (header, shown.to_vec())));
            }
            Proof::Path { .. } => other.tail = String::from_utf8_lossy(shown.unwrap_or_default()).into_owned(),
            Proof::Body { name, .. } => return showing_in_json(&other, name, shown.unwrap_or_default()),
            Proof::OwnField { name, .. } => {
                let mut form = form_urlencoded::Serializer::new(String::new());
                form.extend_pairs(form_urlencoded::parse(&knock.body).filter(|(known, _)| known != name));
                if let Some(shown) = shown {
                    form.append_pair(name, &String::from_utf8_lossy(shown));
                }
                other.body = form.finish().into_bytes();
            }
            Proof::Never => {}
        }
        other
    }
}

fn showing_in_json(knock: &Knock, name: &str, shown: &[u8]) -> Knock {
    let mut body: serde_json::Value = serde_json::from_slice(&knock.body).expect("JSON");
    body[name] = String::from_utf8_lossy(shown).into();
    Knock { body: body.to_string().into_bytes(), ..knock.clone() }
}
