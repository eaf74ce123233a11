//! What WhatsApp and Messenger have in common, since one house answers for both: how an address is confirmed, how a call is
//! signed, and the envelope of an error.

use kernel::{Secret, Timestamp};
use serde_json::Value;

use crate::standing::{Backlog, Found, Hook, Token, lacking, same_address};
use crate::{Answer, Body, Call, HttpLetter, Letter, Method, Reach, Reading, Reply, Settings, Trouble, Unreadable, proof, same_secret};

pub const SIGNATURE_HEADER: &str = "x-hub-signature-256";
/// Stands before the signature and names how it was made.
pub const SIGNATURE_PREFIX: &str = "sha256=";
pub const SERVER: &str = "https://graph.facebook.com/v25.0";
/// Numbers of errors are the same everywhere in the house.
pub const TOKEN_IS_WRONG: [i64; 2] = [0, 190];

/// A question of the owner, to be answered at once; or news, signed with the secret of the app.
pub enum Asked<'a> {
    Challenge(Reading),
    News(&'a [u8]),
}

pub fn check<'a>(settings: &Settings, call: &Call<'a>) -> Result<Asked<'a>, Unreadable> {
    if call.method == Method::Get {
        return challenge(settings, call).map(Asked::Challenge);
    }
    proof::by_signature(&settings.secret("app_secret"), call.body, call.header(SIGNATURE_HEADER), SIGNATURE_PREFIX)?;
    Ok(Asked::News(call.body))
}

fn challenge(settings: &Settings, call: &Call<'_>) -> Result<Reading, Unreadable> {
    let token = settings.secret("verify_token");
    if token.is_empty() {
        return Err(Unreadable::NoSecret);
    }
    if call.asked("hub.mode").as_deref() != Some("subscribe") {
        return Err(Unreadable::NoWebhook);
    }
    let shown = call.asked("hub.verify_token").filter(|shown| !shown.is_empty()).ok_or(Unreadable::Unsigned)?;
    if !same_secret(&token, shown.as_bytes()) {
        return Err(Unreadable::BadSignature);
    }
    // Said back as it is: a number, never anything that a browser could take for a page.
    let challenge = call.asked("hub.challenge").unwrap_or_default();
    let is_plain = !challenge.is_empty() && challenge.len() <= 100 && challenge.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !is_plain {
        return Err(Unreadable::Malformed { at: "hub.challenge" });
    }
    Ok(Reading { arrivals: Vec::new(), reply: Reply::saying(challenge) })
}

/// The number of an error and what stands below it; None if the answer is no error in the words of the house.
pub fn error(answer: &Answer) -> Option<(i64, i64)> {
    let (_, body) = answer.json()?;
    let error = body.get("error")?;
    Some((error["code"].as_i64()?, error["error_subcode"].as_i64().unwrap_or_default()))
}

/// Whether something broke in the house itself: then its words about a message prove neither that it was taken nor that it was not.
pub fn is_unsure(answer: &Answer) -> bool {
    matches!(answer, Answer::Http { status: 500 | 502 | 504, .. })
}

