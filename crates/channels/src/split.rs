//! A long text as several messages: parted where a reader would pause.

/// Parts of at most `most` units of UTF-16 each, in order; none is empty. An emoji counts as two units, so a part is
/// also within a limit that counts characters.
pub fn split(text: &str, most: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let part = &rest[..first_part(rest, most)];
        rest = rest[part.len()..].trim_start();
        parts.push(part.trim_end());
    }
    parts
}

pub fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Where the first part ends: behind a paragraph, else a line, a sentence, a word, or at the limit itself.
fn first_part(text: &str, most: usize) -> usize {
    let Some(limit) = fitting(text, most) else { return text.len() };
    let window = &text[..limit];
    // A pause in the first quarter would leave a part that looks lost.
    let earliest = limit / 4;
    let pause = |mark: &str| window.rfind(mark).map(|at| at + mark.len()).filter(|at| *at > earliest);
    pause("\n\n")
        .or_else(|| pause("\n"))
        .or_else(|| [". ", "! ", "? ", "؟ ", "… "].into_iter().filter_map(pause).max())
        .or_else(|| pause(" "))
        .unwrap_or_else(|| whole_characters(text, limit))
}

/// The bytes of what fits; None if all of it does.
fn fitting(text: &str, most: usize) -> Option<usize> {
    let mut used = 0;
    text.char_indices().find_map(|(at, c)| {
        used += c.len_utf16();
        (used > most).then_some(at)
    })
}

/// Does not cut between a letter and its mark, nor inside of an emoji made of several.
fn whole_characters(text: &str, limit: usize) -> usize {
    let joins = |c: char| matches!(c, '\u{200C}' | '\u{200D}' | '\u{300}'..='\u{36F}' | '\u{64B}'..='\u{65F}' | '\u{FE00}'..='\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}');
    let mut at = limit;
    while let Some((before, last)) = text[..at].char_indices().next_back() {
        let next = text[at..].chars().next();
        if !next.is_some_and(joins) && last != '\u{200D}' {
            return at;
        }
        at = before;
    }
    limit
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_is_parted_where_a_reader_would_pause() {
        let table: [(&str, usize, &[&str]); 7] = [
            ("", 10, &[]),
            ("short", 10, &["short"]),
            ("one one\n\ntwo two", 12, &["one one", "two two"]),
            ("one one\ntwo two", 12, &["one one", "two two"]),
            ("It is so. And so on", 14, &["It is so.", "And so on"]),
            ("one two three", 9, &["one two", "three"]),
            ("onetwothree", 6, &["onetwo", "three"]),
        ];
        for (text, most, expected) in table {
            assert_eq!(split(text, most), expected, "{text}");
        }
    }

    #[test]
    fn an_emoji_of_several_parts_stays_whole() {
        let family = "👩\u{200D}👧";
        assert_eq!(split(&format!("abc{family}"), 6), ["abc", family]);
    }

    proptest! {
        #[test]
        fn every_part_fits_and_nothing_but_white_space_is_lost(text in "\\PC{0,200}", most in 2_usize..40) {
            let parts = split(&text, most);
            prop_assert!(parts.iter().all(|part| !part.is_empty() && units(part) <= most));
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(bare(&parts.concat()), bare(&text));
        }
    }
}
