use std::path::{Path, PathBuf};
use std::time::Duration;

use center::store::{Backend, Db, MIGRATIONS_POSTGRES, MIGRATIONS_SQLITE, StoreError};
use center::{Clock, SystemClock};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::finding::Finding;
use crate::config::{Config, ErpChoice, Sources};

/// How long anything asked over the network may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// Free space below which there is a note, and below which writing will soon fail.
const LITTLE_SPACE: u64 = 2_000_000_000;
const NO_SPACE: u64 = 200_000_000;
/// Difference of two clocks that is of no importance, in µs.
const CLOCKS_AGREE: i64 = 5_000_000;
/// 2026-01-01: no clock that is right shows an earlier moment.
const EARLIEST: i64 = 1_767_225_600_000_000;

pub(super) fn settings(config: &Config, sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    match config.public() {
        Ok(url) if url.is_https() => {
            findings.push(Finding::good("settings", format!("people reach the portal at {url}")))
        }
        Ok(url) => findings.push(Finding::note(
            "settings",
            format!("{url} serves this computer only"),
            "set CC_PUBLIC_URL to an https address before others use it",
        )),
        Err(error) => {
            for problem in error.0 {
                findings.push(Finding::bad("settings", problem.setting, problem.text));
            }
        }
    }
    if let Err(error) = config.secret_key() {
        for problem in error.0 {
            findings.push(Finding::bad("settings", problem.setting, problem.text));
        }
    }
    for variable in sources.unknown_variables() {
        findings.push(Finding::note(
            "settings",
            format!("{variable} is no setting and has no effect"),
            "customer-center config --explain lists them all",
        ));
    }
    if config.shop_contact.is_empty() {
        findings.push(Finding::note(
            "settings",
            "customers don't learn how to reach the shop",
            "set CC_SHOP_CONTACT",
        ));
    }
    if !config.activation_confirm_email {
        findings.push(Finding::note(
            "settings",
            "whoever holds an invoice can activate the account of its company",
            "set CC_ACTIVATION_CONFIRM_EMAIL=true",
        ));
    }
    findings
}

pub(super) async fn database(config: &Config) -> Vec<Finding> {
    let url = config.database_url.reveal();
    if let Some(path) = sqlite_path(url)
        && !path.exists()
    {
        let text = format!("{} is not there yet; the first start makes it", path.display());
        return vec![Finding::good("database", text)];
    }
    let db = match timeout(PATIENCE, Db::open(url)).await {
        Ok(Ok(db)) => db,
        // The lock of a portal that runs is how it should be.
        Ok(Err(StoreError::Open(text))) => {
            return vec![Finding::note(
                "database",
                text,
                "what follows can be checked only while the portal is stopped",
            )];
        }
        Ok(Err(error)) => {
            let fix = "check CC_DATABASE_URL, the database's own log, and that this computer may connect";
            return vec![Finding::bad("database", error.to_string(), fix)];
        }
        Err(_) => {
            return vec![Finding::bad(
                "database",
                "does not answer",
                "check CC_DATABASE_URL and the network between",
            )];
        }
    };
    let findings = look(config, &db).await.unwrap_or_else(|error| {
        vec![Finding::bad("database", error.to_string(), "check that the user may read and write all tables")]
    });
    db.close().await;
    findings
}

