//! What holds for every question, whatever its facts.

use std::time::Duration;

use proptest::prelude::*;

use super::world::{Before, HOUR, Scene, at};
use super::*;
use crate::patients::{ContactState, Sureness};

fn scenes() -> impl Strategy<Value = Scene> {
    let wish = (
        prop::sample::select(vec![Rank::Greeting, Rank::Care, Rank::Visit, Rank::Reply, Rank::Safety]),
        prop::sample::select(vec![Purpose::Service, Purpose::Service, Purpose::Marketing, Purpose::Reviews]),
        [0.7, 0.3, 0.7].map(prop::bool::weighted),
        prop::option::weighted(0.3, -2_i64..30),
        prop_oneof![3 => Just(VisitCheck::NoVisit), 6 => Just(VisitCheck::Unchanged), 1 => Just(VisitCheck::Changed)],
        prop::option::weighted(0.2, prop::sample::select(vec![Channel::Telegram, Channel::Sms, Channel::Viber])),
    );
    let standing =
        || prop::sample::select(vec![Standing::Patient, Standing::Patient, Standing::Lead, Standing::Refused, Standing::Deceased]);
    let people =
        (standing(), standing(), any::<[bool; 2]>(), prop::option::of(prop::sample::select(vec!["Asia/Tokyo", "America/New_York"])));
    let contact = (0_u8..6, 0_u8..3, prop::option::of(0_u64..60), [0.5, 0.2, 0.2].map(prop::bool::weighted));
    let ways = prop::collection::vec(contact, 3);
    let history = prop::collection::vec((any::<bool>(), 0_u64..40), 0..3);
    let facts = ([0.7, 0.7, 0.2].map(prop::bool::weighted), history, 0_u64..240, 0_u32..3);
    (wish, people, ways, facts).prop_map(|(wish, people, ways, facts)| {
        let mut scene = Scene::vera();
        let (agrees, history, hours, daily_cap) = facts;
        scene.now = at(23, 0, 0) + HOUR * u32::try_from(hours).expect("small");
        scene.clinic.daily_cap = daily_cap;
        let now = scene.now;

        let (rank, purpose, [is_bot, insists, is_open], useful, visit, chosen) = wish;
        scene.wish.rank = rank;
        scene.wish.purpose = purpose;
        scene.wish.sender = if is_bot { Sender::Bot } else { Sender::Person };
        scene.wish.timing = if insists { Timing::Insisted } else { Timing::Polite };
        scene.wish.sensitivity = if is_open { Sensitivity::Open } else { Sensitivity::Sensitive };
        scene.wish.useful_until = useful.map(|hours| Timestamp::from_millis(now.as_millis() + hours * 3_600_000));
        scene.wish.visit = visit;
        scene.wish.chosen = chosen;
        scene.says = vec!["visit-reminder/day-before/1".to_owned()];

        let (recipient, about, no_bots, zone) = people;
        (scene.recipient.standing, scene.about.standing) = (recipient, about);
        for (patient, no_bots) in [&mut scene.recipient, &mut scene.about].into_iter().zip(no_bots) {
            patient.bots = if no_bots { Bots::NoBots } else { Bots::Welcome };
        }
        scene.recipient.zone = zone.map(|name| Zone::named(name).expect("a zone"));

        for (at_contact, (state, sureness, wrote, [windowed, spent, tried])) in ways.into_iter().enumerate() {
            let contact = &mut scene.contacts[at_contact];
            contact.state = match state {
                0 => ContactState::OptedOut { at: now },
                1 => ContactState::Unreachable { at: now },
                _ => ContactState::Open,
            };
            contact.sureness = [Sureness::Verified, Sureness::Unverified, Sureness::Shared][usize::from(sureness)];
            contact.last_inbound_at = wrote.map(|hours| now - Duration::from_secs(hours * 3_600));
            scene.reaches[at_contact].window = windowed.then_some(HOUR * 24);
            scene.reaches[at_contact].budget = if spent { Budget::Spent } else { Budget::Left };
            if tried {
                scene.tried.push(contact.id);
            }
        }
        for (purpose, agrees) in [Purpose::Marketing, Purpose::Reviews].into_iter().zip(agrees) {
            if agrees {
                scene.agrees(purpose, None);
            }
        }
        scene.complaint = if agrees[2] { Complaint::Open } else { Complaint::NoneOpen };
        for (same, hours) in history {
            let says = if same && hours > 30 { scene.says.clone() } else { vec![] };
            let at = now - Duration::from_secs(hours * 3_600);
            scene.history.push(Before { sender: Sender::Bot, purpose: Purpose::Service, rank: Rank::Care, says, at });
        }
        scene
    })
}

fn goes(scene: &Scene) -> bool {
    matches!(scene.verdict(), Verdict::Allow { .. })
}

