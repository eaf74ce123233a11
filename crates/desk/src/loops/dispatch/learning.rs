//! What attempts show of the accounts that they went through: whose provider does not answer rests, and the desk is told.

use std::collections::BTreeMap;

use kernel::AccountId;

use channels::Trouble;
use clinic::outbox::Breaker;

use super::letter::Heard;
use super::outcome::Done;
use crate::connected;
use crate::{Act, ActError};

impl Act<'_, '_> {
    pub(super) fn learn(&mut self, done: &[Done]) -> Result<(), ActError> {
        let before = store::breakers::all(self.tx)?;
        let mut heard: BTreeMap<AccountId, (Breaker, Heard)> = BTreeMap::new();
        for Done { message, heard: what, .. } in done {
            let Some(account) = message.route.as_ref().map(|route| route.account) else { continue };
            let known = before.get(&account).copied().unwrap_or_default();
            let (breaker, last) = heard.entry(account).or_insert((known, Heard::Nothing));
            match what {
                Heard::Nothing => continue,
                Heard::Answer => *breaker = breaker.answered(),
                Heard::Failure(_) => *breaker = breaker.failed(self.now),
            }
            *last = *what;
        }
        for (account, (breaker, last)) in heard {
            if before.get(&account).copied().unwrap_or_default() != breaker {
                store::breakers::save(self.tx, account, breaker)?;
            }
            match last {
                Heard::Answer => self.is_taken_again(account)?,
                // that the account is not let in is told at once: nobody but a person can mend it
                Heard::Failure(why) if !breaker.is_closed() || !mends_itself(why) => self.is_in_trouble(account, why)?,
                Heard::Failure(_) | Heard::Nothing => {}
            }
        }
        Ok(())
    }

    fn is_in_trouble(&mut self, account: AccountId, why: Trouble) -> Result<(), ActError> {
        let all = connected::all(self.tx)?;
        if all.get(&account).is_some_and(|known| known.account.trouble.as_ref().is_none_or(|trouble| trouble.key != why.key())) {
            store::accounts::set_trouble(self.tx, account, why.key(), self.now)?;
            self.is_shown();
        }
        Ok(())
    }

    /// The provider takes its letters, or at least speaks with it.
    fn is_taken_again(&mut self, account: AccountId) -> Result<(), ActError> {
        let all = connected::all(self.tx)?;
        let trouble = all.get(&account).and_then(|known| known.account.trouble.as_ref());
        if trouble.and_then(|trouble| Trouble::named(&trouble.key)).is_some_and(Trouble::ends_with_a_message) {
            store::accounts::end_trouble(self.tx, account)?;
            self.is_shown();
        }
        Ok(())
    }

    fn is_shown(&mut self) {
        self.tx.touch("settings");
        self.tx.touch("today");
    }
}

/// A silence does; a refused token does not.
const fn mends_itself(why: Trouble) -> bool {
    why.is_silence() || matches!(why, Trouble::Overloaded)
}
