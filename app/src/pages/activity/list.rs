use leptos::prelude::*;
use model::{ActivityRow, Count, Day};

use crate::i18n::{Text, day_text, use_text};
use crate::ui::{AuditChange, AuditList, AuditRow, Button, Chip, TextLink};

/// Entries, the latest first. *Undo* is a button of the form around them.
#[component]
pub(in crate::pages) fn Entries(
    rows: Vec<ActivityRow>,
    /// What stands beside an entry, where entries can be filtered by their event.
    #[prop(optional)]
    narrow: Option<Callback<(String, String), AnyView>>,
) -> impl IntoView {
    let t = use_text();
    let rows = rows.into_iter().map(|row| entry(t, row, narrow)).collect_view();
    view! { <AuditList>{rows}</AuditList> }.into_any()
}

fn entry(t: Text, row: ActivityRow, narrow: Option<Callback<(String, String), AnyView>>) -> AnyView {
    let ActivityRow { at, when, who, who_page, before, person, after, changes, network, place, event, undo } =
        row;
    let about = person.as_ref().map(|person| person.name.clone()).unwrap_or_default();
    let person = person.map(|person| match person.page {
        Some(page) => view! { <TextLink href=page>{person.name}</TextLink> }.into_any(),
        None => person.name.into_any(),
    });
    let sentence = [who.as_str(), &when].join(", ");
    let place = place.map(|place| {
        view! { <TextLink href=place.page>{place.name}</TextLink> " (" {place.number} ")" }.into_any()
    });
    let changes = changes
        .into_iter()
        .map(|change| AuditChange { what: change.what, from: change.from, to: change.to })
        .collect();
    let origin = (!network.is_empty()).then_some(network);
    let narrow = narrow.filter(|_| !event.is_empty()).map(|narrow| narrow.run((event, sentence)));
    let beside = move || {
        let undo = undo.map(|user| {
            view! { <Button name="user" value=user.to_string() about=about>{t.undo()}</Button> }.into_any()
        });
        view! { {undo} {narrow} }.into_any()
    };
    view! {
        <AuditRow when=when at=at who=who who_page=who_page changes=changes place=place origin=origin undo=beside>
            {before}
            {person}
            {after}
        </AuditRow>
    }
    .into_any()
}

/// The days that bound a list, each with the list without it.
pub(in crate::pages) fn day_chips(t: Text, [from, to]: [(&Option<Day>, String); 2]) -> Vec<Chip> {
    let from = from.0.as_ref().map(|day| Chip::new(t.chip_from(&day_text(t, day)), from.1));
    let to = to.0.as_ref().map(|day| Chip::new(t.chip_to(&day_text(t, day)), to.1));
    [from, to].into_iter().flatten().collect()
}

/// How many entries there are, in words.
pub(in crate::pages) fn count_text(t: Text, count: Count) -> String {
    if count.n == 1 { t.one_entry().to_owned() } else { t.entries_count(count.to_string()) }
}
