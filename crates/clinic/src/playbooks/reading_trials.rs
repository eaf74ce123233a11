//! Every rule that a script must keep, broken once.

#![cfg(test)]

use super::stage::{every_reply, script};
use super::{Action, Condition, Fault, Reply, Script, StopReason, TraceLine, shipped};
use crate::happenings::Happening;
use crate::sample::expect_words;
use crate::texts::{Phrasebook, Shipped};

const SOUND: &str = r#"
playbook = "sample"
version = 1
purpose = "service"
rank = "visit"
goal = "no-show-rate"
trigger = { on = ["visit_booked"] }
stops = ["visit_cancelled"]

[answers]
confirm = "thanks"

[[steps]]
name = "question"
days-before = 1
at = "10:00"
only-if = "unconfirmed"
ask = "visit-reminder-ask"
buttons = ["confirm", "person"]

[[steps]]
name = "over"
after-start = "0m"
end = "unanswered"

[[steps]]
name = "thanks"
mark = "confirm"
refused = "person"

[[steps]]
name = "done"
end = "confirmed"

[[steps]]
name = "person"
hand-over = "handed-over"
reason = "task-reason-visit-changed"
"#;

#[test]
fn every_broken_rule_is_named_with_its_place() {
    assert!(Script::read(SOUND).is_ok(), "{:?}", Script::read(SOUND));
    let question = "days-before = 1\nat = \"10:00\"\nonly-if = \"unconfirmed\"\nask = \"visit-reminder-ask\"";
    let over = "after-start = \"0m\"\nend = \"unanswered\"";
    for (rule, place, detail, from, to) in [
        ("bad-name", "playbook", "Sample One", "playbook = \"sample\"", "playbook = \"Sample One\""),
        ("bad-name", "on the way", "on the way", "name = \"done\"", "name = \"on the way\""),
        ("unknown-happening", "trigger", "visit_dreamt", "on = [\"visit_booked\"]", "on = [\"visit_dreamt\"]"),
        ("unknown-happening", "trigger", "visit_dreamt", "stops = [\"visit_cancelled\"]", "stops = [\"visit_dreamt\"]"),
        ("twice", "over", "over", "name = \"done\"", "name = \"over\""),
        ("unknown-step", "thanks", "nobody", "refused = \"person\"", "refused = \"nobody\""),
        ("unknown-step", "answers", "nowhere", "confirm = \"thanks\"", "confirm = \"nowhere\""),
        ("unknown-step", "done", "nowhere", "end = \"confirmed\"", "end = \"confirmed\"\nnext = \"nowhere\""),
        ("unknown-answer", "answers", "perhaps", "confirm = \"thanks\"", "confirm = \"thanks\"\nperhaps = \"thanks\""),
        ("unknown-answer", "question", "perhaps", "\"person\"]", "\"person\"]\nanswers = { perhaps = \"thanks\" }"),
        ("unknown-answer", "question", "perhaps", "[\"confirm\", \"person\"]", "[\"confirm\", \"perhaps\"]"),
        ("answer-without-step", "question", "cancel", "[\"confirm\", \"person\"]", "[\"confirm\", \"cancel\"]"),
        ("unknown-condition", "question", "sunny", "\"unconfirmed\"", "\"sunny\""),
        ("days-before-needs-at", "question", "", "at = \"10:00\"\n", ""),
        ("several-moments", "question", "", "at = \"10:00\"\n", "at = \"10:00\"\nbefore = \"2h\"\n"),
        ("bad-span", "over", "soon", over, "after-start = \"soon\"\nend = \"unanswered\""),
        ("bad-span", "over", "2w", over, "after-start = \"2w\"\nend = \"unanswered\""),
        ("bad-span", "over", "99999999d", over, "after-start = \"99999999d\"\nend = \"unanswered\""),
        ("bad-span", "over", "", over, "after-start = \"\"\nend = \"unanswered\""),
        ("bad-span", "over", "5分", over, "after-start = \"5分\"\nend = \"unanswered\""),
        ("missing", "thanks", "refused", "refused = \"person\"\n", ""),
        ("missing", "person", "reason", "reason = \"task-reason-visit-changed\"\n", ""),
        ("missing", "question", "empty", question, "offer = \"visit-reminder-slots\""),
        ("unknown-mark", "thanks", "wave", "mark = \"confirm\"", "mark = \"wave\""),
        ("does-nothing", "done", "", "end = \"confirmed\"\n", ""),
        ("several-actions", "done", "", "end = \"confirmed\"", "end = \"confirmed\"\nsay = \"handed-over\""),
        ("endless-question", "question", "", "after-start = \"0m\"\n", ""),
        ("circle", "thanks", "", "end = \"confirmed\"", "say = \"visit-reminder-thanks\"\nnext = \"thanks\""),
        ("circle", "done", "", "end = \"confirmed\"", "say = \"visit-reminder-thanks\"\nnext = \"done\""),
    ] {
        assert_eq!(SOUND.matches(from).count(), 1, "{rule}: {from}");
        let faults = Script::read(&SOUND.replace(from, to)).expect_err(rule);
        let expected = Fault { place: place.to_owned(), rule, detail: detail.to_owned() };
        assert!(faults.contains(&expected), "{rule} at {place}: {faults:?}");
        assert!(Fault::RULES.contains(&rule), "{rule} is not in the list");
    }
    let head = SOUND.split("\n[answers]").next().unwrap();
    let faults = Script::read(&format!("{head}\nsteps = []")).expect_err("no steps");
    assert_eq!(faults[0].rule, "no-steps");
}

