//! What can go wrong with the store. The variant says what to do next; no text carries a person's words.

/// Whether what was asked may have happened all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing of the act was kept: it can be done again.
    NotDone,
    /// The connection was lost while the act was being committed: look before doing it again.
    Unknown,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Another row already stands where this one would: read again and decide again. `on` names the columns
    /// (`visits.chair_id, visits.starts_at`) or the rule; only for logs.
    #[error("conflict on {on}")]
    Conflict { on: String },
    /// The act crossed another one, or waited too long for it. Nothing was kept: do it again soon.
    #[error("busy: {why}")]
    Busy { why: String },
    /// The database cannot be reached or reading and writing failed. Do it again later, after a look at the outcome.
    #[error("unavailable ({outcome:?}): {why}")]
    Unavailable { outcome: Outcome, why: String },
    /// No room left on the disk: a person must act. Nothing was kept.
    #[error("the disk of the database is full")]
    Full,
    /// A stored row does not fit what the program knows of it: a person must look at this row.
    #[error("table {table}, column {column}, id {id}: {problem}")]
    Row { table: String, column: String, id: String, problem: String },
    /// The database is not one that this program may work on; it stays closed.
    #[error("{0}")]
    Schema(String),
    /// A fault of the program. Nothing was kept; doing it again would not help.
    #[error("a fault in the program: {0}")]
    Bug(String),
}

impl StoreError {
    pub(super) fn not_done(why: impl Into<String>) -> Self {
        Self::Unavailable { outcome: Outcome::NotDone, why: why.into() }
    }

    /// The answer to a commit did not come.
    pub(super) fn unknown(why: impl Into<String>) -> Self {
        Self::Unavailable { outcome: Outcome::Unknown, why: why.into() }
    }

    pub(super) fn closed() -> Self {
        Self::not_done("the store is closed")
    }

    /// Whether the same act may simply be done again: nothing of it was kept, and the cause passes by itself.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Busy { .. } | Self::Unavailable { outcome: Outcome::NotDone, .. } => true,
            Self::Unavailable { outcome: Outcome::Unknown, .. }
            | Self::Conflict { .. }
            | Self::Full
            | Self::Row { .. }
            | Self::Schema(_)
            | Self::Bug(_) => false,
        }
    }
}

/// The first table that a statement names: the one that it writes to.
pub(super) fn table_of(sql: &str) -> &str {
    tables_of(sql).next().unwrap_or("?")
}

/// Every table that a statement names.
pub(super) fn tables_of(sql: &str) -> impl Iterator<Item = &str> {
    let words = sql.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').filter(|word| !word.is_empty());
    let mut opens_a_table = false;
    words.filter(move |word| {
        let is_table = opens_a_table && *word != "SELECT";
        opens_a_table = ["FROM", "INTO", "UPDATE", "TABLE", "JOIN"].contains(word);
        is_table
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_table_of_a_statement_is_found() {
        for (sql, table) in [
            ("SELECT id FROM visits WHERE id = $1", "visits"),
            ("INSERT INTO patients (id) VALUES ($1)", "patients"),
            ("UPDATE jobs SET state = 'done'\nWHERE id IN (SELECT id FROM runs)", "jobs"),
            ("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM (SELECT id FROM visits) AS some", "visits"),
            ("SELECT 1", "?"),
        ] {
            assert_eq!(table_of(sql), table, "{sql}");
        }
    }

    #[test]
    fn every_table_that_a_statement_reads_is_found() {
        let joined = "SELECT runs.id FROM runs JOIN run_visits ON run_visits.run_id = runs.id WHERE visit_id IN (SELECT id FROM visits)";
        assert_eq!(tables_of(joined).collect::<Vec<_>>(), ["runs", "run_visits", "visits"]);
    }
}
