//! What patients write, and what it must be taken for: the examples of each language, and what holds for all.

use std::collections::BTreeMap;

use kernel::Locale;
use proptest::prelude::*;

use super::Understood::{Certain, Nothing, Several};
use super::*;
use crate::texts::Phrasebook;

fn open(language: Locale) -> Asked {
    Asked { language, question: Question::Open }
}

/// What each message of a language must be taken for; nothing where it is for a person.
fn examples(language: Locale) -> Vec<(Option<Answer>, String)> {
    let written = match language {
        Locale::En => include_str!("examples/en.toml"),
        Locale::Ru => include_str!("examples/ru.toml"),
        Locale::Hu => include_str!("examples/hu.toml"),
        Locale::Fa => include_str!("examples/fa.toml"),
    };
    let groups: BTreeMap<String, Vec<String>> = toml::from_str(written).unwrap();
    groups.into_iter().flat_map(|(name, messages)| messages.into_iter().map(move |message| (answer_named(&name), message))).collect()
}

fn answer_named(name: &str) -> Option<Answer> {
    Some(match name {
        "confirm" => Answer::Confirm,
        "yes" => Answer::Yes,
        "no" => Answer::No,
        "cancel" => Answer::Cancel,
        "another-time" => Answer::AnotherTime,
        "late" => Answer::Late(None),
        "late-10" => Answer::Late(Some(10)),
        "late-30" => Answer::Late(Some(30)),
        "person" => Answer::Person,
        "stop" => Answer::Stop,
        "wrong-person" => Answer::WrongPerson,
        "start" => Answer::Start,
        "thanks" => Answer::Thanks,
        "more" => Answer::More,
        "keep" => Answer::Keep,
        "emergency" => Answer::Emergency,
        "for-a-person" => return None,
        unknown => panic!("no answer is called {unknown}"),
    })
}

/// The examples that are not understood as they must be, when somebody with `language` writes them.
fn misread(examples: &[(Option<Answer>, String)], language: Locale) -> Vec<String> {
    let wrong = examples.iter().filter_map(|(expected, message)| {
        let understood = understand(message, open(language));
        let is_right = match (expected, &understood) {
            (Some(expected), Certain(answer)) => expected == answer,
            (Some(_), Several(_) | Nothing) | (None, Certain(_)) => false,
            (None, Several(_) | Nothing) => true,
        };
        (!is_right).then(|| format!("{message}: {understood:?}, not {expected:?}"))
    });
    wrong.collect()
}

