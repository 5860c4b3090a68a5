//! Messages that stay on the page.

use super::{Glyph, Icon};
use leptos::{children::ViewFnOnce, prelude::*};

/// What a message means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Good to know.
    Info,
    /// Something was done.
    Ok,
    /// Something needs care.
    Warn,
    /// Something failed.
    Bad,
    /// Something does not answer; what is shown may be old or incomplete.
    Unavailable,
}

impl Notice {
    /// All meanings, for the gallery.
    pub const ALL: [Self; 5] = [Self::Info, Self::Ok, Self::Warn, Self::Bad, Self::Unavailable];
}

/// A message with at most one action.
#[component]
pub fn Banner(
    /// What the message means.
    kind: Notice,
    /// The message in a few words.
    #[prop(optional, into)]
    title: Option<String>,
    /// The one action.
    #[prop(optional, into)]
    action: Option<ViewFnOnce>,
    /// The message.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (class, icon) = match kind {
        Notice::Info => ("banner", Icon::Info),
        Notice::Ok => ("banner banner-ok", Icon::Check),
        Notice::Warn => ("banner banner-warn", Icon::Warn),
        Notice::Bad => ("banner banner-bad", Icon::Bad),
        Notice::Unavailable => ("banner banner-off", Icon::Off),
    };
    view! {
        <div class=class>
            <Glyph icon=icon/>
            <div class="banner-text">
                {title.map(|title| view! { <strong>{title}</strong> }.into_any())}
                {children.map(|children| view! { <div>{children()}</div> }.into_any())}
            </div>
            {action.map(|action| view! { <div class="banner-act">{action.run()}</div> }.into_any())}
        </div>
    }
    .into_any()
}
