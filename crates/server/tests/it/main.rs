//! The stories of the clinic and the guards of the house, in one binary so that they are linked once.
//! A new story is a module in `stories`.

// a story that cannot go on fails there
#![allow(clippy::unwrap_used)]

mod attacks;
mod demo;
mod faults;
mod house;
mod pages;
mod program;
mod promises;
mod stories;
mod telegram;
mod world;
