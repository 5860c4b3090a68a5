use model::{Count, ErpCallRow, ErpCalls, ErpCallsQuery, ErpOperation, ErpOutcome, Page};
use uuid::Uuid;

use crate::access::{self, Actor, Operation};
use crate::office::times;
use crate::office::users::{ROWS, paged};
use crate::store::{Row, Sql, StoreError};
use crate::users::count_of;
use crate::words::rfc3339;
use crate::{Center, Error, Instant};

/// The request log, the latest first.
///
/// # Errors
/// `Unauthenticated`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn calls(center: &Center, actor: &Actor, query: &ErpCallsQuery) -> Result<ErpCalls, Error> {
    let who = access::office(actor, Operation::OfficeErpCalls)?;
    let times = times(center, who);
    let place = |id: &Option<String>| id.as_deref().and_then(|id| Uuid::try_parse(id).ok());
    let (after, before) = (place(&query.after), place(&query.before));
    let backwards = after.is_none() && before.is_some();
    let from_start = after.is_none() && before.is_none();
    let sql = narrowed(
        Sql::new("SELECT id, at, operation, outcome, took, entries FROM erp_calls WHERE TRUE"),
        query,
    )
    .when(after.or(before), |sql, id| sql.push(if backwards { " AND id > " } else { " AND id < " }).bind(id))
    .push(if backwards { " ORDER BY id LIMIT " } else { " ORDER BY id DESC LIMIT " })
    .bind(i64::try_from(ROWS + 1).unwrap_or(i64::MAX));
    let mut conn = center.db().read().await?;
    let (text, values) = sql.build();
    let rows = conn.all(text, values).await?;
    let rows = rows.iter().map(|row| call(row, |at| times.sortable(at))).collect::<Result<Vec<_>, _>>()?;
    let (rows, before, after) = paged(rows, from_start, backwards, |row| row.id.clone());
    let total: Count = count_of(
        &mut conn,
        narrowed(Sql::new("SELECT count(*) AS n FROM (SELECT 1 FROM erp_calls WHERE TRUE"), query),
    )
    .await?;
    Ok(Page { rows, total, before, after })
}

fn narrowed(sql: Sql, query: &ErpCallsQuery) -> Sql {
    sql.when(query.operation, |sql, operation| sql.push(" AND operation = ").bind(operation.key()))
        .when(query.outcome, |sql, outcome| sql.push(" AND outcome = ").bind(outcome.key()))
}

fn call(row: &Row, when: impl Fn(Instant) -> String) -> Result<ErpCallRow, StoreError> {
    let at: Instant = row.get("at")?;
    let named = |column: &str| StoreError::Column(column.to_owned());
    Ok(ErpCallRow {
        id: row.get::<Uuid>("id")?.to_string(),
        at: rfc3339(at),
        when: when(at),
        operation: ErpOperation::from_key(&row.get::<String>("operation")?)
            .ok_or_else(|| named("operation"))?,
        outcome: ErpOutcome::from_key(&row.get::<String>("outcome")?).ok_or_else(|| named("outcome"))?,
        took: row.get::<i64>("took")?.unsigned_abs(),
        entries: row.get::<Option<i64>>("entries")?.map(i64::unsigned_abs),
    })
}
