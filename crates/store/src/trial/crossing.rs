//! An act that overtakes another one on PostgreSQL: a claim has read all that it asks about, waits to write into the
//! outbox, and meanwhile somebody opts out.

use std::thread::JoinHandle;
use std::time::Duration;

use super::{Room, run, says};
use crate::engine::Place;

pub struct Crossing {
    url: String,
    schema: String,
}

impl Crossing {
    pub fn on(room: &Room) -> Self {
        let Place::Schema { url, schema } = room.place() else { panic!("SQLite has one writer: nobody overtakes anybody") };
        Self { url: url.clone(), schema: schema.clone() }
    }

    /// From when this comes back, nothing is written into the outbox until the contact point has opted out.
    pub fn hold_the_outbox_until_opted_out(&self, contact: &str) -> JoinHandle<()> {
        let Self { url, schema } = self;
        let held = format!(
            "BEGIN; LOCK TABLE \"{schema}\".outbound IN SHARE MODE;
            DO $$ BEGIN WHILE NOT EXISTS (SELECT 1 FROM \"{schema}\".contact_points
                WHERE id = '{contact}' AND state LIKE '%opted_out%')
            LOOP PERFORM pg_sleep(0.01); END LOOP; END $$; COMMIT"
        );
        let url = url.clone();
        let holding = std::thread::spawn(move || run(&url, &held));
        self.until_locked("mode = 'ShareLock' AND granted");
        holding
    }

    /// Comes back when a claim has asked everything and waits to write.
    pub fn until_a_claim_waits(&self) {
        self.until_locked("mode = 'RowExclusiveLock' AND NOT granted");
    }

    fn until_locked(&self, how: &str) {
        let Self { url, schema } = self;
        let asked = format!("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE relation = '\"{schema}\".outbound'::regclass AND {how})");
        for _ in 0..2_000 {
            if says(url, &asked) {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("it never comes to that: {how}");
    }
}