#[test]
fn every_example_is_understood_or_goes_to_a_person() {
    for language in Locale::ALL {
        let examples = examples(language);
        assert!(examples.len() >= 60, "{language}: {} examples", examples.len());
        let wrong = misread(&examples, language);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

#[test]
fn a_message_is_understood_whatever_language_stands_on_the_card() {
    for language in Locale::ALL {
        for card in Locale::ALL {
            let wrong = misread(&examples(language), card);
            assert!(wrong.is_empty(), "{card}: {}", wrong.join("\n"));
        }
    }
}

#[test]
fn a_bare_number_answers_what_was_asked() {
    let slots = Question::Slots(3);
    let table = [
        ("2", slots, Certain(Answer::Slot(1))),
        ("۲", slots, Certain(Answer::Slot(1))),
        ("the second one, please", slots, Certain(Answer::Slot(1))),
        ("Второй", slots, Certain(Answer::Slot(1))),
        ("a másodikat kérem", slots, Certain(Answer::Slot(1))),
        ("دومی لطفا", slots, Certain(Answer::Slot(1))),
        ("ok 3", slots, Certain(Answer::Slot(2))),
        ("4", slots, Nothing),
        ("0", slots, Nothing),
        ("1 or 2", slots, Nothing),
        ("10:30", slots, Nothing),
        ("more", slots, Certain(Answer::More)),
        ("15", Question::Minutes, Certain(Answer::Late(Some(15)))),
        ("15 минут", Question::Minutes, Certain(Answer::Late(Some(15)))),
        ("۱۵ دقیقه", Question::Minutes, Certain(Answer::Late(Some(15)))),
        ("fél óra", Question::Minutes, Certain(Answer::Late(Some(30)))),
        ("10:30", Question::Minutes, Nothing),
        ("9000", Question::Minutes, Nothing),
        ("99999999999999999999", Question::Minutes, Nothing),
        ("15 minutes", Question::Open, Nothing),
        ("2", Question::Open, Nothing),
        ("the second one", Question::Open, Nothing),
    ];
    for (words, question, expected) in table {
        assert_eq!(understand(words, Asked { language: Locale::En, question }), expected, "{words}");
    }
}

#[test]
fn what_a_button_says_can_also_be_typed() {
    let table = [
        ("button-confirm", Question::Open, Answer::Confirm),
        ("button-another-time", Question::Open, Answer::AnotherTime),
        ("button-new-date", Question::Open, Answer::AnotherTime),
        ("button-cancel", Question::Open, Answer::Cancel),
        ("button-person", Question::Open, Answer::Person),
        ("button-more", Question::Slots(3), Answer::More),
        ("button-late", Question::Open, Answer::Late(None)),
        ("button-late-15", Question::Minutes, Answer::Late(Some(15))),
        ("button-keep", Question::Open, Answer::Keep),
    ];
    for language in Locale::ALL {
        for (key, question, answer) in table {
            let label = Phrasebook::of(language).say_plain(key, &[]);
            assert_eq!(understand(&label, Asked { language, question }), Certain(answer), "{label}");
        }
    }
}

#[test]
fn what_a_text_asks_to_write_is_understood() {
    let suggested = |text: &str, language: Locale| -> Vec<String> {
        let said = crate::texts::Shipped::of(text).expect("a shipped text").source(language);
        let quoted = said.split(['"', '“', '”', '„', '«', '»']).skip(1).step_by(2);
        quoted.map(str::to_owned).collect()
    };
    for language in Locale::ALL {
        for (text, answers) in [
            ("visit-reminder-ask", vec![Answer::Yes, Answer::AnotherTime, Answer::Cancel]),
            ("visit-reminder-soon", vec![Answer::Yes, Answer::Late(None), Answer::Cancel]),
            ("cancelled-details", vec![Answer::AnotherTime]),
            ("cancelled-sorry", vec![Answer::AnotherTime]),
            ("no-show-missed-you", vec![Answer::Yes]),
        ] {
            let understood: Vec<Understood> = suggested(text, language).iter().map(|words| understand(words, open(language))).collect();
            assert_eq!(understood, answers.into_iter().map(Certain).collect::<Vec<_>>(), "{language} {text}");
        }
    }
}

#[test]
fn two_answers_in_one_message_are_left_to_a_person() {
    let table = [
        ("yes, cancel", vec![Answer::Yes, Answer::Cancel]),
        ("нет приду", vec![Answer::No, Answer::Confirm]),
        ("cancel, I'm late", vec![Answer::Cancel, Answer::Late(None)]),
    ];
    for (words, answers) in table {
        assert_eq!(understand(words, open(Locale::En)), Several(answers), "{words}");
    }
}

#[test]
fn reactions_are_answers() {
    let table = [
        ("👍", Certain(Answer::Yes)),
        ("👍🏿", Certain(Answer::Yes)),
        ("❤️", Certain(Answer::Yes)),
        ("❤", Certain(Answer::Yes)),
        ("👎", Certain(Answer::No)),
        ("🙏", Certain(Answer::Thanks)),
        ("😱", Nothing),
        ("", Nothing),
    ];
    for (emoji, expected) in table {
        assert_eq!(understand_reaction(emoji), expected, "{emoji}");
    }
}

#[test]
fn an_edited_message_and_a_caption_go_to_a_person_but_danger_is_heard() {
    let edited = |words: &str| Said::Edited { of: "7".to_owned(), words: words.to_owned() };
    assert_eq!(read(&edited("yes"), open(Locale::En)), Nothing);
    assert_eq!(read(&edited("it hurts"), open(Locale::En)), Certain(Answer::Emergency));
    assert_eq!(read(&Said::Words("yes".to_owned()), open(Locale::En)), Certain(Answer::Yes));
}

fn message() -> impl Strategy<Value = (Locale, String)> {
    let all: Vec<(Locale, String)> = Locale::ALL
        .into_iter()
        .flat_map(|language| examples(language).into_iter().map(move |(answer, message)| (language, answer, message)))
        .filter(|(_, answer, _)| answer.is_some_and(|answer| answer != Answer::Emergency))
        .map(|(language, _, message)| (language, message))
        .collect();
    proptest::sample::select(all)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_message_makes_the_reading_panic(words in "\\PC{0,80}", offered in 0_usize..5) {
        let question = if offered == 0 { Question::Minutes } else { Question::Slots(offered) };
        understand(&words, Asked { language: Locale::En, question });
        understand_reaction(&words);
    }

    #[test]
    fn a_word_that_nobody_explains_leaves_it_to_a_person(
        (language, words) in message(),
        stranger in prop::sample::select(vec!["xylophone", "Thursday", "четверг", "csütörtök", "پنجشنبه", "🦷", "unless", "если", "ha", "اگر"]),
        place in 0_usize..9,
    ) {
        let mut said: Vec<&str> = words.split_whitespace().collect();
        said.insert(place.min(said.len()), stranger);
        let said = said.join(" ");
        let understood = understand(&said, open(language));
        // Danger is heard in anything: a false alarm costs a look.
        prop_assert!(!matches!(understood, Certain(answer) if answer != Answer::Emergency), "{}: {:?}", said, understood);
    }
}
