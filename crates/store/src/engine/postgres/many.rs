//! One statement for many rows of parameters.
//!
//! A statement is written for one row. Here PostgreSQL is given columns of parameters instead, as arrays, and the words
//! around them: a thousand rows go the way once, and are parsed and planned once. The kinds of the columns are those that
//! PostgreSQL itself has found in the statement for one row.

use std::fmt::Write;

use tokio_postgres::types::Type;

/// `SELECT ...`: the answers for each row of parameters, with its place among them.
pub(super) fn question(sql: &str, kinds: &[Type]) -> Option<String> {
    let inner = by_column(sql);
    let many = many(kinds)?;
    Some(format!("SELECT answer.*, many.place AS place FROM {many} CROSS JOIN LATERAL ({inner}) AS answer"))
}

/// `UPDATE ... WHERE ...`, and the places of the rows that changed something.
pub(super) fn update(sql: &str, kinds: &[Type]) -> Option<String> {
    let (set, condition) = sql.strip_prefix("UPDATE ").and_then(|_| by_one("WHERE ", sql))?;
    let many = many(kinds)?;
    Some(format!("{} FROM {many} WHERE {} RETURNING many.place AS place", by_column(set), by_column(condition)))
}

/// A write of which only the number of changed rows is asked. None: it cannot be said for many rows.
pub(super) fn write(sql: &str, kinds: &[Type]) -> Option<String> {
    if sql.contains("SELECT") || sql.contains("DO UPDATE") {
        return None;
    }
    let many = many(kinds)?;
    if sql.starts_with("INSERT ") {
        let (into, values) = by_one("VALUES ", sql)?;
        let (values, rest) = values.strip_prefix('(')?.split_once(')')?;
        return Some(format!("{into}SELECT {} FROM {many}{rest}", by_column(values)));
    }
    let source = if sql.starts_with("DELETE ") { "USING" } else { "FROM" };
    let (before, condition) = by_one("WHERE ", sql)?;
    Some(format!("{} {source} {many} WHERE {}", by_column(before), by_column(condition)))
}

/// The two sides of a word that stands there once.
fn by_one<'a>(word: &str, sql: &'a str) -> Option<(&'a str, &'a str)> {
    let (before, after) = sql.split_once(word)?;
    (!after.contains(word)).then_some((before, after))
}

/// `$2` becomes the second column of the parameters.
fn by_column(sql: &str) -> String {
    sql.replace('$', "many.c")
}

/// `unnest($1::text[], $2::bigint[]) WITH ORDINALITY AS many (c1, c2, place)`
fn many(kinds: &[Type]) -> Option<String> {
    if kinds.is_empty() {
        return None;
    }
    let (mut arrays, mut names) = (String::new(), String::new());
    for (number, kind) in (1..).zip(kinds) {
        let kind = match *kind {
            Type::TEXT | Type::VARCHAR => "text",
            Type::INT8 => "bigint",
            Type::BOOL => "boolean",
            Type::FLOAT8 => "double precision",
            Type::BYTEA => "bytea",
            _ => return None,
        };
        let comma = if number == 1 { "" } else { ", " };
        write!(arrays, "{comma}${number}::{kind}[]").expect("writing to a string");
        write!(names, "c{number}, ").expect("writing to a string");
    }
    Some(format!("unnest({arrays}) WITH ORDINALITY AS many ({names}place)"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_for_one_row_is_said_for_many() {
        let kinds = [Type::TEXT, Type::INT8];
        let many = "unnest($1::text[], $2::bigint[]) WITH ORDINALITY AS many (c1, c2, place)";
        let insert = "INSERT INTO slots (id, chair) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING";
        assert_eq!(
            write(insert, &kinds).unwrap(),
            format!("INSERT INTO slots (id, chair) SELECT many.c1, many.c2 FROM {many} ON CONFLICT (id) DO NOTHING")
        );
        let moved = "UPDATE slots SET chair = $2, version = version + 1 WHERE id = $1";
        let said = format!("UPDATE slots SET chair = many.c2, version = version + 1  FROM {many} WHERE id = many.c1");
        assert_eq!(write(moved, &kinds).unwrap(), said);
        assert_eq!(update(moved, &kinds).unwrap(), said + " RETURNING many.place AS place");
        let delete = "DELETE FROM slots WHERE id = $1 AND chair = $2";
        assert_eq!(write(delete, &kinds).unwrap(), format!("DELETE FROM slots  USING {many} WHERE id = many.c1 AND chair = many.c2"));
    }

    #[test]
    fn what_cannot_be_said_for_many_rows_goes_one_by_one() {
        for sql in [
            "INSERT INTO slots (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET chair = 1",
            "INSERT INTO slots (id) SELECT id FROM slots WHERE id = $1",
            "UPDATE slots SET chair = 1 WHERE id = $1 AND chair = (SELECT 2 WHERE TRUE)",
        ] {
            assert_eq!(write(sql, &[Type::TEXT]), None, "{sql}");
        }
        assert_eq!(write("UPDATE slots SET at = $1 WHERE TRUE", &[Type::TIMESTAMPTZ]), None);
    }
}
