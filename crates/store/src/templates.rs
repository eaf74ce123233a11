//! The texts that providers have approved, and what each of them says for the care bot.

use kernel::{AccountId, Locale};

use clinic::templates::{Assigned, Assignment, Template, TemplateName};

use crate::columns::{json, read_word, word};
use crate::{Row, StoreError, Tx, Value};

const OF_ACCOUNT: &str = "SELECT template FROM templates WHERE account_id = $1 ORDER BY name, language";
const NAMED: &str = "SELECT template FROM templates WHERE account_id = $1 AND name = $2 ORDER BY language";
const ANY: &str = "SELECT name FROM templates WHERE account_id = $1 LIMIT 1";
const SAVE: &str = "INSERT INTO templates (account_id, name, language, template) VALUES ($1, $2, $3, $4)
    ON CONFLICT (account_id, name, language) DO UPDATE SET template = excluded.template";
const REMOVE: &str = "DELETE FROM templates WHERE account_id = $1 AND name = $2 AND language = $3";
const REMOVE_ALL: &str = "DELETE FROM templates WHERE account_id = $1";
const ASSIGNED: &str = "SELECT text_key, locale, assignment, template FROM template_uses
    LEFT JOIN templates ON templates.account_id = template_uses.account_id
    AND templates.name = template_uses.name AND templates.language = template_uses.language
    WHERE template_uses.account_id = $1 ORDER BY text_key, locale";
const ASSIGN: &str = "INSERT INTO template_uses (account_id, text_key, locale, name, language, assignment) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (account_id, text_key, locale)
    DO UPDATE SET name = excluded.name, language = excluded.language, assignment = excluded.assignment";
const UNASSIGN: &str = "DELETE FROM template_uses WHERE account_id = $1 AND text_key = $2 AND locale = $3";

