//! How the messenger behaves towards one request: everything that a network and a provider were ever seen to do.

use kernel::Chance;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// Shown on the phone, and answered so.
    Takes,
    /// Shown, but the connection closes before a word of answer.
    TakesInSilence,
    /// Shown, and answered that something went wrong.
    TakesAndFails,
    /// Not shown: 500.
    Fails,
    /// Not shown: 429, with a delay of one second in body and header.
    TooFast,
    /// Shown, but the answer never comes.
    TakesAndHangs,
    /// Not shown, and the answer never comes.
    Hangs,
    /// Not shown: the connection is reset after the letter was read.
    ResetsRead,
    /// Shown, then the connection is reset.
    TakesAndResets,
    /// Shown; the answer ends in the middle.
    HalfAnswers,
    /// Shown; 200 with bytes that mean nothing.
    TakesInGarbage,
    /// Not shown; 200 with the page of a machine in between.
    Page,
    /// Shown; 200 with nothing.
    TakesInEmptiness,
    /// Shown; answered with the number of the message before.
    RepeatsNumber,
    /// Shown; the answer comes a few bytes at a time.
    Drips,
    /// Not shown, and said so for good.
    Refuses,
    /// Not shown although it was taken: a later report says so.
    Returns,
}

/// What became of the letter, as the phone knows and our program may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Shown,
    NotShown,
    /// Taken, and found later to reach nobody.
    Returned,
}

impl Mood {
    /// In the order in which the houses can be taken from it, see [`super::houses::House::moods`].
    pub const EVERY: [Self; 17] = [
        Self::TakesAndFails,
        Self::RepeatsNumber,
        Self::Takes,
        Self::TakesInSilence,
        Self::Fails,
        Self::TooFast,
        Self::TakesAndHangs,
        Self::Hangs,
        Self::ResetsRead,
        Self::TakesAndResets,
        Self::HalfAnswers,
        Self::TakesInGarbage,
        Self::Page,
        Self::TakesInEmptiness,
        Self::Drips,
        Self::Refuses,
        Self::Returns,
    ];

    pub const fn fate(self) -> Fate {
        match self {
            Self::Takes
            | Self::TakesInSilence
            | Self::TakesAndFails
            | Self::TakesAndHangs
            | Self::TakesAndResets
            | Self::HalfAnswers
            | Self::TakesInGarbage
            | Self::TakesInEmptiness
            | Self::RepeatsNumber
            | Self::Drips => Fate::Shown,
            Self::Fails | Self::TooFast | Self::Hangs | Self::ResetsRead | Self::Page | Self::Refuses => Fate::NotShown,
            Self::Returns => Fate::Returned,
        }
    }
}

/// How often something else happens than that a letter is taken.
#[derive(Debug, Clone, Copy)]
pub struct Weather {
    pub seed: u64,
    /// Of 100 letters so many meet one of `moods`.
    pub troubled: usize,
    pub moods: &'static [Mood],
    /// Of 100 letters so many are not even read: the connection is reset at their head.
    pub turned_away: usize,
}

impl Weather {
    pub const FAIR: Self = Self { seed: 0, troubled: 0, moods: &[], turned_away: 0 };

    /// By the number of the request: what stands in it is not known yet.
    pub fn turns_away(&self, request: u64) -> bool {
        self.turned_away > 0 && Chance::from_seed(self.seed.wrapping_add(request)).percent(self.turned_away)
    }

    /// In a storm every second letter meets the mood whose turn it is, so that each is met soon.
    pub fn in_turn(&self, text: &str, attempt: u32) -> Option<Mood> {
        let number: usize = text.split(':').next()?.parse().ok()?;
        (self.troubled >= 40 && attempt == 1 && number % 2 == 1).then(|| self.moods[number / 2 % self.moods.len()])
    }

    /// The same for the same letter at the same attempt, in whatever order letters come.
    pub fn mood(&self, chat: i64, text: &str, attempt: u32) -> Mood {
        let letter = text.bytes().fold(self.seed ^ chat.unsigned_abs(), |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        let mut chance = Chance::from_seed(letter.wrapping_add(u64::from(attempt)));
        if chance.percent(self.troubled) { *chance.pick(self.moods) } else { Mood::Takes }
    }
}
