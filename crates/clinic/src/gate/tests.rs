//! The gate by tables: every reason with what brings it about, and what lets it pass.

use std::time::Duration;

use kernel::{Address, Hours, Locale, Timestamp, Zone};

use super::world::{HOUR, Scene, at, contact, patient, reach};
use super::*;
use crate::patients::{ContactPoint, ContactState, Sureness};
use crate::texts::Phrasebook;

#[derive(Debug, PartialEq, Eq)]
enum Says {
    Go(Channel, ChannelReason),
    Wait(Timestamp, HoldReason),
    No(SuppressReason),
    Call(SuppressReason),
}

use Says::{Call, Go, No, Wait};

fn said(verdict: &Verdict) -> Says {
    match verdict {
        Verdict::Allow { route, why, .. } => {
            let (channel, reason) = why.channel.expect("what goes says why this way");
            assert_eq!(channel, route.channel);
            Go(channel, reason)
        }
        Verdict::Hold { until, reason, why } => {
            assert_eq!(why.held, Some((*until, *reason)));
            Wait(*until, *reason)
        }
        Verdict::Suppress { reason, why } => {
            assert_eq!(why.suppressed, Some(*reason));
            No(*reason)
        }
        Verdict::Task { reason, why } => {
            assert_eq!(why.suppressed, Some(*reason));
            Call(*reason)
        }
    }
}

#[track_caller]
fn expect(table: Vec<(&str, Scene, Says)>) {
    for (case, scene, expected) in table {
        assert_eq!(said(&scene.verdict()), expected, "{case}");
    }
}

fn vera(change: impl FnOnce(&mut Scene)) -> Scene {
    Scene::vera().but(change)
}

fn bot(rank: Rank) -> Scene {
    vera(|scene| scene.wish.rank = rank)
}

fn person(rank: Rank) -> Scene {
    vera(|scene| (scene.wish.sender, scene.wish.rank) = (Sender::Person, rank))
}

fn offer() -> Scene {
    vera(|scene| (scene.wish.purpose, scene.wish.rank) = (Purpose::Marketing, Rank::Care))
}

const CHEAPEST: Says = Go(Channel::Telegram, ChannelReason::Cheapest);

#[test]
fn the_dead_get_nothing_from_anybody() {
    for rank in [Rank::Greeting, Rank::Care, Rank::Visit, Rank::Reply, Rank::Safety] {
        for scene in [bot(rank), person(rank)] {
            let reader = scene.clone().but(|scene| scene.recipient.standing = Standing::Deceased);
            let child = scene.but(|scene| scene.about.standing = Standing::Deceased);
            expect(vec![
                ("the reader has died", reader, No(SuppressReason::Deceased)),
                ("the child has died", child, No(SuppressReason::Deceased)),
            ]);
        }
    }
}

#[test]
fn what_time_has_overtaken_is_not_said() {
    let moved = |scene: &mut Scene| scene.wish.visit = VisitCheck::Changed;
    let late = |scene: &mut Scene| scene.wish.useful_until = Some(scene.now - Duration::from_millis(1));
    expect(vec![
        ("the visit was moved", vera(moved), No(SuppressReason::VisitChanged)),
        ("a person's words about a visit that was moved", person(Rank::Visit).but(moved), No(SuppressReason::VisitChanged)),
        ("its moment has passed", vera(late), No(SuppressReason::Stale)),
        ("in its last moment", vera(|scene| scene.wish.useful_until = Some(scene.now)), CHEAPEST),
        ("no visit at all", vera(|scene| scene.wish.visit = VisitCheck::NoVisit), CHEAPEST),
    ]);
}

#[test]
fn the_refusal_list_stops_what_we_begin_and_leaves_answers() {
    let refused = |scene: &mut Scene| scene.about.standing = Standing::Refused;
    let mother = |scene: &mut Scene| scene.recipient.standing = Standing::Refused;
    expect(vec![
        ("care", bot(Rank::Care).but(refused), No(SuppressReason::Refused)),
        ("a visit still stands: a person decides", bot(Rank::Visit).but(refused), Call(SuppressReason::Refused)),
        ("an answer", bot(Rank::Reply).but(refused), CHEAPEST),
        ("a warning", bot(Rank::Safety).but(refused), CHEAPEST),
        ("a person's words", person(Rank::Care).but(refused), CHEAPEST),
        ("a person's greeting", person(Rank::Greeting).but(refused), No(SuppressReason::Refused)),
        ("the mother is refused, the child is not", bot(Rank::Visit).but(mother), CHEAPEST),
        ("no offer to a refused mother", offer().but(mother), No(SuppressReason::Refused)),
    ]);
}

