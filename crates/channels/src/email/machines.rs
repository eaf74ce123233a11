//! Whether a program wrote a mail: an absence note, a newsletter, a report. Nobody answers those, or two programs would write to
//! each other for ever (RFC 3834).

use mail_parser::Message;

/// What notes of absence begin with where they say so nowhere else.
const SUBJECTS: [&str; 14] = [
    "out of office",
    "automatic reply",
    "auto-reply",
    "autoreply",
    "auto:",
    "автоответ",
    "автоматический ответ",
    "нет на месте",
    "automatikus válasz",
    "automatikus értesítés",
    "házon kívül",
    "پاسخ خودکار",
    "خارج از دفتر",
    "delivery status notification",
];

pub fn wrote(message: &Message<'_>) -> bool {
    let mut headers = message.headers_raw().map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_ascii_lowercase()));
    headers.any(|(name, value)| match name.as_str() {
        "auto-submitted" => !value.is_empty() && !value.starts_with("no"),
        "precedence" => ["bulk", "junk", "list", "auto_reply", "auto-reply"].contains(&value.as_str()),
        "x-autoreply" | "x-autorespond" | "x-autoresponder" | "x-auto-reply" => value != "no",
        "list-id" | "list-unsubscribe" | "x-failed-recipients" => true,
        "return-path" => value == "<>",
        "content-type" => value.starts_with("multipart/report"),
        _ => false,
    }) || is_note_of_absence(message.subject().unwrap_or_default())
        || from_a_machine(message)
}

fn is_note_of_absence(subject: &str) -> bool {
    let subject = subject.trim().to_lowercase();
    SUBJECTS.iter().any(|known| subject.starts_with(known))
}

fn from_a_machine(message: &Message<'_>) -> bool {
    let from = message.from().and_then(|from| from.first()).and_then(|from| from.address()).unwrap_or_default();
    let mailbox = from.split('@').next().unwrap_or_default().to_ascii_lowercase();
    ["mailer-daemon", "postmaster", "noreply", "no-reply", "donotreply", "do-not-reply"].contains(&mailbox.as_str())
}
