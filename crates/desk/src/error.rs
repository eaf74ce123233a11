//! Why an act did not happen: something that the user can understand, or a trouble of ours.

use kernel::Refusal;
use store::StoreError;

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
            Self::Store(StoreError::Conflict { on }) => on.ends_with(".version"),
            Self::Store(error) => matches!(error, StoreError::Busy { .. }),
        }
    }
}
