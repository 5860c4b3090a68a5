use leptos::prelude::*;
use model::{ActivityRow, Count};

use crate::i18n::{Text, use_text};
use crate::ui::{AuditChange, AuditList, AuditRow, Button, TextLink};

/// Entries, the latest first. *Undo* is a button of the form around them.
#[component]
pub(super) fn Entries(rows: Vec<ActivityRow>) -> impl IntoView {
    let t = use_text();
    let rows = rows.into_iter().map(|row| entry(t, row)).collect_view();
    view! { <AuditList>{rows}</AuditList> }.into_any()
}

fn entry(t: Text, row: ActivityRow) -> AnyView {
    let ActivityRow { at, when, who, before, person, after, changes, network, undo } = row;
    let about = person.as_ref().map(|person| person.name.clone()).unwrap_or_default();
    let person = person.map(|person| match person.user {
        Some(user) => view! { <TextLink href=format!("/users/{user}")>{person.name}</TextLink> }.into_any(),
        None => person.name.into_any(),
    });
    let changes = changes
        .into_iter()
        .map(|change| AuditChange { what: change.what, from: change.from, to: change.to })
        .collect();
    let origin = (!network.is_empty()).then_some(network);
    let undo = move || {
        undo.map(|user| view! { <Button name="user" value=user.to_string() about=about>{t.undo()}</Button> })
    };
    view! {
        <AuditRow when=when at=at who=who changes=changes origin=origin undo=undo>
            {before}
            {person}
            {after}
        </AuditRow>
    }
    .into_any()
}

/// How many entries there are, in words.
pub(super) fn count_text(t: Text, count: Count) -> String {
    if count.n == 1 { t.one_entry().to_owned() } else { t.entries_count(count.to_string()) }
}
