//! The care bot within a transaction: what happened starts and stops runs, a run's effects are carried out.
//!
//! [`running`] leads the runs, [`meaning`] reads what patients answer, [`saying`] turns an outline into words, [`gating`] takes them past the gate into the outbox, [`approving`] finds the approved text that says them, [`marking`] changes the journal,
//! [`slots`] looks for free times, [`facts`] gathers what the pure steps want to know,
//! [`recycled`] notices that a number is somebody else's, [`codes`] knows who somebody is by a code from the desk.

mod approving;
pub(crate) mod climbing;
pub(crate) mod codes;
pub(crate) mod facts;
pub(crate) mod gating;
pub(crate) mod hearing;
pub(crate) mod marking;
pub(crate) mod meaning;
pub(crate) mod recycled;
pub(crate) mod running;
pub(crate) mod saying;
pub(crate) mod slots;
pub(crate) mod threads;
