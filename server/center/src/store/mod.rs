//! SQL: one text per query for both databases.
//!
//! [`Db`] opens a database, [`Conn`] runs statements on it, [`Tx`] is a unit of work: nothing of
//! it is kept unless [`Tx::commit`] is called. Placeholders are `$1`, `$2`, … on both.

mod conn;
mod db;
#[cfg(debug_assertions)]
pub mod faults;
mod row;
mod sql;
mod value;

pub use conn::{Conn, Tx};
pub use db::{Backend, Db, MIGRATIONS_POSTGRES, MIGRATIONS_SQLITE};
pub use row::{FromColumn, Row};
pub(crate) use sql::ROWS_OF_STATEMENT;
pub use sql::{Sql, like_anywhere, like_prefix};
pub use value::Value;
pub(crate) use value::args;

use thiserror::Error;

/// Why a statement did not give what was asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The database refused or is not reachable.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// The migrations could not be applied, or the schema is newer than this program.
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A stored value is not of the type that the code expects.
    #[error("column {0} holds an unexpected value")]
    Column(String),
    /// A row that has to be there is missing.
    #[error("expected exactly one row")]
    Missing,
    /// The address of the database is not understood, or another process holds it.
    #[error("{0}")]
    Open(String),
}

impl StoreError {
    /// Whether the database is out of reach or too busy, so that the same may work later: no
    /// connection, no room, a time limit, a lock that somebody else holds.
    pub fn is_unavailable(&self) -> bool {
        use sqlx::Error;
        match self {
            Self::Database(Error::Database(e)) => e.code().is_some_and(|code| passes(&code)),
            Self::Database(
                Error::PoolTimedOut | Error::PoolClosed | Error::WorkerCrashed | Error::Io(_) | Error::Tls(_),
            ) => true,
            _ => false,
        }
    }

    /// Whether a UNIQUE constraint refused the write.
    pub fn is_unique_violation(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(e)) if e.is_unique_violation())
    }
}

/// Whether an error of this code passes. Those of Postgres have five characters; those of SQLite
/// are numbers whose last eight bits say what kind it is.
fn passes(code: &str) -> bool {
    if code.len() == 5 {
        return match code.get(..2).unwrap_or_default() {
            // No connection; not enough room, memory or connections; going down or coming up.
            "08" | "53" | "57" => true,
            // A time limit while idle; a replica that takes no writes; no place in the order of
            // transactions, or two that wait for each other; a lock that was not to be had in time.
            _ => matches!(code, "25P03" | "25006" | "40001" | "40P01" | "55P03"),
        };
    }
    // Busy, locked, read-only, input or output failed, full, can't be opened.
    code.parse::<u32>().is_ok_and(|number| matches!(number & 0xff, 5 | 6 | 8 | 10 | 13 | 14))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_is_told_from_faults() {
        for code in ["57014", "55P03", "40P01", "40001", "53300", "08006", "57P01", "5", "517", "13", "1546"]
        {
            assert!(passes(code), "{code}");
        }
        for code in ["23505", "42601", "22P02", "P0001", "1", "19", "2067", "", "ü1234"] {
            assert!(!passes(code), "{code}");
        }
        assert!(StoreError::from(sqlx::Error::PoolTimedOut).is_unavailable());
        assert!(!StoreError::from(sqlx::Error::RowNotFound).is_unavailable());
        assert!(!StoreError::Missing.is_unavailable());
    }
}
