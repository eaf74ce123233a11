//! Header fields. Whatever a person typed becomes one line of printable ASCII: control characters turn into spaces, everything that
//! is not plain is encoded after RFC 2047. What should be an address or an id is checked, not repaired.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::Unwritable;

/// Bytes of text in one encoded word: with the wrapping, a line stays under 76 characters.
const WORD: usize = 42;

/// Longer plain text is encoded, because only encoded words may be folded anywhere.
const LONGEST_PLAIN: usize = 60;

/// The fields of one head, in the order in which they are added.
#[derive(Default)]
pub struct Head(String);

impl Head {
    /// For values that are ASCII by their nature. A value that could begin another line is refused.
    pub fn add(&mut self, name: &'static str, value: &str) -> Result<(), Unwritable> {
        if value.is_empty() || !value.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
            return Err(Unwritable::Control { at: name });
        }
        self.push(name, value);
        Ok(())
    }

    /// For words that a person has written.
    pub fn add_words(&mut self, name: &str, words: &str) {
        self.push(name, &encoded(words));
    }

    /// Several ids, one a line.
    pub fn add_ids(&mut self, name: &str, ids: &[&str]) {
        let ids: Vec<_> = ids.iter().filter(|id| is_message_id(id)).map(|id| format!("<{id}>")).collect();
        if !ids.is_empty() {
            self.push(name, &ids.join("\r\n "));
        }
    }

    pub fn add_mailbox(&mut self, name: &'static str, words: &str, address: &str) -> Result<(), Unwritable> {
        if !is_plain_address(address) {
            return Err(Unwritable::WrongAddress);
        }
        let words = one_line(words);
        if words.is_empty() {
            self.push(name, address);
        } else if is_plain(&words) {
            self.push(name, &format!("\"{}\" <{address}>", words.replace('\\', "\\\\").replace('"', "\\\"")));
        } else {
            self.push(name, &format!("{}\r\n <{address}>", encoded(&words)));
        }
        Ok(())
    }

    pub fn into_text(self) -> String {
        self.0
    }

    fn push(&mut self, name: &str, value: &str) {
        for part in [name, ": ", value, "\r\n"] {
            self.0.push_str(part);
        }
    }
}

/// As the name of a file stands in `Content-Disposition`, after RFC 2231.
pub fn file_name(name: &str) -> String {
    let name = one_line(name);
    if is_plain(&name) && !name.contains(['"', '\\']) {
        return format!("filename=\"{name}\"");
    }
    let encoded: String = name
        .bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() || b".-_".contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
            },
        )
        .collect();
    format!("filename*=UTF-8''{encoded}")
}

/// ASCII on both sides of the sign, so that every server takes it, and nothing that could end it.
pub fn is_plain_address(address: &str) -> bool {
    address.contains('@') && address.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>()[]\\,;:\"".contains(&byte))
}

/// The inside of `<...>`.
fn is_message_id(id: &str) -> bool {
    id.len() <= 250 && is_plain_address(id)
}

fn encoded(words: &str) -> String {
    let words = one_line(words);
    if is_plain(&words) {
        return words;
    }
    let mut lines: Vec<String> = Vec::new();
    let mut word = String::new();
    for letter in words.chars() {
        if word.len() + letter.len_utf8() > WORD {
            lines.push(std::mem::take(&mut word));
        }
        word.push(letter);
    }
    lines.push(word);
    lines.iter().map(|word| format!("=?UTF-8?B?{}?=", STANDARD.encode(word))).collect::<Vec<_>>().join("\r\n ")
}

fn is_plain(words: &str) -> bool {
    words.len() <= LONGEST_PLAIN && words.bytes().all(|byte| (b' '..=b'~').contains(&byte)) && !words.contains("=?")
}

fn one_line(words: &str) -> String {
    words.split(|c: char| c.is_control() || c.is_whitespace()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
