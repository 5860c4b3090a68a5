//! Where things stand on a page.

use leptos::{children::ViewFnOnce, prelude::*};

/// A column of the width of a form.
#[component]
pub fn Narrow(
    /// The column's content.
    children: Children,
) -> impl IntoView {
    view! { <div class="narrow">{children()}</div> }
}

/// Puts even space between what stands below each other.
#[component]
pub fn Stack(
    /// The things to set apart.
    children: Children,
) -> impl IntoView {
    view! { <div class="stack">{children()}</div> }
}

/// Buttons or badges beside each other; they wrap.
#[component]
pub fn Actions(
    /// The buttons.
    children: Children,
) -> impl IntoView {
    view! { <div class="row">{children()}</div> }
}

/// Two or more fields side by side where there is room.
#[component]
pub fn Pair(
    /// The fields.
    children: Children,
) -> impl IntoView {
    view! { <div class="pair">{children()}</div> }
}

/// A wide column and a narrow one beside it; below each other on phones.
#[component]
pub fn Columns(
    /// The narrow column.
    #[prop(into)]
    aside: ViewFnOnce,
    /// The wide column.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="cols">
            <div>{children()}</div>
            <aside>{aside.run()}</aside>
        </div>
    }
    .into_any()
}

/// A part of a page with its own heading.
#[component]
pub fn Section(
    /// The heading.
    #[prop(into)]
    title: String,
    /// A sentence below the heading.
    #[prop(optional, into)]
    lead: Option<String>,
    /// A link beside the heading: address and words.
    #[prop(optional, into)]
    link: Option<(String, String)>,
    /// The section's id, for links to it.
    #[prop(optional, into)]
    id: Option<String>,
    /// The section's content.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="section" id=id>
            <div class="page-head">
                <div>
                    <h2>{title}</h2>
                    {lead.map(|text| view! { <p>{text}</p> }.into_any())}
                </div>
                {link.map(|(href, words)| view! { <a href=href>{words}</a> }.into_any())}
            </div>
            {children()}
        </section>
    }
    .into_any()
}

/// The samples of the gallery, far apart.
#[cfg(feature = "gallery")]
#[component]
pub fn GalleryStack(
    /// The samples.
    children: Children,
) -> impl IntoView {
    view! { <div class="gallery">{children()}</div> }
}
