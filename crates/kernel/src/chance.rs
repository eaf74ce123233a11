//! Randomness that is passed in. The server seeds it from the operating system, tests and the demo from a number.

use std::fmt::Write;

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A cryptographic generator with a known beginning.
pub struct Chance(ChaCha20Rng);

impl Chance {
    pub fn from_seed(seed: u64) -> Self {
        Self(ChaCha20Rng::seed_from_u64(seed))
    }

    pub fn from_entropy(seed: [u8; 32]) -> Self {
        Self(ChaCha20Rng::from_seed(seed))
    }

    /// Another generator that goes its own way from here.
    #[must_use]
    pub fn fork(&mut self) -> Self {
        let mut seed = [0; 32];
        self.0.fill_bytes(&mut seed);
        Self::from_entropy(seed)
    }

    pub fn next_u64(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// Evenly one of `0..limit`. A `limit` of 0 gives 0.
    pub fn below(&mut self, limit: usize) -> usize {
        let wide = u128::from(self.next_u64()) * limit as u128;
        usize::try_from(wide >> 64).expect("less than the limit, which is a usize")
    }

    /// True in `percent` of 100 cases.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of a list that is not empty.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// 32 random bytes, for keys and salts.
    pub fn bytes(&mut self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.0.fill_bytes(&mut bytes);
        bytes
    }

    /// An opaque token of 128 random bits, 32 characters of lower-case hex.
    pub fn token(&mut self) -> String {
        let mut text = String::with_capacity(32);
        for _ in 0..2 {
            write!(text, "{:016x}", self.next_u64()).expect("writing to a string");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers_and_forks_differ() {
        let (mut one, mut two) = (Chance::from_seed(1), Chance::from_seed(1));
        assert_eq!(one.token(), two.token());
        let mut fork = one.fork();
        assert_ne!(fork.token(), one.token());
    }

    #[test]
    fn below_stays_below() {
        let mut chance = Chance::from_seed(3);
        assert!((0..1_000).all(|_| chance.below(7) < 7));
        assert_eq!(chance.below(0), 0);
    }
}