#[test]
fn what_cannot_be_read_at_all_names_its_line() {
    for (source, place) in [
        ("", "line 1"),
        ("playbook = ", "line 1"),
        ("playbook = \"a\"\nversion = \"one\"\n", "line 2"),
        (&SOUND.replace("rank = \"visit\"", "rank = \"loud\""), "line 5"),
        (&SOUND.replace("goal = \"no-show-rate\"", "gaol = \"no-show-rate\""), "line 6"),
        (&SOUND.replace("at = \"10:00\"", "at = \"25:00\""), "line 16"),
        (&SOUND.replace("end = \"confirmed\"", "ends = \"confirmed\""), "line 33"),
    ] {
        let faults = Script::read(source).expect_err(source);
        assert_eq!((faults.len(), faults[0].rule, faults[0].place.as_str()), (1, "unreadable", place), "{source}: {faults:?}");
        assert!(!faults[0].detail.is_empty());
    }
}

#[test]
fn a_broken_script_tells_all_its_faults_at_once() {
    let source = SOUND.replace("\"unconfirmed\"", "\"sunny\"").replace("refused = \"person\"", "refused = \"nobody\"");
    let rules: Vec<_> = Script::read(&source).unwrap_err().into_iter().map(|fault| fault.rule).collect();
    assert_eq!(rules, ["unknown-condition", "unknown-step"]);
}

#[test]
fn every_shipped_script_reads_and_all_its_texts_buttons_and_subjects_have_words() {
    assert_eq!(shipped().len(), 7);
    for (script, source) in shipped() {
        assert_eq!(Script::read(source).as_ref(), Ok(script));
        for (step, text) in script.texts() {
            assert!(Shipped::of(text).is_some(), "{} {step}: nobody may fill `{text}`", script.id);
            expect_words([text.to_owned(), format!("subject-{text}")]);
        }
        for step in &script.steps {
            match &step.action {
                Action::Ask { buttons, .. } => expect_words(buttons.iter().map(|code| format!("button-{code}"))),
                Action::Task { reason, .. } | Action::HandOver { reason, .. } => expect_words([reason.clone()]),
                Action::End { outcome } => expect_words([format!("outcome-{outcome}")]),
                Action::Say { .. } | Action::Offer { .. } | Action::Mark { .. } => {}
            }
        }
        expect_words([format!("playbook-{}-name", script.id), format!("playbook-{}-about", script.id), format!("goal-{}", script.goal)]);
    }
    expect_words(["button-more", "button-person"].map(str::to_owned));
}

