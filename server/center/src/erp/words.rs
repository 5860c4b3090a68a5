//! What customers of the embedded ERP are found by, kept beside their records
//! ([ADR 19](../../../../docs/adr/0019-search-of-customers.md)).

use std::collections::{BTreeMap, BTreeSet};

use model::CustomerNumber;

use super::MAX_CONTACTS;
use crate::store::{Conn, Db, Sql, StoreError, Value, args};
use crate::users::name_key;

/// What is typed and what is stored is cut after so many characters.
const LONGEST: usize = 40;
/// Customers whose texts are made at a time.
const AT_ONCE: i64 = 500;
/// Rows of words per statement: SQLite looks for each placeholder among those before it.
const ROWS: usize = 150;
/// The most that a customer's people add to its texts, in lines.
const MOST_LINES: usize = 2 * MAX_CONTACTS;

/// A text as it is compared: lower case, without accents, words with a blank between them.
pub(super) fn plain(text: &str) -> String {
    let key = name_key(text);
    key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What was typed, in the form of what is stored.
pub(super) fn typed(text: &str) -> String {
    cut(&plain(text)).trim_end().to_owned()
}

fn cut(text: &str) -> &str {
    text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end])
}

/// The lines of a customer, each once.
#[derive(Default)]
struct Lines(BTreeSet<String>);

impl Lines {
    fn add(&mut self, text: &str) {
        let line = plain(text);
        if !line.is_empty() && self.0.len() < MOST_LINES {
            self.0.insert(line);
        }
    }

    fn text(&self) -> String {
        self.0.iter().map(|line| format!(" {line}")).collect::<Vec<_>>().join("\n")
    }
}

/// What a stored text is found by.
fn beginnings(text: &str) -> BTreeSet<&str> {
    let starts = |line: &'_ str| line.match_indices(' ').map(|(at, _)| at + 1).collect::<Vec<_>>();
    text.lines().flat_map(|line| starts(line).into_iter().map(|at| cut(&line[at..]))).collect()
}

/// Notes that these customers' texts may not be as their records are.
pub(super) async fn outdated<'a>(
    conn: &mut Conn,
    keys: impl IntoIterator<Item = &'a Value>,
) -> Result<(), StoreError> {
    let distinct: BTreeSet<&str> = keys
        .into_iter()
        .filter_map(|key| match key {
            Value::Text(text) => text.as_deref(),
            _ => None,
        })
        .collect();
    let keys: Vec<&str> = distinct.into_iter().collect();
    for keys in keys.chunks(ROWS) {
        let sql = Sql::new("INSERT INTO erp_unsearched (customer_key) VALUES ");
        let listed = keys.iter().enumerate();
        let sql =
            listed.fold(sql, |sql, (i, key)| sql.push(if i == 0 { "(" } else { ", (" }).bind(*key).push(")"));
        let (text, values) = sql.push(" ON CONFLICT (customer_key) DO NOTHING").build();
        conn.execute(text, values).await?;
    }
    Ok(())
}

/// Makes the texts of all customers that wait for it.
pub(super) async fn renew_all(conn: &mut Conn) -> Result<(), StoreError> {
    let mut last = String::new();
    while let Some(key) = renew(conn, &last).await? {
        last = key;
    }
    Ok(())
}

