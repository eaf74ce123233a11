//! Pages over the real router and a real store: who gets in, what is refused, and that nothing is changed by it.

pub mod counter;
mod delays;
mod desk;
mod doors;
mod forms;
mod hooks;
mod ladder;
mod languages;
mod patients;
