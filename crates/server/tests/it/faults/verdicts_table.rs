//! Each verdict made by hand once, and found; and the days on which there is nothing to say.

use std::collections::HashMap;

use kernel::{Chance, MessageId, QuietHours, Time, Timestamp, Zone};

use super::phones::Shown;
use super::verdicts::{Hours, Kept, Rules, Seen, Standing, Verdict, judge};

const ANNA: i64 = 501;
const VERA: i64 = 503;
/// From then on nothing may be shown to Boris.
const BORIS: i64 = 502;
const ENDED: &str = "2026-11-23T10:00";

fn zone() -> Zone {
    Zone::named("Europe/Budapest").unwrap()
}

fn at(wall: &str) -> Timestamp {
    zone().at(wall.parse().unwrap())
}

fn shown(chat: i64, text: &str, wall: &str) -> Shown {
    Shown { chat, message: 1, text: text.to_owned(), named: String::new(), at: at(wall) }
}

fn kept(chat: i64, text: &str, standing: Standing) -> Kept {
    let id = MessageId::new(at(ENDED), &mut Chance::from_seed(chat.unsigned_abs()));
    Kept { id, chat, text: text.to_owned(), standing, timing: Hours::Polite }
}

fn rules() -> Rules {
    let quiet = QuietHours { from: Time::constant(20, 0, 0, 0), until: Time::constant(8, 0, 0, 0) };
    Rules { zone: zone(), quiet, ended: HashMap::from([(BORIS, at(ENDED))]) }
}

/// What it is, what phones show, what the books say, what there is to say about it.
type Case = (&'static str, Vec<Shown>, Vec<Kept>, &'static [Verdict]);

#[test]
fn every_verdict_is_spoken_over_its_own_case_and_no_other() {
    let morning = "2026-11-23T09:30";
    let one = || vec![shown(ANNA, "one", morning)];
    let none = Vec::new;
    let doubt = |seen| Standing::Doubt(seen);
    let table: [Case; 22] = [
        ("nothing happened", none(), vec![], &[]),
        ("sent and seen", one(), vec![kept(ANNA, "one", Standing::Sent)], &[]),
        ("held and not seen", none(), vec![kept(ANNA, "one", Standing::Held)], &[]),
        ("not sent and not seen", none(), vec![kept(ANNA, "one", Standing::NotSent)], &[]),
        ("called sent, never seen", none(), vec![kept(ANNA, "one", Standing::Sent)], &[Verdict::Lost]),
        ("never goes", none(), vec![kept(ANNA, "one", Standing::Going)], &[Verdict::Lost]),
        ("gone from the books", none(), vec![kept(ANNA, "one", Standing::Gone)], &[Verdict::Lost]),
        ("seen twice", [one(), one()].concat(), vec![kept(ANNA, "one", Standing::Sent)], &[Verdict::Twice]),
        (
            "seen twice, in doubt",
            [one(), one()].concat(),
            vec![kept(ANNA, "one", doubt(Seen::Flagged))],
            &[Verdict::Twice, Verdict::Doubtful],
        ),
        ("doubt, seen", one(), vec![kept(ANNA, "one", doubt(Seen::Flagged))], &[Verdict::Doubtful]),
        ("doubt, not seen", none(), vec![kept(ANNA, "one", doubt(Seen::Flagged))], &[Verdict::Doubtful]),
        ("doubt that the desk does not find", none(), vec![kept(ANNA, "one", doubt(Seen::Unseen))], &[Verdict::HiddenDoubt]),
        ("seen, called not sent", one(), vec![kept(ANNA, "one", Standing::NotSent)], &[Verdict::HiddenDoubt]),
        ("seen, called held", one(), vec![kept(ANNA, "one", Standing::Held)], &[Verdict::HiddenDoubt]),
        ("seen, still going", one(), vec![kept(ANNA, "one", Standing::Going)], &[Verdict::HiddenDoubt]),
        ("seen, gone from the books", one(), vec![kept(ANNA, "one", Standing::Gone)], &[Verdict::HiddenDoubt]),
        (
            "on another's phone",
            vec![shown(VERA, "one", morning)],
            vec![kept(ANNA, "one", Standing::Sent)],
            &[Verdict::WrongPatient, Verdict::Lost],
        ),
        ("other words", vec![shown(ANNA, "two", morning)], vec![kept(ANNA, "one", Standing::NotSent)], &[Verdict::WrongText]),
        ("in the night", vec![shown(ANNA, "one", "2026-11-23T07:59")], vec![kept(ANNA, "one", Standing::Sent)], &[Verdict::OutsideHours]),
        ("before the opt-out", vec![shown(BORIS, "one", "2026-11-23T09:59")], vec![kept(BORIS, "one", Standing::Sent)], &[]),
        ("after the opt-out", vec![shown(BORIS, "one", ENDED)], vec![kept(BORIS, "one", Standing::Sent)], &[Verdict::AfterOptOut]),
        (
            "an answer in the night",
            vec![shown(ANNA, "one", "2026-11-23T03:00")],
            vec![Kept { timing: Hours::Any, ..kept(ANNA, "one", Standing::Sent) }],
            &[],
        ),
    ];
    for (case, shown, kept, expected) in table {
        let judgement = judge(&shown, &kept, &rules());
        let mut expected = expected.to_vec();
        let mut found: Vec<Verdict> = judgement.broken();
        found.extend((judgement.count(Verdict::Doubtful) > 0).then_some(Verdict::Doubtful));
        expected.sort();
        found.sort();
        assert_eq!(found, expected, "{case}");
    }
}
