//! A session against a centre that says whatever the test wants, at whatever time.

use std::time::Duration;

use kernel::Secret;

use super::*;

const PATIENCE: Duration = Duration::from_secs(8);

fn manner(window: usize, rate: u32) -> Manner {
    let (user, password, kind) = ("clinic7".to_owned(), Secret::new("s3cret"), String::new());
    Manner { role: Role::Transceiver, user, password, kind, window, rate }
}

fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

/// A session that stands.
fn bound(window: usize, rate: u32) -> Session {
    let (mut session, said) = Session::begin(manner(window, rate), Duration::ZERO);
    assert!(matches!(commands(&said)[..], [Command::Bind { role: Role::Transceiver, .. }]));
    let steps = session.received(&says(0, 1, Command::BindAnswer { role: Role::Transceiver, centre: "SMSC01".to_owned() }), Duration::ZERO);
    assert!(matches!(&steps[..], [Step::Bound { centre }] if centre == "SMSC01") && session.is_bound());
    session
}

fn says(status: u32, sequence: u32, command: Command) -> Vec<u8> {
    Unit { status, sequence, command }.write()
}

fn taken(sequence: u32, id: &str) -> Vec<u8> {
    says(0, sequence, Command::SubmitAnswer { id: id.to_owned(), congestion: 0 })
}

fn refused(status: u32, sequence: u32) -> Vec<u8> {
    says(status, sequence, Command::SubmitAnswer { id: String::new(), congestion: 0 })
}

/// What the session says in these steps.
fn commands(steps: &[Step]) -> Vec<Command> {
    units(steps).into_iter().map(|unit| unit.command).collect()
}

fn units(steps: &[Step]) -> Vec<Unit> {
    let said = |step: &Step| match step {
        Step::Say(octets) => Frame::cut(&mut octets.clone()).unwrap().map(|frame| frame.read().unwrap()),
        Step::Bound { .. } | Step::Answered { .. } | Step::Heard { .. } | Step::Ended(_) => None,
    };
    steps.iter().filter_map(said).collect()
}

fn submissions(steps: &[Step]) -> Vec<(u64, Submission)> {
    let answered = |step: &Step| match step {
        Step::Answered { ticket, submission } => Some((*ticket, submission.clone())),
        Step::Say(_) | Step::Bound { .. } | Step::Heard { .. } | Step::Ended(_) => None,
    };
    steps.iter().filter_map(answered).collect()
}

fn ends(steps: &[Step]) -> Option<Ended> {
    steps.iter().find_map(|step| if let Step::Ended(why) = step { Some(*why) } else { None })
}

fn submit(session: &mut Session, ticket: u64, now: Duration) -> Vec<Step> {
    session.submit(ticket, ShortMessage::default(), (now, PATIENCE))
}

#[test]
fn a_message_is_submitted_once_bound_and_answered_by_its_name() {
    let (mut session, _) = Session::begin(manner(10, 1_000), Duration::ZERO);
    assert!(commands(&submit(&mut session, 7, Duration::ZERO)).is_empty(), "not before the centre has let us in");
    let steps = session.received(&says(0, 1, Command::BindAnswer { role: Role::Transceiver, centre: String::new() }), seconds(1));
    assert!(matches!(commands(&steps)[..], [Command::Submit(_)]));
    let steps = session.received(&taken(2, "7B3F00A1"), seconds(2));
    assert_eq!(submissions(&steps), [(7, Submission::Taken { id: "7B3F00A1".to_owned() })]);
    // told twice, it is heard once
    assert!(session.received(&taken(2, "7B3F00A1"), seconds(2)).is_empty() && session.is_idle());
}