/// Whether the text of a number is one: a page, a telephone.
pub fn is_number(text: &str) -> bool {
    (5..=25).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The text of a place in JSON; empty if there is none.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// How long a token is good, and what it may do: answered for itself.
pub fn token_asked(settings: &Settings, path: &str) -> String {
    let token: String = form_urlencoded::byte_serialize(settings.text("token").as_bytes()).collect();
    format!("{}/debug_token?input_token={token}{path}", settings.text("server").trim_end_matches('/'))
}

/// `rights`: without which we cannot do our work.
pub fn token(rights: &[&str], answer: &Answer) -> Found {
    if let Some((code, _)) = error(answer) {
        return if TOKEN_IS_WRONG.contains(&code) { Found::Token(Token::Refused) } else { Found::unknown(Trouble::Other) };
    }
    let Some((200, body)) = answer.json() else { return Found::of_silence(answer) };
    let told = &body["data"];
    match told["is_valid"].as_bool() {
        None => return Found::unknown(Trouble::StrangeAnswer),
        Some(false) => return Found::Token(Token::Refused),
        Some(true) => {}
    }
    if let Some(scopes) = told["scopes"].as_array() {
        let there: Vec<&str> = scopes.iter().filter_map(Value::as_str).collect();
        let lacks = lacking(rights.iter().copied(), &there);
        if !lacks.is_empty() {
            return Found::Token(Token::Lacks(lacks));
        }
    }
    // nought: it does not end
    let until = told["expires_at"].as_i64().filter(|seconds| *seconds > 0).map(Timestamp::from_seconds);
    Found::Token(Token::Valid { until })
}

/// To what the app listens: it answers with its own secret for a token.
pub fn fields_asked(settings: &Settings) -> Letter {
    Letter::Http(HttpLetter { headers: as_app(settings), ..HttpLetter::asked(app_address(settings)) })
}

/// Where the app wants to be called, and of what. The house calls there at once and wants to hear its number back.
pub fn fields_set(settings: &Settings, (object, fields): (&str, &[&str]), url: &str) -> Letter {
    let body = Body::Form(vec![
        ("object", object.to_owned()),
        ("callback_url", url.to_owned()),
        ("fields", fields.join(",")),
        ("verify_token", settings.text("verify_token").to_owned()),
    ]);
    Letter::Http(HttpLetter { headers: as_app(settings), body, ..HttpLetter::posted(app_address(settings)) })
}

fn app_address(settings: &Settings) -> Secret {
    Secret::new(format!("{}/{}/subscriptions", settings.text("server").trim_end_matches('/'), settings.text("app_id")))
}

fn as_app(settings: &Settings) -> Vec<(&'static str, Secret)> {
    vec![("authorization", Secret::new(format!("Bearer {}|{}", settings.text("app_id"), settings.text("app_secret"))))]
}

/// To what of an object the app listens.
pub fn fields((object, wanted): (&str, &[&str]), answer: &Answer) -> Found {
    if error(answer).is_some() {
        // the number of the app is another one's, or its secret is
        return Found::unknown(Trouble::Policy);
    }
    let Some((200, body)) = answer.json() else { return Found::of_silence(answer) };
    let Some(all) = body["data"].as_array() else { return Found::unknown(Trouble::StrangeAnswer) };
    let is_on = |known: &&Value| known["object"].as_str() == Some(object) && known["active"].as_bool() != Some(false);
    let Some(known) = all.iter().find(is_on) else { return Found::Hook(Hook::Missing) };
    let named = known["fields"].as_array().into_iter().flatten();
    // with their versions, or by their names alone
    let named: Vec<&str> = named.filter_map(|field| field["name"].as_str().or(field.as_str())).collect();
    let lacks = lacking(wanted.iter().copied(), &named);
    Found::Hook(if lacks.is_empty() { Hook::Ours(Backlog::default()) } else { Hook::Lacks(lacks) })
}

/// Which apps are told of what happens; `fields`: of which things we need to hear, where the list names them.
pub fn subscribed(fields: &[&str], reach: &Reach, answer: &Answer) -> Found {
    if let Some((code, _)) = error(answer) {
        return Found::unknown(if TOKEN_IS_WRONG.contains(&code) { Trouble::Unauthorized } else { Trouble::Policy });
    }
    let Some((200, body)) = answer.json() else { return Found::of_silence(answer) };
    let Some(apps) = body["data"].as_array() else { return Found::unknown(Trouble::StrangeAnswer) };
    let Some(app) = apps.first() else { return Found::Hook(Hook::Missing) };
    let elsewhere = |app: &Value| match (app["override_callback_uri"].as_str(), reach) {
        (Some(called), Reach::Webhook { url }) => !same_address(called, url),
        (Some(_), Reach::Polling) | (None, _) => false,
    };
    if apps.iter().all(elsewhere) {
        return Found::Hook(Hook::Elsewhere);
    }
    let named: Option<Vec<&str>> = app["subscribed_fields"].as_array().map(|all| all.iter().filter_map(Value::as_str).collect());
    let lacks = named.map(|named| lacking(fields.iter().copied(), &named)).unwrap_or_default();
    Found::Hook(if lacks.is_empty() { Hook::Ours(Backlog::default()) } else { Hook::Lacks(lacks) })
}
