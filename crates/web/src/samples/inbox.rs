//! The inbox on a Wednesday: one conversation to answer, an unknown sender, what is held and what is in doubt.

use kernel::{Arg, Chance, ConversationId, MessageId, PatientId, StaffId, Timestamp};

use super::{Sample, minutes, number, page, sample};
use crate::pages::inbox::view::{
    Attach, Candidate, ChannelChoice, Choice, Colleague, Composer, Delivery, Facts, FactsPiece, File, FoundPiece, Happened, InboxPage, Key,
    Leaves, Line, Linking, List, ListPiece, ListRow, Look, Message, NextVisit, Panel, Reach, Relative, Side, Snooze, Tab, TabLine, Talk,
    TalkPiece, Thread, TopicChoice, Turn, WaitingClock, Why,
};
use crate::{Chip, Page, Place, Tone, Words};

pub(super) fn samples(words: Words) -> Vec<Sample> {
    let mut ids = Ids::new();
    let (vera, stranger) = (ids.conversation(), ids.conversation());
    let thread = |ids: &mut Ids, turn, leaves| Thread {
        talk: talk(words, ids, vera, turn),
        composer: composer(words, vera, leaves),
        panel: Panel::Patient(Box::new(facts(words, ids, vera))),
    };
    let show = |list, thread| InboxPage { page: inbox(words), list, thread };
    let opening = format!("{}, {}", kernel::format::weekday(kernel::Weekday::Monday, words.locale()), number(words, "9:00"));
    vec![
        sample("inbox", &show(list(words, &mut ids, Some(vera)), None)),
        sample("inbox-empty", &show(nothing(), None)),
        sample("inbox-thread", &show(list(words, &mut ids, Some(vera)), Some(thread(&mut ids, Turn::Mine, Leaves::Now)))),
        sample("inbox-closed-hours", &show(list(words, &mut ids, None), Some(thread(&mut ids, Turn::Free, Leaves::AtOpening(opening))))),
        sample("inbox-refused", &show(list(words, &mut ids, Some(vera)), Some(refused(words, &mut ids, vera)))),
        sample("inbox-unknown", &show(list(words, &mut ids, Some(stranger)), Some(unknown(words, &mut ids, stranger)))),
        sample("inbox-closed", &show(list(words, &mut ids, None), Some(thread(&mut ids, Turn::Closed, not_writable(words))))),
        sample("inbox-list", &ListPiece { page: inbox(words), list: list(words, &mut ids, Some(vera)) }),
        sample("inbox-talk", &TalkPiece { page: inbox(words), talk: talk(words, &mut ids, vera, Turn::Snoozed) }),
        sample("inbox-facts", &FactsPiece { page: inbox(words), facts: facts(words, &mut ids, vera) }),
        sample("inbox-found", &FoundPiece { page: inbox(words), linking: linking(&mut ids, stranger) }),
    ]
}

/// Ids of the samples: the same every time.
pub(super) struct Ids(Chance);

impl Ids {
    pub fn new() -> Self {
        Self(Chance::from_seed(7))
    }

    pub fn conversation(&mut self) -> ConversationId {
        ConversationId::new(Timestamp::from_millis(0), &mut self.0)
    }

    pub fn patient(&mut self) -> PatientId {
        PatientId::new(Timestamp::from_millis(0), &mut self.0)
    }

    pub fn message(&mut self) -> MessageId {
        MessageId::new(Timestamp::from_millis(0), &mut self.0)
    }

    pub fn staff(&mut self) -> StaffId {
        StaffId::new(Timestamp::from_millis(0), &mut self.0)
    }

    pub fn chance(&mut self) -> &mut Chance {
        &mut self.0
    }
}

fn inbox(words: Words) -> Page {
    page(words, Place::Inbox, "inbox-title")
}

fn tabs(words: Words, counts: [&str; 6]) -> Vec<TabLine> {
    Tab::ALL.into_iter().zip(counts).map(|(tab, count)| TabLine { tab, count: number(words, count) }).collect()
}

fn nothing() -> List {
    let tabs = Tab::ALL.into_iter().map(|tab| TabLine { tab, count: String::new() }).collect();
    List { tab: Tab::Waiting, tabs, rows: Vec::new(), open: None, older: None }
}