/// Makes the texts of some customers that wait for it, behind this key. Answers the last one's key. Who goes on
/// from there does not have to pass what is done already, which PostgreSQL keeps until the transaction ends.
async fn renew(conn: &mut Conn, behind: &str) -> Result<Option<String>, StoreError> {
    let sql =
        "SELECT customer_key FROM erp_unsearched WHERE customer_key > $1 ORDER BY customer_key LIMIT $2";
    let rows = conn.all(sql, args![behind, AT_ONCE]).await?;
    let keys = rows.iter().map(|row| row.get("customer_key")).collect::<Result<Vec<String>, _>>()?;
    if keys.is_empty() {
        return Ok(None);
    }
    let mut lines: BTreeMap<&str, Lines> = keys.iter().map(|key| (key.as_str(), Lines::default())).collect();
    let sql = "SELECT customer_key, customer_number, name, administrator_email AS email FROM erp_customers WHERE customer_key IN ";
    for row in of(conn, sql, &keys).await? {
        let key: String = row.get("customer_key")?;
        let Some(lines) = lines.get_mut(key.as_str()) else { continue };
        let number: CustomerNumber = row.get("customer_number")?;
        for text in [number.as_str(), &number.key(), &row.get::<String>("name")?] {
            lines.add(text);
        }
        lines.add(&row.get::<Option<String>>("email")?.unwrap_or_default());
    }
    let sql = "SELECT customer_key, name, email FROM erp_contacts WHERE NOT is_company AND customer_key IN ";
    for row in of(conn, sql, &keys).await? {
        let key: String = row.get("customer_key")?;
        let Some(lines) = lines.get_mut(key.as_str()) else { continue };
        lines.add(&row.get::<String>("name")?);
        lines.add(&row.get::<Option<String>>("email")?.unwrap_or_default());
    }
    let mut before = BTreeMap::new();
    let sql = "SELECT customer_key, words FROM erp_customer_texts WHERE customer_key IN ";
    for row in of(conn, sql, &keys).await? {
        before.insert(row.get::<String>("customer_key")?, row.get::<String>("words")?);
    }
    let after: BTreeMap<&str, String> = lines.iter().map(|(key, lines)| (*key, lines.text())).collect();
    let (mut added, mut changed) = (Vec::new(), Vec::new());
    for (key, text) in &after {
        let was = before.get(*key).map_or("", String::as_str);
        if was == text && before.contains_key(*key) {
            continue;
        }
        changed.push((text.as_str(), *key));
        let (old, new) = (beginnings(was), beginnings(text));
        for gone in old.difference(&new) {
            let sql = "DELETE FROM erp_customer_words WHERE word = $1 AND customer_key = $2";
            conn.execute(sql, args![*gone, *key]).await?;
        }
        added.extend(new.difference(&old).map(|word| (*word, *key)));
    }
    // One after the other along the index.
    added.sort_unstable();
    pairs(
        conn,
        "INSERT INTO erp_customer_words (word, customer_key) VALUES ",
        &added,
        " ON CONFLICT DO NOTHING",
    )
    .await?;
    pairs(
        conn,
        "INSERT INTO erp_customer_texts (words, customer_key) VALUES ",
        &changed,
        " ON CONFLICT (customer_key) DO UPDATE SET words = excluded.words",
    )
    .await?;
    for keys in keys.chunks(ROWS) {
        let (text, values) = listed("DELETE FROM erp_unsearched WHERE customer_key IN ", keys).build();
        conn.execute(text, values).await?;
    }
    Ok(keys.last().cloned())
}

/// As [`renew_all`], in steps, as after an upgrade from a version without search. Bounded, so that
/// other work comes in between.
///
/// # Errors
/// [`StoreError`]
pub(crate) async fn renew_waiting(db: &Db) -> Result<(), StoreError> {
    for _ in 0..20 {
        let sql = "SELECT 1 AS n FROM erp_unsearched LIMIT 1";
        if db.read().await?.optional(sql, args![]).await?.is_none() {
            return Ok(());
        }
        let mut tx = db.write().await?;
        renew(&mut tx, "").await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn pairs(
    conn: &mut Conn,
    insert: &'static str,
    rows: &[(&str, &str)],
    conflict: &'static str,
) -> Result<(), StoreError> {
    for rows in rows.chunks(ROWS) {
        let sql = rows.iter().enumerate().fold(Sql::new(insert), |sql, (i, (one, other))| {
            sql.push(if i == 0 { "(" } else { ", (" }).bind(*one).push(", ").bind(*other).push(")")
        });
        let (text, values) = sql.push(conflict).build();
        conn.execute(text, values).await?;
    }
    Ok(())
}

async fn of(
    conn: &mut Conn,
    select: &'static str,
    keys: &[String],
) -> Result<Vec<crate::store::Row>, StoreError> {
    let mut rows = Vec::new();
    for keys in keys.chunks(ROWS) {
        let (text, values) = listed(select, keys).build();
        rows.extend(conn.all(text, values).await?);
    }
    Ok(rows)
}

fn listed(select: &'static str, keys: &[String]) -> Sql {
    let sql = Sql::new(select).push("(");
    let listed = keys.iter().enumerate();
    listed.fold(sql, |sql, (i, key)| sql.push(if i == 0 { "" } else { ", " }).bind(key)).push(")")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_gets_the_form_of_what_is_stored() {
        assert_eq!(typed(" Özgür-Strauß,  Z.Müller@Bau_Partner "), "ozgur strauss z muller bau partner");
        assert_eq!(typed("10–4020-0006"), "10 4020 0006");
        assert_eq!(typed("-'@%"), "");
        assert_eq!(typed(&"ab ".repeat(30)).chars().count(), LONGEST);
    }

    #[test]
    fn a_line_is_found_from_each_word_on() {
        let mut lines = Lines::default();
        lines.add("Bau-Partner GmbH");
        lines.add("anna@bau.example");
        lines.add("?!");
        let text = lines.text();
        assert_eq!(text, " anna bau example\n bau partner gmbh");
        let found: Vec<_> = beginnings(&text).into_iter().collect();
        assert_eq!(
            found,
            ["anna bau example", "bau example", "bau partner gmbh", "example", "gmbh", "partner gmbh"]
        );
    }
}
