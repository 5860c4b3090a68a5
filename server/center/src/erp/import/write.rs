use std::collections::{HashMap, HashSet};

use super::reader::{Batch, Claim, Row};
use super::{Backend, ImportFile, ImportProblem, ImportReport, Kind, RowError, customers};
use crate::erp::words;
use crate::store::{Conn, Sql, StoreError, Value};

/// Writes batches into the tables of the embedded ERP.
///
/// What each row of the files claims for itself is kept with its line in a temporary table, which
/// is exact and, unlike a set in memory, does not grow with the files.
pub(super) struct Writer<'a> {
    conn: &'a mut Conn,
    backend: Backend,
    /// Customers that are known to be there, and customers whose texts are noted as outdated: each is asked for and
    /// noted once as long as there are not too many.
    known: Recent,
    noted: Recent,
    /// The files name all contacts and invoices of their customers.
    complete: bool,
}

/// Keys seen lately.
#[derive(Default)]
struct Recent(HashSet<String>);

impl Recent {
    /// So many are remembered.
    const MOST: usize = 50_000;

    fn has(&self, key: &str) -> bool {
        self.0.contains(key)
    }

    /// Whether it is new.
    fn add(&mut self, key: &str) -> bool {
        if self.0.len() >= Self::MOST {
            self.0.clear();
        }
        !self.has(key) && self.0.insert(key.to_owned())
    }
}

impl<'a> Writer<'a> {
    /// Keeps other imports out and gets ready.
    ///
    /// # Errors
    /// [`StoreError::Database`], also when another import holds the tables for too long.
    pub(super) async fn begin(
        conn: &'a mut Conn,
        backend: Backend,
        complete: bool,
    ) -> Result<Self, StoreError> {
        let create = match backend {
            Backend::Sqlite => {
                // Pages that are written again and again stay in memory.
                for cache in ["PRAGMA main.cache_size = -49152", "PRAGMA temp.cache_size = -49152"] {
                    conn.execute(cache, Vec::new()).await?;
                }
                "CREATE TEMPORARY TABLE import_claims (key TEXT NOT NULL PRIMARY KEY, line INTEGER NOT NULL) WITHOUT ROWID"
            }
            Backend::Postgres => {
                // Two imports at once would wait for each other's rows in a circle. Reading goes on.
                let lock = "LOCK TABLE erp_customers, erp_contacts, erp_invoices IN SHARE ROW EXCLUSIVE MODE";
                conn.execute(lock, Vec::new()).await?;
                // Putting all words in order takes longer than a statement of a page may. A plan made while a table
                // was empty would go on reading it whole.
                for setting in
                    ["SET LOCAL statement_timeout = 0", "SET LOCAL plan_cache_mode = force_custom_plan"]
                {
                    conn.execute(setting, Vec::new()).await?;
                }
                "CREATE TEMPORARY TABLE import_claims (key TEXT COLLATE \"C\" NOT NULL PRIMARY KEY, line BIGINT NOT NULL)"
            }
        };
        conn.execute(create, Vec::new()).await?;
        Ok(Self { conn, backend, known: Recent::default(), noted: Recent::default(), complete })
    }

    /// Makes the texts by which changed customers are found, and leaves nothing else behind.
    ///
    /// # Errors
    /// [`StoreError::Database`]
    pub(super) async fn end(self) -> Result<(), StoreError> {
        if self.backend == Backend::Postgres {
            // It would read all contacts for each few customers as long as it does not know how many one has.
            self.conn.execute("ANALYZE erp_customers, erp_contacts", Vec::new()).await?;
        }
        words::renew_many(self.conn).await?;
        self.conn.execute("DROP TABLE import_claims", Vec::new()).await?;
        Ok(())
    }

    /// Notes among the claims that the file names these contacts or invoices, each of its customer.
    async fn name(&mut self, kind: &Kind, rows: &[Vec<Value>]) -> Result<(), StoreError> {
        let keys = rows.iter().filter_map(|row| match row.as_slice() {
            [Value::Text(Some(customer)), Value::Text(Some(key)), ..] => {
                Some(vec![Value::from(named(kind) + customer + " " + key), as_value(0)])
            }
            _ => None,
        });
        let (sql, args) = tuples(Sql::new("INSERT INTO import_claims (key, line) VALUES "), keys).build();
        self.conn.execute(sql, args).await?;
        Ok(())
    }