fn list(words: Words, ids: &mut Ids, open: Option<ConversationId>) -> List {
    let mira = words.with("inbox-for", &[("patient", Arg::from("Mira"))]);
    let row = |id, name: &str, initials: &str, preview: &str, chip| ListRow {
        conversation: id,
        name: name.to_owned(),
        initials: initials.to_owned(),
        for_whom: String::new(),
        preview: preview.to_owned(),
        chip,
        holder: String::new(),
    };
    let clock = |clock: WaitingClock| Some(clock.chip(words));
    let first = open.unwrap_or_else(|| ids.conversation());
    let rows = vec![
        row(ids.conversation(), "Nagy Dóra", "ND", "She woke with a swollen cheek 😟", clock(WaitingClock::Emergency)),
        row(
            first,
            "Vera Sokolova",
            "VS",
            "Could I come on Thursday after four instead?",
            clock(WaitingClock::Over(minutes(words, "inbox-clock-over", 4))),
        ),
        row(
            ids.conversation(),
            "+36 30 555 01 22",
            "?",
            "Good day, how much is a cleaning, and do you speak German?",
            clock(WaitingClock::Soon(minutes(words, "inbox-clock-left", 6))),
        ),
        row(
            ids.conversation(),
            "آرش مرادی",
            "آم",
            "سلام، نتیجهٔ عکس آماده است؟",
            clock(WaitingClock::Left(minutes(words, "inbox-clock-left", 12))),
        ),
        row(
            ids.conversation(),
            "Анна Бергман-Константинопольская",
            "АБ",
            "Спасибо, жду",
            clock(WaitingClock::Left(words.with("inbox-clock-left-hours", &[("hours", Arg::Number(3))]))),
        ),
        row(
            ids.conversation(),
            "Kovács Péter",
            "KP",
            "Köszönöm, ott leszek.",
            Some(Chip::new(Tone::Good, words.say("inbox-state-answered"))),
        ),
    ];
    let mut rows = rows;
    rows[0].for_whom = mira;
    rows[3].holder.push_str("Bianka");
    let tabs = tabs(words, ["5", "2", "31", "", "1", ""]);
    List { tab: Tab::Waiting, tabs, rows, open, older: Some("/inbox?tab=waiting&before=1".to_owned()) }
}

fn said(words: Words, ids: &mut Ids, text: &str, at: &str) -> Message {
    Message {
        id: ids.message(),
        side: Side::In,
        text: text.to_owned(),
        media: String::new(),
        files: Vec::new(),
        keys: Vec::new(),
        reaction: String::new(),
        changed: String::new(),
        caution: String::new(),
        at: number(words, at),
        channel: "Telegram".to_owned(),
        by: String::new(),
        delivery: None,
        why: None,
    }
}

fn sent(words: Words, ids: &mut Ids, text: &str, at: &str, delivery: Delivery) -> Message {
    let channel = [("channel", Arg::from("Telegram"))];
    let why = Why {
        sentence: words.with("why-channel-last-answered", &channel),
        change: words.with("why-channel-last-answered-change", &channel),
        also: vec![words.with("ladder-message-cost-list", &[("sum", Arg::from("0.05")), ("parts", Arg::from(2_i64))])],
    };
    let by = words.say("inbox-by-bot");
    Message { side: Side::Out, by, delivery: Some(delivery), why: Some(why), ..said(words, ids, text, at) }
}