#[test]
fn who_wants_no_bots_gets_a_person() {
    let no_bots = |scene: &mut Scene| scene.recipient.bots = Bots::NoBots;
    expect(vec![
        ("a reminder becomes a call", bot(Rank::Visit).but(no_bots), Call(SuppressReason::NoBots)),
        ("care becomes a call", bot(Rank::Care).but(no_bots), Call(SuppressReason::NoBots)),
        ("an answer is given by a person", bot(Rank::Reply).but(no_bots), Call(SuppressReason::NoBots)),
        ("nobody calls to greet", bot(Rank::Greeting).but(no_bots), No(SuppressReason::NoBots)),
        ("nobody calls to sell", offer().but(no_bots), No(SuppressReason::NoBots)),
        ("the child's card says so", vera(|scene| scene.about.bots = Bots::NoBots), Call(SuppressReason::NoBots)),
        ("a person may write", person(Rank::Visit).but(no_bots), CHEAPEST),
    ]);
}

#[test]
fn nothing_cheerful_while_a_complaint_is_open() {
    let complains = |scene: &mut Scene| {
        scene.complaint = Complaint::Open;
        scene.agrees(Purpose::Marketing, None);
        scene.agrees(Purpose::Reviews, None);
    };
    let review = |scene: &mut Scene| scene.wish.purpose = Purpose::Reviews;
    expect(vec![
        ("a greeting", bot(Rank::Greeting).but(complains), No(SuppressReason::OpenComplaint)),
        ("an offer", offer().but(complains), No(SuppressReason::OpenComplaint)),
        ("a request for a review", bot(Rank::Care).but(complains).but(review), No(SuppressReason::OpenComplaint)),
        ("a person's offer", person(Rank::Care).but(complains).but(review), No(SuppressReason::OpenComplaint)),
        ("a reminder", bot(Rank::Visit).but(complains), CHEAPEST),
    ]);
}

#[test]
fn a_consent_is_asked_for_each_purpose_and_channel() {
    let agrees = |channel| move |scene: &mut Scene| scene.agrees(Purpose::Marketing, channel);
    let objects = |channel| {
        move |scene: &mut Scene| {
            scene.agrees(Purpose::Service, channel);
            scene.consents[0].withdrawn_at = Some(scene.now);
        }
    };
    let sms = Some(Channel::Sms);
    expect(vec![
        ("an offer without consent", offer(), No(SuppressReason::NoConsent)),
        (
            "a person's offer without consent",
            person(Rank::Care).but(|scene| scene.wish.purpose = Purpose::Marketing),
            No(SuppressReason::NoConsent),
        ),
        ("an offer with consent", offer().but(agrees(None)), CHEAPEST),
        ("consent for one channel", offer().but(agrees(sms)), Go(Channel::Sms, ChannelReason::OnlyOne)),
        (
            "consent withdrawn",
            offer().but(agrees(None)).but(|scene| scene.consents[0].withdrawn_at = Some(scene.now)),
            No(SuppressReason::NoConsent),
        ),
        (
            "withdrawn and given again",
            offer()
                .but(agrees(None))
                .but(agrees(None))
                .but(|scene| (scene.consents[0].withdrawn_at, scene.consents[1].given_at) = (Some(scene.now - HOUR / 2), scene.now)),
            CHEAPEST,
        ),
        ("care needs none", bot(Rank::Care), CHEAPEST),
        ("care objected to", bot(Rank::Care).but(objects(None)), No(SuppressReason::NoConsent)),
        (
            "care objected to on one channel",
            bot(Rank::Care).but(objects(Some(Channel::Telegram))),
            Go(Channel::Email, ChannelReason::Cheapest),
        ),
        ("who waits for an answer gets it", bot(Rank::Reply).but(objects(None)), CHEAPEST),
    ]);
}

