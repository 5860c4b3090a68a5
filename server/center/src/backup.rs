//! A copy of the embedded database while the portal runs, and the way back.

use std::fs;
use std::path::{Path, PathBuf};

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Row};
use thiserror::Error;

use crate::store::{Db, MIGRATIONS_SQLITE, StoreError, args};

/// Why there is no copy, or no way back.
#[derive(Debug, Error)]
pub enum BackupError {
    /// Only the embedded database is copied here; Postgres has its own tools.
    #[error(
        "only the embedded database is copied by this command; use the tools of PostgreSQL (pg_dump, pg_restore)"
    )]
    NotEmbedded,
    /// The copy is there already: nothing is ever overwritten.
    #[error("{0} exists; choose another name")]
    Exists(PathBuf),
    /// The file is damaged or no database of the portal.
    #[error("{file} can't be used: {why}")]
    Unusable {
        /// Which file
        file: PathBuf,
        /// What is wrong with it
        why: String,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file system failed.
    #[error("{0}")]
    File(#[from] std::io::Error),
}

impl From<sqlx::Error> for BackupError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

fn embedded(url: &str) -> Result<&Path, BackupError> {
    let path = url.strip_prefix("sqlite:").ok_or(BackupError::NotEmbedded)?;
    Ok(Path::new(path.strip_prefix("//").unwrap_or(path)))
}

/// Copies the database into a new file, also while the portal runs. What was acknowledged before
/// it began is in the copy. The copy is checked before it gets its name.
///
/// # Errors
/// [`BackupError`]; then there is no file of that name.
pub async fn backup(url: &str, to: &Path) -> Result<(), BackupError> {
    let from = embedded(url)?;
    if to.exists() {
        return Err(BackupError::Exists(to.to_owned()));
    }
    let unfinished = to.with_added_extension("unfinished");
    if unfinished.exists() {
        fs::remove_file(&unfinished)?;
    }
    let mut source = SqliteConnectOptions::new().filename(from).connect().await?;
    sqlx::query("VACUUM INTO $1")
        .bind(unfinished.to_string_lossy().into_owned())
        .execute(&mut source)
        .await?;
    source.close().await?;
    check(&unfinished).await?;
    fs::File::open(&unfinished)?.sync_all()?;
    fs::rename(&unfinished, to)?;
    Ok(())
}

/// Puts a copy in the database's place; the portal must not run. The database that was there
/// stays beside it under the name `….before-restore`. All sessions end, and mails that waited are
/// given up, so that nothing is sent twice.
///
/// # Errors
/// [`BackupError`]; then the database is as it was.
pub async fn restore(url: &str, from: &Path) -> Result<(), BackupError> {
    let to = embedded(url)?;
    check(from).await?;
    let arriving = to.with_added_extension("arriving");
    if let Some(folder) = to.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    fs::copy(from, &arriving)?;
    fs::File::open(&arriving)?.sync_all()?;
    // Opening it takes the lock, which proves that no portal runs, and folds the log into the file.
    if to.exists() {
        Db::open(url).await?.close().await;
        for log in ["-wal", "-shm"] {
            let mut name = to.as_os_str().to_owned();
            name.push(log);
            if Path::new(&name).exists() {
                fs::remove_file(&name)?;
            }
        }
        fs::rename(to, to.with_added_extension("before-restore"))?;
    }
    fs::rename(&arriving, to)?;
    let db = Db::open(url).await?;
    db.migrate().await?;
    let mut tx = db.write().await?;
    tx.execute("DELETE FROM sessions", args![]).await?;
    tx.execute("DELETE FROM staff_sessions", args![]).await?;
    tx.execute("DELETE FROM pending_sign_ins", args![]).await?;
    tx.execute(
        "UPDATE outbox SET state = 'dead', reason = 'waited when the database was restored' WHERE state = 'pending'",
        args![],
    )
    .await?;
    tx.commit().await?;
    db.close().await;
    Ok(())
}

/// Whether the file is a whole database of the portal that this program can read.
async fn check(file: &Path) -> Result<(), BackupError> {
    let unusable = |why: String| BackupError::Unusable { file: file.to_owned(), why };
    if !file.is_file() {
        return Err(unusable("there is no such file".to_owned()));
    }
    let options = SqliteConnectOptions::new().filename(file).read_only(true);
    let mut conn = options.connect().await.map_err(|e| unusable(e.to_string()))?;
    let said: String = one(&mut conn, "PRAGMA integrity_check").await.map_err(|e| unusable(e.to_string()))?;
    if said != "ok" {
        return Err(unusable(said));
    }
    let version: i64 = one(&mut conn, "SELECT max(version) FROM _sqlx_migrations")
        .await
        .map_err(|_| unusable("it is no database of the portal".to_owned()))?;
    let known = MIGRATIONS_SQLITE.iter().map(|step| step.version).max().unwrap_or_default();
    if version > known {
        return Err(unusable("it comes from a newer version of the portal".to_owned()));
    }
    Ok(conn.close().await?)
}

async fn one<T>(conn: &mut SqliteConnection, sql: &'static str) -> Result<T, sqlx::Error>
where
    T: for<'r> sqlx::Decode<'r, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite>,
{
    sqlx::query(AssertSqlSafe(sql)).fetch_one(conn).await?.try_get(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn seeded(url: &str) -> Db {
        let db = Db::open(url).await.unwrap();
        db.migrate().await.unwrap();
        let mut tx = db.write().await.unwrap();
        let customer = "INSERT INTO erp_customers (customer_key, customer_number, name, currency, language, customer_center)
             VALUES ('1', '1', 'One', 'EUR', 'en', TRUE)";
        tx.execute(customer, args![]).await.unwrap();
        tx.execute(
            "INSERT INTO outbox (id, kind, recipient, locale, data, state, not_before, created_at)
             VALUES (zeroblob(16), 'password_reset', 'a@b.example', 'en', '{}', 'pending', 0, 0)",
            args![],
        )
        .await
        .unwrap();
        for session in [
            "INSERT INTO users (id, email, salutation, name, locale, created_at)
             VALUES (zeroblob(16), 'a@b.example', 'none', 'A', 'en', 0)",
            "INSERT INTO sessions (id, token_hash, user_id, created_at, last_seen_at, ends_at, password_checked_at, address, device)
             VALUES (zeroblob(16), zeroblob(32), zeroblob(16), 0, 0, 9, 0, '', '')",
            "INSERT INTO staff (id, email, name, role, created_at)
             VALUES (zeroblob(16), 's@b.example', 'S', 'editor', 0)",
            "INSERT INTO staff_sessions (id, token_hash, staff_id, created_at, last_seen_at, ends_at, password_checked_at, address, device)
             VALUES (zeroblob(16), zeroblob(32), zeroblob(16), 0, 0, 9, 0, '', '')",
        ] {
            tx.execute(session, args![]).await.unwrap();
        }
        tx.commit().await.unwrap();
        db
    }

    #[tokio::test]
    async fn a_copy_of_a_running_database_comes_back_without_sessions_and_waiting_mails() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("a.sqlite").display());
        let copy = folder.path().join("copy.sqlite");
        let db = seeded(&url).await;
        backup(&url, &copy).await.unwrap();
        assert!(matches!(backup(&url, &copy).await, Err(BackupError::Exists(_))));
        assert!(
            matches!(restore(&url, &copy).await, Err(BackupError::Store(StoreError::Open(_)))),
            "the portal runs"
        );
        let mut tx = db.write().await.unwrap();
        tx.execute("DELETE FROM erp_customers", args![]).await.unwrap();
        tx.commit().await.unwrap();
        db.close().await;
        drop(db);
        restore(&url, &copy).await.unwrap();
        let mut conn = Db::open(&url).await.unwrap().read().await.unwrap();
        assert_eq!(conn.value::<i64>("SELECT count(*) AS n FROM erp_customers", args![]).await.unwrap(), 1);
        for gone in [
            "SELECT count(*) AS n FROM outbox WHERE state = 'pending'",
            "SELECT count(*) AS n FROM sessions",
            "SELECT count(*) AS n FROM staff_sessions",
        ] {
            assert_eq!(conn.value::<i64>(gone, args![]).await.unwrap(), 0, "{gone}");
        }
    }

    #[tokio::test]
    async fn other_files_are_refused_and_nothing_changes() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("a.sqlite").display());
        seeded(&url).await.close().await;
        let rubbish = folder.path().join("rubbish");
        fs::write(&rubbish, "not a database").unwrap();
        assert!(matches!(restore(&url, &rubbish).await, Err(BackupError::Unusable { .. })));
        assert!(matches!(
            restore(&url, &folder.path().join("none")).await,
            Err(BackupError::Unusable { .. })
        ));
        assert!(matches!(backup("postgres://x/y", &rubbish).await, Err(BackupError::NotEmbedded)));
        let mut conn = Db::open(&url).await.unwrap().read().await.unwrap();
        assert_eq!(conn.value::<i64>("SELECT count(*) AS n FROM erp_customers", args![]).await.unwrap(), 1);
    }
}
