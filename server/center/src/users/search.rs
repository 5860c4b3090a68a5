//! Whom a query of the list finds, how many, and in which order, in companies of any size
//! ([ADR 17](../../../../docs/adr/0017-search-by-beginnings-of-words.md),
//! [ADR 28](../../../../docs/adr/0028-middles-of-words-in-small-companies.md)).

use model::{CompanyId, ContactNumber, Count, RoleRef, SortKey, UsersQuery};

use super::name_key;
use super::order::{Place, all, behind, limited, rows_from, sorted};
use super::row::{COLUMNS, FIELDS, count_of, where_status};
use crate::Instant;
use crate::store::{Conn, Row, Sql, StoreError, like_anywhere, like_prefix};

/// One more than any count tells.
const MANY: usize = 1_001;
/// So many rows of the list are looked at then: among them is a page of people if nearly everybody is meant.
const NEXT: i64 = 60;
/// Few people have more words with one beginning, and a page of them none, so that counting and sorting may stop
/// after so many for each person.
const WORDS_OF_ONE: usize = 8;
/// The middle of a word is looked for by reading all members, in companies of so many at most.
const READ_WHOLE: i64 = 5_000;

/// Who is meant by a query, found out once for a page of the list.
pub(super) struct Filter<'a> {
    company: CompanyId,
    query: &'a UsersQuery,
    now: Instant,
    find: Find,
}

enum Find {
    /// Nothing was typed.
    All,
    /// Those with words that begin so.
    Beginning(String),
    /// The one whose contact number this is, however it was written.
    Number(String),
    /// Those with the text anywhere in name or address, among those with words that begin so: after its first word,
    /// words of a text stand whole.
    Among(String),
    /// Those with the text anywhere in name or address, or with a contact number that begins so.
    Anywhere,
    /// Nobody
    Nobody,
}

impl<'a> Filter<'a> {
    /// Those whom the query means, and how many they are. What was typed is looked for where words begin; if
    /// nobody has such a word, elsewhere.
    pub(super) async fn of(
        conn: &mut Conn,
        company: CompanyId,
        query: &'a UsersQuery,
        now: Instant,
    ) -> Result<(Self, Count), StoreError> {
        let beginning = words(&query.q);
        let mut filter = Self::all(company, query, now);
        if query.q.is_empty() {
            let total = filter.count(conn).await?;
            return Ok((filter, total));
        }
        if !beginning.is_empty() {
            filter.find = Find::Beginning(beginning.clone());
            let total = filter.count(conn).await?;
            if total.n > 0 {
                return Ok((filter, total));
            }
        }
        if let Ok(number) = ContactNumber::parse(&query.q) {
            filter.find = Find::Number(number.key());
            let total = filter.count(conn).await?;
            if total.n > 0 {
                return Ok((filter, total));
            }
        }
        filter.find = filter.middle(conn, &beginning).await?;
        let total = filter.count(conn).await?;
        Ok((filter, total))
    }

    /// Where the middle of a word is looked for. Nothing here reads more members than a page may wait for.
    async fn middle(&self, conn: &mut Conn, beginning: &str) -> Result<Find, StoreError> {
        if let Some((_, rest)) = beginning.split_once(' ') {
            let sql = Sql::new("SELECT count(*) AS n FROM (SELECT DISTINCT user_id FROM (SELECT m.user_id");
            let most = i64::try_from(MANY * WORDS_OF_ONE).unwrap_or(i64::MAX);
            let sql = self.with_words(sql, rest).push(" LIMIT ").bind(most).push(") AS words");
            let among = count_of(conn, sql).await?;
            if !among.more {
                return Ok(if among.n == 0 { Find::Nobody } else { Find::Among(rest.to_owned()) });
            }
        }
        let sql = self.members(Sql::new("SELECT count(*) AS n FROM (SELECT 1 FROM members m"));
        let (text, values) = sql.push(" LIMIT ").bind(READ_WHOLE + 1).push(") AS found").build();
        let members: i64 = conn.value(text, values).await?;
        Ok(if members > READ_WHOLE { Find::Nobody } else { Find::Anywhere })
    }

