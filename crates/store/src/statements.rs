//! Every statement of every table is understood by both engines.

use crate::{StoreError, trial};

const ALL: &[(&str, &[&str])] = &[
    ("accounts", crate::accounts::STATEMENTS),
    ("clinics", crate::clinics::STATEMENTS),
    ("conversations", crate::conversations::STATEMENTS),
    ("conversations", crate::conversations::LISTS),
    ("happenings", crate::happenings::STATEMENTS),
    ("links", crate::links::STATEMENTS),
    ("outbound", crate::outbound::STATEMENTS),
    ("patients", crate::patients::STATEMENTS),
    ("runs", crate::runs::STATEMENTS),
    ("search", crate::search::STATEMENTS),
    ("staff", crate::staff::STATEMENTS),
    ("tasks", crate::tasks::STATEMENTS),
    ("visits", crate::visits::STATEMENTS),
];

#[tokio::test]
async fn both_engines_understand_every_statement() {
    trial::both(async |store| {
        for (table, statements) in ALL {
            for statement in *statements {
                store.write(|tx| tx.prepare(statement)).await.unwrap_or_else(|error: StoreError| panic!("{table}: {error}\n{statement}"));
            }
        }
    })
    .await;
}