fn is_quiet(scene: &Scene) -> bool {
    let zone = scene.recipient.zone.as_ref().unwrap_or(&scene.clinic.zone);
    scene.clinic.quiet_hours.until_allowed(scene.now, zone).is_some()
}

/// One more fact against sending.
fn worsen(scene: &mut Scene, which: u8) {
    match which {
        0 => scene.contacts.iter_mut().for_each(|contact| contact.state = ContactState::OptedOut { at: scene.now }),
        1 => scene.recipient.standing = Standing::Deceased,
        2 if scene.about.standing != Standing::Deceased => scene.about.standing = Standing::Refused,
        2 => {}
        3 => scene.recipient.bots = Bots::NoBots,
        4 => scene.complaint = Complaint::Open,
        5 => scene.consents.clear(),
        6 => scene.had(Purpose::Service, Rank::Care, Duration::ZERO),
        7 => scene.wish.visit = VisitCheck::Changed,
        8 => scene.wish.useful_until = Some(scene.now - HOUR),
        9 => scene.reaches.iter_mut().for_each(|reach| reach.budget = Budget::Spent),
        10 => scene.tried.extend(scene.contacts.iter().map(|contact| contact.id)),
        11 => scene.wish.sensitivity = Sensitivity::Sensitive,
        12 => scene.wish.timing = Timing::Polite,
        13 => scene.clinic.daily_cap = scene.clinic.daily_cap.saturating_sub(1),
        _ => {
            let says = scene.says.clone();
            scene.history.push(Before {
                sender: Sender::Bot,
                purpose: Purpose::Service,
                rank: Rank::Care,
                says,
                at: scene.now - HOUR * 48,
            });
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn what_goes_goes_to_an_open_contact_of_the_reader(scene in scenes()) {
        if let Verdict::Allow { route, .. } = scene.verdict() {
            let contact = scene.contacts.iter().find(|contact| Some(contact.id) == route.contact).expect("a contact of the reader");
            prop_assert_eq!(contact.state, ContactState::Open);
            prop_assert_eq!(&contact.address, &route.to);
            prop_assert!(!scene.tried.contains(&contact.id));
            let reach = scene.reaches.iter().find(|reach| reach.account == route.account).expect("a connected account");
            prop_assert!(reach.channel == route.channel && route.channel.reaches(&route.to));
            if scene.wish.sensitivity == Sensitivity::Sensitive {
                prop_assert_eq!((contact.sureness, reach.disclosure), (Sureness::Verified, Disclosure::Private));
            }
        }
    }

    #[test]
    fn nothing_that_can_wait_goes_in_quiet_hours(scene in scenes()) {
        let can_wait = scene.wish.rank < Rank::Reply && scene.wish.timing == Timing::Polite;
        prop_assert!(!(can_wait && is_quiet(&scene) && goes(&scene)));
    }

    #[test]
    fn the_dead_are_never_written_to(scene in scenes()) {
        let died = scene.recipient.standing == Standing::Deceased || scene.about.standing == Standing::Deceased;
        let never = matches!(scene.verdict(), Verdict::Suppress { reason: SuppressReason::Deceased, .. });
        prop_assert_eq!(died, never);
    }

    #[test]
    fn one_more_fact_against_it_never_lets_a_message_go(scene in scenes(), which in 0_u8..15) {
        let worse = scene.clone().but(|scene| worsen(scene, which));
        prop_assert!(goes(&scene) || !goes(&worse), "fact {which}");
    }

    #[test]
    fn what_waits_waits_for_a_time_at_which_it_is_still_of_use(scene in scenes()) {
        if let Verdict::Hold { until, reason, .. } = scene.verdict() {
            prop_assert!(until > scene.now);
            prop_assert!(scene.wish.useful_until.is_none_or(|useful| until <= useful));
            let then = scene.clone().but(|scene| scene.now = until);
            if let Verdict::Hold { until: again, reason: other, .. } = then.verdict() {
                prop_assert!(again > until && other != reason, "it waits for the same thing twice");
            }
        }
    }

    #[test]
    fn what_goes_now_passes_the_last_look(scene in scenes()) {
        if let Verdict::Allow { route, form, .. } = scene.verdict() {
            prop_assert_eq!(scene.asked(|question| recheck(question, &route, form)), Recheck::Go);
        }
    }

    #[test]
    fn the_last_look_stops_what_was_opted_out_of(scene in scenes()) {
        if let Verdict::Allow { route, form, .. } = scene.verdict() {
            let stopped = scene.clone().but(|scene| (0..3).for_each(|which| scene.opt_out(which)));
            let look = stopped.asked(|question| recheck(question, &route, form));
            prop_assert_eq!(look, Recheck::Stop { reason: SuppressReason::OptedOut });
        }
    }
}
