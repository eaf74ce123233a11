//! The wire: carries letters to providers and brings their answers back.

use channels::{Answer, Letter};
use futures_util::future::BoxFuture;

pub trait Wire: Send + Sync {
    /// Carries a letter once. Never fails: what went wrong is an answer too.
    fn carry<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Answer>;
}
