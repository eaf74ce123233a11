//! The texts that Meta has approved for a WhatsApp Business Account: fetched page by page, changed by news, and written into a letter.

use clinic::templates::{
    Button, Category, Filled, FilledButton, Header, News, Quality, State, Template, TemplateName, Turn, Value as Filling,
};
use kernel::{Secret, Timestamp};
use serde_json::{Value, json};

use super::answers::trouble;
use super::letters::signed;
use crate::meta::{self, text};
use crate::{Answer, Arrival, Browsing, Event, HttpLetter, Letter, Settings, Trouble};

/// On one page.
const PAGE: usize = 50;
/// A business has at most some thousands; whoever has more does not choose among them by hand.
const MOST_PAGES: usize = 40;

/// The next page, or all of them.
pub fn browse(settings: &Settings, so_far: &[Answer], at: Timestamp) -> Browsing {
    if settings.text("business_account_id").is_empty() {
        return Browsing::Needless;
    }
    let mut found = Vec::new();
    let mut after = None;
    for answer in so_far {
        if let Some((code, _)) = meta::error(answer) {
            return Browsing::Failed(trouble(code));
        }
        let Some((200, body)) = answer.json() else {
            let why = Result::from(answer.without_words()).err();
            return Browsing::Failed(why.unwrap_or(Trouble::StrangeAnswer));
        };
        let Some(page) = body["data"].as_array() else { return Browsing::Failed(Trouble::StrangeAnswer) };
        found.extend(page.iter().filter_map(|told| template(told, at)));
        // the address of the next page is in there too, with the token: only its place in the list is believed
        after = body["paging"]["next"].as_str().and_then(|_| body["paging"]["cursors"]["after"].as_str()).map(str::to_owned);
        if after.is_none() {
            return Browsing::Found(found);
        }
    }
    if so_far.len() >= MOST_PAGES { Browsing::Found(found) } else { Browsing::ask(page(settings, after.as_deref())) }
}

fn page(settings: &Settings, after: Option<&str>) -> Letter {
    let server = settings.text("server").trim_end_matches('/');
    let account = settings.text("business_account_id");
    let mut asked = form_urlencoded::Serializer::new(String::new());
    asked.append_pair("fields", "name,language,category,status,rejected_reason,quality_score,components");
    asked.append_pair("limit", &PAGE.to_string());
    if let Some(after) = after {
        asked.append_pair("after", after);
    }
    let url = format!("{server}/{account}/message_templates?{}", asked.finish());
    signed(settings, HttpLetter::asked(Secret::new(url)))
}

/// None: it is being taken away, or is of a form that nobody knows.
fn template(told: &Value, at: Timestamp) -> Option<Template> {
    let (name, language) = (text(&told["name"]), text(&told["language"]));
    let state = match state(told["status"].as_str()?, &told["rejected_reason"])? {
        Turn::State(state) => state,
        Turn::Quality(_) | Turn::Category(_) | Turn::Deleted => return None,
    };
    let mut template = Template {
        name,
        language,
        category: category(&told["category"]),
        state,
        quality: quality(&told["quality_score"]["score"]),
        header: Header::None,
        body: String::new(),
        footer: String::new(),
        buttons: Vec::new(),
        as_of: at,
    };
    for part in told["components"].as_array().into_iter().flatten() {
        match part["type"].as_str().unwrap_or_default() {
            "HEADER" if part["format"] == "TEXT" => template.header = Header::Words(text(&part["text"])),
            "HEADER" => template.header = Header::File,
            "BODY" => template.body = text(&part["text"]),
            "FOOTER" => template.footer = text(&part["text"]),
            "BUTTONS" => template.buttons = part["buttons"].as_array().into_iter().flatten().map(button).collect(),
            _ => {}
        }
    }
    let has_words = !template.name.is_empty() && !template.language.is_empty() && !template.body.is_empty();
    has_words.then_some(template)
}

fn button(told: &Value) -> Button {
    let label = text(&told["text"]);
    match told["type"].as_str().unwrap_or_default() {
        "QUICK_REPLY" => Button::Answer { label },
        "URL" => Button::Link { label, url: text(&told["url"]) },
        "PHONE_NUMBER" => Button::Fixed { label },
        _ => Button::Foreign { label },
    }
}