#[test]
fn what_was_said_is_not_said_again_by_the_bot() {
    let says = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>();
    let again = |now: &[&str], before: &[&str]| {
        let (now, before) = (says(now), says(before));
        bot(Rank::Reply).but(|scene| {
            scene.says = now;
            scene.had(Purpose::Service, Rank::Visit, HOUR * 100);
            scene.history[0].says = before;
        })
    };
    expect(vec![
        ("the same", again(&["a"], &["a"]), No(SuppressReason::Duplicate)),
        ("something else", again(&["b"], &["a"]), CHEAPEST),
        ("nothing nameable", again(&[], &["a"]), CHEAPEST),
        ("both visits of the family", again(&["a", "b"], &["b", "a", "c"]), No(SuppressReason::Duplicate)),
        ("one of two visits is new", again(&["a", "b"], &["a"]), CHEAPEST),
        ("a person repeats it", again(&["a"], &["a"]).but(|scene| scene.wish.sender = Sender::Person), CHEAPEST),
    ]);
}

#[test]
fn a_message_finds_its_channel() {
    let answered = |which: usize, ago: Duration| move |scene: &mut Scene| scene.contacts[which].last_inbound_at = Some(scene.now - ago);
    let prefers = |channel| move |scene: &mut Scene| scene.recipient.preferred_channel = Some(channel);
    let tried = |which: usize| move |scene: &mut Scene| scene.tried.push(scene.contacts[which].id);
    let chooses = |channel| move |scene: &mut Scene| scene.wish.chosen = Some(channel);
    let alone = |scene: &mut Scene| scene.contacts.truncate(1);
    let second_number = |scene: &mut Scene| {
        let other = contact("tel:+36309998877", 14, &scene.recipient);
        scene.contacts = vec![scene.contacts[1].clone(), other];
        scene.tried = vec![scene.contacts[0].id];
    };
    expect(vec![
        ("nothing known: the cheapest", vera(|_| {}), CHEAPEST),
        ("the only one", vera(alone), Go(Channel::Telegram, ChannelReason::OnlyOne)),
        ("where she answered", vera(answered(1, HOUR)), Go(Channel::Sms, ChannelReason::LastAnswered)),
        ("where she answered last", vera(answered(1, HOUR)).but(answered(2, HOUR * 2)), Go(Channel::Sms, ChannelReason::LastAnswered)),
        (
            "what she prefers comes first",
            vera(answered(1, HOUR)).but(prefers(Channel::Email)),
            Go(Channel::Email, ChannelReason::Preferred),
        ),
        (
            "an answer goes where she wrote",
            bot(Rank::Reply).but(answered(1, HOUR)).but(prefers(Channel::Email)),
            Go(Channel::Sms, ChannelReason::LastAnswered),
        ),
        (
            "an answer to somebody who never wrote",
            bot(Rank::Reply).but(prefers(Channel::Email)),
            Go(Channel::Email, ChannelReason::Preferred),
        ),
        ("tried in vain", vera(tried(0)), Go(Channel::Email, ChannelReason::NextInLadder)),
        ("tried twice", vera(tried(0)).but(tried(2)), Go(Channel::Sms, ChannelReason::NextInLadder)),
        ("all tried: somebody calls", vera(tried(0)).but(tried(1)).but(tried(2)), Call(SuppressReason::NotReachable)),
        ("her second number is a rung of its own", vera(second_number), Go(Channel::Sms, ChannelReason::NextInLadder)),
        ("a person chose", person(Rank::Reply).but(chooses(Channel::Sms)), Go(Channel::Sms, ChannelReason::Chosen)),
        (
            "a person chose what she opted out of",
            person(Rank::Reply).but(chooses(Channel::Sms)).but(|scene| scene.opt_out(1)),
            No(SuppressReason::OptedOut),
        ),
        ("a person chose what is not connected", person(Rank::Reply).but(chooses(Channel::Viber)), No(SuppressReason::NotReachable)),
    ]);
}

