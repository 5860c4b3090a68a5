use std::ops::{Deref, DerefMut};

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgArguments, Postgres};
use sqlx::query::Query;
use sqlx::sqlite::{Sqlite, SqliteArguments};
use sqlx::{SqlSafeStr, SqlStr, Transaction};

#[cfg(debug_assertions)]
use super::faults;
use super::{FromColumn, Row, StoreError, Value};

/// Where statements run.
pub struct Conn(pub(super) Link);

pub(super) enum Link {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
    SqliteTx(Transaction<'static, Sqlite>),
    PostgresTx(Transaction<'static, Postgres>),
}

fn sqlite<'q>(sql: SqlStr, args: Vec<Value>) -> Query<'q, Sqlite, SqliteArguments> {
    args.into_iter().fold(sqlx::query(sql), |query, value| match value {
        Value::Text(v) => query.bind(v),
        Value::Int(v) => query.bind(v),
        Value::Bool(v) => query.bind(v),
        Value::Id(v) => query.bind(v),
        Value::Bytes(v) => query.bind(v),
    })
}

fn postgres<'q>(sql: SqlStr, args: Vec<Value>) -> Query<'q, Postgres, PgArguments> {
    args.into_iter().fold(sqlx::query(sql), |query, value| match value {
        Value::Text(v) => query.bind(v),
        Value::Int(v) => query.bind(v),
        Value::Bool(v) => query.bind(v),
        Value::Id(v) => query.bind(v),
        Value::Bytes(v) => query.bind(v),
    })
}

impl Conn {
    /// Runs a statement; answers how many rows it touched.
    ///
    /// # Errors
    /// [`StoreError::Database`]
    pub async fn execute(&mut self, sql: impl SqlSafeStr, args: Vec<Value>) -> Result<u64, StoreError> {
        #[cfg(debug_assertions)]
        faults::used()?;
        let sql = sql.into_sql_str();
        Ok(match &mut self.0 {
            Link::Sqlite(c) => sqlite(sql, args).execute(&mut **c).await?.rows_affected(),
            Link::SqliteTx(c) => sqlite(sql, args).execute(&mut **c).await?.rows_affected(),
            Link::Postgres(c) => postgres(sql, args).execute(&mut **c).await?.rows_affected(),
            Link::PostgresTx(c) => postgres(sql, args).execute(&mut **c).await?.rows_affected(),
        })
    }

    /// All rows of the answer.
    ///
    /// # Errors
    /// [`StoreError::Database`]
    pub async fn all(&mut self, sql: impl SqlSafeStr, args: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        #[cfg(debug_assertions)]
        faults::used()?;
        let sql = sql.into_sql_str();
        Ok(match &mut self.0 {
            Link::Sqlite(c) => wrap(sqlite(sql, args).fetch_all(&mut **c).await?, Row::Sqlite),
            Link::SqliteTx(c) => wrap(sqlite(sql, args).fetch_all(&mut **c).await?, Row::Sqlite),
            Link::Postgres(c) => wrap(postgres(sql, args).fetch_all(&mut **c).await?, Row::Postgres),
            Link::PostgresTx(c) => wrap(postgres(sql, args).fetch_all(&mut **c).await?, Row::Postgres),
        })
    }

    /// The first row of the answer, if there is one.
    ///
    /// # Errors
    /// [`StoreError::Database`]
    pub async fn optional(
        &mut self,
        sql: impl SqlSafeStr,
        args: Vec<Value>,
    ) -> Result<Option<Row>, StoreError> {
        #[cfg(debug_assertions)]
        faults::used()?;
        let sql = sql.into_sql_str();
        Ok(match &mut self.0 {
            Link::Sqlite(c) => sqlite(sql, args).fetch_optional(&mut **c).await?.map(Row::Sqlite),
            Link::SqliteTx(c) => sqlite(sql, args).fetch_optional(&mut **c).await?.map(Row::Sqlite),
            Link::Postgres(c) => postgres(sql, args).fetch_optional(&mut **c).await?.map(Row::Postgres),
            Link::PostgresTx(c) => postgres(sql, args).fetch_optional(&mut **c).await?.map(Row::Postgres),
        })
    }

    /// The one row that has to be there.
    ///
    /// # Errors
    /// [`StoreError::Database`], or [`StoreError::Missing`] when there is none.
    pub async fn one(&mut self, sql: impl SqlSafeStr, args: Vec<Value>) -> Result<Row, StoreError> {
        self.optional(sql, args).await?.ok_or(StoreError::Missing)
    }

    /// The column `n` of the one row, for counts.
    ///
    /// # Errors
    /// As [`Conn::one`].
    pub async fn value<T: FromColumn>(
        &mut self,
        sql: impl SqlSafeStr,
        args: Vec<Value>,
    ) -> Result<T, StoreError> {
        self.one(sql, args).await?.get("n")
    }
}

fn wrap<R>(rows: Vec<R>, variant: fn(R) -> Row) -> Vec<Row> {
    rows.into_iter().map(variant).collect()
}

/// A unit of work. Dropped without [`Tx::commit`] it leaves no trace.
pub struct Tx(pub(super) Conn);

impl Tx {
    /// Keeps everything that was written.
    ///
    /// # Errors
    /// [`StoreError::Database`]; then nothing was kept, or, when the connection broke
    /// during the commit, it is unknown.
    pub async fn commit(self) -> Result<(), StoreError> {
        #[cfg(debug_assertions)]
        faults::used()?;
        match self.0.0 {
            Link::SqliteTx(tx) => tx.commit().await?,
            Link::PostgresTx(tx) => tx.commit().await?,
            Link::Sqlite(_) | Link::Postgres(_) => {}
        }
        #[cfg(debug_assertions)]
        faults::committed()?;
        Ok(())
    }
}

impl Deref for Tx {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.0
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.0
    }
}
