//! A whole name in one cell: which word is the family.

use kernel::{Locale, PersonName, Refusal};

/// Which comes first where a name stands in one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameOrder {
    FamilyFirst,
    /// The last word is the family.
    GivenFirst,
    /// The first word is the given name, all others the family: Persian families have several words.
    GivenThenFamilies,
}

impl NameOrder {
    /// As people write names in lists of that language.
    pub const fn of(locale: Locale) -> Self {
        match locale {
            Locale::En => Self::GivenFirst,
            Locale::Ru | Locale::Hu => Self::FamilyFirst,
            Locale::Fa => Self::GivenThenFamilies,
        }
    }
}

/// Forms of address that lists put in front of a name.
const ADDRESSES: [&str; 12] = ["mr", "mrs", "ms", "miss", "mr.", "mrs.", "ms.", "آقای", "خانم", "آقا", "سرکار خانم", "جناب آقای"];

/// `Kovács Anna`, `Anna Kovács`, `Kovács, Anna`, `Петрова Анна Сергеевна`, `خانم مریم کریمی`.
pub(crate) fn split(text: &str, order: NameOrder) -> Result<PersonName, Refusal> {
    let text = ADDRESSES.iter().rev().find_map(|address| without(text.trim(), address)).unwrap_or(text.trim());
    if let Some((family, given)) = text.split_once(',') {
        return whole(given, family);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    if let [only] = words[..] {
        return PersonName::new(only, "");
    }
    // 'Dr.' and 'ifj.' belong to the family that they stand before.
    let titles = words.iter().take_while(|word| word.ends_with('.') && word.chars().count() > 2).count().min(words.len().saturating_sub(2));
    let cut = match order {
        NameOrder::FamilyFirst | NameOrder::GivenThenFamilies => titles + 1,
        NameOrder::GivenFirst => words.len().saturating_sub(1),
    };
    let (first, rest) = words.split_at(cut.min(words.len()));
    let (first, rest) = (first.join(" "), rest.join(" "));
    match order {
        NameOrder::FamilyFirst => whole(&rest, &first),
        NameOrder::GivenFirst | NameOrder::GivenThenFamilies => whole(&first, &rest),
    }
}

/// A name in two cells. A person with a family name only is called by it.
pub(super) fn whole(given: &str, family: &str) -> Result<PersonName, Refusal> {
    if given.trim().is_empty() { PersonName::new(family, "") } else { PersonName::new(given, family) }
}

fn without<'a>(text: &'a str, address: &str) -> Option<&'a str> {
    let start = text.get(..address.len()).filter(|start| start.to_lowercase() == address)?;
    let rest = &text[start.len()..];
    rest.starts_with(char::is_whitespace).then(|| rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_family_is_where_the_language_puts_it() {
        let table = [
            ("Kovács Anna Mária", NameOrder::FamilyFirst, ("Anna Mária", "Kovács")),
            ("Dr. Kovács Anna", NameOrder::FamilyFirst, ("Anna", "Dr. Kovács")),
            ("Петрова Анна Сергеевна", NameOrder::FamilyFirst, ("Анна Сергеевна", "Петрова")),
            ("Петрова А.", NameOrder::FamilyFirst, ("А.", "Петрова")),
            ("Anna Maria Smith", NameOrder::GivenFirst, ("Anna Maria", "Smith")),
            ("Mrs. Anna Smith", NameOrder::GivenFirst, ("Anna", "Smith")),
            ("Smith, Anna", NameOrder::GivenFirst, ("Anna", "Smith")),
            ("Kovács, Anna", NameOrder::FamilyFirst, ("Anna", "Kovács")),
            ("خانم مریم محمدی نژاد", NameOrder::GivenThenFamilies, ("مریم", "محمدی نژاد")),
            ("Mira", NameOrder::FamilyFirst, ("Mira", "")),
        ];
        for (text, order, (given, family)) in table {
            let name = split(text, order).unwrap();
            assert_eq!((name.given(), name.family()), (given, family), "{text}");
        }
        assert_eq!(split(" ", NameOrder::FamilyFirst).unwrap_err().code(), "name.empty");
        assert_eq!(whole("", "Kovács").unwrap().given(), "Kovács");
    }
}
