//! Small pieces of text that need more than their characters.

use leptos::prelude::*;

/// Small grey text that explains something.
#[component]
pub fn Hint(
    /// The explanation.
    children: Children,
) -> impl IntoView {
    view! { <p class="hint">{children()}</p> }
}

/// A paragraph of introduction, of readable width.
#[component]
pub fn Lead(
    /// The paragraph's text.
    children: Children,
) -> impl IntoView {
    view! { <p class="lead">{children()}</p> }
}

/// Text for screen readers only.
#[component]
pub fn Hidden(
    /// The text.
    children: Children,
) -> impl IntoView {
    view! { <span class="vh">{children()}</span> }
}

/// Text that never wraps.
#[component]
pub fn Nowrap(
    /// The text.
    children: Children,
) -> impl IntoView {
    view! { <span class="nw">{children()}</span> }
}

/// An amount of money, formatted by the host; isolated, so that it stays whole in
/// right-to-left text.
#[component]
pub fn MoneyText(
    /// The formatted amount, such as "€ 1 284.40".
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <bdi class="money">{text}</bdi> }
}

/// An email address, which may wrap before its "@".
#[component]
pub fn EmailText(
    /// The address.
    #[prop(into)]
    address: String,
) -> impl IntoView {
    let (local, domain) = match address.rfind('@') {
        Some(at) => (address[..at].to_owned(), address[at..].to_owned()),
        None => (address, String::new()),
    };
    view! { <bdi class="email">{local}<wbr/>{domain}</bdi> }
}

/// A moment, formatted by the host.
#[component]
pub fn TimeText(
    /// The formatted moment, such as "14 Nov, 10:02".
    #[prop(into)]
    text: String,
    /// The same moment as RFC 3339, for programs.
    #[prop(optional, into)]
    at: Option<String>,
) -> impl IntoView {
    view! { <time datetime=at>{text}</time> }
}

/// What somebody typed into a field of several lines.
#[component]
pub fn TypedText(
    /// As it was typed.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <div class="typed" dir="auto">{text}</div> }
}

/// A link inside text.
#[component]
pub fn TextLink(
    /// The address.
    #[prop(into)]
    href: String,
    /// Set for addresses that the router must not open itself: downloads, sign-out, other systems.
    #[prop(optional)]
    external: bool,
    /// The link's words.
    children: Children,
) -> impl IntoView {
    view! { <a href=href rel=external.then_some("external")>{children()}</a> }
}
