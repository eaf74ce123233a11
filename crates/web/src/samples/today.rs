//! A morning with an emergency, a call to make, two people who wait, and a message in doubt; and a morning without.

use clinic::tasks::{TaskKind, TaskOutcome};
use kernel::{Arg, Date, DeskTaskId, Timestamp, format};

use super::inbox::Ids;
use super::{Sample, demo_page, minutes, number, page, sample};
use crate::delays::Concern;
use crate::pages::inbox::view::WaitingClock;
use crate::pages::today::view::{
    Cancels, Coming, Delayed, Phone, Remedy, Rings, Step, Task, Today, TodayPage, TodayPiece, Unsure, Waiting,
};
use crate::{Chip, Place, Tone, Words};

pub(super) fn samples(words: Words) -> Vec<Sample> {
    let here = || page(words, Place::Today, "today-title");
    vec![
        sample("today", &TodayPage { page: here(), today: busy(words) }),
        sample("today-demo", &TodayPage { page: demo_page(words, Place::Today, "today-title"), today: busy(words) }),
        sample("today-quiet", &TodayPage { page: here(), today: quiet(words) }),
        sample(
            "today-delayed",
            &TodayPage { page: here(), today: Today { delays: delays(words), restored: restored(words), ..busy(words) } },
        ),
        sample("today-live", &TodayPiece { page: here(), today: busy(words) }),
    ]
}

fn quiet(words: Words) -> Today {
    Today {
        day: format::date_long(Date::constant(2026, 11, 25), words.locale()),
        summary: words.with("today-summary", &[("visits", Arg::from(0_i64)), ("confirmed", Arg::from(0_i64))]),
        delays: Vec::new(),
        tasks: Vec::new(),
        waiting: Vec::new(),
        coming: Vec::new(),
        unsure: Vec::new(),
        unsure_day: words.say("today-tomorrow"),
        restored: Vec::new(),
        outbox: Vec::new(),
    }
}

fn busy(words: Words) -> Today {
    let mut ids = Ids::new();
    Today {
        summary: words.with("today-summary", &[("visits", Arg::from(18_i64)), ("confirmed", Arg::from(13_i64))]),
        tasks: tasks(words, &mut ids),
        waiting: waiting(words, &mut ids),
        coming: coming(words, &mut ids),
        unsure: unsure(words, &mut ids),
        outbox: outbox(words, &mut ids),
        ..quiet(words)
    }
}

/// An evening on which everything breaks at once.
fn delays(words: Words) -> Vec<Concern> {
    let since = |at: &str| Some(Chip::new(Tone::Bad, words.with("health-since", &[("since", Arg::from(number(words, at)))])));
    let one = |what: String, why: String, at: &str| Concern { what, why, since: since(at), mended_at: None };
    let telegram = [("channel", Arg::from("Telegram")), ("account", Arg::from("@mosoly_bot"))];
    let hours = [("from", Arg::from(number(words, "3:00"))), ("until", Arg::from(number(words, "9:10")))];
    let next = [("next", Arg::from(number(words, "10:55")))];
    vec![
        one(words.say("health-unsaved-full"), words.say("health-unsaved-full-why"), "10:42"),
        one(words.with("health-restored", &[("many", Arg::from(2_i64))]), words.with("health-restored-why", &hours), "9:10"),
        one(words.say("health-standing-dispatch"), words.say("health-standing-why"), "10:41"),
        Concern {
            mended_at: Some(("/settings/channels/1".to_owned(), words.say("health-open-settings"))),
            ..one(words.with("health-broken", &telegram), words.say("channel-trouble-unauthorized"), "9:15")
        },
        one(words.with("health-late", &[("many", Arg::from(12_i64))]), words.say("health-late-broken"), "9:16"),
        one(words.with("health-tried", &[("many", Arg::from(1_i64))]), words.with("health-tried-why", &next), "10:30"),
    ]
}

