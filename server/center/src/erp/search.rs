//! Looking for customers, among any number of them
//! ([ADR 19](../../../../docs/adr/0019-search-of-customers.md)).

use async_trait::async_trait;
use model::Count;

use super::embedded::{CUSTOMER, EmbeddedErp, customer};
use super::words::typed;
use super::{ErpCustomer, ErpError};
use crate::store::{Conn, Sql, StoreError, like_anywhere};
use crate::users::{count, count_of};

/// Conditions that no more customers fulfil than this are looked up by themselves; with more, customers are read
/// in their order until a page is full.
const MANY: i64 = 10_000;
/// A count that has to look at more rows than this says "or more".
const COUNTED: i64 = 5_000;

/// Whom to look for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerQuery {
    /// The beginning of a word of number, name, a contact's name or email, and what follows it there.
    pub text: String,
    /// Only with Customer center, or only without.
    pub customer_center: Option<bool>,
    /// Only customers whom the portal gives access, or only others. What the portal knows of that stands in
    /// `companies` and `business_users`.
    pub access: Option<bool>,
    /// Only customers who have a company in the portal that is open, or only others.
    pub company: Option<bool>,
    /// Behind the customer with this key, in the order of keys, or before it.
    pub place: Option<(String, Beside)>,
    /// How many at most.
    pub most: usize,
}

/// On which side of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// Towards the end of the list.
    After,
    /// Towards its beginning; nearest first.
    Before,
}

/// An ERP in which customers can be looked for.
#[async_trait]
pub trait CustomerSearch: Send + Sync {
    /// Customers in the order of their numbers' keys; against it for [`Beside::Before`].
    async fn find_customers(&self, query: &CustomerQuery) -> Result<Vec<ErpCustomer>, ErpError>;

    /// How many there are, wherever on the list; stops at a thousand, or earlier when it would take long.
    async fn count_customers(&self, query: &CustomerQuery) -> Result<Count, ErpError>;
}

/// Something that is asked of a customer.
enum Condition {
    /// A text that begins so.
    Text(String),
    /// Customer center
    Center(bool),
    /// Access
    Access(bool),
    /// A company in the portal
    Company(bool),
}

/// How many open companies the customer `d` has: one or none.
const COMPANIES: &str =
    "(SELECT count(*) FROM companies c WHERE c.customer_key = d.customer_key AND c.active)";
/// How many business users it has.
const BUSINESS_USERS: &str = "(SELECT count(*) FROM business_users b WHERE b.customer_key = d.customer_key AND b.deactivated_at IS NULL)";

impl Condition {
    fn all(query: &CustomerQuery) -> Vec<Self> {
        let text = Some(typed(&query.text)).filter(|text| !text.is_empty()).map(Self::Text);
        let center = query.customer_center.map(Self::Center);
        let access = query.access.map(Self::Access);
        let company = query.company.map(Self::Company);
        text.into_iter().chain(center).chain(access).chain(company).collect()
    }

    /// Whether those who fulfil it can be looked up. Who has no access or no company is only found by reading all.
    const fn is_looked_up(&self) -> bool {
        !matches!(self, Self::Access(false) | Self::Company(false))
    }

    /// The keys of those who fulfil it, some of them several times.
    fn keys(&self, sql: Sql) -> Sql {
        match self {
            Self::Text(text) => sql
                .push("SELECT w.customer_key FROM erp_customer_words w WHERE w.word >= ")
                .bind(text)
                .push(" AND w.word < ")
                // Nothing that goes on with a sign stands behind the last one of all signs.
                .bind(format!("{text}{}", char::MAX)),
            Self::Center(yes) => {
                sql.push("SELECT f.customer_key FROM erp_customers f WHERE f.customer_center = ").bind(*yes)
            }
            Self::Access(true) => sql.push(
                "SELECT c.customer_key FROM companies c WHERE c.active
                 UNION ALL SELECT b.customer_key FROM business_users b WHERE b.deactivated_at IS NULL",
            ),
            Self::Company(true) => sql.push("SELECT c.customer_key FROM companies c WHERE c.active"),
            Self::Access(false) | Self::Company(false) => {
                self.holds(sql.push("SELECT d.customer_key FROM erp_customers d WHERE TRUE"))
            }
        }
    }

    /// The condition on `d.customer_key`. Counting keeps the databases from reading everybody who fulfils it first.
    fn holds(&self, sql: Sql) -> Sql {
        let sql = sql.push(" AND ");
        let any = |yes: bool| if yes { " > 0" } else { " = 0" };
        match self {
            Self::Text(text) => sql
                .push("(SELECT count(*) FROM erp_customer_texts t WHERE t.customer_key = d.customer_key AND t.words LIKE ")
                .bind(like_anywhere(&format!(" {text}")))
                .push(" ESCAPE '\\') > 0"),
            Self::Center(yes) => sql
                .push("(SELECT count(*) FROM erp_customers f WHERE f.customer_key = d.customer_key AND f.customer_center = ")
                .bind(*yes)
                .push(") > 0"),
            Self::Access(yes) => sql.push(COMPANIES).push(" + ").push(BUSINESS_USERS).push(any(*yes)),
            Self::Company(yes) => sql.push(COMPANIES).push(any(*yes)),
        }
    }
}

