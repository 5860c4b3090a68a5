//! SQL: one text per query for both databases.
//!
//! [`Db`] opens a database, [`Conn`] runs statements on it, [`Tx`] is a unit of work: nothing of
//! it is kept unless [`Tx::commit`] is called. Placeholders are `$1`, `$2`, … on both.

mod conn;
mod db;
mod row;
mod sql;
mod value;

pub use conn::{Conn, Tx};
pub use db::{Backend, Db, MIGRATIONS_POSTGRES, MIGRATIONS_SQLITE};
pub use row::{FromColumn, Row};
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
    /// Whether a UNIQUE constraint refused the write.
    pub fn is_unique_violation(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(e)) if e.is_unique_violation())
    }
}