    /// Everybody in the company, for a query that asks for nobody in particular.
    pub(super) fn all(company: CompanyId, query: &'a UsersQuery, now: Instant) -> Self {
        Self { company, query, now, find: Find::All }
    }

    async fn count(&self, conn: &mut Conn) -> Result<Count, StoreError> {
        let sql = match (&self.find, self.query.role, self.query.status) {
            (Find::Beginning(beginning), None, None) => {
                let sql =
                    Sql::new("SELECT count(*) AS n FROM (SELECT DISTINCT user_id FROM (SELECT m.user_id");
                let most = i64::try_from(MANY * WORDS_OF_ONE).unwrap_or(i64::MAX);
                self.with_words(sql, beginning).push(" LIMIT ").bind(most).push(") AS words")
            }
            (Find::Beginning(beginning), ..) => {
                let sql = Sql::new("SELECT count(*) AS n FROM (SELECT 1 FROM (SELECT DISTINCT m.user_id");
                let sql = self.with_words(sql, beginning).push(") AS w CROSS JOIN members m");
                self.role_and_status(self.members(sql).push(" AND m.user_id = w.user_id"))
            }
            (Find::Among(rest), ..) => {
                let sql = Sql::new("SELECT count(*) AS n FROM (SELECT 1 FROM (SELECT DISTINCT m.user_id");
                let sql = self.with_words(sql, rest).push(") AS w CROSS JOIN members m");
                self.narrow(sql).push(" AND m.user_id = w.user_id")
            }
            (Find::Nobody, ..) => return Ok(Count::default()),
            (Find::All, Some(role), None) => {
                self.with_role(Sql::new("SELECT count(*) AS n FROM (SELECT 1"), role)
            }
            _ => self.narrow(Sql::new("SELECT count(*) AS n FROM (SELECT 1 FROM members m")),
        };
        count_of(conn, sql).await
    }

    /// A page of them in this order (by what, descending), behind this place in it. Of `total` depends
    /// which way is the short one.
    pub(super) async fn rows(
        &self,
        conn: &mut Conn,
        total: Count,
        order: (SortKey, bool),
        place: Option<Place>,
        most: usize,
    ) -> Result<Vec<Row>, StoreError> {
        if total.n == 0 {
            return Ok(Vec::new());
        }
        match (&self.find, self.query.role, self.query.status) {
            (Find::Beginning(beginning), role, status) => {
                if total.more {
                    let near = self.among_the_next(conn, order, place.as_ref(), most).await?;
                    if near.len() == most {
                        return Ok(near);
                    }
                }
                if order.0 == SortKey::Name && role.is_none() && status.is_none() {
                    // The names stand beside the words: nobody else is looked up.
                    let sql = Sql::new(FIELDS).push(" FROM (SELECT DISTINCT m.name_key, m.user_id");
                    let sql = self.with_words(sql.push(" FROM (SELECT m.name_key, m.user_id"), beginning);
                    let words = most.saturating_mul(WORDS_OF_ONE);
                    let sql = limited(behind(sql, order, place.as_ref()), order, words);
                    let sql = limited(sql.push(") AS m"), order, most);
                    let sql = self.members(sql.push(") AS w CROSS JOIN members m"));
                    return all(conn, limited(sql.push(" AND m.user_id = w.user_id"), order, most)).await;
                }
                let sql = Sql::new(FIELDS).push(" FROM (SELECT DISTINCT m.user_id");
                let sql = self.with_words(sql, beginning).push(") AS w CROSS JOIN members m");
                let sql = self.role_and_status(self.members(sql).push(" AND m.user_id = w.user_id"));
                rows_from(conn, sql, order, place, most).await
            }
            (Find::Among(rest), ..) => {
                let sql = Sql::new(FIELDS).push(" FROM (SELECT DISTINCT m.user_id");
                let sql = self.with_words(sql, rest).push(") AS w CROSS JOIN members m");
                rows_from(conn, self.narrow(sql).push(" AND m.user_id = w.user_id"), order, place, most).await
            }
            (Find::All, Some(role), None) if !total.more => {
                let sql = self.with_role(Sql::new(FIELDS).push(" FROM (SELECT r.user_id"), role);
                let sql =
                    self.members(sql.push(") AS w CROSS JOIN members m")).push(" AND m.user_id = w.user_id");
                rows_from(conn, sql, order, place, most).await
            }
            _ => rows_from(conn, self.narrow(Sql::new(COLUMNS)), order, place, most).await,
        }
    }