#[test]
fn a_way_that_is_closed_is_passed_by_and_named_when_none_is_left() {
    let only = |which: usize| {
        move |scene: &mut Scene| {
            scene.contacts.swap(0, which);
            scene.contacts.truncate(1);
        }
    };
    let gone = |scene: &mut Scene| scene.contacts[0].state = ContactState::Unreachable { at: scene.now };
    let sensitive = |scene: &mut Scene| scene.wish.sensitivity = Sensitivity::Sensitive;
    let unsure = |sureness| move |scene: &mut Scene| scene.contacts[0].sureness = sureness;
    let spent = |scene: &mut Scene| scene.reaches[0].budget = Budget::Spent;
    let stop_all = |scene: &mut Scene| (0..3).for_each(|which| scene.opt_out(which));
    let next = Go(Channel::Email, ChannelReason::Cheapest);
    expect(vec![
        ("opted out here", vera(|scene| scene.opt_out(0)), Go(Channel::Email, ChannelReason::Cheapest)),
        ("opted out everywhere", vera(stop_all), No(SuppressReason::OptedOut)),
        ("opted out, and it would harm not to know", bot(Rank::Safety).but(stop_all), Call(SuppressReason::OptedOut)),
        ("opted out, an answer", bot(Rank::Reply).but(stop_all), No(SuppressReason::OptedOut)),
        ("blocked us here", vera(gone), next),
        ("blocked us, nothing else", vera(only(0)).but(gone), Call(SuppressReason::NotReachable)),
        ("nobody calls for a check on well-being", bot(Rank::Care).but(only(0)).but(gone), No(SuppressReason::NotReachable)),
        ("no contact at all", vera(|scene| scene.contacts.clear()), Call(SuppressReason::NotReachable)),
        ("no channel connected", vera(|scene| scene.reaches.clear()), Call(SuppressReason::NotReachable)),
        ("sensitive, verified", vera(sensitive), CHEAPEST),
        ("sensitive, unverified", vera(sensitive).but(unsure(Sureness::Unverified)), Go(Channel::Email, ChannelReason::OnlyOne)),
        ("sensitive, the family's account", vera(sensitive).but(unsure(Sureness::Shared)), Go(Channel::Email, ChannelReason::OnlyOne)),
        ("sensitive, only a lock screen", vera(sensitive).but(only(1)), Call(SuppressReason::NotVerified)),
        ("sensitive, a person's answer", person(Rank::Reply).but(sensitive).but(only(1)), No(SuppressReason::NotVerified)),
        ("open, unverified", vera(unsure(Sureness::Unverified)), CHEAPEST),
        ("budget spent", vera(spent), Go(Channel::Email, ChannelReason::Cheapest)),
        ("budget spent, nothing else", vera(spent).but(only(0)), Call(SuppressReason::OverBudget)),
        ("budget spent, an answer", bot(Rank::Reply).but(spent).but(only(0)), Go(Channel::Telegram, ChannelReason::OnlyOne)),
        (
            "one opted out, one spent: the nearer is named",
            vera(|scene| scene.opt_out(1)).but(spent).but(|scene| scene.contacts.truncate(2)),
            Call(SuppressReason::OverBudget),
        ),
    ]);
}

