//! Why an act did not happen: something that the user can understand, or a trouble of ours.

use kernel::Refusal;
use store::{Outcome, StoreError};

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ActError {
    #[error("refused: {0}")]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ActError {
    /// What is asked for is not there, or not for this person: both look the same.
    pub fn not_found() -> Self {
        Self::Refused(Refusal::new("thing.not-found"))
    }

    /// Two acts crossed: the same act over fresh rows may well succeed.
    pub(crate) fn is_crossing(&self) -> bool {
        match self {
            Self::Refused(_) => false,
            // a version that has grown, a row that two began at once, a thread that became part of another one meanwhile
            Self::Store(error) => matches!(error, StoreError::Conflict { .. } | StoreError::Busy { .. }),
        }
    }

    /// The database was away or its disk failed or is full: the same act may succeed later.
    pub(crate) fn may_pass(&self) -> bool {
        matches!(self, Self::Store(StoreError::Busy { .. } | StoreError::Unavailable { .. } | StoreError::Full))
    }

    /// The database went away in the middle of a commit: the act may have been kept all the same.
    pub(crate) fn is_unsure(&self) -> bool {
        matches!(self, Self::Store(StoreError::Unavailable { outcome: Outcome::Unknown, .. }))
    }

    /// It would happen again at every try: a text that cannot be said, a row that does not fit.
    pub(crate) fn is_ours(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::Store(StoreError::Bug(_)))
    }
}