fn talk(words: Words, ids: &mut Ids, conversation: ConversationId, turn: Turn) -> Talk {
    let key = |label: &str, choice| Key { label: label.to_owned(), choice };
    let labels = ["Confirm", "Another time", "Cancel", "A person"];
    let keys = labels.map(|label| key(label, if label == "Another time" { Choice::Chosen } else { Choice::Left })).into();
    let slots = ["Wed 16:30", "Fri 9:00", "Fri 11:30", "More"].map(|label| key(label, Choice::Left)).into();
    let reminder = "Vera, your visit with Dr Gromov is on Wednesday, 25 November, at 10:30.";
    let person = "Thursday at 17:00 works: Dr Gromov will stay for you.\nShall I put you down?";
    let until = [("until", Arg::from(number(words, "8:00")))];
    let held = Why {
        sentence: words.with("why-held-quiet-hours", &until),
        change: words.with("why-held-quiet-hours-change", &until),
        also: vec![],
    };
    let stopped = Why {
        sentence: words.say("why-suppressed-arrived-after-all"),
        change: words.say("why-suppressed-arrived-after-all-change"),
        also: vec![words.say("ladder-message-follows")],
    };
    let file = |look, name: &str, detail: &str| File {
        look,
        name: name.to_owned(),
        detail: detail.to_owned(),
        href: "/messages/msg_01kb2w5wg0e5w8tq3q8s1x8m3f/files/0".to_owned(),
    };
    let preview = "/assets/icon.svg".to_owned();
    let came = vec![
        file(Look::Picture { preview, width: 240, height: 180 }, &words.say("inbox-media-image"), "1.2 MB"),
        file(Look::Sound, &words.say("inbox-media-voice"), "40 KB"),
        file(Look::Film, &words.say("inbox-media-video"), "3 MB"),
        file(Look::HandedOut, "x-ray of 2024.pdf", "PDF · 820 KB"),
        file(Look::Waiting(words.say("file-waiting")), &words.say("inbox-media-image"), ""),
        file(Look::Lost(words.say("file-lost-too-large")), &words.say("inbox-media-video"), ""),
    ];
    let lines = vec![
        Line::Day(words.say("inbox-yesterday")),
        Line::Message(Box::new(Message { keys, ..sent(words, ids, reminder, "18:02", Delivery::Read) })),
        Line::Message(Box::new(Message { by: words.say("inbox-by-button"), ..said(words, ids, "Another time", "18:41") })),
        Line::Message(Box::new(Message {
            keys: slots,
            reaction: "👍".to_owned(),
            ..sent(words, ids, "These fit Dr Gromov and you:", "18:41", Delivery::Delivered)
        })),
        Line::Message(Box::new(Message { why: Some(stopped), ..sent(words, ids, reminder, "19:00", Delivery::Suppressed) })),
        Line::Day(words.say("inbox-today")),
        Line::Message(Box::new(Message { files: came, ..said(words, ids, "Could I come on Thursday after four instead?", "9:12") })),
        Line::Mark { tone: Tone::Wait, text: format!("{} · {}", words.say("timeline-handed-over"), number(words, "9:12")) },
        Line::Note { by: "Bianka".to_owned(), text: "Dr Gromov can stay till 18:00 on Thursday.".to_owned(), at: number(words, "9:15") },
        Line::Message(Box::new(Message { by: "Bianka".to_owned(), ..sent(words, ids, person, "9:20", Delivery::Uncertain) })),
        Line::Message(Box::new(Message { why: Some(held), ..sent(words, ids, "See you on Thursday!", "9:21", Delivery::Held) })),
    ];
    Talk {
        conversation,
        tab: Tab::Waiting,
        name: "Vera Sokolova".to_owned(),
        initials: "VS".to_owned(),
        card: Some(ids.patient()),
        line: format!("Telegram · {}", words.with("inbox-speaks", &[("language", Arg::from("русский"))])),
        state: WaitingClock::Over(minutes(words, "inbox-clock-over", 4)).chip(words),
        turn,
        seen: 7,
        colleagues: vec![
            Colleague { id: ids.staff(), name: "Gromov Pavel".to_owned() },
            Colleague { id: ids.staff(), name: "آرش مرادی".to_owned() },
        ],
        snoozes: vec![Snooze { value: "1795600800000".to_owned(), label: words.say("inbox-snooze-hour") }],
        topics: ["visit", "treatment", "price", "other"].map(|name| topic(words, name)).into(),
        lines,
        older: Some(format!("/inbox/{conversation}?before=1")),
    }
}

fn topic(words: Words, name: &str) -> TopicChoice {
    TopicChoice { value: name.to_owned(), label: words.say(&format!("conversation-topic-{name}")) }
}

fn composer(words: Words, conversation: ConversationId, leaves: Leaves) -> Composer {
    let best = words.with("inbox-channel-best", &[("channel", Arg::from("Telegram"))]);
    let reads = [("patient", Arg::from("Vera")), ("language", Arg::from("русский"))];
    Composer {
        conversation,
        tab: Tab::Waiting,
        text: String::new(),
        refusal: None,
        channels: vec![
            ChannelChoice { value: String::new(), label: best, chosen: true },
            ChannelChoice { value: "email".to_owned(), label: words.say("channel-email"), chosen: false },
        ],
        leaves,
        attach: Attach::Offered(words.with("inbox-attach-takes", &[("most", Arg::from("10")), ("together", Arg::from("15"))])),
        advice: vec![words.with("inbox-reads-in", &reads)],
    }
}

