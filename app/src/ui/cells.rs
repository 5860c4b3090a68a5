//! The cells of tables.

use super::{At, Avatar, EmailText, Tag, table::class};
use crate::i18n::use_text;
use leptos::prelude::*;

/// A plain cell.
#[component]
pub fn Cell(
    /// What the cell holds.
    #[prop(optional)]
    at: At,
    /// Figures, aligned at the end.
    #[prop(optional)]
    number: bool,
    /// The column's name, shown before the content where the row is a card.
    #[prop(optional, into)]
    label: Option<String>,
    /// The content.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! { <td class=class(at, number) data-label=label>{children.map(|children| children())}</td> }
        .into_any()
}

/// The cell that names its row.
#[component]
pub fn HeadCell(
    /// The name, mostly a link.
    children: Children,
) -> impl IntoView {
    view! { <th scope="row" class="c-id">{children()}</th> }.into_any()
}

/// The cell that names its row by a person.
#[component]
pub fn PersonCell(
    /// The person's full name.
    #[prop(into)]
    name: String,
    /// The person's page.
    #[prop(optional, into)]
    href: Option<String>,
    /// The contact number, if known.
    #[prop(optional, into)]
    number: MaybeProp<String>,
    /// The email address, if known.
    #[prop(optional, into)]
    email: MaybeProp<String>,
    /// Marks the reader's own row.
    #[prop(optional)]
    you: bool,
) -> impl IntoView {
    let t = use_text();
    let named = match href {
        Some(href) => view! { <a href=href>{name.clone()}</a> }.into_any(),
        None => view! { <b>{name.clone()}</b> }.into_any(),
    };
    let number = number.get_untracked().map(|number| {
        view! { " " <small><span class="vh">{t.contact_number_label()} " "</span>{number}</small> }.into_any()
    });
    view! {
        <th scope="row" class="c-id">
            <div class="id">
                <Avatar name=name/>
                <div class="id-main">
                    {named}
                    {number}
                    {you.then(|| view! { " " <Tag>{t.you_mark()}</Tag> }.into_any())}
                    {email.get_untracked().map(|address| view! { <span class="id-sub"><EmailText address=address/></span> }.into_any())}
                </div>
            </div>
        </th>
    }
    .into_any()
}

/// The cell with a row's checkbox.
#[component]
pub fn SelectCell(
    /// Name of the form values.
    #[prop(into)]
    name: String,
    /// The row's value.
    #[prop(into)]
    value: String,
    /// What ticking selects, for screen readers: "Select Bruno Okafor".
    #[prop(into)]
    label: String,
    /// Ticked at first.
    #[prop(optional)]
    checked: bool,
) -> impl IntoView {
    view! {
        <td class="c-sel">
            <label class="hit">
                <input class="check" type="checkbox" name=name value=value checked=checked/>
                <span class="vh">{label}</span>
            </label>
        </td>
    }
    .into_any()
}
