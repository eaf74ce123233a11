//! How the chat looks and what it says, in the visitor's language: everything that the script itself does not know.

use axum::extract::State;
use axum::response::Response;
use clinic::clinics::Clinic;
use clinic::files::PICTURES_AND_PDFS;
use desk::chat::{self, Answering, Door};
use kernel::{Arg, Timestamp, format};
use serde_json::{Value, json};

use super::{Asking, NotDone, answered, locale_of};
use crate::query::Asked;
use crate::site::Site;
use crate::telling::Telling;
use crate::{Words, assets};

/// What the script says, by the name that it has there.
const SAID: [&str; 39] = [
    "open",
    "close",
    "label",
    "write",
    "send",
    "sending",
    "unsent",
    "retry",
    "offline",
    "you",
    "bot",
    "person",
    "call",
    "call-title",
    "call-lead",
    "call-name",
    "call-phone",
    "call-at",
    "call-about",
    "call-send",
    "call-back",
    "call-done",
    "book",
    "fault-name",
    "fault-phone",
    "fault-consent",
    "fault-at",
    "fault-fast",
    "fault-other",
    "attach",
    "files",
    "file-remove",
    "file-ready",
    "file-large",
    "file-kind",
    "file-damaged",
    "file-many",
    "file-away",
    "file-unshown",
];

pub async fn look(State(site): State<Site>, asking: Asking, asked: Asked) -> Response {
    let allowed = asking.allowed();
    let words = Words::of(locale_of(&asked));
    let done = chat::open(site.desk(), asking.caller).await.map(|door| shown(words, &door)).map_err(NotDone::from);
    answered(allowed, done)
}

fn shown(words: Words, door: &Door) -> Value {
    let Door { clinic, look, .. } = door;
    let most = chat::largest_shown();
    let name = [("clinic", Arg::from(clinic.name.clone())), ("most", Arg::from(format::number(desk::megabytes(most), words.locale())))];
    let said: serde_json::Map<String, Value> =
        SAID.iter().map(|key| ((*key).to_owned(), words.with(&format!("chat-{key}"), &name).into())).collect();
    let times: Vec<Value> = chat::times_to_call(clinic, door.now)
        .into_iter()
        .map(|(from, until)| json!({ "at": from.as_millis(), "says": time(words, clinic, door.now, (from, until)) }))
        .collect();
    json!({
        "lang": words.code(),
        "dir": words.dir(),
        "clinic": clinic.name,
        "colour": look.colour,
        "ink": look.ink,
        "side": look.side.name(),
        "shade": look.shade.name(),
        "greeting": look.greeting(words.locale()).map_or_else(|| words.with("chat-greeting", &name), str::to_owned),
        "booking": look.booking,
        "wording": chat::WORDING,
        "consent": words.with("chat-consent", &name),
        "soon": words.say("chat-call-soon"),
        "times": times,
        "standing": standing(words, clinic, door.now, door.answering),
        "files": { "most": most, "kinds": PICTURES_AND_PDFS },
        "says": said,
        "style": String::from_utf8_lossy(&assets::text("css/chat.css")),
    })
}

/// Whether somebody answers now, and the sentence that says so.
pub fn standing(words: Words, clinic: &Clinic, now: Timestamp, answering: Answering) -> Value {
    let telling = Telling { words, zone: &clinic.zone, now };
    let (live, says) = match answering {
        Answering::Now => (true, words.say("chat-answers-now")),
        Answering::From(at) => (false, words.with("chat-answers-from", &[("at", Arg::from(telling.at(at)))])),
        Answering::Unknown => (false, words.say("chat-answers-later")),
    };
    json!({ "live": live, "says": says })
}

/// 'today, 14:00–17:00'
fn time(words: Words, clinic: &Clinic, now: Timestamp, (from, until): (Timestamp, Timestamp)) -> String {
    let telling = Telling { words, zone: &clinic.zone, now };
    let day = from.date(&clinic.zone);
    let day = match format::relative_day(day, now.date(&clinic.zone)) {
        format::RelativeDay::Today => words.say("chat-call-today"),
        format::RelativeDay::Tomorrow => words.say("chat-call-tomorrow"),
        format::RelativeDay::Yesterday | format::RelativeDay::Other => format::date_long(day, words.locale()),
    };
    words.with(
        "chat-call-between",
        &[("day", Arg::from(day)), ("from", Arg::from(telling.time(from))), ("until", Arg::from(telling.time(until)))],
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use kernel::Locale;

    use super::*;

    /// So many bytes as they are served; nothing is left out on the way.
    const MOST: usize = 15_000;

    fn script(name: &str) -> String {
        String::from_utf8(assets::text(name).into_owned()).unwrap()
    }

    #[test]
    fn the_script_is_small_and_needs_nobody() {
        for name in ["js/chat.js", "js/chat-call.js", "js/chat-files.js"] {
            let script = script(name);
            assert!((1_000..MOST).contains(&script.len()), "{name}: {} bytes", script.len());
            for word in ["import ", "document.cookie", "eval(", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write"] {
                assert!(!script.contains(word), "{name}: {word}");
            }
            // nothing comes but from where the script itself came
            let loads = usize::from(name == "js/chat.js");
            assert_eq!((script.matches("import(").count(), script.matches("import(new URL(`chat-").count()), (loads, loads), "{name}");
            let asked = script.matches("fetch(").count();
            assert!(asked <= 1 && script.matches("credentials: 'omit'").count() == asked, "{name}");
        }
    }

    #[test]
    fn the_script_says_what_it_is_given_and_every_language_has_it() {
        let script = ["js/chat.js", "js/chat-call.js", "js/chat-files.js"].map(script).join("\n");
        let said: BTreeSet<&str> = SAID.into_iter().collect();
        assert_eq!(said.len(), SAID.len());
        let known = |key: &str| said.contains(key);
        let end = |rest: &str| rest.find(|sign: char| !sign.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let dotted = script.split("say.").skip(1).map(|rest| &rest[..end(rest)]);
        let quoted = script.split("say['").skip(1).filter_map(|rest| rest.split_once('\'').map(|(key, _)| key));
        let mut used: BTreeSet<&str> = dotted.chain(quoted).collect();
        // chosen by what has happened
        used.extend([
            "file-away",
            "file-damaged",
            "you",
            "bot",
            "person",
            "fault-name",
            "fault-phone",
            "fault-at",
            "fault-consent",
            "fault-fast",
            "fault-other",
        ]);
        assert!(used.iter().all(|key| known(key)), "{:?}", used.difference(&said));
        assert!(said.iter().all(|key| used.contains(key)), "{:?}", said.difference(&used));
        for locale in Locale::ALL {
            let words = Words::of(locale);
            let more = [
                "greeting",
                "consent",
                "answers-now",
                "answers-from",
                "answers-later",
                "call-soon",
                "call-today",
                "call-tomorrow",
                "call-between",
                "call-words",
            ];
            for key in said.iter().chain(&more) {
                assert!(words.known(&format!("chat-{key}")).is_some(), "{locale} chat-{key}");
            }
        }
    }
}
