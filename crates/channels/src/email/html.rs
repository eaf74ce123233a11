//! A page becomes words: tags, scripts, styles and pictures go, lines stay. What comes out is text and is shown as text.

/// Whatever stands inside of these is not for reading.
const UNREAD: [&str; 7] = ["head", "style", "script", "template", "title", "noscript", "svg"];
/// A new line begins with each of these.
const LINES: [&str; 16] = ["br", "p", "div", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "hr", "blockquote", "pre", "section"];
/// With which mail programs begin what was written before.
const HISTORIES: [&str; 9] = [
    "class=\"gmail_quote",
    "class=\"gmail_extra",
    "class=\"yahoo_quoted",
    "class=\"moz-cite-prefix",
    "id=\"divrplyfwdmsg",
    "id=\"appendonsend",
    "id=\"mail-editor-reference-message-container",
    "class=\"js-compose-history",
    "<blockquote",
];

/// The part of a page that stands before what it answers; the whole of it where nothing stands before.
pub fn before_history(page: &str) -> &str {
    let small = page.to_ascii_lowercase();
    let Some(at) = HISTORIES.iter().filter_map(|mark| small.find(mark)).min() else { return page };
    let start = small[..=at].rfind('<').unwrap_or(at);
    if text(&page[..start]).trim().is_empty() { page } else { &page[..start] }
}

pub fn text(page: &str) -> String {
    let mut out = String::with_capacity(page.len() / 2);
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        words(&mut out, &rest[..start]);
        rest = &rest[start..];
        rest = if let Some(comment) = rest.strip_prefix("<!--") {
            comment.find("-->").map_or("", |end| &comment[end + 3..])
        } else {
            let end = end_of_tag(rest);
            let (tag, after) = rest.split_at(end);
            let name = name(tag);
            if LINES.contains(&name.trim_start_matches('/')) {
                out.push('\n');
            } else if matches!(name.as_str(), "td" | "th") {
                out.push(' ');
            }
            if UNREAD.contains(&name.as_str()) && !tag.ends_with("/>") { after_end(after, &name) } else { after }
        };
    }
    words(&mut out, rest);
    let lines: Vec<String> = out.split('\n').map(super::shown::one_line).collect();
    lines.join("\n")
}

/// Behind the `>` of a tag; one in quotes does not end it.
fn end_of_tag(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    // never closed: only as far as the next tag, or a stray quote would swallow the mail
    tag[1..].find(['<', '>']).map_or(tag.len(), |at| if tag.as_bytes()[at + 1] == b'>' { at + 2 } else { at + 1 })
}

fn name(tag: &str) -> String {
    let inside = tag.trim_start_matches('<').trim_end_matches('>');
    let end = inside.char_indices().find(|(at, c)| c.is_whitespace() || (*c == '/' && *at > 0)).map_or(inside.len(), |(at, _)| at);
    inside[..end].to_ascii_lowercase()
}

fn after_end<'a>(rest: &'a str, name: &str) -> &'a str {
    let end = format!("</{name}");
    let found = rest.match_indices("</").find(|(at, _)| rest.get(*at..at + end.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(&end)));
    found.map_or("", |(at, _)| &rest[at + end_of_tag(&rest[at..])..])
}

/// Line ends of the source are spaces.
fn words(out: &mut String, words: &str) {
    let mut rest = words;
    while let Some(at) = rest.find(['&', '\n', '\r', '\t']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = rest.strip_prefix('&').and_then(|after| after.split_once(';')).filter(|(name, _)| name.len() <= 10);
        let sign = entity.and_then(|(name, after)| Some((sign(name)?, after)));
        if let Some((sign, after)) = sign {
            out.push(sign);
            rest = after;
        } else {
            out.push(if rest.starts_with('&') { '&' } else { ' ' });
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
}

fn sign(entity: &str) -> Option<char> {
    if let Some(number) = entity.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|sign| !sign.is_control());
    }
    Some(match entity {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" | "rsquo" | "lsquo" => '\'',
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "laquo" => '«',
        "raquo" => '»',
        "ldquo" => '“',
        "rdquo" => '”',
        "zwnj" => '\u{200c}',
        "copy" => '©',
        "euro" => '€',
        "aacute" => 'á',
        "eacute" => 'é',
        "iacute" => 'í',
        "oacute" => 'ó',
        "uacute" => 'ú',
        "ouml" => 'ö',
        "uuml" => 'ü',
        _ => return None,
    })
}