pub fn of_account(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<Template>, StoreError> {
    tx.query(OF_ACCOUNT, &[Value::text(account)], |row| row.json("template"))
}

/// In each of its languages. None: the provider has told of no text at all.
pub fn named(tx: &mut Tx<'_>, account: AccountId, name: &str) -> Result<Option<Vec<Template>>, StoreError> {
    let found = tx.recall(NAMED, &[Value::text(account), name.into()], |row| row.json("template"))?;
    if found.is_empty() && tx.recall(ANY, &[Value::text(account)], |row| row.get::<String>("name"))?.is_empty() {
        return Ok(None);
    }
    Ok(Some(found))
}

pub fn find(tx: &mut Tx<'_>, account: AccountId, of: &TemplateName) -> Result<Option<Template>, StoreError> {
    let found = tx.recall(NAMED, &[Value::text(account), of.name.as_str().into()], |row| row.json::<Template>("template"))?;
    Ok(found.into_iter().find(|template| template.language == of.language))
}

pub fn save(tx: &mut Tx<'_>, account: AccountId, template: &Template) -> Result<(), StoreError> {
    tx.execute(SAVE, &row(account, template)).map(drop)
}

pub fn remove(tx: &mut Tx<'_>, account: AccountId, of: &TemplateName) -> Result<(), StoreError> {
    tx.execute(REMOVE, &[Value::text(account), of.name.as_str().into(), of.language.as_str().into()]).map(drop)
}

/// These are all that the provider has. What it told of one of them since they were asked for stays.
pub fn replace(tx: &mut Tx<'_>, account: AccountId, all: Vec<Template>) -> Result<(), StoreError> {
    let known = of_account(tx, account)?;
    let newer =
        |told: Template| known.iter().find(|kept| kept.called() == told.called() && kept.as_of > told.as_of).cloned().unwrap_or(told);
    let rows: Vec<Vec<Value>> = all.into_iter().map(newer).map(|template| row(account, &template).into()).collect();
    tx.execute(REMOVE_ALL, &[Value::text(account)])?;
    tx.execute_many(SAVE, &rows).map(drop)
}

fn row(account: AccountId, template: &Template) -> [Value; 4] {
    [Value::text(account), template.name.as_str().into(), template.language.as_str().into(), json(template)]
}

/// What says what, with the texts as far as they are known.
pub fn assigned(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<Assigned>, StoreError> {
    tx.recall(ASSIGNED, &[Value::text(account)], read)
}

fn read(row: &Row<'_>) -> Result<Assigned, StoreError> {
    let template = if row.text("template")?.is_some() { Some(row.json("template")?) } else { None };
    Ok(Assigned { text: row.get("text_key")?, locale: read_word(row, "locale")?, assignment: row.json("assignment")?, template })
}

pub fn assign(tx: &mut Tx<'_>, account: AccountId, (text, locale): (&str, Locale), assignment: &Assignment) -> Result<(), StoreError> {
    let Assignment { of, .. } = assignment;
    let params = [Value::text(account), text.into(), word(&locale), of.name.as_str().into(), of.language.as_str().into(), json(assignment)];
    tx.execute(ASSIGN, &params).map(drop)
}

pub fn unassign(tx: &mut Tx<'_>, account: AccountId, text: &str, locale: Locale) -> Result<(), StoreError> {
    tx.execute(UNASSIGN, &[Value::text(account), text.into(), word(&locale)]).map(drop)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::Duration;

    use clinic::templates::{Category, Header, Quality, State};
    use kernel::{Chance, Timestamp};

    use super::*;
    use crate::trial::both;

    const MONDAY: Timestamp = Timestamp::from_seconds(1_795_420_800);

    fn template(name: &str, language: &str, state: State, as_of: Timestamp) -> Template {
        Template {
            name: name.to_owned(),
            language: language.to_owned(),
            category: Category::Utility,
            state,
            quality: Quality::Unknown,
            header: Header::None,
            body: "{{1}}: {{2}}".to_owned(),
            footer: String::new(),
            buttons: Vec::new(),
            as_of,
        }
    }

    #[tokio::test]
    async fn what_the_provider_told_last_stands_and_an_assignment_outlives_its_text() {
        both(async |store| {
            let done = store.write(|tx| {
                let account = AccountId::new(MONDAY, &mut Chance::from_seed(1));
                let other = AccountId::new(MONDAY, &mut Chance::from_seed(2));
                assert_eq!(named(tx, account, "care")?, None, "nothing was ever told");
                let paused_since = template("care", "hu", State::Paused, MONDAY + Duration::from_secs(9));
                replace(
                    tx,
                    account,
                    vec![template("care", "hu", State::Approved, MONDAY), template("care", "ru", State::Pending, MONDAY)],
                )?;
                save(tx, account, &paused_since)?;
                let assignment = Assignment { of: paused_since.called(), gaps: BTreeMap::new(), answers: vec!["confirm".to_owned()] };
                assign(tx, account, ("welcome-hello", Locale::Hu), &assignment)?;
                assign(tx, other, ("welcome-hello", Locale::Hu), &assignment)?;

                // asked for before the news came
                replace(tx, account, vec![template("care", "hu", State::Approved, MONDAY + Duration::from_secs(5))])?;
                assert_eq!(of_account(tx, account)?, std::slice::from_ref(&paused_since));
                assert_eq!(named(tx, account, "unknown")?, Some(vec![]), "others were told of");
                assert_eq!(find(tx, account, &assignment.of)?, Some(paused_since.clone()));
                let stands = Assigned {
                    text: "welcome-hello".to_owned(),
                    locale: Locale::Hu,
                    assignment: assignment.clone(),
                    template: Some(paused_since),
                };
                assert_eq!(assigned(tx, account)?, std::slice::from_ref(&stands));
                assert_eq!(assigned(tx, other)?, [Assigned { template: None, ..stands.clone() }], "of another account");
                remove(tx, account, &assignment.of)?;
                assert_eq!(assigned(tx, account)?, [Assigned { template: None, ..stands }]);
                unassign(tx, account, "welcome-hello", Locale::Hu)?;
                assert_eq!(assigned(tx, account)?, []);
                Ok::<_, StoreError>(())
            });
            done.await.unwrap();
        })
        .await;
    }
}
