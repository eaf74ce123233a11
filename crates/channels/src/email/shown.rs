//! What of a mail is shown: the words of its sender. What they answer stands in the thread already, and what stands under each of their
//! mails is no news.
//!
//! Quoted lines go wherever they stand, with the line that announces them: whoever answers between the lines or below them is
//! read too. What is not marked is cut from where a mail program begins it. If nothing would be left, everything is shown.

/// What mail programs write over a mail that they append without marks.
const SEAMS: [&str; 12] = [
    "-----original message-----",
    "----- original message -----",
    "---------- forwarded message",
    "-----исходное сообщение-----",
    "----- исходное сообщение -----",
    "-------- исходное сообщение",
    "-------- пересылаемое сообщение",
    "-----eredeti üzenet-----",
    "----- eredeti üzenet -----",
    "-------- eredeti üzenet",
    "-----پیام اصلی-----",
    "________________________________",
];

/// The first two fields of the head that others write there, `From:` and `Sent:`.
const HEADS: [(&[&str], &[&str]); 4] = [
    (&["from:", "*from:*"], &["sent:", "date:", "*sent:*", "*date:*"]),
    (&["от:", "*от:*", "от кого:"], &["отправлено:", "дата:", "*отправлено:*", "*дата:*"]),
    (&["feladó:", "*feladó:*"], &["küldve:", "dátum:", "elküldve:", "*küldve:*", "*dátum:*"]),
    (&["از:", "فرستنده:"], &["ارسال:", "تاریخ:", "ارسال‌شده:", "ارسال شده:"]),
];

/// How the line ends that announces a mail, with a day or an address in it.
const ANNOUNCES: [&str; 12] = [
    "wrote:",
    "writes:",
    "писал:",
    "писала:",
    "писал(а):",
    "пишет:",
    "пишете:",
    "írta:",
    "ezt írta (időpont:",
    "írta (",
    "نوشت:",
    "نوشته است:",
];

/// What telephones and programs write under every mail.
const SIGNATURES: [&str; 16] = [
    "sent from my ",
    "sent from mail for",
    "sent from yahoo",
    "sent from outlook",
    "get outlook for",
    "отправлено с ",
    "отправлено из ",
    "отправлено с iphone",
    "послано из ",
    "iphone-omról küldve",
    "az iphone-omról küldve",
    "elküldve a ",
    "elküldve az ",
    "küldve a ",
    "از iphone من ارسال",
    "فرستاده‌شده از ",
];

/// An announcement may be broken over so many lines.
const LINES_OF_AN_ANNOUNCEMENT: usize = 3;

pub fn words(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.split('\n').map(str::trim_end).collect();
    let shown = tidy(&without_signature(without_quotes(&lines)));
    if shown.is_empty() { tidy(&lines) } else { shown }
}

fn without_quotes<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let mut kept: Vec<&str> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if begins_history(&lines[at..]) {
            break;
        }
        if line.trim_start().starts_with('>') {
            drop_announcement(&mut kept);
        } else {
            kept.push(line);
        }
    }
    kept
}

/// From here on nothing is the sender's own.
fn begins_history(lines: &[&str]) -> bool {
    let line = lines[0].trim().to_lowercase();
    if SEAMS.iter().any(|seam| line.starts_with(seam)) {
        return true;
    }
    let next = lines.get(1).map(|line| line.trim().to_lowercase()).unwrap_or_default();
    let starts = |line: &str, words: &[&str]| words.iter().any(|word| line.starts_with(word));
    if HEADS.iter().any(|(first, second)| starts(&line, first) && starts(&next, second)) {
        return true;
    }
    // over a history without marks; over a marked one it goes with the first quoted line
    let after = lines[1..].iter().find(|line| !line.trim().is_empty());
    announces(&line) && after.is_none_or(|line| !line.trim_start().starts_with('>'))
}

/// `On Mon, 23 Nov 2026 at 10:15, Smile Dental <desk@smile.example> wrote:`
fn announces(line: &str) -> bool {
    let names_a_day_or_sender = line.contains('@') || line.chars().any(char::is_numeric);
    names_a_day_or_sender && ANNOUNCES.iter().any(|end| line.ends_with(end) || (end.ends_with('(') && line.contains(end)))
}

/// The line before a quotation that says whose it is ends in a colon, in every language.
fn drop_announcement(kept: &mut Vec<&str>) {
    let Some(last) = kept.iter().rposition(|line| !line.trim().is_empty()) else { return };
    if !kept[last].trim_end().ends_with(':') || kept.len() - last > 2 {
        return;
    }
    let first = last.saturating_sub(LINES_OF_AN_ANNOUNCEMENT - 1);
    // of a broken one the beginning stands after an empty line and names a day
    let begins = (first..=last).rev().find(|at| *at == 0 || kept[at - 1].trim().is_empty()).unwrap_or(last);
    let block = kept[begins..=last].join(" ");
    let is_announcement = block.contains('@') || block.chars().any(char::is_numeric);
    kept.truncate(if is_announcement { begins } else { last + 1 });
}

fn without_signature(mut lines: Vec<&str>) -> Vec<&str> {
    if let Some(at) = lines.iter().position(|line| *line == "--" || *line == "-- ") {
        lines.truncate(at);
    }
    while let Some(last) = lines.iter().rposition(|line| !line.trim().is_empty()) {
        let line = lines[last].trim().to_lowercase();
        if line.chars().count() > 80 || !SIGNATURES.iter().any(|known| line.starts_with(known)) {
            break;
        }
        lines.truncate(last);
    }
    lines
}

/// Without empty lines around, and no more than one between.
fn tidy(lines: &[&str]) -> String {
    let mut out = String::new();
    let mut empty = 0;
    for line in lines {
        if line.trim().is_empty() {
            empty += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if empty > 0 { "\n\n" } else { "\n" });
        }
        out.push_str(line);
        empty = 0;
    }
    out.trim().to_owned()
}

pub fn one_line(words: &str) -> String {
    words.split(|c: char| c.is_control() || c.is_whitespace()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What mail programs put before the subject of an answer, in the languages of our patients.
const PREFIXES: [&str; 14] =
    ["re:", "re :", "fw:", "fwd:", "aw:", "ответ:", "отв:", "ha:", "на:", "пер:", "vá:", "válasz:", "پاسخ:", "بازارسال:"];

pub fn is_answer(subject: &str) -> bool {
    without_prefix(subject).len() != subject.len()
}

pub fn without_prefix(subject: &str) -> &str {
    let mut rest = subject.trim();
    while let Some(prefix) = PREFIXES.iter().find(|prefix| starts_with(rest, prefix)) {
        let signs = prefix.chars().count();
        rest = rest.char_indices().nth(signs).map_or("", |(at, _)| &rest[at..]).trim_start();
    }
    rest
}

/// Without regard to case, letter by letter: folding may change how long a letter is.
fn starts_with(words: &str, prefix: &str) -> bool {
    let mut letters = words.chars();
    prefix.chars().all(|expected| letters.next().is_some_and(|letter| letter == expected || letter.to_lowercase().eq([expected])))
}
