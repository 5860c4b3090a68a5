//! Buttons, and links that look like them.

use super::{Glyph, Icon};
use leptos::prelude::*;

/// How much a button weighs. A view has one primary button.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// The one thing this view is for.
    Primary,
    /// Everything else.
    #[default]
    Secondary,
    /// Ways out and side paths.
    Quiet,
    /// Takes something away.
    Danger,
}

impl Look {
    /// All looks, for the gallery.
    pub const ALL: [Self; 4] = [Self::Primary, Self::Secondary, Self::Quiet, Self::Danger];

    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "btn btn-primary",
            Self::Secondary => "btn btn-secondary",
            Self::Quiet => "btn btn-quiet",
            Self::Danger => "btn btn-danger",
        }
    }
}

/// A button; it submits its form unless it is `plain` or opens or closes a dialog.
///
/// While busy it keeps its width and its focus and can still be pressed: a key in the form,
/// not a disabled button, prevents a second effect.
#[component]
pub fn Button(
    /// The button's weight.
    #[prop(default = Look::Secondary)]
    look: Look,
    /// Name of the form value that the button sends.
    #[prop(optional, into)]
    name: Option<String>,
    /// The form value that the button sends.
    #[prop(optional, into)]
    value: Option<String>,
    /// Id of the form to submit, where the button stands outside of it.
    #[prop(optional, into)]
    form: Option<String>,
    /// Another address to send the form to.
    #[prop(optional, into)]
    formaction: Option<String>,
    /// Set while the button's work is under way.
    #[prop(optional, into)]
    busy: Option<Signal<bool>>,
    /// What the button says while busy; "Saving…" if not given.
    #[prop(optional, into)]
    busy_label: Option<String>,
    /// Whom or what it concerns, where a page has several such buttons; for screen readers.
    #[prop(optional, into)]
    about: Option<String>,
    /// Id of the dialog to open.
    #[prop(optional, into)]
    opens: Option<String>,
    /// Id of the dialog to close.
    #[prop(optional, into)]
    closes: Option<String>,
    /// Does not submit.
    #[prop(optional)]
    plain: bool,
    /// As wide as its container.
    #[prop(optional)]
    wide: bool,
    /// Takes the focus when it appears.
    #[prop(optional)]
    autofocus: bool,
    /// Verb and noun.
    children: Children,
) -> impl IntoView {
    let command = if opens.is_some() { Some("show-modal") } else { closes.as_ref().map(|_| "close") };
    let kind = if plain || command.is_some() { "button" } else { "submit" };
    let class = if wide { format!("{} btn-wide", look.class()) } else { look.class().to_owned() };
    let busy_label = busy_label.unwrap_or_else(|| crate::i18n::use_text().saving_changes().to_owned());
    let face = match busy {
        None => children(),
        Some(busy) => view! {
            <span class="btn-face">
                <span data-off=move || busy.get()>{children()}</span>
                <span data-off=move || !busy.get()>{busy_label}</span>
            </span>
        }
        .into_any(),
    };
    view! {
        <button
            class=class
            type=kind
            name=name
            value=value
            form=form
            formaction=formaction
            commandfor=opens.or(closes)
            command=command
            autofocus=autofocus
            aria-busy=move || busy.is_some_and(|b| b.get()).then_some("true")
        >
            {face}
            {about.map(|about| view! { <span class="vh">" " {about}</span> }.into_any())}
        </button>
    }
    .into_any()
}

/// A link that looks like a button.
#[component]
pub fn LinkButton(
    /// The address.
    #[prop(into)]
    href: String,
    /// The button's weight.
    #[prop(default = Look::Secondary)]
    look: Look,
    /// Set for addresses that the router must not open itself: downloads, sign-out, other systems.
    #[prop(optional)]
    external: bool,
    /// Whom or what it concerns, where a page has several such links; for screen readers.
    #[prop(optional, into)]
    about: Option<String>,
    /// As wide as its container.
    #[prop(optional)]
    wide: bool,
    /// Verb and noun.
    children: Children,
) -> impl IntoView {
    let class = if wide { format!("{} btn-wide", look.class()) } else { look.class().to_owned() };
    view! {
        <a class=class href=href rel=external.then_some("external")>
            {children()}
            {about.map(|about| view! { <span class="vh">" " {about}</span> }.into_any())}
        </a>
    }
    .into_any()
}

/// A button that shows only an icon.
#[component]
pub fn IconButton(
    /// The icon.
    icon: Icon,
    /// What the button does, for screen readers.
    #[prop(into)]
    label: Signal<String>,
    /// Id of the menu that it opens and closes.
    #[prop(optional, into)]
    menu: Option<String>,
) -> impl IntoView {
    view! {
        <button type="button" class="btn btn-quiet btn-icon" aria-label=move || label.get() popovertarget=menu>
            <Glyph icon=icon/>
        </button>
    }
    .into_any()
}