#[test]
fn no_more_wait_for_answers_than_the_window_holds() {
    let mut session = bound(2, 10_000);
    let said: Vec<_> = (0..4).map(|ticket| commands(&submit(&mut session, ticket, seconds(ticket + 1))).len()).collect();
    assert_eq!(said, [1, 1, 0, 0]);
    let steps = session.received(&taken(3, "b"), seconds(5));
    assert_eq!((submissions(&steps).len(), commands(&steps).len()), (1, 1));
    let steps = session.received(&[taken(2, "a"), taken(4, "c")].concat(), seconds(6));
    assert_eq!((submissions(&steps).len(), commands(&steps).len()), (2, 1));
}

#[test]
fn messages_leave_no_faster_than_the_contract_allows() {
    let mut session = bound(1_000, 10);
    let mut said: usize = (0..100).map(|ticket| commands(&submit(&mut session, ticket, seconds(1))).len()).sum();
    for tenths in 1..=20 {
        said += commands(&session.tick(seconds(1) + Duration::from_millis(tenths * 100))).len();
    }
    assert!((20..=22).contains(&said), "{said}");
}

#[test]
fn a_centre_that_is_too_fast_for_is_written_to_more_slowly_and_then_faster_again() {
    for status in [status::TOO_FAST, status::QUEUE_IS_FULL] {
        let mut session = bound(100, 1_000);
        let at_first = session.gap();
        submit(&mut session, 1, seconds(1));
        let steps = session.received(&refused(status, 2), seconds(1));
        assert_eq!(submissions(&steps), [(1, Submission::Refused { status })]);
        let slow = session.gap();
        assert!(slow > at_first);
        assert!(commands(&submit(&mut session, 2, seconds(1))).is_empty(), "it breathes for a second");
        assert_eq!(session.next_at(), seconds(2));
        assert_eq!(commands(&session.tick(seconds(2))).len(), 1);
        session.received(&taken(3, "a"), seconds(2));
        assert!(session.gap() < slow);
        for number in 0..60_u32 {
            let now = seconds(u64::from(number) * 3 + 5);
            submit(&mut session, u64::from(number) + 10, now);
            session.received(&taken(number + 4, "a"), now);
        }
        assert_eq!(session.gap(), at_first);
    }
    let mut session = bound(100, 1_000);
    submit(&mut session, 1, seconds(1));
    session.received(&says(0, 2, Command::SubmitAnswer { id: "a".to_owned(), congestion: 95 }), seconds(1));
    assert!(session.gap() > Duration::from_millis(1), "a centre of 5.0 says how busy it is");
}

#[test]
fn what_was_submitted_and_not_answered_is_in_doubt_and_what_waited_did_not_leave() {
    let mut session = bound(1, 1_000);
    submit(&mut session, 1, seconds(1));
    submit(&mut session, 2, seconds(1));
    let steps = session.broke();
    assert_eq!(submissions(&steps), [(1, Submission::Silent), (2, Submission::Unsent)]);
    assert_eq!((ends(&steps), session.broke().len()), (Some(Ended::Broken), 0));
    assert_eq!(submissions(&submit(&mut session, 3, seconds(2))), [(3, Submission::Unsent)]);

    // a centre that forgets one message
    let mut session = bound(1, 1_000);
    submit(&mut session, 1, seconds(1));
    assert_eq!(submissions(&session.tick(seconds(21))), [(1, Submission::Silent)]);
    // its place is free, and its answer is still heard
    assert_eq!(commands(&submit(&mut session, 2, seconds(22))).len(), 1);
    assert_eq!(submissions(&session.received(&taken(2, "late"), seconds(23))), [(1, Submission::Taken { id: "late".to_owned() })]);

    // one that does not find room in time
    let mut session = bound(1, 1_000);
    submit(&mut session, 1, seconds(1));
    submit(&mut session, 2, seconds(1));
    assert_eq!(session.next_at(), seconds(9));
    assert_eq!(submissions(&session.tick(seconds(9))), [(2, Submission::Unsent)]);
}