    /// The file has been read to its end: takes away what it no longer names, of those customers that the
    /// files name. A file without rows was left out, and takes nothing away.
    ///
    /// # Errors
    /// [`StoreError::Database`]
    pub(super) async fn take_away(
        &mut self,
        kind: &Kind,
        report: &mut ImportReport,
    ) -> Result<(), StoreError> {
        if !self.complete || !kind.of_customer || report.error_count > 0 || report.no_rows() {
            return Ok(());
        }
        let gone = |sql: Sql| {
            sql.push(" FROM ")
                .push(kind.table)
                .push(" AS gone WHERE EXISTS (SELECT 1 FROM import_claims WHERE key = ")
                .bind(Claim::new(customers::NUMBER, "").key)
                .push(" || gone.customer_key) AND NOT EXISTS (SELECT 1 FROM import_claims WHERE key = ")
                .bind(named(kind))
                .push(" || gone.customer_key || ' ' || gone.")
                .push(kind.keys[1])
                .push(")")
        };
        if kind.file == ImportFile::Contacts {
            let found =
                Sql::new("INSERT INTO erp_unsearched (customer_key) SELECT DISTINCT gone.customer_key");
            let (sql, args) = gone(found).push(" ON CONFLICT (customer_key) DO NOTHING").build();
            self.conn.execute(sql, args).await?;
        }
        let (sql, args) = gone(Sql::new("DELETE")).build();
        let removed = self.conn.execute(sql, args).await?;
        report.remove(removed);
        Ok(())
    }

    /// Checks a batch against what came before and, as long as nothing is wrong, writes it.
    ///
    /// # Errors
    /// [`StoreError::Database`]
    pub(super) async fn take(
        &mut self,
        kind: &Kind,
        batch: Batch,
        check_customers: bool,
        report: &mut ImportReport,
    ) -> Result<(), StoreError> {
        let mut errors = self.duplicates(kind, &batch.rows).await?;
        if check_customers {
            errors.extend(self.unknown_customers(kind, &batch.rows).await?);
        }
        let error_count = batch.error_count + errors.len() as u64;
        errors.splice(0..0, batch.errors);
        report.refuse(error_count, errors);
        report.count(batch.count, 0, 0, 0);
        // After an error nothing will be kept, so nothing more is written.
        if report.error_count == 0 {
            let rows: Vec<_> = batch.rows.into_iter().filter_map(|(_, row)| row.values).collect();
            self.upsert(kind, &rows, report).await?;
        }
        Ok(())
    }

    fn rows_per_statement(&self, columns: usize) -> usize {
        // SQLite looks each placeholder up by its name among those before it, so long statements
        // cost more than many; with Postgres each statement is a round trip.
        let placeholders = match self.backend {
            Backend::Sqlite => 300,
            Backend::Postgres => 6_000,
        };
        (placeholders / columns).max(1)
    }

    async fn duplicates(&mut self, kind: &Kind, rows: &[(u64, Row)]) -> Result<Vec<RowError>, StoreError> {
        let claims: Vec<(u64, &Claim)> =
            rows.iter().flat_map(|(line, row)| row.claims.iter().map(|claim| (*line, claim))).collect();
        let mut errors = Vec::new();
        for claims in claims.chunks(self.rows_per_statement(2)) {
            let values = claims.iter().map(|(line, claim)| vec![Value::from(&claim.key), as_value(*line)]);
            let insert = tuples(Sql::new("INSERT INTO import_claims (key, line) VALUES "), values);
            let (sql, args) = insert.push(" ON CONFLICT (key) DO NOTHING").build();
            if self.conn.execute(sql, args).await? == claims.len() as u64 {
                continue;
            }
            let holders = self.holders(claims).await?;
            for (line, claim) in claims {
                if let Some(first_line) = holders.get(&claim.key).filter(|holder| *holder != line) {
                    errors.push(RowError {
                        file: kind.file,
                        line: *line,
                        column: Some(claim.column),
                        problem: ImportProblem::Duplicate {
                            value: claim.value().to_owned(),
                            first_line: *first_line,
                        },
                    });
                }
            }
        }
        Ok(errors)
    }

    /// The line that was first with each claim.
    async fn holders(&mut self, claims: &[(u64, &Claim)]) -> Result<HashMap<String, u64>, StoreError> {
        let keys = claims.iter().map(|(_, claim)| Value::from(&claim.key));
        let select = tuple(Sql::new("SELECT key, line FROM import_claims WHERE key IN "), keys);
        let (sql, args) = select.build();
        let rows = self.conn.all(sql, args).await?;
        rows.iter().map(|row| Ok((row.get("key")?, row.get::<i64>("line")?.unsigned_abs()))).collect()
    }

    async fn unknown_customers(
        &mut self,
        kind: &Kind,
        rows: &[(u64, Row)],
    ) -> Result<Vec<RowError>, StoreError> {
        let referred: Vec<_> = rows
            .iter()
            .filter_map(|(line, row)| row.customer.as_ref().map(|customer| (*line, customer, customer.key())))
            .collect();
        let keys: HashSet<&str> = referred.iter().map(|(_, _, key)| key.as_str()).collect();
        let mut missing: HashSet<&str> = keys.iter().copied().filter(|key| !self.known.has(key)).collect();
        self.strike_known(
            &mut missing,
            "SELECT customer_key AS key FROM erp_customers WHERE customer_key IN ",
            |key| key.to_owned(),
        )
        .await?;
        // Customers that are in the file but were not written because of an error.
        self.strike_known(&mut missing, "SELECT key FROM import_claims WHERE key IN ", |key| {
            Claim::new(customers::NUMBER, key).key
        })
        .await?;
        for key in keys.difference(&missing) {
            self.known.add(key);
        }
        let unknown = referred.iter().filter(|(_, _, key)| missing.contains(key.as_str()));
        Ok(unknown
            .map(|(line, customer, _)| RowError {
                file: kind.file,
                line: *line,
                column: Some(customers::NUMBER),
                problem: ImportProblem::UnknownCustomer(customer.as_str().to_owned()),
            })
            .collect())
    }