async fn look(config: &Config, db: &Db) -> Result<Vec<Finding>, StoreError> {
    let mut conn = db.read().await?;
    let mut findings = Vec::new();
    let (known, described) = match db.backend() {
        Backend::Sqlite => {
            let version: String = conn.value("SELECT sqlite_version() AS n", Vec::new()).await?;
            let journal: String =
                conn.value("SELECT journal_mode AS n FROM pragma_journal_mode", Vec::new()).await?;
            // What a connection sets was read back when it was opened.
            let text = format!("SQLite {version}: journal {journal}, synchronous full, foreign keys on");
            (MIGRATIONS_SQLITE.iter().map(|m| m.version).max(), text)
        }
        Backend::Postgres => {
            let version: String =
                conn.value("SELECT current_setting('server_version') AS n", Vec::new()).await?;
            (MIGRATIONS_POSTGRES.iter().map(|m| m.version).max(), format!("PostgreSQL {version}"))
        }
    };
    findings.push(Finding::good("database", described));
    if db.backend() == Backend::Postgres && !config.database_url.reveal().contains("sslmode=verify-full") {
        findings.push(Finding::note(
            "database",
            "the connection does not prove that it speaks to the right server",
            "add ?sslmode=verify-full to CC_DATABASE_URL, unless the database is on this computer",
        ));
    }
    let tables = match db.backend() {
        Backend::Sqlite => "SELECT count(*) AS n FROM sqlite_schema WHERE name = '_sqlx_migrations'",
        Backend::Postgres => {
            "SELECT count(*) AS n FROM information_schema.tables WHERE table_name = '_sqlx_migrations'"
        }
    };
    let known = known.unwrap_or_default();
    if conn.value::<i64>(tables, Vec::new()).await? == 0 {
        findings.push(Finding::note(
            "schema",
            "the database is empty",
            "customer-center migrate, or the first start, fills it",
        ));
        return Ok(findings);
    }
    let applied: i64 = conn
        .value("SELECT coalesce(max(version), 0) AS n FROM _sqlx_migrations WHERE success", Vec::new())
        .await?;
    findings.push(match applied.cmp(&known) {
        std::cmp::Ordering::Equal => {
            Finding::good("schema", format!("version {applied}, as this program knows it"))
        }
        std::cmp::Ordering::Less => Finding::note(
            "schema",
            format!("version {applied}; this program knows {known}"),
            "customer-center migrate, or the next start, brings it up to date",
        ),
        std::cmp::Ordering::Greater => Finding::bad(
            "schema",
            format!("version {applied}; this program knows only {known}"),
            "use the version of the program that the database belongs to",
        ),
    });
    if applied != known {
        return Ok(findings);
    }
    db.probe().await?;
    findings.push(Finding::good("database", "takes writes"));
    findings.push(clock(db.backend(), &mut conn).await?);
    if config.erp == ErpChoice::Embedded {
        let customers: i64 = conn.value("SELECT count(*) AS n FROM erp_customers", Vec::new()).await?;
        findings.push(if customers == 0 {
            Finding::note(
                "erp",
                "the embedded ERP has no customers: nobody can activate",
                "customer-center import FOLDER fills it",
            )
        } else {
            Finding::good("erp", format!("the embedded ERP has {customers} customers"))
        });
    }
    Ok(findings)
}

async fn clock(backend: Backend, conn: &mut center::store::Conn) -> Result<Finding, StoreError> {
    let fix = "set the clock of this computer by the network (NTP)";
    let now = SystemClock.now();
    if now < EARLIEST {
        return Ok(Finding::bad("clock", "is years behind", fix));
    }
    let latest: Option<i64> = conn.value("SELECT max(at) AS n FROM audit", Vec::new()).await?;
    if latest.is_some_and(|latest| latest > now + CLOCKS_AGREE) {
        return Ok(Finding::bad("clock", "is behind what the audit trail has seen already", fix));
    }
    if backend == Backend::Postgres {
        let sql = "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT) AS n";
        let theirs: i64 = conn.value(sql, Vec::new()).await?;
        let seconds = (theirs - now).abs() / 1_000_000;
        if seconds > CLOCKS_AGREE / 1_000_000 {
            return Ok(Finding::note("clock", format!("differs from the database's by {seconds} s"), fix));
        }
    }
    Ok(Finding::good("clock", "agrees with what is stored"))
}

/// Asks the portal itself, if it runs.
pub(super) async fn running(config: &Config) -> Finding {
    let ask = async {
        let mut stream = TcpStream::connect(config.listen).await.ok()?;
        let request = "GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        stream.write_all(request.as_bytes()).await.ok()?;
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).await.ok()?;
        Some(answer)
    };
    match timeout(PATIENCE, ask).await {
        Ok(Some(answer)) if answer.ends_with(b" 204") => {
            Finding::good("portal", format!("runs on {} and is ready", config.listen))
        }
        Ok(Some(answer)) if answer.ends_with(b" 503") => Finding::bad(
            "portal",
            format!("runs on {} but is not ready", config.listen),
            "its log says why, in the lines with event sys_database",
        ),
        Ok(Some(_)) => Finding::bad(
            "portal",
            format!("another program answers on {}", config.listen),
            "set CC_LISTEN to a free address, or stop that program",
        ),
        Ok(None) | Err(_) => Finding::note(
            "portal",
            format!("does not run on {}", config.listen),
            "customer-center serve starts it",
        ),
    }
}

