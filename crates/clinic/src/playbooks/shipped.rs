//! The playbooks that come with the program.

use std::sync::LazyLock;

use super::Script;

const SOURCES: [&str; 7] = [
    include_str!("shipped/welcome.toml"),
    include_str!("shipped/booked.toml"),
    include_str!("shipped/cancelled.toml"),
    include_str!("shipped/visit-reminder.toml"),
    include_str!("shipped/running-late.toml"),
    include_str!("shipped/no-show.toml"),
    include_str!("shipped/missed-call.toml"),
];

static SHIPPED: LazyLock<Vec<(Script, &'static str)>> =
    LazyLock::new(|| SOURCES.iter().map(|source| (Script::read(source).expect("shipped playbooks are read in a test"), *source)).collect());

/// Every shipped playbook with its text form.
pub fn shipped() -> &'static [(Script, &'static str)] {
    &SHIPPED
}