#[test]
fn a_messenger_s_window_asks_for_a_template_or_the_next_channel() {
    let whatsapp = |approval, ago: Option<Duration>| {
        vera(|scene| {
            scene.contacts = vec![contact("whatsapp:36301112233", 15, &scene.recipient)];
            scene.contacts[0].last_inbound_at = ago.map(|ago| scene.now - ago);
            scene.reaches = vec![Reach { window: Some(HOUR * 24), approval, ..reach(Channel::Whatsapp, 5, 24) }];
        })
    };
    let just_in_time = Duration::from_millis(24 * 3_600_000 - 1);
    let table = [
        (Approval::Missing, Some(HOUR), Ok(Form::Free)),
        (Approval::Missing, Some(just_in_time), Ok(Form::Free)),
        (Approval::Missing, Some(HOUR * 24), Err(SuppressReason::WindowClosed)),
        (Approval::Missing, None, Err(SuppressReason::WindowClosed)),
        (Approval::Approved, Some(HOUR), Ok(Form::Free)),
        (Approval::Approved, Some(HOUR * 24), Ok(Form::Template)),
        (Approval::Approved, None, Ok(Form::Template)),
        (Approval::Paused, Some(HOUR), Ok(Form::Free)),
        (Approval::Paused, None, Err(SuppressReason::TemplatePaused)),
        (Approval::NotApproved, None, Err(SuppressReason::TemplateNotApproved)),
        (Approval::Advertises, None, Err(SuppressReason::TemplateAdvertises)),
    ];
    for (approval, ago, expected) in table {
        let scene = whatsapp(approval, ago);
        match scene.verdict() {
            Verdict::Allow { form, .. } => assert_eq!(Ok(form), expected, "{approval:?} {ago:?}"),
            other => assert_eq!(said(&other), Call(expected.unwrap_err()), "{approval:?} {ago:?}"),
        }
    }
    let phone_too = whatsapp(Approval::Missing, None).but(|scene| {
        scene.contacts.push(contact("tel:+36301112233", 12, &scene.recipient));
        scene.reaches.push(reach(Channel::Sms, 40, 22));
    });
    let paused = phone_too.clone().but(|scene| scene.reaches[0].approval = Approval::Paused);
    expect(vec![
        ("the next channel", phone_too, Go(Channel::Sms, ChannelReason::OnlyOne)),
        ("what is paused is not there", paused, Go(Channel::Sms, ChannelReason::OnlyOne)),
    ]);
}

#[test]
fn quiet_hours_hold_what_can_wait_and_end_what_cannot() {
    let morning = Wait(at(24, 8, 0), HoldReason::QuietHours);
    let useful = |until| move |scene: &mut Scene| scene.wish.useful_until = Some(until);
    let insists = |scene: &mut Scene| scene.wish.timing = Timing::Insisted;
    let in_tehran = |scene: &mut Scene| scene.recipient.zone = Some(Zone::named("Asia/Tehran").unwrap());
    let child_in_tehran = |scene: &mut Scene| scene.about.zone = Some(Zone::named("Asia/Tehran").unwrap());
    expect(vec![
        ("the last minute before", bot(Rank::Visit).at(23, 20, 59), CHEAPEST),
        ("from nine on", bot(Rank::Visit).at(23, 21, 0), morning),
        ("until eight", bot(Rank::Visit).at(24, 7, 59), Wait(at(24, 8, 0), HoldReason::QuietHours)),
        ("at eight", bot(Rank::Visit).at(24, 8, 0), CHEAPEST),
        ("of no use in the morning", bot(Rank::Visit).at(23, 22, 0).but(useful(at(24, 7, 30))), No(SuppressReason::Stale)),
        (
            "of use until the very moment",
            bot(Rank::Visit).at(23, 22, 0).but(useful(at(24, 8, 0))),
            Wait(at(24, 8, 0), HoldReason::QuietHours),
        ),
        ("a person releases it", bot(Rank::Visit).at(23, 22, 0).but(insists), CHEAPEST),
        ("an answer at night", bot(Rank::Reply).at(23, 22, 0), CHEAPEST),
        ("a warning at night", bot(Rank::Safety).at(23, 22, 0), CHEAPEST),
        ("where the reader lives it is night", bot(Rank::Care).at(23, 19, 0).but(in_tehran), Wait(at(24, 5, 30), HoldReason::QuietHours)),
        ("where the reader lives it is morning", bot(Rank::Care).at(24, 6, 0).but(in_tehran), CHEAPEST),
        ("where the child lives does not matter", bot(Rank::Care).at(23, 19, 0).but(child_in_tehran), CHEAPEST),
        (
            "a person's own words wait too",
            person(Rank::Care).at(24, 16, 0).but(in_tehran).but(|scene| scene.now = at(24, 16, 0) + HOUR * 2),
            Wait(at(25, 9, 0), HoldReason::OutOfHours),
        ),
        (
            "a person's own words into somebody's night",
            person(Rank::Care).at(23, 16, 59).but(|scene| scene.recipient.zone = Some(Zone::named("Asia/Tokyo").unwrap())),
            Wait(at(24, 0, 0), HoldReason::QuietHours),
        ),
    ]);
}

