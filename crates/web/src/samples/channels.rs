//! The approved texts of a channel, and how the channels do.

use clinic::templates::{Button, Category, Header, Quality, State, Template};
use kernel::Timestamp;

use super::{Sample, page, sample};
use crate::forms::{Choice, Faults};
use crate::pages::settings::health::view::{AccountCard, HealthPage, SetAgain};
use crate::pages::settings::texts::line;
use crate::pages::settings::texts::view::{AssignPage, Chosen, MeaningField, Stands, TextsPage, UseLine};
use crate::{Chip, Page, Place, Tone, Words};

pub(super) fn samples(words: Words) -> Vec<Sample> {
    let shell = || page(words, Place::Settings, "settings-title");
    vec![
        sample("settings-texts", &texts(shell(), words)),
        sample(
            "settings-texts-empty",
            &TextsPage {
                uses: vec![],
                templates: vec![],
                can_fetch: false,
                trouble: Some(words.say("template-no-catalogue")),
                ..texts(shell(), words)
            },
        ),
        sample("settings-texts-assign", &assign(shell(), words)),
        sample(
            "settings-texts-assign-none",
            &AssignPage { templates: vec![], chosen: None, stands: Stands::New, ..assign(shell(), words) },
        ),
        sample("settings-health", &health(shell(), words)),
        sample("settings-health-empty", &HealthPage { page: shell(), accounts: vec![] }),
    ]
}

fn template(name: &str, state: State) -> Template {
    Template {
        name: name.to_owned(),
        language: "hu".to_owned(),
        category: Category::Utility,
        state,
        quality: Quality::Low,
        header: Header::Words("Smile Dental".to_owned()),
        body: "Kedves {{1}}! Várjuk Önt: {{2}}.".to_owned(),
        footer: "Smile Dental".to_owned(),
        buttons: vec![Button::Answer { label: "Jövök".to_owned() }, Button::Foreign { label: "Kód".to_owned() }],
        as_of: Timestamp::from_seconds(1_795_420_800),
    }
}

fn texts(page: Page, words: Words) -> TextsPage {
    let rejected = State::Rejected { why: "INVALID_FORMAT".to_owned() };
    let known = |says: String, tone, key: &str| UseLine {
        text: "general".to_owned(),
        locale: "hu".to_owned(),
        says,
        language: "Magyar".to_owned(),
        template: "visit_reminder".to_owned(),
        chip: Chip::new(tone, words.say(key)),
    };
    TextsPage {
        page,
        account: "acc_1".to_owned(),
        channel: "WhatsApp".to_owned(),
        fetched: words.say("template-fetched-never"),
        trouble: None,
        can_fetch: true,
        uses: vec![
            known(words.say("template-text-general"), Tone::Good, "template-state-approved"),
            known(words.say("template-text-general"), Tone::Bad, "template-state-gone"),
        ],
        templates: [
            template("visit_reminder", State::Approved),
            template("spring_offer", rejected),
            template("care_message", State::Paused),
        ]
        .map(|template| line(words, &template))
        .into(),
        texts: vec![Choice::new("general", words.say("template-text-general"))],
        locales: vec![Choice::new("hu", "Magyar")],
    }
}

fn assign(page: Page, words: Words) -> AssignPage {
    let field = |name: &str, label: &str| MeaningField {
        name: name.to_owned(),
        label: label.to_owned(),
        choices: vec![Choice::new("", words.say("template-meaning-none")), Choice::new("words", words.say("template-meaning-words"))],
    };
    AssignPage {
        page,
        account: "acc_1".to_owned(),
        channel: "WhatsApp".to_owned(),
        text: ("general".to_owned(), words.say("template-text-general")),
        locale: ("hu".to_owned(), "Magyar".to_owned()),
        templates: vec![Choice::new("visit_reminder/hu", "visit_reminder/hu")],
        chosen: Some(Chosen {
            template: "visit_reminder/hu".to_owned(),
            line: line(words, &template("visit_reminder", State::Approved)),
            gaps: vec![field("body-1", "1"), field("body-2", "2")],
            answers: vec![field("answer-0", "Jövök")],
        }),
        stands: Stands::Assigned,
        faults: Faults::default().and("", words.say("refusal-template-gap-without-meaning")),
    }
}

fn health(page: Page, words: Words) -> HealthPage {
    let fact = |key: &str, tone, value: &str| (words.say(key), Chip::new(tone, words.say(value)));
    let card = |channel: &str, wrong: Option<&str>| AccountCard {
        id: format!("acc_{channel}"),
        channel: channel.to_owned(),
        name: "@smile_dental_bot".to_owned(),
        chip: match wrong {
            Some(_) => Chip::new(Tone::Bad, words.say("channel-state-trouble")),
            None => Chip::new(Tone::Good, words.say("channel-state-on")),
        },
        wrong: wrong.map(|key| (words.say(key), words.say(&format!("{key}-do")))).into_iter().collect(),
        facts: vec![
            fact("standing-last-in", Tone::Done, "standing-none-lately"),
            fact("standing-queue", Tone::Good, "standing-queue-empty"),
            fact("standing-breaker", Tone::Bad, "standing-breaker-open"),
            fact("standing-token", Tone::Good, "standing-token-valid"),
            fact("standing-hook", Tone::Bad, "standing-hook-not-ours"),
        ],
        looked: words.say("standing-looked-never"),
        set_again: if wrong.is_some() { SetAgain::Possible } else { SetAgain::No },
    };
    HealthPage { page, accounts: vec![card("Telegram", Some("standing-hook-elsewhere")), card("VK", None)] }
}