fn refused(words: Words, ids: &mut Ids, conversation: ConversationId) -> Thread {
    let mut thread = Thread {
        talk: talk(words, ids, conversation, Turn::Colleague("Bianka".to_owned())),
        composer: composer(words, conversation, Leaves::Now),
        panel: Panel::Patient(Box::new(Facts { next_visit: None, ..facts(words, ids, conversation) })),
    };
    thread.composer.text.push_str("Thursday at 17:00 would work.");
    thread.composer.refusal = Some(words.say("refusal-conversation-answered-meanwhile"));
    thread
}

fn not_writable(words: Words) -> Leaves {
    Leaves::Not(words.say("inbox-not-writable"))
}

fn unknown(words: Words, ids: &mut Ids, conversation: ConversationId) -> Thread {
    let lines = vec![
        Line::Day(words.say("inbox-today")),
        Line::Message(Box::new(said(words, ids, "Good day, <b>how much</b> is a cleaning, and do you speak German?", "9:40"))),
    ];
    let talk = talk(words, ids, conversation, Turn::Free);
    Thread {
        talk: Talk { name: "+36 30 555 01 22".to_owned(), initials: "?".to_owned(), card: None, lines, older: None, ..talk },
        composer: composer(words, conversation, Leaves::Now),
        panel: Panel::Unknown(linking(ids, conversation)),
    }
}

fn linking(ids: &mut Ids, conversation: ConversationId) -> Linking {
    let one = |ids: &mut Ids, name: &str, initials: &str, detail: &str| Candidate {
        patient: ids.patient(),
        name: name.to_owned(),
        initials: initials.to_owned(),
        detail: detail.to_owned(),
    };
    let found = vec![one(ids, "Nagy Dóra", "ND", "12 May 1988 · +36 30 555 01 22"), one(ids, "Nagy Dorottya", "ND", "3 Aug 1961")];
    Linking { conversation, sender: "+36 30 555 01 22".to_owned(), find: "nagy".to_owned(), found }
}

fn facts(words: Words, ids: &mut Ids, conversation: ConversationId) -> Facts {
    let day = kernel::Date::constant(2026, 11, 25);
    let through = words.with("origin-channel", &[("channel", Arg::from("Telegram"))]);
    let at = [("through", Arg::from(through)), ("at", Arg::from(number(words, "18:42")))];
    let happened = |at: &str, key: &str| Happened { at: number(words, at), text: words.say(key) };
    Facts {
        conversation,
        patient: ids.patient(),
        name: "Vera Sokolova".to_owned(),
        banners: vec![Chip::new(Tone::Wait, words.say("inbox-no-bots"))],
        next_visit: Some(NextVisit {
            href: "/journal?on=2026-11-25".to_owned(),
            at: format!("{} {}", kernel::format::date_short(day, words.locale()), number(words, "10:30")),
            with: "Dr Gromov · 2".to_owned(),
            state: Chip::new(Tone::Good, words.say("visit-state-confirmed")),
            origin: words.with("origin-mark-confirmed", &at),
        }),
        note: "Anxious: say what happens next, step by step.".to_owned(),
        reach: vec![
            Reach { channel: "Telegram".to_owned(), value: String::new(), standing: Chip::new(Tone::Good, words.say("sureness-verified")) },
            Reach {
                channel: words.say("channel-sms"),
                value: "+7 900 000-00-01".to_owned(),
                standing: Chip::new(Tone::Done, words.say("sureness-unverified")),
            },
            Reach {
                channel: words.say("channel-email"),
                value: "vera@example.org".to_owned(),
                standing: Chip::new(Tone::Bad, words.say("contact-state-opted-out")),
            },
        ],
        may_send: vec![Chip::new(Tone::Good, words.say("inbox-may-care")), Chip::new(Tone::Done, words.say("inbox-may-offers"))],
        family: vec![Relative { patient: ids.patient(), name: "Mira".to_owned(), relation: words.say("inbox-relation-child") }],
        timeline: vec![happened("9:12", "timeline-conversation-waiting"), happened("8:40", "timeline-visit-confirmed")],
    }
}