/// By Meta's words, which are not the same ones in a list and in news. None: it says nothing of the state.
fn state(word: &str, reason: &Value) -> Option<Turn> {
    Some(match word {
        "APPROVED" | "REINSTATED" | "UNPAUSED" => Turn::State(State::Approved),
        "PENDING" | "IN_APPEAL" => Turn::State(State::Pending),
        "REJECTED" => Turn::State(State::Rejected { why: text(reason).replace("NONE", "") }),
        "PAUSED" | "LOCKED" => Turn::State(State::Paused),
        // still sent, and about to be paused
        "FLAGGED" => Turn::Quality(Quality::Low),
        "DELETED" | "PENDING_DELETION" => Turn::Deleted,
        "DISABLED" | "ARCHIVED" | "LIMIT_EXCEEDED" => Turn::State(State::Disabled),
        _ => return None,
    })
}

/// What we do not know is taken for advertising: that is never sent unasked.
fn category(told: &Value) -> Category {
    match told.as_str().unwrap_or_default() {
        "UTILITY" => Category::Utility,
        "AUTHENTICATION" => Category::Authentication,
        _ => Category::Marketing,
    }
}

fn quality(told: &Value) -> Quality {
    match told.as_str().unwrap_or_default() {
        "GREEN" => Quality::High,
        "YELLOW" => Quality::Medium,
        "RED" => Quality::Low,
        _ => Quality::Unknown,
    }
}

/// What a change of the business account tells of a text; `entry` names the account and the time.
pub fn news(settings: &Settings, entry: &Value, change: &Value, received_at: Timestamp) -> Option<Arrival> {
    let ours = settings.text("business_account_id");
    if ours.is_empty() || entry["id"].as_str() != Some(ours) {
        return None;
    }
    let value = &change["value"];
    let field = change["field"].as_str()?;
    let turn = match field {
        "message_template_status_update" => state(value["event"].as_str()?, &value["reason"])?,
        "message_template_quality_update" => Turn::Quality(quality(&value["new_quality_score"])),
        "template_category_update" => Turn::Category(category(&value["new_category"])),
        _ => return None,
    };
    let of = TemplateName { name: text(&value["message_template_name"]), language: text(&value["message_template_language"]) };
    if of.name.is_empty() || of.language.is_empty() {
        return None;
    }
    let at = entry["time"].as_i64().filter(|seconds| *seconds > 0).map_or(received_at, Timestamp::from_seconds);
    let word = ["event", "new_quality_score", "new_category"].into_iter().find_map(|name| value[name].as_str()).unwrap_or_default();
    let key = format!("{field}:{of}:{}:{word}", at.as_millis());
    Some(Arrival::new(key, at, Event::Template(News { of, at, turn })))
}

/// The part of a letter that names the text and fills it.
pub fn written(filled: &Filled) -> Value {
    let parameters = |values: &[Filling]| -> Vec<Value> {
        let parameter = |value: &Filling| {
            let mut parameter = json!({ "type": "text", "text": value.text });
            if let Some(name) = &value.name {
                parameter["parameter_name"] = name.as_str().into();
            }
            parameter
        };
        values.iter().map(parameter).collect()
    };
    let mut components: Vec<Value> = Vec::new();
    for (part, values) in [("header", &filled.header), ("body", &filled.body)] {
        if !values.is_empty() {
            components.push(json!({ "type": part, "parameters": parameters(values) }));
        }
    }
    components.extend(filled.buttons.iter().map(|button| {
        let (kind, place, parameter) = match button {
            FilledButton::Answer { place, brings } => ("quick_reply", place, json!({ "type": "payload", "payload": brings })),
            FilledButton::Link { place, tail } => ("url", place, json!({ "type": "text", "text": tail })),
        };
        json!({ "type": "button", "sub_type": kind, "index": place.to_string(), "parameters": [parameter] })
    }));
    json!({ "name": filled.of.name, "language": { "code": filled.of.language }, "components": components })
}

/// What a refusal says of the text that was sent. None: nothing.
pub fn turned_by(code: &str) -> Option<State> {
    match code {
        "132015" => Some(State::Paused),
        // for ever; or there is none of this name in this language
        "132016" | "132001" => Some(State::Disabled),
        _ => None,
    }
}
