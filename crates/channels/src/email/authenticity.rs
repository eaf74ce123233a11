//! `Authentication-Results` (RFC 8601): what the clinic's own mail server has found of the address over a mail, by SPF, DKIM and DMARC.
//!
//! Anybody can write such a line into a mail. Each server puts its own over what was there, so only the topmost counts, and only if it
//! carries the name of the clinic's server: the one in the settings, else the machine from which mails are fetched, or its domain.

use clinic::conversations::SenderCheck;
use mail_parser::Message;

use crate::Settings;

const FIELD: &str = "Authentication-Results";
/// A line of more is made to make us work.
const LONGEST: usize = 8_000;

/// `from`: the address over the mail.
pub fn of(settings: &Settings, message: &Message<'_>, from: &str) -> SenderCheck {
    let topmost = message.headers_raw().find(|(name, _)| name.eq_ignore_ascii_case(FIELD)).map(|(_, value)| value);
    let Some(plain) = topmost.filter(|value| value.len() <= LONGEST).and_then(without_comments) else { return SenderCheck::NotLookedAt };
    let mut parts = plain.split(';');
    let server = parts.next().and_then(|server| server.split_whitespace().next()).unwrap_or_default();
    if !is_ours(settings, server) {
        return SenderCheck::NotLookedAt;
    }
    let found: Vec<Finding> = parts.filter_map(|part| finding(part, domain(from))).collect();
    weighed(&found)
}

fn is_ours(settings: &Settings, server: &str) -> bool {
    let server = server.trim_end_matches('.');
    let named = settings.text("authentication_server");
    if !named.is_empty() {
        return server.eq_ignore_ascii_case(named.trim_end_matches('.'));
    }
    // many write the name of their house instead of that of the machine
    let host = settings.text("imap_host");
    let is_house = host.split_once('.').is_some_and(|(_, house)| house.contains('.') && server.eq_ignore_ascii_case(house));
    !host.is_empty() && (server.eq_ignore_ascii_case(host) || is_house)
}

struct Finding {
    method: Method,
    outcome: Outcome,
    /// Whether it is about the domain of the address that people see.
    is_aligned: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Method {
    Dmarc,
    Dkim,
    Spf,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Pass,
    Fail,
    /// Nothing was published, or it could not be asked.
    Nothing,
}

/// `dmarc=pass header.from=example.org`
fn finding(part: &str, from: &str) -> Option<Finding> {
    let mut words = part.split_whitespace();
    let (method, outcome) = words.next()?.split_once('=')?;
    // with a version: `dkim/1`
    let method = match method.split('/').next()?.to_ascii_lowercase().as_str() {
        "dmarc" => Method::Dmarc,
        "dkim" => Method::Dkim,
        "spf" => Method::Spf,
        _ => return None,
    };
    let outcome = match outcome.to_ascii_lowercase().as_str() {
        "pass" => Outcome::Pass,
        "fail" | "softfail" | "hardfail" | "policy" | "reject" => Outcome::Fail,
        _ => Outcome::Nothing,
    };
    let about = |name: &str| {
        let values = words.clone().filter_map(|word| word.split_once('='));
        values.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim_matches('"')).next()
    };
    let domain_of = match method {
        Method::Dmarc => about("header.from"),
        Method::Dkim => about("header.d").or_else(|| about("header.i")),
        Method::Spf => about("smtp.mailfrom").or_else(|| about("smtp.helo")),
    };
    let is_aligned = match domain_of.map(domain) {
        Some(known) => is_of_one_house(known, from),
        // said of the mail as it is
        None => method == Method::Dmarc,
    };
    Some(Finding { method, outcome, is_aligned })
}

/// DMARC weighs the other two itself. Where it says nothing, one of them that passes for that domain is enough.
fn weighed(found: &[Finding]) -> SenderCheck {
    let of = |method: Method, outcome: Outcome| found.iter().any(|found| found.method == method && found.outcome == outcome);
    let passes = |method: Method| found.iter().any(|found| found.method == method && found.outcome == Outcome::Pass && found.is_aligned);
    if of(Method::Dmarc, Outcome::Fail) {
        return SenderCheck::Failed;
    }
    if passes(Method::Dmarc) || passes(Method::Dkim) || passes(Method::Spf) {
        return SenderCheck::Passed;
    }
    if of(Method::Dkim, Outcome::Fail) || of(Method::Spf, Outcome::Fail) { SenderCheck::Failed } else { SenderCheck::NotLookedAt }
}

fn domain(address: &str) -> &str {
    address.rsplit_once('@').map_or(address, |(_, domain)| domain).trim_matches(['<', '>', '.'])
}

/// A machine of the house speaks for it: `mail.example.org` and `example.org`.
fn is_of_one_house(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_ascii_lowercase(), other.to_ascii_lowercase());
    let within = |inner: &str, house: &str| house.contains('.') && inner.strip_suffix(house).is_some_and(|rest| rest.ends_with('.'));
    one == other || within(&one, &other) || within(&other, &one)
}