pub(super) async fn mail(config: &Config) -> Finding {
    let Some(url) = &config.smtp_url else {
        let folder = config.mail_dir.display();
        return Finding::note(
            "mail",
            format!("no mail leaves: all are kept in {folder}"),
            "set CC_SMTP_URL and CC_MAIL_FROM",
        );
    };
    let Some((host, port)) = server(url.reveal()) else {
        return Finding::bad("mail", "the address of the mail server has no host", "correct CC_SMTP_URL");
    };
    let connect = timeout(PATIENCE, TcpStream::connect((host, port)));
    match connect.await {
        Ok(Ok(_)) => Finding::good("mail", format!("{host}:{port} can be reached")),
        Ok(Err(error)) => Finding::bad(
            "mail",
            format!("{host}:{port} can't be reached: {error}"),
            "check CC_SMTP_URL and the firewall",
        ),
        Err(_) => Finding::bad(
            "mail",
            format!("{host}:{port} does not answer"),
            "check CC_SMTP_URL and the firewall",
        ),
    }
}

/// Host and port of a mail server's address, which was checked when it was read.
fn server(url: &str) -> Option<(&str, u16)> {
    let (scheme, rest) = url.split_once("://")?;
    let authority = rest.split('/').next()?;
    let server = authority.rsplit('@').next()?;
    let implied = if scheme == "smtps" { 465 } else { 587 };
    if let Some(rest) = server.strip_prefix('[') {
        let (host, port) = rest.split_once(']')?;
        return Some((host, port.strip_prefix(':').and_then(|port| port.parse().ok()).unwrap_or(implied)));
    }
    match server.split_once(':') {
        Some((host, port)) => Some((host, port.parse().ok()?)),
        None => Some((server, implied)),
    }
}

pub(super) fn disk(config: &Config) -> Vec<Finding> {
    let mut folders = Vec::new();
    if let Some(path) = sqlite_path(config.database_url.reveal()) {
        folders.push(("database", path.parent().map(Path::to_owned).unwrap_or_default()));
    }
    if config.smtp_url.is_none() {
        folders.push(("mails", config.mail_dir.clone()));
    }
    folders.into_iter().map(|(what, folder)| space(what, &folder)).collect()
}

fn space(what: &str, folder: &Path) -> Finding {
    // A folder that is not there yet will be on the file system of the one above it.
    let existing = folder.ancestors().find(|folder| folder.is_dir()).unwrap_or(Path::new("."));
    let free = match rustix::fs::statvfs(existing) {
        Ok(found) => found.f_bavail.saturating_mul(found.f_frsize),
        Err(error) => {
            return Finding::bad(
                "disk",
                format!("{} can't be read: {error}", existing.display()),
                "check its owner and rights",
            );
        }
    };
    let text = format!("{:.1} GB free for {what} in {}", free as f64 / 1e9, existing.display());
    if free < NO_SPACE {
        Finding::bad("disk", text, "make room: soon nothing can be written")
    } else if free < LITTLE_SPACE {
        Finding::note("disk", text, "make room in time")
    } else {
        Finding::good("disk", text)
    }
}

fn sqlite_path(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite:")?;
    Some(PathBuf::from(path.strip_prefix("//").unwrap_or(path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_is_found_in_its_address() {
        assert_eq!(server("smtp://u:p@mail.shop.example:2525"), Some(("mail.shop.example", 2525)));
        assert_eq!(server("smtp://mail.shop.example"), Some(("mail.shop.example", 587)));
        assert_eq!(server("smtps://u:p%40@[2001:db8::1]:4650/"), Some(("2001:db8::1", 4650)));
        assert_eq!(server("smtps://[2001:db8::1]"), Some(("2001:db8::1", 465)));
    }
}
