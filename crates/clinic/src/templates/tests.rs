//! Tables of the approved texts: what gaps they have, what fills them, and which of them says a message.

use kernel::Locale;

use super::*;
use crate::consents::Purpose;
use crate::conversations::{self, Press};

const TEXT: &str = "visit-reminder-day-before";
const MONDAY: Timestamp = Timestamp::from_seconds(1_795_420_800);

fn template(name: &str, body: &str) -> Template {
    Template {
        name: name.to_owned(),
        language: "en_US".to_owned(),
        category: Category::Utility,
        state: State::Approved,
        quality: Quality::Unknown,
        header: Header::None,
        body: body.to_owned(),
        footer: String::new(),
        buttons: Vec::new(),
        as_of: MONDAY,
    }
}

fn reminder() -> Template {
    let answer = |label: &str| Button::Answer { label: label.to_owned() };
    Template {
        header: Header::Words("{{1}}".to_owned()),
        buttons: vec![
            answer("I will come"),
            Button::Link { label: "My visit".to_owned(), url: "https://desk.example/v/{{1}}".to_owned() },
            answer("Another time"),
        ],
        ..template("visit_reminder", "Hello {{1}}, we expect you on {{2}} at {{3}}.")
    }
}

fn meanings(pairs: &[(&str, &str)]) -> BTreeMap<String, Meaning> {
    pairs.iter().map(|(gap, meaning)| ((*gap).to_owned(), Meaning::named(meaning).unwrap())).collect()
}

fn assignment() -> Assignment {
    let gaps = [("header-1", "clinic_name"), ("body-1", "patient_name"), ("body-2", "date"), ("body-3", "time"), ("link-1", "visit_url")];
    Assignment { of: reminder().called(), gaps: meanings(&gaps), answers: vec!["confirm".to_owned(), "another-time".to_owned()] }
}

/// What the care bot says of a visit.
struct Said {
    words: &'static str,
    buttons: Vec<conversations::Button>,
    values: BTreeMap<String, String>,
}

impl Said {
    fn reminder() -> Self {
        let button =
            |label: &str, data: &str| conversations::Button { label: label.to_owned(), press: Press::Answer(format!("msg_1.{data}")) };
        let values = [
            ("patient_name", "Anna"),
            ("clinic_name", "\u{2068}Smile\u{2069} Dental"),
            ("date", "Tuesday,\n24 November"),
            ("time", "10:30"),
            ("visit_url", "https://desk.example/v/k9d2"),
        ];
        Self {
            words: "Hello Anna!\nWe expect you.",
            buttons: vec![button("I will come", "confirm"), button("Another time", "another-time"), button("Cancel", "cancel")],
            values: values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        }
    }

    fn material(&self) -> Material<'_> {
        Material { words: self.words, buttons: &self.buttons, values: &self.values }
    }
}

/// `clinic|Anna, 24 November|0=msg_1.confirm`
fn shown(filled: &Filled) -> String {
    let values = |values: &[Value]| {
        let value = |value: &Value| match &value.name {
            Some(name) => format!("{name}: {}", value.text),
            None => value.text.clone(),
        };
        values.iter().map(value).collect::<Vec<_>>().join(", ")
    };
    let button = |button: &FilledButton| match button {
        FilledButton::Answer { place, brings } => format!("{place}={brings}"),
        FilledButton::Link { place, tail } => format!("{place}/{tail}"),
    };
    let buttons = filled.buttons.iter().map(button).collect::<Vec<_>>().join(" ");
    format!("{}|{}|{buttons}", values(&filled.header), values(&filled.body))
}

#[test]
fn the_gaps_of_a_text_are_found_wherever_they_stand() {
    let table = [
        (template("plain", "See you soon."), ""),
        (template("twice", "{{1}}, {{ 2 }} and {{1}}"), "body-1 body-2"),
        (template("named", "Hello {{name}}, at {{time}}"), "body-name body-time"),
        (template("broken", "Hello {{name, {{}} {{"), ""),
        (reminder(), "header-1 body-1 body-2 body-3 link-1"),
    ];
    for (template, expected) in table {
        let found: Vec<_> = template.gaps().iter().map(Gap::key).collect();
        assert_eq!(found.join(" "), expected, "{}", template.name);
    }
}

