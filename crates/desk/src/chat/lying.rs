//! The files of a thread, as the visitor may open them: each at an address that nobody can guess, because it is signed with the key
//! of the account, and that leads nowhere after a day or two. A browser that follows the thread has a new one by then.

use std::net::IpAddr;

use clinic::actors::Channel;
use clinic::files::MessageFile;
use hmac::{Hmac, KeyInit, Mac};
use kernel::{AccountId, MessageId, Secret, Timestamp};
use sha2::Sha256;
use store::accounts::{Account, AccountState};

use crate::receive::settings_of;
use crate::{ActError, Desk};

const DAY: i64 = 24 * 60 * 60 * 1_000;
/// From the beginning of the day on which it was shown.
const OPENS_FOR: i64 = 2;

/// A file of a line.
pub struct Lying {
    pub file: MessageFile,
    /// Of one step of a path.
    pub address: String,
}

/// None: the account has no key.
pub(super) fn lying(account: &Account, message: MessageId, file: MessageFile, now: Timestamp) -> Option<Lying> {
    let named = format!("{message}.{}.{}", file.number, day(now) + OPENS_FOR);
    let address = format!("{named}.{}", hex::encode(seal(&key(account)?, &named).finalize().into_bytes()));
    Some(Lying { file, address })
}

/// For whoever holds the address. For everybody else there is no file.
pub async fn open_shown(desk: &Desk, account: AccountId, from: IpAddr, address: String) -> Result<MessageFile, ActError> {
    desk.doors().chat.look(from, desk.now())?;
    desk.look(move |tx, now| {
        let account = store::accounts::find(tx, account)?;
        let account = account.filter(|account| account.channel == Channel::Web && account.state == AccountState::On);
        let named = account.and_then(|account| read(&key(&account)?, &address, now));
        let (message, number) = named.ok_or_else(ActError::not_found)?;
        let files = store::files::of_message(tx, message)?;
        files.into_iter().find(|file| file.number == number).ok_or_else(ActError::not_found)
    })
    .await
}

/// The message and the number of the file in it, if the address is one of ours and still opens.
fn read(key: &Secret, address: &str, now: Timestamp) -> Option<(MessageId, u32)> {
    let (named, shown) = address.rsplit_once('.')?;
    seal(key, named).verify_slice(&hex::decode(shown).ok()?).ok()?;
    let mut parts = named.split('.');
    let (message, number, until) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse::<i64>().ok()?);
    (day(now) < until).then_some((message, number))
}

const fn day(at: Timestamp) -> i64 {
    at.as_millis().div_euclid(DAY)
}

fn key(account: &Account) -> Option<Secret> {
    Some(settings_of(account)?.secret("key")).filter(|key| !key.is_empty())
}

fn seal(key: &Secret, named: &str) -> Hmac<Sha256> {
    let mut seal = <Hmac<Sha256> as KeyInit>::new_from_slice(key.expose().as_bytes()).expect("a key of any length");
    seal.update(format!("file of the chat\n{named}").as_bytes());
    seal
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use kernel::Chance;

    use super::*;

    #[test]
    fn an_address_opens_its_own_file_for_a_while_and_nothing_else() {
        let now = Timestamp::from_seconds(1_795_420_800);
        let (message, other) = (MessageId::new(now, &mut Chance::from_seed(1)), MessageId::new(now, &mut Chance::from_seed(2)));
        let key = Secret::new("key of the account");
        let named = format!("{message}.0.{}", day(now) + OPENS_FOR);
        let address = format!("{named}.{}", hex::encode(seal(&key, &named).finalize().into_bytes()));
        assert_eq!(read(&key, &address, now), Some((message, 0)));
        assert_eq!(read(&key, &address, now + Duration::from_hours(24)), Some((message, 0)));
        assert_eq!(read(&key, &address, now + Duration::from_hours(48)), None);
        assert_eq!(read(&Secret::new("another key"), &address, now), None);
        let (_, sealed) = address.rsplit_once('.').unwrap();
        let later = day(now) + OPENS_FOR + 1;
        for forged in [
            format!("{other}.0.{}.{sealed}", later - 1),
            format!("{message}.1.{}.{sealed}", later - 1),
            format!("{message}.0.{later}.{sealed}"),
            format!("{named}."),
            format!("{named}.{}", &sealed[2..]),
            format!("{named}.{sealed}00"),
            named.clone(),
            sealed.to_owned(),
            String::new(),
            "...".to_owned(),
        ] {
            assert_eq!(read(&key, &forged, now), None, "{forged}");
        }
    }
}