/// What stands in brackets is for people, and may hold any sign. None: a bracket or a quoted word has no end.
fn without_comments(value: &str) -> Option<String> {
    let (mut plain, mut depth, mut is_quoted) = (String::with_capacity(value.len()), 0_usize, false);
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if depth > 0 || is_quoted => drop(letters.next()?),
            '"' if depth == 0 => is_quoted = !is_quoted,
            '(' if !is_quoted => depth += 1,
            ')' if depth > 0 => depth -= 1,
            // a quoted word is one word, and ends nothing
            ';' | ' ' | '\t' | '=' if is_quoted => plain.push('_'),
            _ if depth == 0 => plain.push(letter),
            _ => {}
        }
    }
    (depth == 0 && !is_quoted).then_some(plain)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use mail_parser::MessageParser;

    use super::*;
    use crate::email::FIELDS;

    fn settings(named: &str) -> Settings {
        let typed = [
            ("host", "mail.smile.example"),
            ("from_address", "desk@smile.example"),
            ("from_name", "Smile"),
            ("imap_host", "imap.smile.example"),
            ("authentication_server", named),
        ];
        let typed: BTreeMap<String, String> = typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Settings::read(&FIELDS, &typed, None).unwrap()
    }

    fn found(named: &str, head: &str) -> SenderCheck {
        let mail = format!("{head}From: Anna <anna@example.org>\r\nSubject: x\r\n\r\nHello\r\n");
        of(&settings(named), &MessageParser::default().parse(mail.as_bytes()).unwrap(), "anna@example.org")
    }

    #[test]
    fn only_the_topmost_line_of_the_clinics_own_server_says_whether_an_address_was_borrowed() {
        use SenderCheck::{Failed, NotLookedAt, Passed};
        for (named, lines, expected) in [
            ("", "", NotLookedAt),
            ("", "imap.smile.example; dmarc=pass header.from=example.org", Passed),
            ("", "IMAP.smile.example 1; dmarc=fail (p=none; dis=none) header.from=example.org", Failed),
            ("", "smile.example; dmarc=fail header.from=example.org", Failed),
            ("", "example; dmarc=fail header.from=example.org", NotLookedAt),
            ("", "evil.example; dmarc=pass header.from=example.org", NotLookedAt),
            // who writes one into the mail stands below that of the server
            ("", "imap.smile.example; dmarc=fail|imap.smile.example; dmarc=pass header.from=example.org", Failed),
            ("", "evil.example; dmarc=fail|imap.smile.example; dmarc=pass header.from=example.org", NotLookedAt),
            ("mx.google.com", "mx.google.com; spf=pass smtp.mailfrom=bounce@example.org; dmarc=pass header.from=example.org", Passed),
            ("mx.google.com", "imap.smile.example; dmarc=fail", NotLookedAt),
            // DMARC says nothing: one of the two is enough, if it is about that address
            ("", "imap.smile.example; dkim=pass header.d=example.org; spf=fail smtp.mailfrom=list.example", Passed),
            ("", "imap.smile.example; dkim=pass header.i=@mail.example.org; spf=none", Passed),
            ("", "imap.smile.example; dkim=fail header.d=example.org; spf=pass smtp.mailfrom=a@example.org", Passed),
            ("", "imap.smile.example; dkim=pass header.d=evil.example; spf=softfail smtp.mailfrom=example.org", Failed),
            ("", "imap.smile.example; spf=fail smtp.mailfrom=example.org", Failed),
            ("", "imap.smile.example; dkim=pass header.d=evil.example", NotLookedAt),
            ("", "imap.smile.example; dkim=pass header.d=notexample.org; spf=fail", Failed),
            ("", "imap.smile.example; dmarc=pass header.from=evil.example; spf=fail smtp.mailfrom=example.org", Failed),
            ("", "imap.smile.example; dmarc=temperror; spf=neutral; dkim=none", NotLookedAt),
            ("", "imap.smile.example; none", NotLookedAt),
            // what stands in brackets or in quotation marks is nobody's finding
            ("", "imap.smile.example (; dmarc=pass header.from=example.org;); spf=fail smtp.mailfrom=example.org", Failed),
            ("", "imap.smile.example; spf=fail reason=\"; dmarc=pass header.from=example.org;\" smtp.mailfrom=example.org", Failed),
            ("", "imap.smile.example; dmarc=pass (never closed", NotLookedAt),
        ] {
            let head: String = lines.split('|').filter(|line| !line.is_empty()).flat_map(|line| [FIELD, ": ", line, "\r\n"]).collect();
            assert_eq!(found(named, &head), expected, "{named} {lines}");
        }
        let folded = format!("{FIELD}: imap.smile.example;\r\n dkim=pass\r\n\theader.d=example.org;\r\n dmarc=fail\r\n");
        assert_eq!(found("", &folded), Failed);
        let endless = format!("{FIELD}: imap.smile.example; {}; dmarc=fail\r\n", "x".repeat(LONGEST));
        assert_eq!(found("", &endless), NotLookedAt);
    }
}
