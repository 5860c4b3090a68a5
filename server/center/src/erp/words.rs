//! What customers of the embedded ERP are found by, kept beside their records
//! ([ADR 19](../../../../docs/adr/0019-search-of-customers.md)).

use std::collections::{BTreeMap, BTreeSet};

use model::CustomerNumber;

use super::MAX_CONTACTS;
use crate::store::{Conn, Db, Sql, StoreError, args};
use crate::users::name_key;

/// What is typed and what is stored is cut after so many characters.
const LONGEST: usize = 40;
/// Customers whose texts are made at a time, unless they have too many people.
const AT_ONCE: i64 = 500;
/// So many people are held in memory at a time, beside those of one customer.
const PEOPLE: usize = 5_000;
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
    keys: impl IntoIterator<Item = &'a str>,
) -> Result<(), StoreError> {
    let distinct: BTreeSet<&str> = keys.into_iter().collect();
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

/// Where new words are written.
#[derive(Clone, Copy)]
enum To {
    /// The table itself: few.
    Words,
    /// A table beside it, from which all of them come in the order of the index: a page of the index is then written
    /// once, not once for each of the customers with a word on it.
    Import,
}

impl To {
    const fn insert(self) -> [&'static str; 2] {
        match self {
            Self::Words => {
                ["INSERT INTO erp_customer_words (word, customer_key) VALUES ", " ON CONFLICT DO NOTHING"]
            }
            Self::Import => ["INSERT INTO import_words (word, customer_key) VALUES ", ""],
        }
    }
}

/// Makes the texts of all customers that wait for it.
pub(super) async fn renew_all(conn: &mut Conn) -> Result<(), StoreError> {
    renew_to(conn, To::Words).await
}

/// As [`renew_all`], for very many customers or people.
pub(super) async fn renew_many(conn: &mut Conn) -> Result<(), StoreError> {
    let create = "CREATE TEMPORARY TABLE import_words AS SELECT word, customer_key FROM erp_customer_words WHERE 1 = 0";
    conn.execute(create, Vec::new()).await?;
    renew_to(conn, To::Import).await?;
    let sorted = "INSERT INTO erp_customer_words (word, customer_key)
         SELECT word, customer_key FROM import_words WHERE 1 = 1 ORDER BY word, customer_key ON CONFLICT DO NOTHING";
    conn.execute(sorted, Vec::new()).await?;
    conn.execute("DROP TABLE import_words", Vec::new()).await?;
    Ok(())
}

async fn renew_to(conn: &mut Conn, to: To) -> Result<(), StoreError> {
    let mut last = String::new();
    while let Some(key) = renew(conn, &last, to).await? {
        last = key;
    }
    Ok(())
}

/// Makes the texts of some customers that wait for it, behind this key. Answers the last one's key. Who goes on
/// from there does not have to pass what is done already, which PostgreSQL keeps until the transaction ends.
async fn renew(conn: &mut Conn, behind: &str, to: To) -> Result<Option<String>, StoreError> {
    let sql =
        "SELECT customer_key FROM erp_unsearched WHERE customer_key > $1 ORDER BY customer_key LIMIT $2";
    let rows = conn.all(sql, args![behind, AT_ONCE]).await?;
    let keys = rows.iter().map(|row| row.get("customer_key")).collect::<Result<Vec<String>, _>>()?;
    let counted = "SELECT customer_key, count(*) AS n FROM erp_contacts WHERE customer_key IN ";
    let mut people: BTreeMap<String, i64> = BTreeMap::new();
    for keys in keys.chunks(ROWS) {
        let (text, values) = listed(counted, keys).push(" GROUP BY customer_key").build();
        for row in conn.all(text, values).await? {
            people.insert(row.get("customer_key")?, row.get("n")?);
        }
    }
    let mut rest = keys.as_slice();
    while !rest.is_empty() {
        let mut held = 0;
        let fit = rest.iter().take_while(|key| {
            let before = held;
            held += people.get(*key).and_then(|n| usize::try_from(*n).ok()).unwrap_or_default();
            before == 0 || held <= PEOPLE
        });
        let (some, others) = rest.split_at(fit.count());
        renew_these(conn, some, to).await?;
        rest = others;
    }
    Ok(keys.last().cloned())
}

async fn renew_these(conn: &mut Conn, keys: &[String], to: To) -> Result<(), StoreError> {
    let mut lines: BTreeMap<&str, Lines> = keys.iter().map(|key| (key.as_str(), Lines::default())).collect();
    let sql = "SELECT customer_key, customer_number, name, administrator_email AS email FROM erp_customers WHERE customer_key IN ";
    for row in of(conn, sql, keys).await? {
        let key: String = row.get("customer_key")?;
        let Some(lines) = lines.get_mut(key.as_str()) else { continue };
        let number: CustomerNumber = row.get("customer_number")?;
        for text in [number.as_str(), &number.key(), &row.get::<String>("name")?] {
            lines.add(text);
        }
        lines.add(&row.get::<Option<String>>("email")?.unwrap_or_default());
    }
    let sql = "SELECT customer_key, name, email FROM erp_contacts WHERE NOT is_company AND customer_key IN ";
    for row in of(conn, sql, keys).await? {
        let key: String = row.get("customer_key")?;
        let Some(lines) = lines.get_mut(key.as_str()) else { continue };
        lines.add(&row.get::<String>("name")?);
        lines.add(&row.get::<Option<String>>("email")?.unwrap_or_default());
    }
    let mut before = BTreeMap::new();
    let sql = "SELECT customer_key, words FROM erp_customer_texts WHERE customer_key IN ";
    for row in of(conn, sql, keys).await? {
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
    let [insert, conflict] = to.insert();
    pairs(conn, insert, &added, conflict).await?;
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
    Ok(())
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
        renew(&mut tx, "", To::Words).await?;
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
