//! The gate's decision: reminders, greetings, answers and offers to patients who can be reached in several ways and have
//! been written to before.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use anyhow::ensure;
use caredesk::demo::furnishing::{Plan, Wishes};
use caredesk::demo::{opens_at, wishes};
use clinic::actors::Channel;
use clinic::consents::{Ledger, Purpose};
use clinic::gate::{
    Approval, Budget, Complaint, Disclosure, Follows, Ladder, Occasion, Past, Question, Rank, Reach, Reports, Sender, Sensitivity, Tariff,
    Timing, Verdict, VisitCheck, Whom, Wish, Words, decide, said_key,
};
use clinic::journal::Visit;
use kernel::{AccountId, Chance, Locale, Timestamp};

use crate::stopwatch::{Core, Times, a_second};
use crate::table::Line;

const DECISIONS: usize = 100_000;
/// Of which the median is taken.
const ROUNDS: usize = 7;
/// Messages to the same reader that each question remembers.
const REMEMBERED: u32 = 8;

/// Purpose, rank and who speaks.
const WISHES: [(Purpose, Rank, Sender); 6] = [
    (Purpose::Service, Rank::Visit, Sender::Bot),
    (Purpose::Service, Rank::Visit, Sender::Bot),
    (Purpose::Service, Rank::Reply, Sender::Bot),
    (Purpose::Service, Rank::Care, Sender::Bot),
    (Purpose::Marketing, Rank::Care, Sender::Bot),
    (Purpose::Service, Rank::Reply, Sender::Person),
];

pub fn measure() -> anyhow::Result<Line> {
    let plan = Plan::of(&Wishes { patients: 1_000, past_days: 30, ..wishes(1, Locale::Hu, None) });
    let now = opens_at();
    let reaches = reaches(&plan, now, &mut Chance::from_seed(2));
    let ladder = Ladder::default();
    let says: Vec<Vec<String>> = plan.history.coming.iter().map(|visit| said("three-days", visit)).collect();
    let before: Vec<Vec<Vec<String>>> =
        plan.history.coming.iter().map(|visit| (0..REMEMBERED).map(|step| said(&step.to_string(), visit)).collect()).collect();
    let history: Vec<Vec<Past<'_>>> = before.iter().map(|said| remembered(said, now)).collect();
    let questions: Vec<Question<'_>> = plan
        .history
        .coming
        .iter()
        .zip(says.iter().zip(&history))
        .zip(WISHES.iter().cycle())
        .filter_map(|((visit, (says, history)), wish)| {
            let about = plan.people.iter().find(|person| person.patient.id == visit.patient)?;
            let reader = about.patient.guardian.and_then(|id| plan.people.iter().find(|person| person.patient.id == id)).unwrap_or(about);
            Some(Question {
                wish: wished(*wish, visit, says),
                whom: Whom::Patient { recipient: &reader.patient, about: &about.patient, contacts: &reader.contacts },
                consents: Ledger(&[]),
                complaint: Complaint::NoneOpen,
                clinic: &plan.premises.clinic,
                reaches: &reaches,
                ladder: &ladder,
                tried: &[],
                history,
                now,
            })
        })
        .collect();
    let allowed = questions.iter().filter(|question| matches!(decide(question), Verdict::Allow { .. })).count();
    ensure!(allowed > 0 && allowed < questions.len(), "some may go and some may not: {allowed} of {}", questions.len());
    let mut rounds = Times::default();
    for _ in 0..ROUNDS {
        let watch = Core::start();
        for question in questions.iter().cycle().take(DECISIONS) {
            black_box(decide(question));
        }
        rounds.add(watch.read());
    }
    Ok(Line {
        what: format!("decision of the gate over {REMEMBERED} earlier messages, by the time of one core"),
        required: "50,000/s".to_owned(),
        measured: format!("{:.0}/s", a_second(DECISIONS, rounds.median())),
        limit: String::new(),
    })
}

fn said(step: &str, visit: &Visit) -> Vec<String> {
    vec![said_key("visit-reminder", step, Occasion::Visit { chain: visit.chain, starts_at: visit.starts_at })]
}

fn wished<'a>((purpose, rank, sender): (Purpose, Rank, Sender), visit: &Visit, says: &'a [String]) -> Wish<'a> {
    Wish {
        purpose,
        rank,
        sensitivity: Sensitivity::Open,
        sender,
        timing: Timing::Polite,
        useful_until: Some(visit.starts_at),
        visit: VisitCheck::Unchanged,
        says,
        chosen: None,
        follows: Follows::Nothing,
        words: Words("Tomorrow at 10:30"),
    }
}

/// One a day, back from yesterday.
fn remembered(said: &[Vec<String>], now: Timestamp) -> Vec<Past<'_>> {
    let days = (1_u32..).map(|days| now - Duration::from_hours(24) * days);
    said.iter().zip(days).map(|(says, at)| Past { sender: Sender::Bot, purpose: Purpose::Service, rank: Rank::Visit, says, at }).collect()
}

/// The messenger of the clinic, a short message and a letter.
fn reaches(plan: &Plan, now: Timestamp, chance: &mut Chance) -> Vec<Reach> {
    let reach = |channel, account, tariff, disclosure| Reach {
        channel,
        account,
        tariff,
        reports: Reports::Delivery,
        disclosure,
        window: None,
        approval: Approval::Missing,
        budget: Budget::Left,
    };
    vec![
        reach(Channel::Sandbox, plan.premises.account.id, Tariff::Free, Disclosure::Private),
        reach(Channel::Sms, AccountId::new(now, chance), Tariff::PerSegment(Arc::default()), Disclosure::LockScreen),
        reach(Channel::Email, AccountId::new(now, chance), Tariff::PerMessage(Arc::default()), Disclosure::LockScreen),
    ]
}
