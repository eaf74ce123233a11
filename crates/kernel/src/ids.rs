//! Typed ids: `pat_01jd...` names a patient and can never be passed where a visit is meant.
//!
//! Inside, an id is a UUID of version 7 (RFC 9562): sorted by the instant it was made, otherwise random.
//! Outside, it is its prefix and 26 characters of Crockford's base 32 in lower case.

use std::fmt;
use std::str::FromStr;

use crate::{Chance, Timestamp};

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A text that is not an id of the kind that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id that begins with {prefix}_")]
pub struct UnknownId {
    pub prefix: &'static str,
}

fn instant(at: Timestamp) -> u128 {
    u128::from(at.as_millis().cast_unsigned() & 0xFFFF_FFFF_FFFF) << 80
}

fn make(now: Timestamp, chance: &mut Chance) -> u128 {
    let random = u128::from(chance.next_u64()) << 64 | u128::from(chance.next_u64());
    let low = random & 0x0000_0000_0000_0FFF_3FFF_FFFF_FFFF_FFFF;
    instant(now) | 0x7000_8000_0000_0000_0000 | low
}

/// Three letters, a line and 26 characters.
const LENGTH: usize = 30;

/// In one piece: each message that goes out writes some forty of them.
fn written(prefix: &str, number: u128) -> [u8; LENGTH] {
    let mut text = [b'_'; LENGTH];
    text[..3].copy_from_slice(prefix.as_bytes());
    // two halves, because the processor counts to 64 bits at once
    let mut low = u64::try_from(number & ((1 << 60) - 1)).expect("sixty bits fit");
    let mut high = number >> 60;
    for place in text[18..].iter_mut().rev() {
        *place = ALPHABET[(low & 31) as usize];
        low >>= 5;
    }
    for place in text[4..18].iter_mut().rev() {
        *place = ALPHABET[(high & 31) as usize];
        high >>= 5;
    }
    text
}

fn shown(text: &[u8; LENGTH]) -> &str {
    std::str::from_utf8(text).expect("the alphabet is ASCII")
}

/// What each letter of the alphabet stands for: ids are read by the thousand.
const VALUES: [Option<u8>; 256] = {
    let mut values = [None; 256];
    let mut value = 0;
    while value < 32 {
        values[ALPHABET[value as usize] as usize] = Some(value);
        value += 1;
    }
    values
};

fn read(prefix: &'static str, text: &str) -> Result<u128, UnknownId> {
    let unknown = UnknownId { prefix };
    let digits = text
        .strip_prefix(prefix)
        .and_then(|rest| rest.strip_prefix('_'))
        .filter(|digits| digits.len() == 26 && digits.as_bytes()[0] < b'8')
        .ok_or_else(|| unknown.clone())?;
    digits.bytes().try_fold(0_u128, |number, byte| {
        let value = VALUES[usize::from(byte)].ok_or_else(|| unknown.clone())?;
        Ok(number << 5 | u128::from(value))
    })
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u128);

        impl $name {
            pub const PREFIX: &'static str = $prefix;

            pub fn new(now: Timestamp, chance: &mut Chance) -> Self {
                Self(make(now, chance))
            }

            /// Sorts before every one that is made at this instant or later.
            pub fn earliest(at: Timestamp) -> Self {
                Self(instant(at))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(shown(&written(Self::PREFIX, self.0)))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, out)
            }
        }

        impl FromStr for $name {
            type Err = UnknownId;

            fn from_str(text: &str) -> Result<Self, UnknownId> {
                read(Self::PREFIX, text).map(Self)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(shown(&written(Self::PREFIX, self.0)))
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

ids! {
    /// The owner of one or several clinics.
    OrganisationId "org";
    /// One location.
    ClinicId "cln";
    /// A person who works in a clinic; also whoever treats (the provider of a visit).
    StaffId "stf";
    /// A person who is treated.
    PatientId "pat";
    /// A phone number, e-mail address or messenger account of a patient.
    ContactPointId "con";
    /// A treatment chair.
    ChairId "chr";
    /// What can be booked.
    ServiceId "svc";
    /// One appointment.
    VisitId "vis";
    /// The thread of one patient, or of one unknown sender, over all channels.
    ConversationId "cnv";
    /// One message in a conversation, either way.
    MessageId "msg";
    /// One patient going through one playbook.
    RunId "run";
    /// Something a person must do.
    DeskTaskId "tsk";
    /// A permission in the ledger.
    ConsentId "cns";
    /// One fact of the stream of what happened.
    HappeningId "hap";
    /// A connected account of a channel.
    AccountId "acc";
    /// A signed-in browser.
    SessionId "ses";
    /// A browser in which the chat of the website was opened.
    VisitorId "vst";
    /// One telephone call, either way.
    CallId "cal";
    /// One reading of a file into the journal.
    ImportId "imp";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_as_it_was_written() {
        let mut chance = Chance::from_seed(7);
        for millis in [0, 1, 1_795_000_000_000] {
            let id = PatientId::new(Timestamp::from_millis(millis), &mut chance);
            assert_eq!(id.to_string().parse(), Ok(id));
        }
    }

    #[test]
    fn later_ids_sort_after_earlier_ones() {
        let mut chance = Chance::from_seed(7);
        let earlier = VisitId::new(Timestamp::from_millis(1_000), &mut chance);
        let later = VisitId::new(Timestamp::from_millis(1_001), &mut chance);
        assert!(earlier < later && earlier.to_string() < later.to_string());
        let border = VisitId::earliest(Timestamp::from_millis(1_001));
        assert!(earlier < border && border < later && border.to_string() < later.to_string());
    }

    #[test]
    fn what_is_no_id_of_this_kind_is_refused() {
        let id = VisitId::new(Timestamp::from_millis(9), &mut Chance::from_seed(1)).to_string();
        let patient = id.replace("vis", "pat");
        for text in [
            "",
            "vis_",
            "vis",
            &id[..29],
            &format!("{id}0"),
            &patient,
            &id.to_uppercase(),
            "vis_zzzzzzzzzzzzzzzzzzzzzzzzzz",
            "vis_ééééééééééééé",
        ] {
            assert!(text.parse::<VisitId>().is_err(), "{text}");
        }
    }
}