    /// Takes the customers that this query finds out of the set.
    async fn strike_known(
        &mut self,
        missing: &mut HashSet<&str>,
        query: &'static str,
        key_of: fn(&str) -> String,
    ) -> Result<(), StoreError> {
        let asked: Vec<_> = missing.iter().map(|key| (*key, key_of(key))).collect();
        for asked in asked.chunks(self.rows_per_statement(1)) {
            let (sql, args) = tuple(Sql::new(query), asked.iter().map(|(_, key)| Value::from(key))).build();
            let found: HashSet<String> =
                self.conn.all(sql, args).await?.iter().map(|row| row.get("key")).collect::<Result<_, _>>()?;
            for (customer, key) in asked {
                if found.contains(key) {
                    missing.remove(customer);
                }
            }
        }
        Ok(())
    }

    async fn upsert(
        &mut self,
        kind: &Kind,
        rows: &[Vec<Value>],
        report: &mut ImportReport,
    ) -> Result<(), StoreError> {
        for rows in rows.chunks(self.rows_per_statement(kind.keys.len() + kind.facts.len())) {
            let (sql, args) = insert(kind, rows).push(" DO NOTHING").build();
            let inserted = self.conn.execute(sql, args).await?;
            let known = rows.len() as u64 - inserted;
            // Rows inserted just now are equal to themselves, so the second pass counts changes only.
            let changed = if known == 0 {
                0
            } else {
                let (sql, args) = update_where_different(kind, insert(kind, rows)).build();
                self.conn.execute(sql, args).await?
            };
            report.count(0, inserted, changed, known - changed);
            if self.complete && kind.of_customer {
                self.name(kind, rows).await?;
            }
            if kind.file != ImportFile::Invoices && inserted + changed > 0 {
                let keys = rows.iter().filter_map(|row| match row.first() {
                    Some(Value::Text(key)) => key.as_deref(),
                    _ => None,
                });
                let new: Vec<&str> = keys.filter(|key| self.noted.add(key)).collect();
                words::outdated(self.conn, new).await?;
            }
        }
        Ok(())
    }
}

/// What begins the note that the file names a record: no column is called so.
fn named(kind: &Kind) -> String {
    format!("{} ", kind.table)
}

/// `INSERT … VALUES … ON CONFLICT (…)`
fn insert(kind: &Kind, rows: &[Vec<Value>]) -> Sql {
    let sql = Sql::new("INSERT INTO ").push(kind.table).push(" (");
    let sql = listed(sql, "", kind.keys).push(", ");
    let sql = listed(sql, "", kind.facts).push(") VALUES ");
    let sql = tuples(sql, rows.iter().cloned()).push(" ON CONFLICT (");
    listed(sql, "", kind.keys).push(")")
}

/// `… DO UPDATE SET … WHERE (…) IS DISTINCT FROM (…)`: a row that is the same is not touched.
fn update_where_different(kind: &Kind, mut sql: Sql) -> Sql {
    for (i, fact) in kind.facts.iter().enumerate() {
        sql = sql
            .push(if i == 0 { " DO UPDATE SET " } else { ", " })
            .push(fact)
            .push(" = excluded.")
            .push(fact);
    }
    sql = listed(sql.push(" WHERE ("), kind.table, kind.facts);
    listed(sql.push(") IS DISTINCT FROM ("), "excluded", kind.facts).push(")")
}

/// `a, b` or `table.a, table.b`
fn listed(mut sql: Sql, table: &'static str, columns: &'static [&'static str]) -> Sql {
    for (i, column) in columns.iter().enumerate() {
        sql = sql.push(if i == 0 { "" } else { ", " });
        sql = if table.is_empty() { sql } else { sql.push(table).push(".") };
        sql = sql.push(column);
    }
    sql
}

/// `($1, $2), ($3, $4)`
fn tuples(mut sql: Sql, rows: impl IntoIterator<Item = Vec<Value>>) -> Sql {
    for (i, row) in rows.into_iter().enumerate() {
        sql = tuple(sql.push(if i == 0 { "" } else { ", " }), row);
    }
    sql
}

/// `($1, $2)`
fn tuple(mut sql: Sql, values: impl IntoIterator<Item = Value>) -> Sql {
    for (i, value) in values.into_iter().enumerate() {
        sql = sql.push(if i == 0 { "(" } else { ", " }).bind(value);
    }
    sql.push(")")
}

fn as_value(line: u64) -> Value {
    Value::from(i64::try_from(line).unwrap_or(i64::MAX))
}
