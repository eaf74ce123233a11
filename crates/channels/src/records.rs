//! What a clinic publishes for its domain so that what leaves by an account is believed, and whether it stands there.

use serde::{Deserialize, Serialize};

/// A TXT record of a domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DnsRecord {
    pub name: String,
    pub text: String,
}

/// How it stands with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordState {
    InPlace,
    /// Another key stands there, or one that was taken back.
    OtherKey,
    Absent,
    /// The name servers did not answer.
    NotAnswered,
}

impl DnsRecord {
    /// `found`: every text record at that name; None: nobody has answered.
    pub fn compared(&self, found: Option<&[String]>) -> RecordState {
        let Some(found) = found else { return RecordState::NotAnswered };
        let keys: Vec<String> = found.iter().filter_map(|text| key(text)).collect();
        match key(&self.text) {
            Some(ours) if keys.contains(&ours) => RecordState::InPlace,
            // of two keys receivers may take either, so one of ours is enough
            _ if keys.is_empty() => RecordState::Absent,
            _ => RecordState::OtherKey,
        }
    }
}

impl RecordState {
    pub const ALL: [Self; 4] = [Self::InPlace, Self::OtherKey, Self::Absent, Self::NotAnswered];

    /// The key of its sentence.
    pub const fn key(self) -> &'static str {
        match self {
            Self::InPlace => "standing-record-in-place",
            Self::OtherKey => "standing-record-other",
            Self::Absent => "standing-record-absent",
            Self::NotAnswered => "standing-record-not-answered",
        }
    }

    /// The key of what is wrong; what to do stands under the same key with `-do`.
    pub const fn wrong(self) -> Option<&'static str> {
        match self {
            Self::OtherKey | Self::Absent => Some(self.key()),
            Self::InPlace | Self::NotAnswered => None,
        }
    }
}

/// `v=DKIM1; k=rsa; p=MIIB..`: what follows `p=`, without the blanks that some forms put between.
fn key(text: &str) -> Option<String> {
    text.split(';').find_map(|tag| {
        let (name, value) = tag.split_once('=')?;
        (name.trim() == "p").then(|| value.split_whitespace().collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_in_place_absent_or_another() {
        let ours = DnsRecord { name: "desk._domainkey.smile.example".to_owned(), text: "v=DKIM1; k=rsa; p=MIIBabc/+=".to_owned() };
        for (found, expected) in [
            (Some(vec!["v=DKIM1; k=rsa; p=MIIBabc/+="]), RecordState::InPlace),
            (Some(vec!["k=rsa;p=MIIB abc/+= ;t=s"]), RecordState::InPlace),
            (Some(vec!["v=DKIM1; p=OTHER", "v=DKIM1; p=MIIBabc/+="]), RecordState::InPlace),
            (Some(vec!["v=DKIM1; p=MIIBabc"]), RecordState::OtherKey),
            (Some(vec!["v=DKIM1; p="]), RecordState::OtherKey),
            (Some(vec!["v=spf1 -all"]), RecordState::Absent),
            (Some(vec![]), RecordState::Absent),
            (None, RecordState::NotAnswered),
        ] {
            let found: Option<Vec<String>> = found.map(|found| found.into_iter().map(str::to_owned).collect());
            assert_eq!(ours.compared(found.as_deref()), expected, "{found:?}");
        }
    }
}