    /// Those meant among the next rows of the list. The many whom a word has in common are everywhere in it,
    /// unless the list is sorted by that word.
    async fn among_the_next(
        &self,
        conn: &mut Conn,
        order: (SortKey, bool),
        place: Option<&Place>,
        most: usize,
    ) -> Result<Vec<Row>, StoreError> {
        let next = self.members(Sql::new(FIELDS).push(" FROM (SELECT * FROM members m"));
        let next = sorted(behind(next, order, place), order).push(" LIMIT ").bind(NEXT).push(") AS m");
        all(conn, limited(self.narrow(next), order, most)).await
    }

    /// Narrows `members m` to those meant. Reads the company's members one after the other where no index
    /// knows them; [`Filter::rows`] avoids that.
    pub(super) fn narrow(&self, sql: Sql) -> Sql {
        let sql = self.role_and_status(self.members(sql));
        match &self.find {
            Find::All => sql,
            Find::Beginning(beginning) => sql
                .push(" AND m.words LIKE ")
                .bind(like_anywhere(&format!(" {beginning}")))
                .push(" ESCAPE '\\'"),
            Find::Number(number) => sql.push(" AND m.contact_key = ").bind(number),
            Find::Among(_) => anywhere(sql, &self.query.q, None),
            Find::Anywhere => anywhere(sql, &self.query.q, ContactNumber::parse(&self.query.q).ok()),
            Find::Nobody => sql.push(" AND 1 = 0"),
        }
    }

    fn members(&self, sql: Sql) -> Sql {
        sql.push(" WHERE m.company_id = ").bind(self.company)
    }

    fn with_words(&self, sql: Sql, beginning: &str) -> Sql {
        let sql = self.members(sql.push(" FROM member_words m")).push(" AND m.word >= ").bind(beginning);
        // Nothing that goes on with a sign stands behind the last one of all signs.
        sql.push(" AND m.word < ").bind(format!("{beginning}{}", char::MAX))
    }

    fn with_role(&self, sql: Sql, role: RoleRef) -> Sql {
        let held = |sql: Sql| sql.push(" WHERE r.company_id = ").bind(self.company);
        match role {
            RoleRef::BuiltIn(role) => {
                held(sql.push(" FROM member_roles r")).push(" AND r.role = ").bind(role)
            }
            RoleRef::Own(role) => {
                held(sql.push(" FROM member_company_roles r")).push(" AND r.role_id = ").bind(role)
            }
        }
    }

    fn role_and_status(&self, sql: Sql) -> Sql {
        let sql = sql.when(self.query.status, |sql, status| where_status(sql, status, self.now));
        sql.when(self.query.role, |sql, role| {
            // A value, not EXISTS, which the database may turn round and then sort all who have the role.
            self.with_role(sql.push(" AND (SELECT 1"), role).push(" AND r.user_id = m.user_id) = 1")
        })
    }
}

fn anywhere(sql: Sql, typed: &str, number: Option<ContactNumber>) -> Sql {
    let sql = sql.push(" AND (m.name_key LIKE ").bind(like_anywhere(&name_key(typed)));
    let sql = sql.push(" ESCAPE '\\' OR m.email LIKE ").bind(like_anywhere(&typed.to_ascii_lowercase()));
    sql.push(" ESCAPE '\\'")
        .when(number, |sql, number| {
            let sql = sql.push(" OR m.contact_key LIKE ").bind(like_prefix(&number.key()));
            sql.push(" ESCAPE '\\'")
        })
        .push(")")
}

/// What was typed in the form of `members.words`.
fn words(typed: &str) -> String {
    let key = name_key(typed);
    let words = key.split([' ', '.', '-', '_', '+', '@', '\'', ',']).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn what_is_typed_gets_the_form_of_what_is_stored() {
        assert_eq!(words(" Özgür-Strauß,  Z.Müller@Bau_Partner "), "ozgur strauss z muller bau partner");
        assert_eq!(words("-'@"), "");
        assert_eq!(words("100%"), "100%");
    }
}
