//! What people type into a form: trimmed, of a decent length, without characters that cannot be seen.

use crate::Refusal;

/// One line with something in it: the name of a service, a title.
pub fn one_line(text: &str, most: u32) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::new("line.empty"));
    }
    if text.chars().any(char::is_control) {
        return Err(Refusal::new("line.invisible"));
    }
    short(text, most)
}

/// Any number of lines, or nothing: a note, an address.
pub fn some_lines(text: &str, most: u32) -> Result<String, Refusal> {
    let text = text.trim().replace("\r\n", "\n");
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(Refusal::new("line.invisible"));
    }
    short(&text, most)
}

fn short(text: &str, most: u32) -> Result<String, Refusal> {
    let fits = u32::try_from(text.chars().count()).is_ok_and(|count| count <= most);
    if fits { Ok(text.to_owned()) } else { Err(Refusal::new("line.too-long").with("most", most)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_trimmed_and_what_cannot_be_seen_is_refused() {
        for (text, line, lines) in [
            ("  Check-up ", Ok("Check-up"), Ok("Check-up")),
            ("", Err("line.empty"), Ok("")),
            (" \u{a0} ", Err("line.empty"), Ok("")),
            ("a\r\nb", Err("line.invisible"), Ok("a\nb")),
            ("a\u{0}b", Err("line.invisible"), Err("line.invisible")),
            ("a\u{1b}[2Jb", Err("line.invisible"), Err("line.invisible")),
            ("دوازده کلمه", Err("line.too-long"), Err("line.too-long")),
            ("دوازده نفر", Ok("دوازده نفر"), Ok("دوازده نفر")),
        ] {
            let code = |result: Result<String, Refusal>| result.map_err(|refusal| refusal.code());
            assert_eq!(code(one_line(text, 10)), line.map(str::to_owned), "{text:?}");
            assert_eq!(code(some_lines(text, 10)), lines.map(str::to_owned), "{text:?}");
        }
    }
}