#[test]
fn a_centre_that_does_not_let_us_in_ends_the_session() {
    for (answer, status) in [
        (Command::BindAnswer { role: Role::Transceiver, centre: String::new() }, 0x0E),
        (Command::BindAnswer { role: Role::Transceiver, centre: String::new() }, 0x05),
        (Command::Nack, 0x03),
    ] {
        let (mut session, _) = Session::begin(manner(1, 1), Duration::ZERO);
        submit(&mut session, 1, Duration::ZERO);
        let steps = session.received(&says(status, 1, answer), seconds(1));
        assert_eq!((submissions(&steps), ends(&steps)), (vec![(1, Submission::Unsent)], Some(Ended::NotBound { status })));
    }
    let (mut session, _) = Session::begin(manner(1, 1), Duration::ZERO);
    assert_eq!(session.next_at(), seconds(15));
    assert_eq!(ends(&session.tick(seconds(15))), Some(Ended::Silent));
}

#[test]
fn both_sides_ask_whether_the_other_still_stands() {
    let mut session = bound(1, 1);
    let steps = session.received(&says(0, 99, Command::EnquireLink), seconds(1));
    assert!(units(&steps) == [Unit { status: 0, sequence: 99, command: Command::EnquireLinkAnswer }]);
    assert_eq!(session.next_at(), seconds(31));
    assert!(commands(&session.tick(seconds(31))) == [Command::EnquireLink]);
    session.received(&says(0, 2, Command::EnquireLinkAnswer), seconds(32));
    assert!(commands(&session.tick(seconds(62))) == [Command::EnquireLink]);
    assert_eq!(ends(&session.tick(seconds(77))), Some(Ended::Silent));
}

#[test]
fn what_is_heard_is_answered_once_it_is_stored() {
    let mut session = bound(1, 1);
    let message = ShortMessage { text: b"STOP".to_vec(), ..ShortMessage::default() };
    let steps = session.received(&says(0, 900, Command::Deliver(message.clone())), seconds(1));
    assert!(steps == [Step::Heard { sequence: 900, message: Box::new(message) }]);
    assert!(units(&session.stored(900)) == [Unit { status: 0, sequence: 900, command: Command::DeliverAnswer }]);
    session.broke();
    assert!(session.stored(900).is_empty());
}

#[test]
fn whoever_leaves_says_so() {
    let mut session = bound(1, 1);
    let steps = session.leave();
    assert!(commands(&steps) == [Command::Unbind] && ends(&steps) == Some(Ended::Left));
    let mut session = bound(1, 1);
    let steps = session.received(&says(0, 5, Command::Unbind), seconds(1));
    assert!(commands(&steps) == [Command::UnbindAnswer] && ends(&steps) == Some(Ended::Left));
}

#[test]
fn what_a_centre_should_not_say_is_refused_and_what_cannot_be_read_ends_the_session() {
    let mut session = bound(1, 1);
    let told = |session: &mut Session, octets: &[u8]| {
        let steps = session.received(octets, seconds(1));
        units(&steps).into_iter().map(|unit| (unit.command == Command::Nack, unit.status)).collect::<Vec<_>>()
    };
    assert_eq!(told(&mut session, &says(0, 5, Command::Submit(ShortMessage::default()))), [(true, status::UNKNOWN_COMMAND)]);
    assert_eq!(told(&mut session, &says(0, 6, Command::Other { number: 0x21, octets: vec![1] })), [(true, status::UNKNOWN_COMMAND)]);
    // an alert asks for no answer
    assert_eq!(told(&mut session, &says(0, 7, Command::Other { number: 0x102, octets: Vec::new() })), []);
    let mut torn = says(0, 8, Command::Deliver(ShortMessage::default()));
    torn.pop();
    torn[3] -= 1;
    assert_eq!(told(&mut session, &torn), [(true, status::WRONG_LENGTH)]);
    assert!(session.is_bound());
    assert_eq!(ends(&session.received(&[0, 0, 0, 1], seconds(2))), Some(Ended::Garbled));
}