fn tasks(words: Words, ids: &mut Ids) -> Vec<Task> {
    let id = |ids: &mut Ids| DeskTaskId::new(Timestamp::from_millis(0), ids.chance());
    let number_of = |shown: &str| Phone { shown: shown.to_owned(), dialled: shown.replace(' ', "") };
    let by = [("staff", Arg::from("Bianka")), ("clinic", Arg::from("Mosoly"))];
    let script = vec![
        words.with("task-script-greeting", &by),
        words.with("task-script-speak-with", &[("patient", Arg::from("Pavel Ilyin"))]),
        words.with("task-script-visit", &[("at", Arg::from(number(words, "10:30")))]),
        words.say("task-script-yes"),
        words.say("task-script-move"),
    ];
    vec![
        Task {
            id: id(ids),
            kind: TaskKind::Emergency,
            name: "Nagy Dóra".to_owned(),
            card: Some(ids.patient()),
            reason: words.say("task-reason-emergency"),
            visit: String::new(),
            journal: None,
            due: Chip::new(Tone::Bad, words.say("today-due-emergency")),
            phones: vec![number_of("+36 30 555 01 22")],
            rings: Rings::FromHere,
            script: Vec::new(),
            conversation: Some(ids.conversation()),
            outcomes: vec![TaskOutcome::Settled],
            cancels: Cancels::No,
        },
        Task {
            id: id(ids),
            kind: TaskKind::Call,
            name: "Pavel Ilyin".to_owned(),
            card: Some(ids.patient()),
            reason: words.say("task-reason-unconfirmed"),
            visit: format!("{} {} · Dr Gromov", format::date_short(Date::constant(2026, 11, 25), words.locale()), number(words, "10:30")),
            journal: Some("/journal?on=2026-11-25".to_owned()),
            due: Chip::new(Tone::Wait, words.with("today-due", &[("at", Arg::from(number(words, "12:00")))])),
            phones: vec![number_of("+7 900 000 00 01")],
            rings: Rings::ByHand,
            script,
            conversation: None,
            outcomes: vec![TaskOutcome::Confirmed, TaskOutcome::Moved, TaskOutcome::NoAnswer],
            cancels: Cancels::Yes,
        },
        Task {
            id: id(ids),
            kind: TaskKind::Decide,
            name: "+36 30 555 01 22".to_owned(),
            card: None,
            reason: words.say("task-reason-not-sent"),
            visit: String::new(),
            journal: None,
            due: Chip::new(Tone::Calm, words.with("today-due", &[("at", Arg::from(number(words, "16:30")))])),
            phones: Vec::new(),
            rings: Rings::ByHand,
            script: Vec::new(),
            conversation: Some(ids.conversation()),
            outcomes: vec![TaskOutcome::Settled],
            cancels: Cancels::No,
        },
    ]
}

fn waiting(words: Words, ids: &mut Ids) -> Vec<Waiting> {
    let one = |ids: &mut Ids, name: &str, initials: &str, preview: &str, clock: WaitingClock| Waiting {
        conversation: ids.conversation(),
        name: name.to_owned(),
        initials: initials.to_owned(),
        for_whom: String::new(),
        preview: preview.to_owned(),
        clock: clock.chip(words),
        channel: "Telegram".to_owned(),
        holder: String::new(),
    };
    vec![
        one(
            ids,
            "Vera Sokolova",
            "VS",
            "Could I come on Thursday after four instead?",
            WaitingClock::Over(minutes(words, "inbox-clock-over", 4)),
        ),
        Waiting {
            holder: "Bianka".to_owned(),
            for_whom: words.with("inbox-for", &[("patient", Arg::from("Mira"))]),
            ..one(ids, "آرش مرادی", "آم", "سلام، نتیجهٔ عکس آماده است؟", WaitingClock::Left(minutes(words, "inbox-clock-left", 12)))
        },
    ]
}

