//! Tables that grow, and databases that are refused.

use std::fs;
use std::path::Path;

use super::*;
use crate::migrations::MIGRATIONS;

const FIRST: Migration = TABLES[0];
const SECOND: Migration = Migration { number: 2, name: "colours", text: "ALTER TABLE slots ADD COLUMN colour TEXT;" };
const CHANGED: Migration = Migration { number: 1, name: "trial", text: "CREATE TABLE slots (id TEXT);" };
const HALF: Migration = Migration { number: 2, name: "half", text: "CREATE TABLE whole (id TEXT); CREATE TABLE slots (id TEXT);" };

async fn refusal(room: &Room, migrations: &'static [Migration]) -> String {
    match room.open_with(migrations).await {
        Ok(_) => panic!("the database was not refused"),
        Err(StoreError::Schema(why)) => why,
        Err(other) => panic!("refused for another reason: {other}"),
    }
}

fn lasting() -> [Room; 2] {
    [Room::in_a_file(), Room::on(Engine::Postgres)]
}

#[tokio::test]
async fn a_newer_version_adds_only_its_own_steps() {
    for room in lasting() {
        room.store_with(TABLES).await.write(|tx| add_slot(tx, "a", 1)).await.expect("free");
        let newer = room.store_with(&[FIRST, SECOND]).await;
        let changed = newer.write(|tx| tx.execute("UPDATE slots SET colour = $1", &["blue".into()])).await;
        assert_eq!(changed, Ok(1));
        let again = room.store_with(&[FIRST, SECOND]).await;
        assert_eq!(slot_ids(&again).await, ["a"]);
    }
}

#[tokio::test]
async fn a_step_that_was_changed_after_it_was_applied_is_refused() {
    for room in lasting() {
        room.store_with(TABLES).await.close().await;
        let why = refusal(&room, &[CHANGED]).await;
        assert_eq!(why, "migration 1 trial is not the one that was applied to this database: its text has changed");
    }
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused() {
    for room in lasting() {
        room.store_with(&[FIRST, SECOND]).await.close().await;
        let why = refusal(&room, TABLES).await;
        assert!(why.starts_with("the database has migration 2 colours, which this version does not know"), "{why}");
    }
}

#[tokio::test]
async fn a_step_that_fails_leaves_nothing_behind() {
    for room in lasting() {
        let why = refusal(&room, &[FIRST, HALF]).await;
        assert!(why.starts_with("migration 2 half cannot be applied"), "{why}");
        let store = room.store_with(&[FIRST, SECOND]).await;
        let absent = store.read(|tx| tx.query("SELECT id FROM whole", &[], |_| Ok(()))).await;
        assert!(matches!(absent, Err(StoreError::Bug(_))));
    }
}

#[tokio::test]
async fn nodes_that_start_together_migrate_once() {
    for room in lasting() {
        let (first, second, third) = tokio::join!(room.open_with(TABLES), room.open_with(TABLES), room.open_with(TABLES));
        for store in [first, second, third] {
            assert_eq!(slot_ids(&store.expect("opens")).await, Vec::<String>::new());
        }
    }
}

#[test]
fn the_steps_of_this_version_are_numbered_without_gaps_and_hold_no_late_checks() {
    for (migration, number) in MIGRATIONS.iter().zip(1..) {
        assert_eq!(migration.number, number, "{}", migration.name);
        assert!(!migration.text.to_ascii_uppercase().contains("DEFERRABLE"), "{}", migration.name);
    }
}

#[test]
fn every_file_of_a_step_is_on_the_list_under_its_own_name() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut files: Vec<_> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|entry| entry.expect("a file").file_name().into_string().expect("a plain name"))
        .collect();
    files.sort();
    let listed: Vec<_> = MIGRATIONS.iter().map(|step| format!("{:04}_{}.sql", step.number, step.name)).collect();
    assert_eq!(files, listed);
}
