//! How people of the four languages are called and what they write: one file for each language, beside this one.

use std::sync::LazyLock;

use kernel::Locale;
use serde::Deserialize;

/// What stands in the file of a language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Speech {
    pub women: Vec<String>,
    pub men: Vec<String>,
    pub families: Vec<String>,
    /// Words that the bot understands as a yes to a reminder.
    pub yes: Vec<String>,
    pub thanks: Vec<String>,
    pub late: Vec<String>,
    /// Words that only a person can answer.
    pub questions: Vec<String>,
    pub emergency: Vec<String>,
    /// What the desk answers.
    pub desk: Vec<String>,
    pub clinic: Wording,
}

/// How the clinic and what it offers are called.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Wording {
    pub name: String,
    pub check_up: String,
    pub hygiene: String,
    pub filling: String,
    pub root_canal: String,
    pub crown: String,
    pub extraction: String,
    pub hygiene_preparation: String,
    pub extraction_preparation: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    Woman,
    Man,
}

static ALL: LazyLock<[Speech; 4]> = LazyLock::new(|| {
    let read = |text| toml::from_str(text).expect("the files of speech are read by a test");
    [
        read(include_str!("speech/en.toml")),
        read(include_str!("speech/ru.toml")),
        read(include_str!("speech/hu.toml")),
        read(include_str!("speech/fa.toml")),
    ]
});

impl Speech {
    pub fn of(locale: Locale) -> &'static Self {
        match locale {
            Locale::En => &ALL[0],
            Locale::Ru => &ALL[1],
            Locale::Hu => &ALL[2],
            Locale::Fa => &ALL[3],
        }
    }

    pub fn given(&self, sex: Sex) -> &[String] {
        match sex {
            Sex::Woman => &self.women,
            Sex::Man => &self.men,
        }
    }
}

/// The form of a family name: Russian has one for women.
pub fn family_for(family: &str, locale: Locale, sex: Sex) -> String {
    let has_two_forms = ["ов", "ев", "ёв", "ин", "ын"].iter().any(|ending| family.ends_with(ending));
    match (locale, sex) {
        (Locale::Ru, Sex::Woman) if has_two_forms => format!("{family}а"),
        (Locale::En | Locale::Ru | Locale::Hu | Locale::Fa, _) => family.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use clinic::answers::{Answer, Asked, Question, Understood, read};
    use clinic::conversations::Said;

    use super::*;

    fn heard(locale: Locale, words: &str) -> Understood {
        read(&Said::Words(words.to_owned()), Asked { language: locale, question: Question::Open })
    }

    #[test]
    fn what_the_patients_of_the_demo_write_is_heard_as_it_is_meant() {
        for locale in Locale::ALL {
            let speech = Speech::of(locale);
            for words in &speech.yes {
                assert!(matches!(heard(locale, words), Understood::Certain(Answer::Yes | Answer::Confirm)), "{locale}: {words}");
            }
            for words in &speech.emergency {
                assert_eq!(heard(locale, words), Understood::Certain(Answer::Emergency), "{locale}: {words}");
            }
            for words in &speech.late {
                assert!(matches!(heard(locale, words), Understood::Certain(Answer::Late(_))), "{locale}: {words}");
            }
            for words in &speech.thanks {
                assert_eq!(heard(locale, words), Understood::Certain(Answer::Thanks), "{locale}: {words}");
            }
            for words in &speech.questions {
                assert!(!matches!(heard(locale, words), Understood::Certain(_)), "{locale}: {words}");
            }
        }
    }

    #[test]
    fn a_womans_family_name_has_its_own_form_where_the_language_has_one() {
        for (family, locale, sex, expected) in [
            ("Орлов", Locale::Ru, Sex::Woman, "Орлова"),
            ("Орлов", Locale::Ru, Sex::Man, "Орлов"),
            ("Никитин", Locale::Ru, Sex::Woman, "Никитина"),
            ("Varga", Locale::Hu, Sex::Woman, "Varga"),
            ("رضایی", Locale::Fa, Sex::Woman, "رضایی"),
        ] {
            assert_eq!(family_for(family, locale, sex), expected);
        }
    }
}
