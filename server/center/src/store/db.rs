use std::fs::{File, TryLockError};
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use super::conn::Link;
#[cfg(debug_assertions)]
use super::faults;
use super::{Conn, StoreError, Tx};

/// The steps that bring a SQLite database to this program's schema.
pub static MIGRATIONS_SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
/// The steps that bring a Postgres database to this program's schema.
pub static MIGRATIONS_POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

/// Which of the two databases is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// The embedded default: one process, one file.
    Sqlite,
    /// For several app nodes.
    Postgres,
}

/// An open database. Clones share its pools.
#[derive(Clone)]
pub struct Db(Pools);

#[derive(Clone)]
enum Pools {
    Sqlite {
        // SQLite has one writer at a time; a pool of one makes writers queue here, in order.
        writer: SqlitePool,
        readers: SqlitePool,
        _lock: Arc<File>,
    },
    Postgres(PgPool),
}

impl Db {
    /// Opens `sqlite:FILE` (made when missing) or `postgres://…`.
    ///
    /// # Errors
    /// [`StoreError::Open`] when the address is not understood or another process has the
    /// SQLite file open, [`StoreError::Database`] when the database is not reachable.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            Self::open_sqlite(Path::new(path.strip_prefix("//").unwrap_or(path))).await
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Self::open_postgres(url).await
        } else {
            Err(StoreError::Open("the database address has to begin with sqlite: or postgres:".to_owned()))
        }
    }

    async fn open_sqlite(path: &Path) -> Result<Self, StoreError> {
        let failed = |e: std::io::Error| StoreError::Open(format!("cannot open {}: {e}", path.display()));
        if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        let lock_path = path.with_added_extension("lock");
        let lock = File::create(&lock_path).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let text = format!(
                    "{} is open in another process; stop it first, or use Postgres for several",
                    path.display()
                );
                return Err(StoreError::Open(text));
            }
            Err(TryLockError::Error(e)) => return Err(failed(e)),
        }
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // NORMAL could lose acknowledged writes when the power fails.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .pragma("trusted_schema", "OFF")
            .pragma("cell_size_check", "ON")
            .pragma("mmap_size", "1073741824")
            .statement_cache_capacity(256);
        let writer = SqlitePoolOptions::new()
            .min_connections(1)
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(5))
            .test_before_acquire(false)
            .connect_with(options.clone())
            .await?;
        let readers = SqlitePoolOptions::new()
            .min_connections(1)
            .max_connections(4)
            .acquire_timeout(Duration::from_secs(2))
            .test_before_acquire(false)
            .connect_with(options.pragma("query_only", "ON"))
            .await?;
        let db = Self(Pools::Sqlite { writer, readers, _lock: Arc::new(lock) });
        db.read_back_pragmas().await?;
        Ok(db)
    }

    /// A pragma that did not take would lose data silently, so each is read back.
    async fn read_back_pragmas(&self) -> Result<(), StoreError> {
        let mut conn = self.read().await?;
        for (sql, expected) in [
            ("SELECT CAST(journal_mode AS TEXT) AS n FROM pragma_journal_mode", "wal"),
            ("SELECT CAST(synchronous AS TEXT) AS n FROM pragma_synchronous", "2"),
            ("SELECT CAST(foreign_keys AS TEXT) AS n FROM pragma_foreign_keys", "1"),
            ("SELECT CAST(query_only AS TEXT) AS n FROM pragma_query_only", "1"),
        ] {
            let found: String = conn.value(sql, Vec::new()).await?;
            if found != expected {
                return Err(StoreError::Open(format!(
                    "SQLite refused a setting: {sql} gave {found}, not {expected}"
                )));
            }
        }
        Ok(())
    }

    async fn open_postgres(url: &str) -> Result<Self, StoreError> {
        let options = PgConnectOptions::from_str(url)?.application_name("customer-center").options([
            ("statement_timeout", "5s"),
            ("lock_timeout", "2s"),
            ("idle_in_transaction_session_timeout", "10s"),
        ]);
        let pool = PgPoolOptions::new()
            .max_connections(12)
            .acquire_timeout(Duration::from_secs(2))
            .connect_with(options)
            .await?;
        Ok(Self(Pools::Postgres(pool)))
    }

    /// Which of the two databases this is.
    pub const fn backend(&self) -> Backend {
        match self.0 {
            Pools::Sqlite { .. } => Backend::Sqlite,
            Pools::Postgres(_) => Backend::Postgres,
        }
    }

    /// Brings the schema to this program's version.
    ///
    /// # Errors
    /// [`StoreError::Migration`] when a step fails or the schema is newer than this program.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        match &self.0 {
            Pools::Sqlite { writer, .. } => MIGRATIONS_SQLITE.run(writer).await?,
            Pools::Postgres(pool) => MIGRATIONS_POSTGRES.run(pool).await?,
        }
        Ok(())
    }

    /// A connection for reading.
    ///
    /// # Errors
    /// [`StoreError::Database`] when none is free within two seconds.
    pub async fn read(&self) -> Result<Conn, StoreError> {
        #[cfg(debug_assertions)]
        faults::used()?;
        Ok(Conn(match &self.0 {
            Pools::Sqlite { readers, .. } => Link::Sqlite(readers.acquire().await?),
            Pools::Postgres(pool) => Link::Postgres(pool.acquire().await?),
        }))
    }

    /// Begins a unit of work.
    ///
    /// # Errors
    /// [`StoreError::Database`] when no connection is free in time.
    pub async fn write(&self) -> Result<Tx, StoreError> {
        #[cfg(debug_assertions)]
        faults::used()?;
        Ok(Tx(Conn(match &self.0 {
            // IMMEDIATE: a transaction that starts reading and then writes would get BUSY at once.
            Pools::Sqlite { writer, .. } => Link::SqliteTx(writer.begin_with("BEGIN IMMEDIATE").await?),
            Pools::Postgres(pool) => Link::PostgresTx(pool.begin().await?),
        })))
    }

    /// Whether the database takes writes and has the schema of this program.
    ///
    /// # Errors
    /// [`StoreError`] saying why not.
    pub async fn probe(&self) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        tx.execute("UPDATE audit_head SET seq = seq WHERE id = 1", Vec::new()).await?;
        tx.commit().await
    }

    /// Closes all connections.
    pub async fn close(&self) {
        match &self.0 {
            Pools::Sqlite { writer, readers, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}