fn coming(words: Words, ids: &mut Ids) -> Vec<Coming> {
    let through = words.with("origin-channel", &[("channel", Arg::from("Telegram"))]);
    let by_telegram = [("through", Arg::from(through)), ("at", Arg::from(number(words, "18:42")))];
    let minutes = |key: &str, minutes: i64| words.with(key, &[("minutes", Arg::from(minutes))]);
    let step = |value: &'static str, key: &str| {
        Some(Step { action: "/visits/1/mark".to_owned(), name: "mark", value, seen: 3, label: words.say(key) })
    };
    let one = |ids: &mut Ids, at: &str, name: &str, provider: &str, state: Chip| Coming {
        href: "/journal?on=2026-11-25".to_owned(),
        at: number(words, at),
        name: name.to_owned(),
        card: ids.patient(),
        provider: provider.to_owned(),
        place: number(words, "2"),
        state,
        origin: String::new(),
        late: String::new(),
        note: String::new(),
        step: None,
    };
    let state = |tone, key: &str| Chip::new(tone, words.say(key));
    vec![
        Coming {
            late: minutes("today-sits", 6),
            step: step("chair", "today-step-chair"),
            ..one(ids, "9:30", "Oleg Danilov", "Kiss Éva", state(Tone::Good, "visit-state-arrived"))
        },
        Coming {
            origin: words.with("origin-mark-confirmed", &by_telegram),
            note: "Anxious: say what happens next, step by step.".to_owned(),
            step: step("arrive", "today-step-arrive"),
            ..one(ids, "10:30", "Vera Sokolova", "Dr Gromov", state(Tone::Good, "visit-state-confirmed"))
        },
        Coming {
            late: minutes("today-late", 10),
            step: step("arrive", "today-step-arrive"),
            ..one(ids, "11:00", "آرش مرادی", "Dr Ahmadi", state(Tone::Wait, "visit-state-booked"))
        },
        one(ids, "8:30", "Boris Orlov", "Dr Gromov", state(Tone::Done, "visit-state-completed")),
    ]
}

fn unsure(words: Words, ids: &mut Ids) -> Vec<Unsure> {
    let at = |key: &str, at: &str| words.with(key, &[("at", Arg::from(number(words, at)))]);
    let asked = |times: i64| words.with("today-unsure-asked", &[("times", Arg::from(times))]);
    let one = |ids: &mut Ids, time: &str, name: &str, tone, reason: String, next: String| Unsure {
        href: "/journal?on=2026-11-26".to_owned(),
        at: number(words, time),
        name: name.to_owned(),
        card: ids.patient(),
        provider: "Dr Kiss".to_owned(),
        state: Chip::new(tone, words.say("visit-state-booked")),
        reason,
        next,
    };
    vec![
        one(ids, "9:00", "Szabó Ilona", Tone::Bad, words.say("today-unsure-unreachable"), at("today-unsure-call", "12:00")),
        one(ids, "12:30", "Elena Frolova", Tone::Wait, asked(2), at("today-unsure-next", "16:00")),
        one(ids, "15:00", "Igor Petrov", Tone::Calm, asked(0), String::new()),
    ]
}

/// A backup was restored in the morning.
fn restored(words: Words) -> Vec<Delayed> {
    let mut ids = Ids::new();
    let state = || Chip::new(Tone::Wait, words.with("today-restored-of", &[("at", Arg::from(number(words, "8:40")))]));
    let one = |ids: &mut Ids, name: &str| Delayed {
        message: ids.message(),
        conversation: ids.conversation(),
        name: name.to_owned(),
        preview: "Your visit with Dr Gromov is on Wednesday, 25 November, at 10:30.".to_owned(),
        state: state(),
        why: words.say("why-held-restored"),
        remedy: Remedy::LookAfter,
    };
    vec![one(&mut ids, "Igor Petrov"), one(&mut ids, "Tóth Gábor")]
}

fn outbox(words: Words, ids: &mut Ids) -> Vec<Delayed> {
    let until = || [("until", Arg::from(number(words, "8:00")))];
    let one = |ids: &mut Ids, name: &str, state, why: String, remedy| Delayed {
        message: ids.message(),
        conversation: ids.conversation(),
        name: name.to_owned(),
        preview: "Your visit with Dr Gromov is on Wednesday, 25 November, at 10:30.".to_owned(),
        state,
        why,
        remedy,
    };
    let doubt = Chip::new(Tone::Bad, words.say("today-outbox-doubt"));
    let held = Chip::new(Tone::Wait, words.with("today-outbox-held", &until()));
    let failed = Chip::new(Tone::Bad, words.say("today-outbox-failed"));
    vec![
        one(ids, "Tóth Gábor", doubt, words.say("inbox-delivery-uncertain"), Remedy::Resolve),
        one(ids, "Igor Petrov", held, words.with("why-held-quiet-hours", &until()), Remedy::Release),
        one(ids, "Lena Weiss", failed, words.say("why-suppressed-not-reachable"), Remedy::Read),
    ]
}