#[test]
fn gaps_are_filled_with_what_the_message_was_made_of() {
    let said = Said::reminder();
    let named = template("named", "{{who}}: {{what}}");
    let all = Assignment { of: named.called(), gaps: meanings(&[("body-who", "patient_name"), ("body-what", "words")]), answers: vec![] };
    assert_eq!(
        reminder().filled(&assignment(), &said.material()).as_ref().map(shown).as_deref(),
        Some("Smile Dental|Anna, Tuesday, 24 November, 10:30|1/k9d2 0=msg_1.confirm 2=msg_1.another-time")
    );
    assert_eq!(
        named.filled(&all, &said.material()).as_ref().map(shown).as_deref(),
        Some("|who: Anna, what: Hello Anna! We expect you. (I will come / Another time / Cancel)|")
    );
    let without = |name: &str| {
        let mut said = Said::reminder();
        said.values.remove(name);
        reminder().filled(&assignment(), &said.material())
    };
    // whoever has no name is still told; what is said of no hour is not
    assert_eq!(without("patient_name").as_ref().map(shown).unwrap().split(", ").next(), Some("Smile Dental|…"));
    assert_eq!(without("time"), None);
    let mut elsewhere = Said::reminder();
    elsewhere.values.insert("visit_url".to_owned(), "https://other.example/v/k9d2".to_owned());
    assert_eq!(reminder().filled(&assignment(), &elsewhere.material()), None, "its button leads to another house");
    let wrong = Assignment { answers: vec!["confirm".to_owned(), WAY_OUT.to_owned()], ..assignment() };
    let wrong = reminder().filled(&wrong, &said.material());
    assert!(wrong.as_ref().map(shown).is_some_and(|shown| shown.ends_with("2=msg_1.wrong-person")), "it fits every message");
    let mut fewer = Said::reminder();
    fewer.buttons.remove(1);
    assert_eq!(reminder().filled(&assignment(), &fewer.material()), None, "nobody takes the answer of its second button");
}

#[test]
fn only_an_assignment_that_fills_every_gap_is_kept() {
    let check = |template: &Template, assignment: &Assignment, text: &str, locale| {
        assignment.check(template, (text, locale)).map_err(|refusal| refusal.code().to_owned())
    };
    let fault = |code: &str| Err(code.to_owned());
    assert_eq!(check(&reminder(), &assignment(), TEXT, Locale::En), Ok(()));
    assert_eq!(check(&reminder(), &assignment(), "horoscope", Locale::En), fault("template.no-such-text"));
    assert_eq!(check(&reminder(), &assignment(), TEXT, Locale::Hu), fault("template.other-language"));
    let file = Template { header: Header::File, ..reminder() };
    let code = Template { buttons: vec![Button::Foreign { label: "Copy".to_owned() }], ..reminder() };
    for unfit in [file, code, Template { category: Category::Authentication, ..reminder() }] {
        assert_eq!(check(&unfit, &assignment(), TEXT, Locale::En), fault("template.cannot-be-filled"));
    }
    for (gap, meaning) in [("body-2", "service"), ("body-2", "slots"), ("link-1", "words"), ("link-1", "date")] {
        let mut wrong = assignment();
        wrong.gaps.insert(gap.to_owned(), Meaning::named(meaning).unwrap());
        assert_eq!(check(&reminder(), &wrong, TEXT, Locale::En), fault("template.gap-without-meaning"), "{gap} {meaning}");
    }
    let one_answer = Assignment { answers: vec!["confirm".to_owned()], ..assignment() };
    assert_eq!(check(&reminder(), &one_answer, TEXT, Locale::En), fault("template.answer-without-meaning"));
    let foreign = Assignment { answers: vec!["confirm".to_owned(), "slot-1".to_owned()], ..assignment() };
    assert_eq!(check(&reminder(), &foreign, TEXT, Locale::En), fault("template.answer-without-meaning"), "another hour each time");
    // anything that is to be said has no hour
    assert_eq!(check(&reminder(), &assignment(), GENERAL, Locale::En), fault("template.gap-without-meaning"));
}