/// What is asked, and by which condition it is looked up.
struct Way {
    conditions: Vec<Condition>,
    /// The condition that fewest fulfil, and how many those are, counted up to one above [`MANY`].
    rarest: Option<(usize, i64)>,
}

impl Way {
    async fn find(conn: &mut Conn, query: &CustomerQuery) -> Result<Self, StoreError> {
        let conditions = Condition::all(query);
        let mut rarest: Option<(usize, i64)> = None;
        for (place, condition) in conditions.iter().enumerate().filter(|(_, c)| c.is_looked_up()) {
            let sql = condition.keys(Sql::new("SELECT count(*) AS n FROM (SELECT customer_key FROM ("));
            let (text, values) = sql.push(") AS keys LIMIT ").bind(MANY + 1).push(") AS found").build();
            let n: i64 = conn.value(text, values).await?;
            if rarest.is_none_or(|(_, least)| n < least) {
                rarest = Some((place, n));
            }
        }
        Ok(Self { conditions, rarest })
    }

    /// The condition by which to look up, if few enough fulfil it.
    fn looked_up(&self) -> Option<usize> {
        self.rarest.filter(|(_, n)| *n <= MANY).map(|(place, _)| place)
    }

    /// `FROM … AS d` with those who fulfil all conditions.
    fn customers(&self, sql: Sql) -> Sql {
        let companies = || self.conditions.iter().position(|c| matches!(c, Condition::Company(true)));
        let place = self.looked_up().or_else(companies);
        let sql = match place {
            // Companies are read in the order of their customers, however many there are, and none of them twice.
            Some(place) if matches!(self.conditions[place], Condition::Company(true)) => {
                self.conditions[place].keys(sql.push(" FROM (")).push(") AS d")
            }
            Some(place) => self.conditions[place]
                .keys(sql.push(" FROM (SELECT DISTINCT customer_key FROM ("))
                .push(") AS keys) AS d"),
            None => sql.push(" FROM erp_customers d"),
        };
        self.narrow(sql.push(" WHERE TRUE"), place)
    }

    /// All conditions but one.
    fn narrow(&self, sql: Sql, without: Option<usize>) -> Sql {
        let others = self.conditions.iter().enumerate().filter(|(place, _)| Some(*place) != without);
        others.fold(sql, |sql, (_, condition)| condition.holds(sql))
    }
}

async fn found(conn: &mut Conn, query: &CustomerQuery) -> Result<Vec<ErpCustomer>, StoreError> {
    let way = Way::find(conn, query).await?;
    let mut sql = way.customers(Sql::new("SELECT d.customer_key"));
    let backwards = matches!(query.place, Some((_, Beside::Before)));
    if let Some((key, side)) = &query.place {
        sql = sql.push(match side {
            Beside::After => " AND d.customer_key > ",
            Beside::Before => " AND d.customer_key < ",
        });
        sql = sql.bind(key);
    }
    sql = sql.push(if backwards {
        " ORDER BY d.customer_key DESC LIMIT "
    } else {
        " ORDER BY d.customer_key LIMIT "
    });
    let (text, values) = sql.bind(i64::try_from(query.most).unwrap_or(i64::MAX)).build();
    let keys = conn.all(text, values).await?;
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(CUSTOMER).push(" WHERE customer_key IN (");
    for (place, row) in keys.iter().enumerate() {
        sql = sql.push(if place == 0 { "" } else { ", " }).bind(row.get::<String>("customer_key")?);
    }
    let order = if backwards { ") ORDER BY customer_key DESC" } else { ") ORDER BY customer_key" };
    let (text, values) = sql.push(order).build();
    conn.all(text, values).await?.iter().map(customer).collect()
}

async fn counted(conn: &mut Conn, query: &CustomerQuery) -> Result<Count, StoreError> {
    let way = Way::find(conn, query).await?;
    let sql = Sql::new("SELECT count(*) AS n FROM (SELECT 1");
    match (way.looked_up(), way.rarest, way.conditions.len()) {
        (None, Some((place, _)), 2..) => {
            // Among so many only the first are looked at; if they don't fill the count, there may be more.
            let sql = way.conditions[place]
                .keys(sql.push(" FROM (SELECT DISTINCT customer_key FROM (SELECT customer_key FROM ("))
                .push(") AS keys LIMIT ")
                .bind(COUNTED)
                .push(") AS first) AS d WHERE TRUE");
            let counted = count_of(conn, way.narrow(sql, Some(place))).await?;
            Ok(Count { more: true, ..counted })
        }
        (None, Some((_, n)), _) => Ok(count(n)),
        _ => count_of(conn, way.customers(sql)).await,
    }
}

#[async_trait]
impl CustomerSearch for EmbeddedErp {
    async fn find_customers(&self, query: &CustomerQuery) -> Result<Vec<ErpCustomer>, ErpError> {
        Ok(found(&mut self.db().read().await?, query).await?)
    }

    async fn count_customers(&self, query: &CustomerQuery) -> Result<Count, ErpError> {
        Ok(counted(&mut self.db().read().await?, query).await?)
    }
}
