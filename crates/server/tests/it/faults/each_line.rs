//! Each line by itself: where no answer comes nothing is said again, and what another account is told of our messages changes
//! nothing.

use clinic::actors::{Actor, Origin};
use kernel::AccountId;

use super::houses::House;
use super::moods::{Mood, Weather};
use super::office::{Office, on_both};
use super::phones::Shown;
use super::telling::tell;
use super::verdicts::{Kept, Standing, Verdict};

fn silence(house: House) {
    on_both(async |store| {
        let weather = Weather { seed: 5, troubled: 50, moods: &[Mood::TakesInSilence, Mood::TakesAndResets], turned_away: 0 };
        let mut office = Office::at(house, store, (weather, 6)).await;
        office.decide(6).await;
        office.settle().await;
        let judgement = office.judge().await;
        judgement.expect_kept_promises();
        assert!(judgement.count(Verdict::Doubtful) > 0, "{judgement}");
    });
}

/// The same provider, and another account of the clinic there.
async fn another_account(office: &Office) -> AccountId {
    let first = office.crowd.account;
    let opened = office.desk.act(Actor::Program, Origin::Program, move |act| {
        let account = store::accounts::find(act.tx, first)?.expect("settled");
        let id = AccountId::new(act.now, &mut act.chance);
        store::accounts::save(act.tx, &store::accounts::Account { id, ..account })?;
        Ok(id)
    });
    opened.await.unwrap()
}

fn believed_at_home_alone(house: House) {
    on_both(async |store| {
        let mut office = Office::at(house, store, (Weather::FAIR, 4)).await;
        office.decide(4).await;
        office.settle().await;
        let stands = async || office.crowd.kept(&office.desk).await.iter().map(|kept: &Kept| kept.standing).collect::<Vec<_>>();
        assert_eq!(stands().await, [Standing::Sent; 4]);
        let failed: Vec<(Shown, &str)> = office.messenger.shown().into_iter().map(|shown| (shown, "failed")).collect();
        tell(&office.desk, (house, another_account(&office).await), &failed).await;
        assert_eq!(stands().await, [Standing::Sent; 4], "what another account was told was believed");
        tell(&office.desk, (house, office.crowd.account), &failed).await;
        assert!(stands().await.contains(&Standing::NotSent), "what is told at home is");
    });
}

#[test]
fn after_silence_of_whatsapp_nothing_is_said_again() {
    silence(House::Whatsapp);
}

#[test]
fn after_silence_of_an_sms_centre_nothing_is_said_again() {
    silence(House::Centre);
}

#[test]
fn after_silence_behind_the_final_dot_nothing_is_said_again() {
    silence(House::Mail);
}

#[test]
fn what_whatsapp_reports_to_another_account_is_not_believed() {
    believed_at_home_alone(House::Whatsapp);
}

#[test]
fn a_receipt_of_another_line_is_not_believed_whatever_its_number() {
    believed_at_home_alone(House::Centre);
}

#[test]
fn a_mail_server_that_reports_to_another_mailbox_is_not_believed() {
    believed_at_home_alone(House::Mail);
}
