//! The stories of the clinic, each told on SQLite and on PostgreSQL.

mod asking_a_person;
pub mod channels;
mod families;
mod imported;
mod ladder;
mod lateness;
mod moving;
mod pages;
mod recycled;
mod reminding;
mod restored;
mod sending;
mod silence;
mod strangers;
mod webhooks;
