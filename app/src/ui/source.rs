//! Source text, comparisons of it, and mails as they will look.

use leptos::prelude::*;

/// Source as it is written, not to be changed.
#[component]
pub fn SourceText(
    /// The source
    #[prop(into)]
    text: String,
    /// What it is, for screen readers.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! { <pre class="source" dir="ltr" tabindex="0" role="region" aria-label=label>{text}</pre> }
}

/// A line of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// In both
    Same,
    /// Only before
    Removed,
    /// Only after
    Added,
}

/// Two sources compared line by line. Signs say what became of a line, not colours alone.
#[component]
pub fn SourceDiff(
    /// The lines
    lines: Vec<(Compared, String)>,
    /// What is compared, for screen readers.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let lines = lines.into_iter().map(|(compared, text)| match compared {
        Compared::Same => view! { <span>"  " {text} "\n"</span> }.into_any(),
        Compared::Removed => view! { <del>"− " {text} "\n"</del> }.into_any(),
        Compared::Added => view! { <ins>"+ " {text} "\n"</ins> }.into_any(),
    });
    view! { <pre class="source" dir="ltr" tabindex="0" role="region" aria-label=label>{lines.collect_view()}</pre> }
        .into_any()
}

/// What does something only while the page is alive: without script it is not there.
#[component]
pub fn LivingOnly(
    /// Buttons and the like
    children: Children,
) -> impl IntoView {
    view! { <span class="living">{children()}</span> }
}

/// A mail in a frame that can do nothing.
#[component]
pub fn MailFrame(
    /// Where the mail is
    #[prop(into)]
    src: String,
    /// What it shows, for screen readers.
    #[prop(into)]
    title: String,
    /// As narrow as a phone
    #[prop(optional, into)]
    phone: Signal<bool>,
    /// The frame's id
    #[prop(optional)]
    id: Option<&'static str>,
) -> impl IntoView {
    let class = move || if phone.get() { "mail-frame mail-frame-phone" } else { "mail-frame" };
    view! { <div class=class><iframe id=id src=src title=title sandbox=""></iframe></div> }.into_any()
}
