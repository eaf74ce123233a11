//! A code from the desk: who cannot scan anything writes its six digits from their own account, and the account is known to be
//! theirs. It is good for minutes and for one, and whoever writes digits that are no code has few tries.

use std::time::Duration;

use kernel::{AccountId, Address};

use clinic::conversations::Said;
use clinic::patients::Patient;
use store::links::{Link, LinkPurpose};

use super::facts;
use super::threads::token_hash;
use crate::{Act, ActError};

const DIGITS: usize = 6;
const GOOD_FOR: Duration = Duration::from_mins(15);
/// One in 200,000 is hit by whoever uses them all up, while one code is open.
const TRIES_OF_ONE: u32 = 5;
const WITHIN: Duration = Duration::from_hours(24);
const TRIES_OF_ALL: u32 = 60;
const OF_ALL_WITHIN: Duration = Duration::from_hours(1);

impl Act<'_, '_> {
    /// A new code for a patient.
    pub(crate) fn code(&mut self, patient: &Patient) -> Result<String, ActError> {
        loop {
            let code = format!("{:0DIGITS$}", self.chance.below(1_000_000));
            let hash = hash(&code);
            if store::links::find(self.tx, &hash)?.is_some() {
                continue;
            }
            let expires_at = self.now + GOOD_FOR;
            let link = Link { purpose: LinkPurpose::Code, patient: patient.id, chain: None, channel: None, expires_at, used_at: None };
            store::links::add(self.tx, &hash, &link, self.now)?;
            return Ok(code);
        }
    }

    /// Whose code somebody unknown has written.
    pub(super) fn coded(&mut self, account: AccountId, from: &Address, said: &Said) -> Result<Option<Patient>, ActError> {
        let Said::Words(words) = said else { return Ok(None) };
        let Some(code) = code_in(words) else { return Ok(None) };
        // whoever is known writes numbers as answers
        if self.known_at(from)?.is_some() {
            return Ok(None);
        }
        let of_one = store::links::tries(self.tx, account, Some(from), self.now - WITHIN)?;
        let of_all = store::links::tries(self.tx, account, None, self.now - OF_ALL_WITHIN)?;
        if of_one >= TRIES_OF_ONE || of_all >= TRIES_OF_ALL {
            return Ok(None);
        }
        let hash = hash(&code);
        let link = store::links::find(self.tx, &hash)?.filter(|link| link.purpose == LinkPurpose::Code && link.expires_at > self.now);
        if let Some(link) = link
            && store::links::use_once(self.tx, &hash, self.now)?
        {
            let patient = facts::patient(self.tx, link.patient)?;
            return Ok(Some(facts::recipient(self.tx, &patient)?));
        }
        store::links::add_try(self.tx, account, from, self.now)?;
        Ok(None)
    }
}

/// Never the hash of a token in a link.
fn hash(code: &str) -> String {
    token_hash(&format!("code {code}"))
}

/// Six digits and nothing else, however they are spaced and in whatever script.
fn code_in(words: &str) -> Option<String> {
    let mut code = String::new();
    for letter in words.trim().chars() {
        let digit = match letter {
            '0'..='9' => letter,
            '۰'..='۹' => char::from_digit(u32::from(letter) - u32::from('۰'), 10)?,
            '٠'..='٩' => char::from_digit(u32::from(letter) - u32::from('٠'), 10)?,
            ' ' | '-' | '\u{a0}' => continue,
            _ => return None,
        };
        code.push(digit);
    }
    (code.len() == DIGITS).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_digits_are_a_code_in_every_script() {
        for (words, code) in [
            ("042 917", Some("042917")),
            ("042917", Some("042917")),
            (" 042-917\n", Some("042917")),
            ("۰۴۲ ۹۱۷", Some("042917")),
            ("٠٤٢٩١٧", Some("042917")),
            ("42917", None),
            ("0429170", None),
            ("my code is 042917", None),
            ("", None),
        ] {
            assert_eq!(code_in(words).as_deref(), code, "{words:?}");
        }
    }
}