#[test]
fn no_step_of_a_shipped_script_is_out_of_reach() {
    for (script, _) in shipped() {
        let mut reached = vec![script.steps[0].name.clone()];
        let mut place = 0;
        while let Some(name) = reached.get(place).cloned() {
            place += 1;
            let step = script.step(&name).unwrap();
            let mut ahead: Vec<String> = match &step.action {
                Action::Ask { answers, .. } => answers.values().chain(script.answers.values()).cloned().collect(),
                Action::Offer { empty, taken, gone, .. } => vec![empty.clone(), taken.clone(), gone.clone()],
                Action::Mark { refused, .. } => vec![refused.clone()],
                Action::Say { .. } | Action::Task { .. } | Action::HandOver { .. } | Action::End { .. } => vec![],
            };
            let ends = matches!(step.action, Action::HandOver { .. } | Action::End { .. });
            ahead.extend(script.after(&name).filter(|_| !ends).map(|step| step.name.clone()));
            ahead.extend(script.below(&name).filter(|_| step.only_if.is_some()).map(|step| step.name.clone()));
            reached.extend(ahead.into_iter().filter(|ahead| !reached.contains(ahead)).collect::<std::collections::BTreeSet<_>>());
        }
        let lost: Vec<_> = script.steps.iter().map(|step| &step.name).filter(|name| !reached.contains(name)).collect();
        assert!(lost.is_empty(), "{}: nothing leads to {lost:?}", script.id);
    }
}

#[test]
fn whatever_a_screen_shows_of_a_playbook_has_words_in_every_language() {
    expect_words(Fault::RULES.map(|rule| format!("fault-{rule}")));
    expect_words(TraceLine::WHATS.map(|what| format!("trace-{what}")));
    expect_words(StopReason::ALL.map(|reason| reason.key().to_owned()));
    expect_words(Condition::ALL.map(|(_, name)| format!("condition-{name}")));
    expect_words(Reply::NAMES.map(|name| format!("answer-{name}")));
    expect_words(["asked", "done", "unanswered", "handed-over"].map(|outcome| format!("outcome-{outcome}")));
    let reasons = ["person", "unclear", "no-slot-fits", "broken-script", "not-sent", "emergency"];
    expect_words(reasons.map(|reason| format!("task-reason-{reason}")));
    let said = Phrasebook::of(kernel::Locale::En).say_plain("fault-unknown-step", &[("detail", "nowhere".into())]);
    assert_eq!(said, "There is no step nowhere.");
}

#[test]
fn a_script_names_what_starts_and_ends_it() {
    use super::Imported::{Counts, IsLeftAlone};
    let mut world = crate::sample::Sample::new();
    let at = world.monday_nine();
    let visit = kernel::VisitId::new(at, &mut world.chance);
    let booked = Happening::VisitBooked { visit, starts_at: at };
    for (playbook, imported, starts) in
        [("visit-reminder", IsLeftAlone, true), ("visit-reminder", Counts, true), ("booked", IsLeftAlone, false), ("booked", Counts, true)]
    {
        assert_eq!(script(playbook).is_started_by(&booked, imported), starts, "{playbook} {imported:?}");
    }
    assert!(!script("no-show").is_started_by(&booked, Counts));
    assert!(script("visit-reminder").is_stopped_by(&Happening::VisitConfirmed { visit }));
    assert!(!script("visit-reminder").is_stopped_by(&booked));
}

#[test]
fn every_reply_travels_in_a_button() {
    for reply in every_reply() {
        assert_eq!(Reply::from_code(&reply.code()), Some(reply));
        assert!(Reply::NAMES.contains(&reply.name()));
    }
}
