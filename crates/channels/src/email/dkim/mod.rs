//! The clinic's own signature under its mails (DKIM, RFC 6376), for whoever sends through a server that does not sign. Receivers
//! find the key in the records of the clinic's domain, and then know that the mail is the clinic's and whole.
//!
//! Head and body are signed in the relaxed form, which survives servers that fold and trim. The fields that make a mail what it is
//! are signed once more than they stand there, so that nobody can put a second one over the first.

mod keys;
mod made;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kernel::{Chance, Timestamp};
use sha2::{Digest, Sha256};

use self::keys::SigningKey;
use crate::{DnsRecord, SettingFault, SettingWrong, Settings};

/// Signed where they stand in the mail.
const SIGNED: [&str; 14] = [
    "from",
    "to",
    "reply-to",
    "subject",
    "date",
    "message-id",
    "in-reply-to",
    "references",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "auto-submitted",
    "content-language",
    "mime-version",
    "content-type",
];
/// Signed as absent besides: one more of them breaks the signature.
const NO_MORE: [&str; 5] = ["from", "to", "reply-to", "subject", "date"];
/// Longer lines of a head are folded by servers, and not all fold well.
const LINE: usize = 64;

/// Who signs, and with what.
pub struct Signer {
    domain: String,
    selector: String,
    key: SigningKey,
}

/// What the settings ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signing {
    /// The mail server signs, or nobody.
    Elsewhere,
    Here,
    /// With another key from now on; said once, and then [`Self::Here`].
    HereAnew,
}

impl Signing {
    pub fn of(choice: &str) -> Self {
        match choice {
            "on" => Self::Here,
            "new" => Self::HereAnew,
            // the settings know only one other word
            _ => Self::Elsewhere,
        }
    }
}

/// Makes a key where one is wanted and none was pasted.
pub fn make(typed: &mut BTreeMap<String, String>, before: Option<&Settings>, chance: &mut Chance) {
    let given = |name: &str| typed.get(name).is_some_and(|value| !value.trim().is_empty());
    let has_key = before.is_some_and(|before| !before.text("dkim_key").is_empty());
    let wanted = match Signing::of(typed.get("dkim").map_or("", String::as_str)) {
        Signing::Elsewhere => false,
        Signing::Here => !given("dkim_key") && !has_key,
        Signing::HereAnew => !given("dkim_key"),
    };
    if wanted {
        typed.insert("dkim_key".to_owned(), made::key(chance).expose().to_owned());
    }
    if Signing::of(typed.get("dkim").map_or("", String::as_str)) == Signing::HereAnew {
        typed.insert("dkim".to_owned(), "on".to_owned());
    }
}

/// None: mails leave without a signature of ours.
pub fn signer(settings: &Settings) -> Option<Signer> {
    if Signing::of(settings.text("dkim")) == Signing::Elsewhere {
        return None;
    }
    let (_, domain) = settings.text("from_address").rsplit_once('@')?;
    let key = SigningKey::read(&settings.secret("dkim_key"))?;
    Some(Signer { domain: domain.to_ascii_lowercase(), selector: settings.text("dkim_selector").to_owned(), key })
}

pub fn check(settings: &Settings) -> Result<(), SettingFault> {
    if Signing::of(settings.text("dkim")) == Signing::Elsewhere {
        return Ok(());
    }
    let key = settings.secret("dkim_key");
    if key.is_empty() {
        return Err(SettingFault { field: "dkim_key".to_owned(), wrong: SettingWrong::Missing });
    }
    SettingFault::unless([("dkim_selector", is_selector(settings.text("dkim_selector"))), ("dkim_key", SigningKey::read(&key).is_some())])
}

/// What the clinic publishes for its domain, so that receivers find the key.
pub fn record(settings: &Settings) -> Option<DnsRecord> {
    let signer = signer(settings)?;
    Some(DnsRecord { name: format!("{}._domainkey.{}", signer.selector, signer.domain), text: signer.key.published() })
}

