//! Whoever changes something leaves an entry of the trail: every operation of the rights table, asked by those who
//! may do the most, with what the table before and after says of it.

use std::collections::{BTreeMap, BTreeSet};

use center::access::{Kind, table};
use center::store::Sql;

use super::rights::{Whose, World, request};

/// Tables of what passes by itself, is counted, waits to be sent or is made of others, and the trail itself.
const PASSING: &[&str] = &[
    "_sqlx_migrations",
    "activations",
    "attempts",
    "audit",
    "audit_check",
    "audit_head",
    "bulk_results",
    "drafts",
    "known_networks",
    "known_staff_networks",
    "link_tokens",
    "links",
    "member_words",
    "office_results",
    "outbox",
    "reset_requests",
    "sessions",
    "staff_links",
    "staff_sessions",
    "tried_accounts",
];

/// Columns that say when somebody was there, or that somebody looked.
const STAMPS: &[&str] = &["last_seen_at", "version"];

async fn texts(world: &World, sql: String) -> Vec<String> {
    let (text, values) = Sql::new(sql.leak()).build();
    let rows = world.center.db().read().await.unwrap().all(text, values).await.unwrap();
    rows.iter().map(|row| row.get("n").unwrap()).collect()
}

/// For each table a query for its rows, as text.
async fn queries(world: &World) -> BTreeMap<String, String> {
    let tables = "SELECT name AS n FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'";
    let mut queries = BTreeMap::new();
    for table in texts(world, tables.to_owned()).await {
        if PASSING.contains(&table.as_str()) {
            continue;
        }
        let columns = texts(world, format!("SELECT name AS n FROM pragma_table_info('{table}')")).await;
        let columns = columns.iter().filter(|column| !STAMPS.contains(&column.as_str()));
        let row: Vec<String> = columns.map(|column| format!("quote(\"{column}\")")).collect();
        let row = row.join(" || ' ' || ");
        queries.insert(table.clone(), format!("SELECT {row} AS n FROM {table} ORDER BY 1"));
    }
    queries
}

#[tokio::test]
async fn whoever_changes_something_leaves_an_entry() {
    let world = World::new().await;
    let _ = any_spawner::Executor::init_tokio();
    let queries = queries(&world).await;
    let state = async || {
        let mut state = BTreeMap::new();
        for (table, query) in &queries {
            state.insert(table.clone(), texts(&world, query.clone()).await);
        }
        state
    };
    let entries = async || texts(&world, "SELECT CAST(seq AS TEXT) AS n FROM audit_head".to_owned()).await;
    let (mut changing, mut untold) = (BTreeSet::new(), Vec::new());
    for spec in table().iter().filter(|spec| spec.kind == Kind::Function) {
        for actor in ["main contact", "staff: administrator"] {
            let cookie = world.actor_named(actor).await;
            let asked = request(&world, spec, &cookie, Whose::Own).await;
            let (before, told_before) = (state().await, entries().await);
            let (status, _) = world.ask(asked).await;
            let (after, told) = (state().await, entries().await);
            let tables: Vec<_> = before.keys().filter(|table| before[*table] != after[*table]).collect();
            if tables.is_empty() {
                continue;
            }
            changing.insert(spec.name);
            if told == told_before {
                untold.push(format!("{} as {actor} ({status}): {tables:?}", spec.name));
            }
        }
    }
    assert!(untold.is_empty(), "{untold:#?}");
    // The test sees changes at all.
    assert!(changing.len() > 15, "{changing:?}");
    assert!(changing.contains("users.deactivate") && changing.contains("office.shop.edit"), "{changing:?}");
}