#[test]
fn what_a_person_writes_after_hours_goes_at_opening_unless_they_insist() {
    let insists = |scene: &mut Scene| scene.wish.timing = Timing::Insisted;
    let opening = || Wait(at(30, 9, 0), HoldReason::OutOfHours);
    expect(vec![
        ("on Friday evening", person(Rank::Reply).at(27, 18, 0), opening()),
        ("on Sunday", person(Rank::Reply).at(29, 12, 0), opening()),
        ("on Sunday, with emphasis", person(Rank::Reply).at(29, 12, 0).but(insists), CHEAPEST),
        ("a warning on Sunday", person(Rank::Safety).at(29, 12, 0), CHEAPEST),
        ("on Monday", person(Rank::Reply).at(30, 9, 0), CHEAPEST),
        ("the bot does not sleep on Sunday", bot(Rank::Visit).at(29, 12, 0), CHEAPEST),
        ("a clinic that never opens", person(Rank::Reply).but(|scene| scene.clinic.hours = Hours::default()), CHEAPEST),
        (
            "of no use on Monday",
            person(Rank::Reply).at(29, 12, 0).but(|scene| scene.wish.useful_until = Some(at(29, 20, 0))),
            No(SuppressReason::Stale),
        ),
    ]);
}

#[test]
fn one_message_a_day_and_the_rest_waits_or_drops_by_rank() {
    let had = |purpose, rank, ago| move |scene: &mut Scene| scene.had(purpose, rank, ago);
    let care = had(Purpose::Service, Rank::Care, HOUR);
    let visit = had(Purpose::Service, Rank::Visit, HOUR);
    let tomorrow = || Wait(at(24, 8, 0), HoldReason::DailyCap);
    let today_only = |scene: &mut Scene| scene.wish.useful_until = Some(at(23, 20, 0));
    let agrees = |scene: &mut Scene| scene.agrees(Purpose::Marketing, None);
    expect(vec![
        ("a second one waits", bot(Rank::Care).but(care), tomorrow()),
        ("a greeting drops", bot(Rank::Greeting).but(care), No(SuppressReason::OverCap)),
        ("of no use tomorrow", bot(Rank::Care).but(care).but(today_only), No(SuppressReason::OverCap)),
        ("a visit today is not crowded out by care", bot(Rank::Visit).but(care).but(today_only), CHEAPEST),
        ("but by another about a visit", bot(Rank::Visit).but(visit).but(today_only), No(SuppressReason::OverCap)),
        ("a visit that can wait waits", bot(Rank::Visit).but(care), tomorrow()),
        ("yesterday does not count", bot(Rank::Care).but(had(Purpose::Service, Rank::Care, HOUR * 10)), CHEAPEST),
        ("answers do not count", bot(Rank::Care).but(had(Purpose::Service, Rank::Reply, HOUR)), CHEAPEST),
        ("persons do not count", bot(Rank::Care).but(care).but(|scene| scene.history[0].sender = Sender::Person), CHEAPEST),
        ("an answer is never too much", bot(Rank::Reply).but(care), CHEAPEST),
        ("a person neither", person(Rank::Care).but(care), CHEAPEST),
        ("marketing is counted apart", offer().but(agrees).but(care), CHEAPEST),
        ("one offer a day", offer().but(agrees).but(had(Purpose::Marketing, Rank::Care, HOUR)), tomorrow()),
        ("a person releases it", bot(Rank::Care).but(care).but(|scene| scene.wish.timing = Timing::Insisted), CHEAPEST),
        ("two a day are allowed", bot(Rank::Care).but(care).but(|scene| scene.clinic.daily_cap = 2), CHEAPEST),
        ("none a day are allowed", bot(Rank::Visit).but(|scene| scene.clinic.daily_cap = 0), No(SuppressReason::OverCap)),
        ("held over night it counts for tomorrow", bot(Rank::Care).at(23, 22, 0).but(care), Wait(at(24, 8, 0), HoldReason::QuietHours)),
        ("in the small hours today is used up", bot(Rank::Care).at(24, 6, 0).but(care), Wait(at(25, 8, 0), HoldReason::DailyCap)),
    ]);
}

