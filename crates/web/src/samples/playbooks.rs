//! Playbooks as a clinic has them after a month.

use kernel::Locale;

use super::{Sample, number, page, sample};
use crate::pages::playbooks::view::{
    Figure, InLanguage, PlaybookPage, PlaybooksPage, RunLine, RunPage, Step, Summary, Switched, TextLine, TextPage, Wording,
};
use crate::{Chip, Page, Place, Tone, Words};

const REMINDER: &str = "playbook = \"visit-reminder\"\nversion = 1\n\n[[steps]]\nname = \"three-days\"\ndays-before = 3\nat = \"10:00\"\n";

pub(super) fn samples(words: Words) -> Vec<Sample> {
    let shell = |title| page(words, Place::Playbooks, title);
    vec![
        sample("playbooks", &list(shell("playbooks-title"), words)),
        sample("playbooks-empty", &PlaybooksPage { playbooks: vec![], ..list(shell("playbooks-title"), words) }),
        sample("playbook", &playbook(shell("playbooks-title"), words)),
        sample("playbook-unused", &PlaybookPage { runs: vec![], ..playbook(shell("playbooks-title"), words) }),
        sample("playbook-text", &text(shell("playbooks-text-title"), Wording::Own)),
        sample("playbook-text-shipped", &text(shell("playbooks-text-title"), Wording::Shipped)),
        sample("run", &run(shell("playbooks-title"), words)),
    ]
}

fn summary(words: Words, id: &str, name: &str, switched: Switched) -> Summary {
    let figure = |count: &str, tone, state: &str| Figure { count: number(words, count), chip: Chip::new(tone, words.say(state)) };
    let figures = match switched {
        Switched::On => vec![
            figure("214", Tone::Good, "playbooks-run-done"),
            figure("31", Tone::Wait, "playbooks-run-waiting"),
            figure("7", Tone::Bad, "playbooks-run-handed-over"),
        ],
        Switched::Off => vec![],
    };
    let about = "Asks for a confirmation three days before, the day before and two hours before.".to_owned();
    Summary { id: id.to_owned(), name: name.to_owned(), about, switched, figures }
}

fn list(page: Page, words: Words) -> PlaybooksPage {
    let playbooks = vec![
        summary(words, "visit-reminder", "Visit reminder", Switched::On),
        summary(words, "running-late", "Running late", Switched::On),
        summary(words, "no-show", "Missed visit", Switched::Off),
    ];
    PlaybooksPage { page, playbooks, span: words.say("playbooks-span") }
}

fn playbook(page: Page, words: Words) -> PlaybookPage {
    let text = |key: &str, said: &str, wording| TextLine { key: key.to_owned(), words: said.to_owned(), wording };
    let run = |id: &str, patient: &str, tone, state: &str| RunLine {
        id: id.to_owned(),
        patient: patient.to_owned(),
        at: number(words, "24.11. 10:00"),
        chip: Chip::new(tone, words.say(state)),
    };
    PlaybookPage {
        page,
        playbook: summary(words, "visit-reminder", "Visit reminder", Switched::On),
        span: words.say("playbooks-span"),
        texts: vec![
            text("visit-reminder-ask", "{ $patient_name }, your visit is on { $date_time }.\nWill you come?", Wording::Shipped),
            text("visit-reminder-thanks", "Thank you! We look forward to seeing you.", Wording::Own),
        ],
        runs: vec![
            run("run_1", "Vera Sokolova", Tone::Good, "playbooks-run-done"),
            run("run_2", "آرش مرادی", Tone::Wait, "playbooks-run-waiting"),
            run("run_3", "Nagy Mira", Tone::Bad, "playbooks-run-handed-over"),
        ],
        source: REMINDER.to_owned(),
    }
}

fn text(page: Page, wording: Wording) -> TextPage {
    let in_language = |locale: Locale| InLanguage {
        code: locale.code(),
        name: locale.own_name().to_owned(),
        dir: Words::of(locale).dir(),
        source: "{ $patient_name }, { $date_time }?".to_owned(),
        shipped: "{ $patient_name }: { $date_time }.".to_owned(),
        faults: if locale == Locale::Hu { vec!["The text may not name { $service }.".to_owned()] } else { vec![] },
        length: String::new(),
    };
    let placeholders = ["patient-name", "date-time"]
        .map(|name| (format!("{{ ${} }}", name.replace('-', "_")), page.words.say(&format!("placeholder-{name}"))))
        .into();
    let playbook = Some(("visit-reminder".to_owned(), "Visit reminder".to_owned()));
    let languages = Locale::ALL.map(in_language).into();
    TextPage { page, key: "visit-reminder-ask".to_owned(), playbook, wording, languages, placeholders }
}

fn run(page: Page, words: Words) -> RunPage {
    let step = |at: &str, what: &str, why: &str, step: &str| Step {
        at: number(words, at),
        what: what.to_owned(),
        why: why.to_owned(),
        step: step.to_owned(),
    };
    RunPage {
        page,
        playbook: "visit-reminder".to_owned(),
        name: "Visit reminder".to_owned(),
        patient: "Vera Sokolova".to_owned(),
        card: "pat_2".to_owned(),
        visit: Some(("/journal/visits/vis_2".to_owned(), number(words, "25.11. 10:30"))),
        chip: Chip::new(Tone::Wait, words.say("playbooks-run-waiting")),
        next: words.with("playbooks-run-next", &[("at", number(words, "10:00").into())]),
        steps: vec![
            step("22.11. 10:00", "Asked", "Vera, your visit is on Wednesday at 10:30. Will you come?", "three-days"),
            step("22.11. 18:42", "The patient answered", "Confirm", "confirm"),
            step("22.11. 18:42", "Marked the journal", "confirmed", "confirm"),
        ],
    }
}
