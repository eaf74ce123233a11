//! Every step of the tables, in order. A step that has landed is never edited: a change is a new file and a new line.
//!
//! The same text runs on both engines: `BIGINT`, `BOOLEAN`, `TEXT`, `DOUBLE PRECISION`; no `DEFERRABLE`, because one
//! act's late violation would undo the acts that share its commit.

use crate::engine::Migration;

/// One line a step.
pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration { number: 1, name: "spine", text: include_str!("../migrations/0001_spine.sql") },
    Migration { number: 2, name: "texts", text: include_str!("../migrations/0002_texts.sql") },
    Migration { number: 3, name: "held_up", text: include_str!("../migrations/0003_held_up.sql") },
    Migration { number: 4, name: "delays", text: include_str!("../migrations/0004_delays.sql") },
    Migration { number: 5, name: "many", text: include_str!("../migrations/0005_many.sql") },
    Migration { number: 6, name: "lanes", text: include_str!("../migrations/0006_lanes.sql") },
    Migration { number: 7, name: "lighter", text: include_str!("../migrations/0007_lighter.sql") },
    Migration { number: 8, name: "chains", text: include_str!("../migrations/0008_chains.sql") },
    Migration { number: 9, name: "whereabouts", text: include_str!("../migrations/0009_whereabouts.sql") },
    Migration { number: 10, name: "words", text: include_str!("../migrations/0010_words.sql") },
    Migration { number: 11, name: "chat", text: include_str!("../migrations/0011_chat.sql") },
    Migration { number: 12, name: "fewer", text: include_str!("../migrations/0012_fewer.sql") },
    Migration { number: 13, name: "breakers", text: include_str!("../migrations/0013_breakers.sql") },
    Migration { number: 14, name: "calls", text: include_str!("../migrations/0014_calls.sql") },
    Migration { number: 15, name: "media", text: include_str!("../migrations/0015_media.sql") },
    Migration { number: 16, name: "plain", text: include_str!("../migrations/0016_plain.sql") },
    Migration { number: 17, name: "templates", text: include_str!("../migrations/0017_templates.sql") },
    Migration { number: 18, name: "recycled", text: include_str!("../migrations/0018_recycled.sql") },
    Migration { number: 19, name: "ladder", text: include_str!("../migrations/0019_ladder.sql") },
    Migration { number: 20, name: "claims", text: include_str!("../migrations/0020_claims.sql") },
    Migration { number: 21, name: "cards", text: include_str!("../migrations/0021_cards.sql") },
    Migration { number: 22, name: "sender", text: include_str!("../migrations/0022_sender.sql") },
    Migration { number: 23, name: "telephones", text: include_str!("../migrations/0023_telephones.sql") },
    Migration { number: 24, name: "threads", text: include_str!("../migrations/0024_threads.sql") },
];
