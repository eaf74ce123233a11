//! Whose protocols the messenger of the trials speaks, and how the clinic's account and its patients look at each.

use std::net::SocketAddr;

use channels::{Call, Method};
use clinic::actors::Channel;
use desk::Desk;
use hmac::{Hmac, KeyInit, Mac};
use kernel::{AccountId, Address, Scheme};
use serde_json::json;
use sha2::Sha256;
use store::accounts::Reached;

use super::moods::Mood;
use crate::world::SECRET;

const APP_SECRET: &str = "a-secret-of-the-trial";
pub const PHONE_NUMBER_ID: &str = "206500000000002";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum House {
    Telegram,
    Whatsapp,
    /// An operator's SMS centre, over SMPP.
    Centre,
    /// A mail server, over SMTP.
    Mail,
}

impl House {
    /// Everything that it was seen to do. What is missing cannot be said in its protocol: Telegram reports nothing; a centre and a
    /// mail server that name an error have refused the message by that, and a mail is not known by a number of the server's.
    pub fn moods(self) -> &'static [Mood] {
        match self {
            Self::Telegram => &Mood::EVERY[..Mood::EVERY.len() - 2],
            Self::Whatsapp => &Mood::EVERY,
            Self::Centre => &Mood::EVERY[1..],
            Self::Mail => &Mood::EVERY[2..],
        }
    }

    pub const fn channel(self) -> Channel {
        match self {
            Self::Telegram => Channel::Telegram,
            Self::Whatsapp => Channel::Whatsapp,
            Self::Centre => Channel::Sms,
            Self::Mail => Channel::Email,
        }
    }

    /// The first patient's number there; the others follow.
    pub const fn first_chat(self) -> i64 {
        match self {
            Self::Telegram | Self::Mail => 10_000,
            Self::Whatsapp | Self::Centre => 36_301_000_000,
        }
    }

    pub fn address(self, chat: i64) -> Address {
        let written = match self {
            Self::Telegram => Address::new(Scheme::Telegram, &chat.to_string()),
            Self::Whatsapp => Address::new(Scheme::Whatsapp, &chat.to_string()),
            Self::Centre => Address::new(Scheme::Tel, &format!("+{chat}")),
            Self::Mail => Address::new(Scheme::Mailto, &format!("p{chat}@patients.example")),
        };
        written.expect("an address of the trial")
    }

    /// What stands in the account's settings when the messenger is at this address.
    pub fn settings(self, at: SocketAddr) -> Vec<(&'static str, String)> {
        let server = format!("http://{at}");
        let (host, port) = (at.ip().to_string(), at.port().to_string());
        let own = |settings: &[(&'static str, &str)]| settings.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        match self {
            Self::Telegram => own(&[("token", "1000001:AAHdqTcvCH1vGWJxfSeofSAs0K5"), ("webhook_secret", SECRET), ("server", &server)]),
            Self::Whatsapp => own(&[
                ("token", "a-token-of-the-trial"),
                ("phone_number_id", PHONE_NUMBER_ID),
                ("app_secret", APP_SECRET),
                ("list_button", "Answers"),
                ("verify_token", SECRET),
                ("server", &server),
            ]),
            Self::Centre => own(&[
                ("provider", "smpp"),
                ("host", &host),
                ("port", &port),
                ("security", "none"),
                ("user", "clinic7"),
                ("key", "s3cretpw"),
                ("sender", "Mosoly"),
                ("window", "100"),
                ("rate", "1000"),
                ("word", SECRET),
            ]),
            Self::Mail => own(&[
                ("host", &host),
                ("port", &port),
                ("security", "none"),
                ("from_address", "desk@mosoly.example"),
                ("from_name", "Mosoly"),
                ("bounce_address", "back@mosoly.example"),
            ]),
        }
    }

    pub const fn reached(self) -> Reached {
        match self {
            Self::Telegram | Self::Whatsapp => Reached::ByWebhook,
            Self::Centre | Self::Mail => Reached::ByPolling,
        }
    }

    /// A patient says thanks, to which nothing is said: the body of the call, and what proves it.
    pub fn thanks(self, (chat, number): (i64, i64), at_seconds: i64) -> Told {
        match self {
            Self::Telegram => {
                let of = json!({ "id": chat, "type": "private", "first_name": "Anna" });
                let from = json!({ "id": chat, "is_bot": false, "first_name": "Anna", "language_code": "en" });
                let message = json!({ "message_id": number, "from": from, "chat": of, "date": at_seconds, "text": "Thank you" });
                let body = json!({ "update_id": number, "message": message }).to_string();
                Told { header: ("X-Telegram-Bot-Api-Secret-Token", SECRET.to_owned()), body }
            }
            Self::Whatsapp => {
                let from = chat.to_string();
                let message = json!({ "from": from, "id": format!("wamid.in:{number}"), "timestamp": at_seconds.to_string(),
                    "type": "text", "text": { "body": "Thank you" } });
                let contact = json!({ "profile": { "name": "Anna" }, "wa_id": from });
                Self::signed(&json!({ "contacts": [contact], "messages": [message] }))
            }
            Self::Centre | Self::Mail => panic!("news of {self:?} come over its own line"),
        }
    }

    /// What WhatsApp reports of a message: our own name of it comes back.
    pub fn report(named: &str, message: &str, (status, at_seconds): (&str, i64)) -> Told {
        let mut report = json!({ "id": message, "status": status, "timestamp": at_seconds.to_string(),
            "recipient_id": "36301000000", "biz_opaque_callback_data": named });
        if status == "failed" {
            report["errors"] = json!([{ "code": 131_049, "title": "kept for a healthy ecosystem" }]);
        }
        Self::signed(&json!({ "statuses": [report] }))
    }

    fn signed(value: &serde_json::Value) -> Told {
        let mut value = value.clone();
        value["messaging_product"] = "whatsapp".into();
        value["metadata"] = json!({ "display_phone_number": "36201000000", "phone_number_id": PHONE_NUMBER_ID });
        let change = json!({ "field": "messages", "value": value });
        let body = json!({ "object": "whatsapp_business_account", "entry": [{ "id": "1", "changes": [change] }] }).to_string();
        let mut mac = Hmac::<Sha256>::new_from_slice(APP_SECRET.as_bytes()).expect("any length will do");
        mac.update(body.as_bytes());
        Told { header: ("X-Hub-Signature-256", format!("sha256={}", hex::encode(mac.finalize().into_bytes()))), body }
    }
}

/// One call of a provider.
pub struct Told {
    pub header: (&'static str, String),
    pub body: String,
}

impl Told {
    /// The provider calls at the hook of this account, and is heard.
    pub async fn to(&self, desk: &Desk, account: AccountId) {
        let (proof, value) = &self.header;
        let headers: [(&str, &[u8]); 1] = [(*proof, value.as_bytes())];
        let body = self.body.as_bytes();
        let call = Call { method: Method::Post, tail: "", query: "", headers: &headers, body, received_at: desk.now() };
        assert_eq!(desk::receive_call(desk, account, &call).await.unwrap().reply.status, 200);
    }
}
