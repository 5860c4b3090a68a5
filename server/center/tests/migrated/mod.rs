//! Fresh databases for tests. The migrations run once; what they leave is copied for each test.
#![allow(dead_code, reason = "each test file is its own program and uses a part of this")]

use std::path::Path;

use center::store::Db;
use center::{SystemEntropy, Token};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::sync::OnceCell;

const FILE: &str = "portal.sqlite";

/// The address of a fresh SQLite database in this folder.
pub async fn sqlite(folder: &Path) -> String {
    static MIGRATED: OnceCell<Vec<u8>> = OnceCell::const_new();
    let migrate = || async {
        let folder = tempfile::tempdir().unwrap();
        migrate(&address(folder.path())).await;
        std::fs::read(folder.path().join(FILE)).unwrap()
    };
    std::fs::write(folder.join(FILE), MIGRATED.get_or_init(migrate).await).unwrap();
    address(folder)
}

fn address(folder: &Path) -> String {
    format!("sqlite:{}", folder.join(FILE).display())
}

async fn migrate(url: &str) {
    let db = Db::open(url).await.unwrap();
    db.migrate().await.unwrap();
    db.close().await;
}

/// A fresh database of the throw-away server that `CC_TEST_POSTGRES_URL` names.
pub struct OnServer {
    pub url: String,
    name: String,
    server: String,
}

impl OnServer {
    /// None when no server is named.
    pub async fn new() -> Option<Self> {
        static MIGRATED: OnceCell<OnServer> = OnceCell::const_new();
        let server = std::env::var("CC_TEST_POSTGRES_URL").ok()?;
        let migrate = || async {
            let migrated = Self::copy(&server, "template1").await;
            migrate(&migrated.url).await;
            migrated
        };
        Some(Self::copy(&server, &MIGRATED.get_or_init(migrate).await.name).await)
    }

    async fn copy(server: &str, template: &str) -> Self {
        let name = format!("test_{}", Token::new(&SystemEntropy).text().split_at(20).0);
        execute(server, format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        let (base, settings) = server.split_once('?').unwrap_or((server, ""));
        let (base, _) = base.rsplit_once('/').unwrap();
        Self { url: format!("{base}/{name}?{settings}"), name, server: server.to_owned() }
    }

    /// Removes it.
    pub async fn discard(self) {
        execute(&self.server, format!("DROP DATABASE {} WITH (FORCE)", self.name)).await;
    }
}

async fn execute(server: &str, sql: String) {
    let mut connection = PgConnection::connect(server).await.unwrap();
    sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}
