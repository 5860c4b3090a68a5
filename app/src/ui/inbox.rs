//! Lists of what waits for somebody, and of sessions.

use super::{Glyph, Icon, Tag};
use crate::i18n::use_text;
use leptos::{children::ViewFnOnce, prelude::*};

/// Things that wait for the reader, or mails.
#[component]
pub fn Inbox(
    /// What the list holds, for screen readers.
    #[prop(into)]
    label: String,
    /// [`InboxItem`]s.
    children: Children,
) -> impl IntoView {
    view! { <ul class="inbox" role="list" aria-label=label>{children()}</ul> }.into_any()
}

/// One thing that waits; the whole line leads to it.
#[component]
pub fn InboxItem(
    /// Its page.
    #[prop(into)]
    href: String,
    /// What it is.
    #[prop(into)]
    title: String,
    /// More about it, or from whom it is.
    #[prop(optional, into)]
    text: Option<String>,
    /// When, or how much.
    #[prop(optional, into)]
    meta: Option<String>,
    /// Not seen yet.
    #[prop(optional)]
    unread: bool,
    /// Its one action.
    #[prop(optional, into)]
    action: Option<ViewFnOnce>,
) -> impl IntoView {
    let t = use_text();
    view! {
        <li data-unread=unread>
            <div class="inbox-what">
                <a href=href>
                    {unread.then(|| view! { <span class="vh">{t.unread_mark()} ": "</span> }.into_any())}
                    {title}
                </a>
                {text.map(|text| view! { <span>{text}</span> }.into_any())}
            </div>
            <div class="inbox-end">
                {meta.map(|meta| view! { <bdi class="nw">{meta}</bdi> }.into_any())}
                {action.map(ViewFnOnce::run)}
            </div>
        </li>
    }
    .into_any()
}

/// Where somebody is signed in.
#[component]
pub fn SessionList(
    /// [`SessionItem`]s.
    children: Children,
) -> impl IntoView {
    view! { <ul class="sessions" role="list">{children()}</ul> }.into_any()
}

/// One device where somebody is signed in.
#[component]
pub fn SessionItem(
    /// Browser and system: "Firefox on Linux".
    #[prop(into)]
    device: String,
    /// Address and country.
    #[prop(optional, into)]
    place: MaybeProp<String>,
    /// The company that it acts for.
    #[prop(optional, into)]
    acts_for: String,
    /// When it was used last, formatted.
    #[prop(into)]
    last_seen: String,
    /// The device at hand.
    #[prop(optional)]
    current: bool,
    /// The way to sign it out.
    #[prop(optional, into)]
    action: Option<ViewFnOnce>,
) -> impl IntoView {
    let t = use_text();
    view! {
        <li>
            <Glyph icon=Icon::Device/>
            <div>
                <b>{device}</b>
                {current.then(|| view! { <Tag>{t.this_device()}</Tag> }.into_any())}
                {(!acts_for.is_empty()).then(|| view! { <small>{acts_for}</small> }.into_any())}
                <small>{last_seen} {place.get_untracked().map(|place| view! { " · " <bdi>{place}</bdi> }.into_any())}</small>
            </div>
            {action.map(|action| view! { <div class="row">{action.run()}</div> }.into_any())}
        </li>
    }
    .into_any()
}
