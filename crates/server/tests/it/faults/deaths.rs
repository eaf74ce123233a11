//! Programs that live and die, one after the other, while messages are decided on and news comes in.

use std::time::Duration;

use kernel::Chance;
use store::sown::Point;

use super::news::News;
use super::program::Program;
use super::scene::{Hope, Scene};

/// A program that has nothing left to do never comes to its point.
pub const LONGEST_LIFE: Duration = Duration::from_secs(2);
/// Enough to come by every point, and little enough that the last one hears something too.
const A_LIFE_HEARS: usize = 12;
const LOOKS: Duration = Duration::from_millis(10);
/// Looks in a row at which nothing more has been said in the end, on a busy machine: two minutes.
const IN_VAIN: u32 = 12_000;

/// How a program lives.
pub struct Life {
    /// Its name among several; none: as it names itself.
    pub node: Option<&'static str>,
    pub end: End,
}

/// How it dies.
pub enum End {
    /// By its own hand, when it passes here for this time.
    At(Point, u32),
    After(Duration),
}

impl End {
    pub fn of(point: Option<Point>, chance: &mut Chance) -> Self {
        match point {
            Some(point) => Self::At(point, u32::try_from(1 + chance.below(often(point))).expect("small")),
            None => Self::After(Duration::from_millis(u64::try_from(chance.below(120)).expect("small"))),
        }
    }
}

/// How often a life of a few messages comes by a point for certain: so seldom is a kill waited for in vain.
const fn often(point: Point) -> usize {
    match point {
        Point::BeforeIntent => 2,
        Point::BeforeArrival | Point::BeforeAnswer => 4,
        Point::AfterIntent | Point::AfterWire | Point::AmidOutcomes => 6,
    }
}

impl Scene {
    /// So many programs, each with its share of the messages. Says how many died at their point.
    pub fn lives(
        &mut self,
        (kills, messages): (usize, usize),
        news: Option<&News>,
        mut life: impl FnMut(usize, &mut Chance) -> Life,
    ) -> usize {
        let mut chance = Chance::from_seed(12);
        let mut at_points = 0;
        for kill in 0..kills {
            self.decide(messages / kills);
            let Life { node, end } = life(kill, &mut chance);
            let start = node.map_or(self.program(), |node| self.program().named(node));
            let start = if let End::At(point, time) = end { start.dying_at(point, time) } else { start };
            let mut program = start.start();
            if let Some(news) = news {
                news.some_to(program.address.clone(), A_LIFE_HEARS);
            }
            match end {
                End::At(..) => at_points += usize::from(program.outlive(LONGEST_LIFE)),
                End::After(span) => {
                    std::thread::sleep(span);
                    program.kill();
                }
            }
            if let Some(news) = news {
                news.to(None);
            }
        }
        at_points
    }

    /// What providers still have to say is said to the last program, which then dies too.
    pub fn comes_to_an_end(&self, last: Program, news: Option<&News>) {
        if let Some(news) = news {
            news.to(last.address.clone());
        }
        self.messenger.is_late_no_more();
        let waiting = || (news.map_or(0, News::waiting), self.messenger.has_to_say());
        let mut hope = Hope::lasting(IN_VAIN);
        loop {
            let (news, at_the_centre) = waiting();
            match news + at_the_centre {
                0 => break,
                some => assert!(hope.is_left(some), "{news} pieces of news wait, and {at_the_centre} at the centre"),
            }
            std::thread::sleep(LOOKS);
        }
        drop(last);
    }
}