#[test]
fn a_stranger_is_answered_where_they_wrote_and_nothing_else() {
    let address: Address = "telegram:999".parse().unwrap();
    let ask = |scene: &Scene, window: Option<Duration>| {
        let mut reaches = scene.reaches.clone();
        reaches[0].window = window;
        scene.asked(|question| {
            let whom = Whom::Stranger { address: &address, account: reaches[0].account, wrote_at: scene.now - HOUR };
            said(&decide(&Question { whom, reaches: &reaches, ..*question }))
        })
    };
    let only = || Go(Channel::Telegram, ChannelReason::OnlyOne);
    let sensitive = |scene: &mut Scene| scene.wish.sensitivity = Sensitivity::Sensitive;
    assert_eq!(ask(&bot(Rank::Reply), None), only());
    assert_eq!(ask(&bot(Rank::Reply), Some(HOUR * 2)), only());
    assert_eq!(ask(&bot(Rank::Reply), Some(HOUR)), Call(SuppressReason::WindowClosed));
    assert_eq!(ask(&person(Rank::Reply), None), only());
    assert_eq!(ask(&person(Rank::Reply).but(sensitive), None), No(SuppressReason::NotVerified));
    assert_eq!(ask(&bot(Rank::Care), None), No(SuppressReason::NotReachable));
    assert_eq!(ask(&person(Rank::Reply).but(|scene| scene.wish.chosen = Some(Channel::Sms)), None), No(SuppressReason::NotReachable));
}

#[test]
fn where_anybody_may_sit_the_bot_says_nothing_of_the_patient_before_proof() {
    let here = |sureness| {
        move |scene: &mut Scene| {
            let vera = scene.recipient.clone();
            scene.contacts = vec![ContactPoint { sureness, ..contact("web:vst_1", 14, &vera) }];
            scene.reaches = vec![Reach { disclosure: Disclosure::AfterProof, ..reach(Channel::Web, 0, 24) }];
        }
    };
    let no_visit = |scene: &mut Scene| scene.wish.visit = VisitCheck::NoVisit;
    let sensitive = |scene: &mut Scene| scene.wish.sensitivity = Sensitivity::Sensitive;
    let (unknown, known) = (Sureness::Unverified, Sureness::Verified);
    let only = || Go(Channel::Web, ChannelReason::OnlyOne);
    let silent = |says: Says| matches!(says, No(SuppressReason::NotVerified) | Call(SuppressReason::NotVerified));
    let asked = |scene: Scene| said(&scene.verdict());
    assert!(silent(asked(bot(Rank::Visit).but(here(unknown)))));
    assert!(silent(asked(bot(Rank::Care).but(here(unknown)).but(no_visit))));
    assert!(silent(asked(bot(Rank::Reply).but(here(unknown)))), "an answer that names a visit");
    assert_eq!(asked(bot(Rank::Reply).but(here(unknown)).but(no_visit)), only());
    assert_eq!(asked(person(Rank::Reply).but(here(unknown))), only());
    assert_eq!(asked(bot(Rank::Visit).but(here(known))), only());
    assert!(silent(asked(person(Rank::Reply).but(here(unknown)).but(sensitive))));
    assert_eq!(asked(person(Rank::Reply).but(here(known)).but(sensitive)), only());
}

#[test]
fn a_child_s_message_goes_to_the_guardian() {
    let dora = patient(2, at(23, 9, 0));
    let scene = vera(|scene| {
        scene.contacts = vec![contact("telegram:55", 16, &dora)];
        scene.recipient = dora;
    });
    let Verdict::Allow { route, .. } = scene.verdict() else { panic!("Dora is reachable") };
    assert_eq!(route.to.to_string(), "telegram:55");
}

