//! The domain of a dental clinic's patient desk. Everything in here is a value or a pure function:
//! time comes as an argument, randomness comes as an argument, nothing is read and nothing is sent.
//!
//! Read it in this order: [`patients`] and [`staff`], [`consents`] and the [`journal`], [`conversations`] and [`texts`],
//! [`templates`] that a provider has approved, the [`gate`] and the [`outbox`], then the [`playbooks`] that lead a patient through all of it.
//! What happened is said in one stream, [`happenings`]; who did it and through what, in [`actors`].

pub mod actors;
pub mod answers;
pub mod calls;
pub mod clinics;
pub mod consents;
pub mod conversations;
pub mod files;
pub mod gate;
pub mod happenings;
pub mod journal;
pub mod outbox;
pub mod patients;
pub mod playbooks;
pub mod services;
pub mod staff;
pub mod tasks;
pub mod templates;
pub mod texts;

#[cfg(test)]
mod sample;
