//! The journal of a Wednesday.

use kernel::{Date, Timestamp, format};

use super::{Sample, demo_page, number, page, sample};
use crate::forms::{Choice, Faults, day_typed};
use crate::pages::journal::view::{
    Block, Column, DayOfSlots, DayPiece, Found, FreeSlot, HistoryLine, JournalDay, JournalPage, Moves, NewVisitPage, Side, SideLine, Today,
    VisitAct, VisitPanel, VisitPiece,
};
use crate::{Chip, Page, Place, Tone, Words};

const DAY: Date = Date::constant(2026, 11, 25);

pub(super) fn samples(words: Words) -> Vec<Sample> {
    let shell = || page(words, Place::Journal, "journal-title");
    let whole = |day, side, open| JournalPage { page: shell(), day, side, open };
    vec![
        sample("journal", &whole(day(words), side(words), None)),
        sample("journal-visit", &whole(JournalDay { open: Some("vis_2".to_owned()), ..day(words) }, side(words), Some(panel(words)))),
        sample(
            "journal-demo",
            &JournalPage { page: demo_page(words, Place::Journal, "journal-title"), ..whole(day(words), side(words), None) },
        ),
        sample("journal-no-visits", &whole(JournalDay { visits: vec![], today: Today::Another, ..day(words) }, Side::default(), None)),
        sample("journal-no-providers", &whole(nobody(words), Side::default(), None)),
        sample("journal-day-piece", &DayPiece { page: shell(), day: day(words), side: side(words) }),
        sample(
            "journal-visit-piece",
            &VisitPiece { page: shell(), open: Some(VisitPanel { acts: vec![], times: vec![], ..panel(words) }) },
        ),
        sample("journal-no-visit-piece", &VisitPiece { page: shell(), open: None }),
        sample("journal-new", &new_visit(page(words, Place::Journal, "journal-new-title"))),
        sample("journal-new-who", &who(page(words, Place::Journal, "journal-new-title"))),
    ]
}

fn clock(words: Words, text: &str) -> String {
    number(words, text)
}

fn telegram(words: Words) -> String {
    let at = format!("{} {}", format::weekday_short(kernel::Weekday::Tuesday, words.locale()), clock(words, "18:42"));
    words.with("journal-by-channel", &[("channel", "Telegram".into()), ("at", at.into())])
}

fn block(place: (usize, u16, u16), state: (Tone, &str), who: (&str, &str), words: Words) -> Block {
    let (column, from_minute, until_minute) = place;
    Block {
        id: format!("vis_{column}{from_minute}"),
        version: 3,
        column,
        from_minute,
        until_minute,
        tone: state.0,
        state: words.say(state.1),
        patient: who.0.to_owned(),
        service: who.1.to_owned(),
        origin: String::new(),
        late: None,
        moves: Some(Moves {
            chair: "cha_2".to_owned(),
            starts_at: Timestamp::from_millis(1_795_600_800_000 + i64::from(from_minute) * 60_000),
            ends_at: Timestamp::from_millis(1_795_600_800_000 + i64::from(until_minute) * 60_000),
        }),
    }
}

fn day(words: Words) -> JournalDay {
    let column = |number: usize, name: &str, off: &[(u16, u16)]| Column {
        provider: format!("stf_{number}"),
        name: name.to_owned(),
        chair: Some((format!("cha_{number}"), format!("chair {number}"))),
        off: off.to_vec(),
    };
    let visit = |place, state, who| block(place, state, who, words);
    let (confirmed, booked) = ((Tone::Good, "visit-state-confirmed"), (Tone::Wait, "visit-state-booked"));
    let mut visits = vec![
        visit((0, 540, 600), (Tone::Done, "visit-state-completed"), ("Boris Orlov", "filling")),
        visit((1, 540, 630), confirmed, ("Kovács Péter", "root canal")),
        visit((3, 555, 615), (Tone::Done, "visit-state-completed"), ("Lena Weiss", "hygiene")),
        visit((2, 570, 660), confirmed, ("آرش مرادی", "orthodontics")),
        Block {
            id: "vis_2".to_owned(),
            origin: telegram(words),
            ..visit((0, 630, 690), (Tone::Good, "visit-state-in-chair"), ("Vera Sokolova", "crown"))
        },
        visit((3, 630, 690), (Tone::Good, "visit-state-arrived"), ("Oleg Danilov", "hygiene")),
        Block {
            late: Some(words.with("journal-late", &[("minutes", 10_u32.into())])),
            ..visit((1, 660, 705), confirmed, ("Nagy Mira", "child check-up"))
        },
        visit((1, 690, 720), booked, ("Twofold Patient", "control")),
        visit((2, 690, 750), booked, ("Elena Frolova", "consultation")),
        visit((0, 720, 780), booked, ("Pavel Ilyin", "check-up")),
        visit((1, 720, 780), (Tone::Bad, "visit-state-no-show"), ("Szabó Ilona", "filling")),
        visit((3, 720, 735), confirmed, ("Farkas Judit", "control")),
        visit((3, 740, 760), confirmed, ("Short Visit", "control")),
        visit((0, 870, 960), (Tone::Calm, "visit-state-requested"), ("Anna Bergman", "implant")),
        visit((1, 810, 900), confirmed, ("Tóth Gábor", "veneer")),
        visit((2, 840, 930), confirmed, ("Igor Petrov", "bridge")),
    ];
    visits.sort_by_key(|visit| visit.from_minute);
    JournalDay {
        on: "2026-11-25".to_owned(),
        typed: day_typed(Date::constant(2026, 11, 25), words.locale()),
        before: "2026-11-24".to_owned(),
        after: "2026-11-26".to_owned(),
        today: Today::Now(672),
        title: format::date_long(DAY, words.locale()),
        summary: words.with("journal-summary", &[("visits", 16_u32.into()), ("confirmed", 11_u32.into())]),
        closed: None,
        from_minute: 480,
        until_minute: 1200,
        columns: vec![
            column(1, "Dr Gromov", &[(480, 540), (1080, 1200)]),
            column(2, "Dr Kiss", &[(480, 540), (960, 1200)]),
            column(3, "Dr Ahmadi", &[(480, 570), (780, 840), (1080, 1200)]),
            column(4, "Lind Helen", &[(480, 540), (900, 1200)]),
        ],
        visits,
        open: None,
    }
}

