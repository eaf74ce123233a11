//! Danger is heard in any sentence. A false alarm costs a look; a missed one may cost more.
//! Only a denial right beside it takes it back: 'no pain', 'боли уже нет'.

use super::hearing::{Heard, Token};
use super::wording::{Alarm, Wording};

pub(super) fn is_in(heard: &Heard, wording: &Wording) -> bool {
    heard.clauses.iter().any(|clause| is_in_clause(clause, wording))
}

/// A stretch of words that says something about danger.
struct Found {
    start: usize,
    end: usize,
    alarms: Vec<Alarm>,
}

fn is_in_clause(clause: &[Token], wording: &Wording) -> bool {
    let found = listen(clause, wording);
    // A denial reaches on over 'or': 'no pain or swelling'.
    let mut denied_up_to = None;
    for (place, one) in found.iter().enumerate() {
        let before = denied_up_to.take().is_some_and(|end: usize| is_near(&clause[end..one.start], wording));
        if one.alarms.contains(&Alarm::Danger) {
            let after = found
                .get(place + 1)
                .is_some_and(|denial| denial.alarms.contains(&Alarm::DeniesBefore) && is_near(&clause[one.end..denial.start], wording));
            if !before && !after {
                return true;
            }
            denied_up_to = before.then_some(one.end);
        } else if one.alarms.contains(&Alarm::DeniesNext) {
            denied_up_to = Some(one.end);
        }
    }
    false
}

fn is_near(gap: &[Token], wording: &Wording) -> bool {
    gap.iter().all(|token| wording.stands_between(token))
}

/// The longest phrase at each place, be it of danger or not: 'دستتون درد نکنه' is thanks, though a word of it is pain.
fn listen(clause: &[Token], wording: &Wording) -> Vec<Found> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < clause.len() {
        let alarms = wording.alarms(&clause[start..]);
        let longest_alarm = alarms.iter().map(|(length, _)| *length).max().unwrap_or(0);
        let longest_answer = wording.meanings(&clause[start..]).iter().map(|(length, _)| *length).max().unwrap_or(0);
        if longest_alarm == 0 || longest_answer > longest_alarm {
            start += longest_answer.max(1);
            continue;
        }
        let alarms = alarms.into_iter().filter(|(length, _)| *length == longest_alarm).map(|(_, alarm)| alarm).collect();
        found.push(Found { start, end: start + longest_alarm, alarms });
        start += longest_alarm;
    }
    found
}
