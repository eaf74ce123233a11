//! A free time as a form carries it, and a person never reads it: provider, chair, begin and end.

use std::fmt;
use std::str::FromStr;

use clinic::journal::Slot;
use kernel::Timestamp;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlotWord(pub Slot);

/// Not a slot of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoSlot;

impl fmt::Display for SlotWord {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Slot { provider, chair, starts_at, ends_at } = self.0;
        let chair = chair.map(|chair| chair.to_string()).unwrap_or_default();
        write!(out, "{provider}.{chair}.{}.{}", starts_at.as_millis(), ends_at.as_millis())
    }
}

impl FromStr for SlotWord {
    type Err = NoSlot;

    fn from_str(text: &str) -> Result<Self, NoSlot> {
        let [provider, chair, starts, ends] = text.split('.').collect::<Vec<_>>()[..] else { return Err(NoSlot) };
        let at = |millis: &str| millis.parse().map(Timestamp::from_millis).map_err(|_| NoSlot);
        let chair = if chair.is_empty() { None } else { Some(chair.parse().map_err(|_| NoSlot)?) };
        let provider = provider.parse().map_err(|_| NoSlot)?;
        Ok(Self(Slot { provider, chair, starts_at: at(starts)?, ends_at: at(ends)? }))
    }
}