#[test]
fn the_facts_are_asked_again_at_the_moment_of_sending() {
    use Recheck::{Go, Hold, Stop};
    let scene = vera(|scene| scene.contacts[0].last_inbound_at = Some(scene.now - HOUR));
    let Verdict::Allow { route, form, .. } = scene.verdict() else { panic!("Vera is reachable") };
    let night = |scene: &mut Scene| scene.now = at(23, 22, 0);
    let table: Vec<(&str, Scene, Recheck)> = vec![
        ("nothing has changed", scene.clone(), Go),
        ("she said stop", scene.clone().but(|scene| scene.opt_out(0)), Stop { reason: SuppressReason::OptedOut }),
        ("she said stop elsewhere", scene.clone().but(|scene| scene.opt_out(1)), Go),
        (
            "she objected",
            scene.clone().but(|scene| {
                scene.agrees(Purpose::Service, None);
                scene.consents[0].withdrawn_at = Some(scene.now);
            }),
            Stop { reason: SuppressReason::NoConsent },
        ),
        ("she died", scene.clone().but(|scene| scene.about.standing = Standing::Deceased), Stop { reason: SuppressReason::Deceased }),
        ("she was refused", scene.clone().but(|scene| scene.about.standing = Standing::Refused), Stop { reason: SuppressReason::Refused }),
        (
            "the visit was moved",
            scene.clone().but(|scene| scene.wish.visit = VisitCheck::Changed),
            Stop { reason: SuppressReason::VisitChanged },
        ),
        (
            "its moment has passed",
            scene.clone().but(|scene| scene.wish.useful_until = Some(scene.now - HOUR)),
            Stop { reason: SuppressReason::Stale },
        ),
        ("the night has come", scene.clone().but(night), Hold { until: at(24, 8, 0), reason: HoldReason::QuietHours }),
        (
            "the night has come, of no use after",
            scene.clone().but(night).but(|scene| scene.wish.useful_until = Some(at(23, 23, 0))),
            Stop { reason: SuppressReason::Stale },
        ),
        ("the account was removed", scene.clone().but(|scene| scene.reaches.clear()), Stop { reason: SuppressReason::NotReachable }),
        (
            "the address is somebody else's now",
            scene.clone().but(|scene| scene.contacts[0].address = "telegram:78".parse().unwrap()),
            Stop { reason: SuppressReason::NotReachable },
        ),
        (
            "the window has closed",
            scene.clone().but(|scene| (scene.reaches[0].window, scene.reaches[0].approval) = (Some(HOUR), Approval::Approved)),
            Stop { reason: SuppressReason::WindowClosed },
        ),
        ("another went meanwhile: settled when queued", scene.clone().but(|scene| scene.had(Purpose::Service, Rank::Visit, HOUR)), Go),
        (
            "the clinic has closed: settled when queued",
            person(Rank::Reply).at(29, 12, 0).but(|scene| scene.contacts[0].last_inbound_at = Some(scene.now)),
            Go,
        ),
    ];
    for (case, scene, expected) in table {
        assert_eq!(scene.asked(|question| recheck(question, &route, form)), expected, "{case}");
    }
}

#[test]
fn every_reason_has_its_two_sentences_in_every_language() {
    let mut keys: Vec<&str> = SuppressReason::ALL.iter().flat_map(|reason| [reason.key(), reason.change_key()]).collect();
    keys.extend(HoldReason::ALL.iter().flat_map(|reason| [reason.key(), reason.change_key()]));
    keys.extend(ChannelReason::ALL.iter().flat_map(|reason| [reason.key(), reason.change_key()]));
    for key in &keys {
        for locale in Locale::ALL {
            assert!(Phrasebook::of(locale).has(key), "{key} in {locale}");
        }
    }
    let all = keys.len();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), all, "no sentence serves two reasons");
}

#[test]
fn the_sentence_beside_a_message_is_the_one_that_matters_most() {
    let held = Why { held: Some((at(24, 8, 0), HoldReason::QuietHours)), ..Why::going(Channel::Sms, ChannelReason::Preferred) };
    assert_eq!(Why::default().key(), None);
    assert_eq!(Why::going(Channel::Sms, ChannelReason::Preferred).key(), Some("why-channel-preferred"));
    assert_eq!(held.key(), Some("why-held-quiet-hours"));
    assert_eq!(Why { suppressed: Some(SuppressReason::Stale), ..held }.change_key(), Some("why-suppressed-stale-change"));
}