impl Signer {
    /// The field that goes over the head of this mail.
    pub fn signature(&self, mail: &str, at: Timestamp) -> String {
        let (head, body) = mail.split_once("\r\n\r\n").unwrap_or((mail, ""));
        let fields = fields(head);
        let names = SIGNED.into_iter().filter(|name| fields.iter().any(|field| field.name == *name)).chain(NO_MORE);
        let names = folded(&names.collect::<Vec<_>>().join(":"), ':');
        let digest = STANDARD.encode(Sha256::digest(relaxed_body(body)));
        let unsigned = format!(
            "DKIM-Signature: v=1; a={}; c=relaxed/relaxed; d={};\r\n\ts={}; t={};\r\n\th={names};\r\n\tbh={digest};\r\n\tb=",
            self.key.algorithm(),
            self.domain,
            self.selector,
            at.as_millis() / 1_000,
        );
        let proof = STANDARD.encode(self.key.sign(signed_bytes(&fields, &unsigned).as_bytes()));
        let proof = proof.as_bytes().chunks(LINE).map(|line| std::str::from_utf8(line).expect("base 64 is ASCII"));
        unsigned + &proof.collect::<Vec<_>>().join("\r\n\t ") + "\r\n"
    }
}

struct Field<'a> {
    name: String,
    value: &'a str,
}

/// The fields of a head in their order, folded as they stand.
fn fields(head: &str) -> Vec<Field<'_>> {
    let mut fields = Vec::new();
    let mut rest = head;
    while !rest.is_empty() {
        let mut end = 0;
        // a line that begins with a space goes on with the one before
        loop {
            end = rest[end..].find("\r\n").map_or(rest.len(), |at| end + at + 2);
            if end == rest.len() || !rest[end..].starts_with([' ', '\t']) {
                break;
            }
        }
        let (field, after) = rest.split_at(end);
        if let Some((name, value)) = field.split_once(':') {
            fields.push(Field { name: name.trim_end().to_ascii_lowercase(), value });
        }
        rest = after;
    }
    fields
}

/// What the key signs: the fields that the signature names, from the last of each name to its first, and the signature without
/// its end.
fn signed_bytes(fields: &[Field<'_>], signature: &str) -> String {
    let (_, own) = signature.split_once(':').expect("it begins with its name");
    let named = own.split(';').find_map(|tag| tag.trim().strip_prefix("h=")).unwrap_or_default();
    let mut left: Vec<_> = fields.iter().collect();
    let mut out = String::new();
    for name in named.split(':').map(str::trim) {
        if let Some(at) = left.iter().rposition(|field| field.name == name) {
            let field = left.remove(at);
            write!(out, "{name}:{}\r\n", relaxed(field.value)).expect("writing to a string");
        }
    }
    out + "dkim-signature:" + &relaxed(own)
}

/// One line, with one space wherever some stood.
fn relaxed(value: &str) -> String {
    value.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Without spaces at the ends of lines, with one wherever some stood, and without empty lines at the end.
fn relaxed_body(body: &str) -> String {
    let mut out = String::with_capacity(body.len() + 2);
    for line in body.split("\r\n") {
        let mut is_after_space = false;
        for c in line.trim_end_matches([' ', '\t']).chars() {
            let is_space = matches!(c, ' ' | '\t');
            match (is_space, is_after_space) {
                (true, true) => {}
                (true, false) => out.push(' '),
                (false, _) => out.push(c),
            }
            is_after_space = is_space;
        }
        out.push_str("\r\n");
    }
    let end = out.trim_end_matches("\r\n").len();
    out.truncate(end);
    if !out.is_empty() {
        out.push_str("\r\n");
    }
    out
}

/// A list over several lines.
fn folded(list: &str, seam: char) -> String {
    let mut out = String::new();
    let mut width = 0;
    for part in list.split_inclusive(seam) {
        if width + part.len() > LINE {
            out.push_str("\r\n\t ");
            width = 0;
        }
        out.push_str(part);
        width += part.len();
    }
    out
}

/// A label of the names in DNS, or several.
fn is_selector(selector: &str) -> bool {
    selector.len() <= 100
        && selector.split('.').all(|label| {
            let fits = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
            fits && (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
        })
}
