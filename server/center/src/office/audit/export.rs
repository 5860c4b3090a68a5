use model::AuditQuery;

use super::parts::{Search, kinds};
use crate::access::{self, Actor, Operation};
use crate::activity::{AT_ONCE, COLUMNS, Export, Reader, gather};
use crate::audit::{self, Entry, Event, Fact};
use crate::office::typed_lately;
use crate::store::Sql;
use crate::throttle::{self, EXPORTS};
use crate::{Center, Error};

/// The trail by the query, whatever page it names: at most the latest 10,000 entries. The export is an entry of the
/// trail itself.
///
/// # Errors
/// `Unauthenticated`, `ReauthRequired`, `TooManyRequests`, [`Error::OfficeLacks`], [`Error::Store`]
pub async fn export(center: &Center, actor: &Actor, query: &AuditQuery) -> Result<Export, Error> {
    export_as(center, actor, query, Operation::OfficeAuditExport).await
}

/// As [`export`], for programs.
///
/// # Errors
/// As [`export`]
pub async fn export_json(center: &Center, actor: &Actor, query: &AuditQuery) -> Result<Export, Error> {
    export_as(center, actor, query, Operation::OfficeAuditExportJson).await
}

async fn export_as(
    center: &Center,
    actor: &Actor,
    query: &AuditQuery,
    operation: Operation,
) -> Result<Export, Error> {
    let who = access::office(actor, operation)?;
    typed_lately(center, who)?;
    throttle::spend(center, EXPORTS, &who.staff.to_string()).await?;
    let reader = Reader::of_office(center, who);
    let mut conn = center.db().read().await?;
    let present = kinds(&mut conn).await?;
    let search = Search::of(&mut conn, query, reader.times(), &present).await?;
    drop(conn);
    let gathered = gather(center, &reader, |edge| {
        let sql = Sql::new(COLUMNS);
        if search.is_empty() {
            return sql.push(" WHERE a.seq < 0");
        }
        let parts = search.push(sql.push(" WHERE a.seq IN ("), |part| {
            let part = part.when(edge, |sql, edge: i64| sql.push(" AND a.seq < ").bind(edge));
            part.push(" ORDER BY a.seq DESC LIMIT ").bind(AT_ONCE)
        });
        parts.push(")")
    });
    let gathered = gathered.await?;
    let query = AuditQuery { after: None, before: None, ..query.clone() };
    let filter: Vec<String> = query.pairs().iter().map(|(name, value)| format!("{name}={value}")).collect();
    let mut entry = Entry::by(actor, Event::AuditExported).fact(Fact::Entries, gathered.count());
    if !filter.is_empty() {
        entry = entry.fact(Fact::Filter, filter.join(", ").as_str());
    }
    let mut tx = center.db().write().await?;
    audit::append(center, &mut tx, entry).await?;
    tx.commit().await?;
    Ok(gathered.export(center, &reader))
}
