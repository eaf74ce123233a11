//! The trials on trial: one fault after another is put into the program, and the trial that is named beside it must
//! find it and say what it has found. Without the fault the same trial is green: it runs beside this one.

use std::process::{Command, Output};

use store::sown::{FAULT, Fault};

/// The fault, the trial that finds it, and what that says.
type Row = (Fault, &'static str, &'static str);

const TABLE: [Row; 20] = [
    (Fault::IntentAfterSend, "killed::what_the_wire_has_said_before_a_kill_is_never_said_again", "Twice"),
    (Fault::WebhookBeforeCommit, "killed::what_was_acknowledged_to_a_provider_is_on_disk_whenever_the_program_dies", "news lost"),
    (Fault::LeaseUnchecked, "leases::who_wakes_after_its_lease_says_nothing_that_the_desk_has_said_meanwhile", "Twice"),
    (Fault::RequeuedAtStart, "killed::what_the_wire_has_said_before_a_kill_is_never_said_again", "Twice"),
    (Fault::AskedOnlyWhenQueued, "leaving::nothing_is_sent_to_whoever_has_left_while_it_waited", "AfterOptOut"),
    (Fault::RepeatKeyWithoutAccount, "reports::the_same_key_told_to_two_accounts_is_two_pieces_of_news", "heard once, by each account"),
    (Fault::NaiveLocalTime, "hours::through_a_whole_night_nothing_is_shown_before_the_morning", "OutsideHours"),
    (Fault::RetriedInDoubt, "doubt::after_silence_nothing_is_said_again", "Twice"),
    (Fault::StatusBackwards, "reports::reports_that_come_backwards_and_twice_never_take_a_message_back", "reports of message"),
    (Fault::ClaimWithoutCondition, "claims::four_nodes_that_claim_at_once_never_send_the_same_message", "Twice"),
    (Fault::RestoredNotHeld, "restored::what_a_restored_backup_would_send_again_waits_for_a_person_on_sqlite", "Twice"),
    (Fault::RestoredNotHeld, "restored::what_a_restored_backup_would_send_again_waits_for_a_person_on_postgres", "Twice"),
    (Fault::LeavesUnasked, "leaving::an_opt_out_that_commits_while_its_message_is_being_claimed_is_heard", "was written to"),
    (Fault::SilentCentreUnsent, "each_line::after_silence_of_an_sms_centre_nothing_is_said_again", "Twice"),
    (Fault::SilentDotUnsent, "each_line::after_silence_behind_the_final_dot_nothing_is_said_again", "Twice"),
    (Fault::DeliveredBeforeCommit, "lines::words_that_a_centre_says_again_after_a_kill_are_heard_once", "lost, and heard twice"),
    (Fault::ReportOfAnotherAccount, "each_line::what_whatsapp_reports_to_another_account_is_not_believed", "was believed"),
    (Fault::ReportOfAnotherAccount, "each_line::a_mail_server_that_reports_to_another_mailbox_is_not_believed", "was believed"),
    (Fault::ReceiptOfAnotherLine, "each_line::a_receipt_of_another_line_is_not_believed_whatever_its_number", "was believed"),
    (Fault::DoubtCalledSent, "doubt::whatever_a_messenger_does_nothing_is_lost_nothing_is_said_twice_and_every_doubt_is_seen", "Lost"),
];

#[test]
fn every_fault_that_is_sown_is_found() {
    let (some, others) = TABLE.split_at(TABLE.len() / 2);
    let missed: Vec<String> = std::thread::scope(|scope| {
        let other = scope.spawn(|| others.iter().filter_map(missed).collect::<Vec<_>>());
        some.iter().filter_map(missed).chain(other.join().expect("the other half")).collect()
    });
    assert!(missed.is_empty(), "{} of {} were not found:\n{}", missed.len(), TABLE.len(), missed.join("\n"));
    let untried: Vec<Fault> = Fault::ALL.into_iter().filter(|fault| !TABLE.iter().any(|(tried, _, _)| tried == fault)).collect();
    // what becomes of these in a power cut is shown in `disk::power_cut`
    assert_eq!(untried, [Fault::SynchronousNormal, Fault::LogGoneOnWith]);
}

/// What the trial said if it did not find the fault.
fn missed((fault, trial, says): &Row) -> Option<String> {
    let Output { status, stdout, stderr } = Command::new(std::env::current_exe().expect("these tests"))
        .args(["--exact", &format!("faults::{trial}"), "--nocapture"])
        .env(FAULT, format!("{fault:?}"))
        .output()
        .expect("the trial runs");
    let said = String::from_utf8_lossy(&stdout).into_owned() + &String::from_utf8_lossy(&stderr);
    assert!(said.contains("running 1 test"), "there is no trial {trial}");
    let found = !status.success() && said.contains(says);
    (!found).then(|| format!("{fault:?}: {trial} ended with {status} and said: {said}"))
}