#[test]
fn the_text_s_own_goes_first_then_the_general_one_and_none_of_them_advertises_unasked() {
    use Advertising::{Unwanted, Wanted};
    let general = || template("general", "{{1}}: {{2}}");
    let own =
        |template: Template| Assigned { text: TEXT.to_owned(), locale: Locale::En, assignment: assignment(), template: Some(template) };
    let in_state = |state: State| own(Template { state, ..reminder() });
    let sold = || own(Template { category: Category::Marketing, ..reminder() });
    let rejected = || State::Rejected { why: "INVALID_FORMAT".to_owned() };
    let both = |state: State| vec![Template { state, ..general() }];
    let fitting = Ok("visit_reminder");
    let table = [
        (vec![in_state(State::Approved)], None, Purpose::Service, Unwanted, fitting),
        (vec![in_state(State::Paused)], None, Purpose::Service, Unwanted, Ok("general")),
        (vec![in_state(State::Paused)], Some(both(State::Approved)), Purpose::Service, Unwanted, Ok("general")),
        (vec![in_state(State::Paused)], Some(both(State::Paused)), Purpose::Service, Unwanted, Err(Approval::Paused)),
        (vec![in_state(rejected())], Some(both(State::Paused)), Purpose::Service, Unwanted, Err(Approval::NotApproved)),
        (vec![in_state(State::Pending)], Some(vec![]), Purpose::Service, Unwanted, Err(Approval::NotApproved)),
        (vec![in_state(State::Disabled)], Some(vec![]), Purpose::Service, Unwanted, Err(Approval::NotApproved)),
        (
            vec![Assigned { template: None, ..in_state(State::Approved) }],
            Some(vec![]),
            Purpose::Service,
            Wanted,
            Err(Approval::NotApproved),
        ),
        (vec![], None, Purpose::Service, Unwanted, Ok("general")),
        (vec![], Some(vec![]), Purpose::Service, Unwanted, Err(Approval::Missing)),
        (vec![], Some(vec![Template { language: "hu".to_owned(), ..general() }]), Purpose::Service, Unwanted, Err(Approval::Missing)),
        (vec![], Some(vec![template("general", "{{1}}")]), Purpose::Service, Unwanted, Err(Approval::Missing)),
        (vec![sold()], Some(vec![]), Purpose::Service, Unwanted, Err(Approval::Advertises)),
        (vec![sold()], Some(both(State::Approved)), Purpose::Service, Unwanted, Ok("general")),
        (vec![sold()], Some(vec![]), Purpose::Service, Wanted, fitting),
        (vec![sold()], None, Purpose::Marketing, Wanted, fitting),
        (vec![in_state(State::Approved)], None, Purpose::Marketing, Wanted, Err(Approval::Missing)),
        (vec![], None, Purpose::Marketing, Wanted, Err(Approval::Missing)),
    ];
    let said = Said::reminder();
    for (row, (assigned, known, purpose, advertising, expected)) in table.into_iter().enumerate() {
        let shelf = Shelf { assigned: &assigned, general: "general", known: known.as_deref() };
        let need = Need { text: TEXT, locale: Locale::En, purpose, advertising };
        let chosen = choose(&shelf, &need, &said.material());
        assert_eq!(chosen.as_ref().map(|filled| filled.of.name.as_str()).map_err(|reason| *reason), expected, "row {row}");
    }
}

#[test]
fn late_news_of_a_text_changes_nothing() {
    let news = |at, turn| News { of: reminder().called(), at: MONDAY + std::time::Duration::from_secs(at), turn };
    let paused = reminder().told(&news(60, Turn::State(State::Paused))).unwrap();
    assert_eq!(paused.state, State::Paused);
    let older = paused.clone().told(&news(30, Turn::State(State::Approved))).unwrap();
    assert_eq!(older, paused);
    let sold = paused.told(&news(90, Turn::Category(Category::Marketing))).unwrap();
    assert_eq!((sold.state.clone(), sold.category), (State::Paused, Category::Marketing));
    let low = sold.told(&news(90, Turn::Quality(Quality::Low))).unwrap();
    assert_eq!(low.quality, Quality::Low);
    assert_eq!(low.told(&news(120, Turn::Deleted)), None);
}