fn nobody(words: Words) -> JournalDay {
    let closed = Some(words.say("journal-closed"));
    JournalDay { columns: vec![], visits: vec![], closed, today: Today::Another, ..day(words) }
}

fn side(words: Words) -> Side {
    let line = |time: &str, text: &str, chip: Option<Chip>| SideLine {
        time: clock(words, time),
        text: text.to_owned(),
        about: String::new(),
        visit: "vis_2".to_owned(),
        chip,
    };
    let waits = || Some(Chip::new(Tone::Wait, words.say("visit-state-booked")));
    Side {
        needs_you: vec![
            line("11:30", "Elena Frolova", waits()),
            line("12:00", "Pavel Ilyin", waits()),
            line("14:30", "Anna Bergman", Some(Chip::new(Tone::Calm, words.say("visit-state-requested")))),
        ],
        next: String::new(),
        marks: vec![line("10:24", "Oleg Danilov", None), line("10:12", "Nagy Mira", None), line("9:52", "Boris Orlov", None)],
    }
}

fn panel(words: Words) -> VisitPanel {
    let line = |at: &str, text: &str, origin: &str, run: Option<&str>| HistoryLine {
        at: clock(words, at),
        text: words.say(text),
        origin: origin.to_owned(),
        run: run.map(str::to_owned),
    };
    VisitPanel {
        id: "vis_2".to_owned(),
        version: 4,
        on: "2026-11-25".to_owned(),
        patient: "Vera Sokolova".to_owned(),
        card: "pat_2".to_owned(),
        conversation: Some("con_2".to_owned()),
        chip: Chip::new(Tone::Good, words.say("visit-state-confirmed")),
        when: format!("{}, {}", format::date_long(DAY, words.locale()), clock(words, "10:30–11:30")),
        provider: "Dr Gromov".to_owned(),
        chair: "chair 1".to_owned(),
        service: "Crown".to_owned(),
        note: "Anxious: say what happens next, step by step.".to_owned(),
        late: Some(words.with("journal-late", &[("minutes", 10_u32.into())])),
        history: vec![
            line("9 Nov 12:10", "visit-state-booked", "Bianka", None),
            line("24 Nov 18:42", "visit-state-confirmed", "Telegram", Some("run_1")),
        ],
        next: Some(line("8:30", "visit-state-confirmed", "", Some("run_1"))),
        acts: vec![VisitAct::Arrive, VisitAct::Miss, VisitAct::Late, VisitAct::Move, VisitAct::Cancel],
        undo: Some(words.say("visit-state-confirmed")),
        times: vec![
            Choice::new("stf_1.cha_1.1.2", "Thu 26 Nov, 9:00 · Dr Gromov"),
            Choice::new("stf_1.cha_1.3.4", "Thu 26 Nov, 16:30 · Dr Kiss"),
        ],
    }
}

fn found(id: &str, name: &str) -> Found {
    Found { id: id.to_owned(), name: name.to_owned(), detail: "1984 · +36 30 555 01 22".to_owned() }
}

fn new_visit(page: Page) -> NewVisitPage {
    let words = page.words;
    let free =
        |time: &str| FreeSlot { value: format!("stf_1.cha_1.{time}"), time: number(words, time), place: "Dr Gromov · chair 1".to_owned() };
    let day = |on, times: &[&str]| DayOfSlots {
        day: format::date_long(on, words.locale()),
        slots: times.iter().map(|time| free(time)).collect(),
    };
    NewVisitPage {
        page,
        find: String::new(),
        found: vec![],
        patient: Some(found("pat_2", "Vera Sokolova")),
        services: Choice::choose(vec![Choice::new("srv_1", "Check-up"), Choice::new("srv_2", "Crown")], "srv_2"),
        providers: Choice::choose(vec![Choice::new("", words.say("journal-anybody")), Choice::new("stf_1", "Dr Gromov")], ""),
        from: "2026-11-25".to_owned(),
        from_typed: day_typed(Date::constant(2026, 11, 25), words.locale()),
        days: vec![day(DAY, &["14:00", "14:15", "16:30"]), day(Date::constant(2026, 11, 26), &["9:00", "9:15", "11:00", "11:15"])],
        note: String::new(),
        faults: Faults::default(),
    }
}

fn who(page: Page) -> NewVisitPage {
    NewVisitPage {
        find: "ver".to_owned(),
        found: vec![found("pat_2", "Vera Sokolova"), found("pat_3", "Verebes Kata")],
        patient: None,
        ..new_visit(page)
    }
}
