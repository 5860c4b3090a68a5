//! Search and filters above a list.

use super::{Button, Choice, Glyph, Icon, select_field::options_of};
use crate::i18n::use_text;
use leptos::{html, prelude::*};

/// A form that filters the list below it, by its address. It has a button for those without
/// script; with it the list follows shortly after the last change.
#[component]
pub fn FilterBar(
    /// The list's path.
    #[prop(into)]
    action: String,
    /// What is searched, for screen readers.
    #[prop(into)]
    label: String,
    /// Search and selects; hidden inputs for what must stay in the address.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Form>::new();
    #[cfg(feature = "hydrate")]
    let changed = {
        follow::address_back(node);
        follow::applying(node, action.clone())
    };
    #[cfg(not(feature = "hydrate"))]
    let changed = || ();
    view! {
        <form class="filters" data-skip="filters" node_ref=node role="search" method="get" action=action aria-label=label on:input=move |_| changed()>
            {children()}
            <Button>{use_text().apply_filters()}</Button>
        </form>
    }
    .into_any()
}

/// The search field of a [`FilterBar`].
#[component]
pub fn FilterSearch(
    /// Name in the address; also the field's id.
    #[prop(default = "q".to_owned(), into)]
    name: String,
    /// What is searched, for screen readers.
    #[prop(into)]
    label: String,
    /// What can be searched for, shown in the empty field.
    #[prop(optional, into)]
    placeholder: String,
    /// What is searched for now.
    #[prop(optional, into)]
    value: String,
) -> impl IntoView {
    view! {
        <div class="field grow">
            <label class="vh" for=name.clone()>{label}</label>
            <input
                class="input"
                type="search"
                id=name.clone()
                name=name
                placeholder=placeholder
                value=value
                autocomplete="off"
                enterkeyhint="search"
            />
        </div>
    }
    .into_any()
}

/// One filter of a [`FilterBar`], or a choice in a [`BulkBar`](super::BulkBar).
#[component]
pub fn FilterSelect(
    /// Name in the address; also the field's id.
    #[prop(into)]
    name: String,
    /// What is filtered by, for screen readers.
    #[prop(into)]
    label: String,
    /// The values, first the one without filter: an empty value and "Any status".
    options: Vec<Choice>,
    /// The value now.
    #[prop(optional, into)]
    value: String,
) -> impl IntoView {
    view! {
        <div class="field">
            <label class="vh" for=name.clone()>{label}</label>
            <select class="input" id=name.clone() name=name>{options_of(options, &value)}</select>
        </div>
    }
    .into_any()
}

/// A day of a [`FilterBar`], as the browser's own date field.
#[component]
pub fn FilterDate(
    /// Name in the address; also the field's id.
    #[prop(into)]
    name: String,
    /// What the day bounds: "From".
    #[prop(into)]
    label: String,
    /// The day now, as `2026-11-22`.
    #[prop(optional, into)]
    value: String,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=name.clone()>{label}</label>
            <input class="input" type="date" id=name.clone() name=name value=value/>
        </div>
    }
    .into_any()
}

/// One active filter: a link to the list without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    text: String,
    href: String,
}

impl Chip {
    /// The filter in words, and the list without it.
    pub fn new(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into() }
    }
}

/// How much the list holds, and the filters that made it so.
#[component]
pub fn Chips(
    /// The result in words: "21 users". Said to screen readers when it changes.
    #[prop(into)]
    summary: Signal<String>,
    /// The active filters.
    #[prop(optional, into)]
    chips: Signal<Vec<Chip>>,
    /// The list without any filter.
    #[prop(optional, into)]
    clear: Option<String>,
) -> impl IntoView {
    let t = use_text();
    let links = move || {
        let links = chips.get().into_iter().map(|Chip { text, href }| {
            view! {
                <a class="chip" href=href>
                    {text}
                    <Glyph icon=Icon::Close/>
                    <span class="vh">" – " {t.remove_filter()}</span>
                </a>
            }
            .into_any()
        });
        links.collect_view()
    };
    let clear = move || {
        let href = clear.clone().filter(|_| !chips.get().is_empty());
        href.map(|href| view! { <a class="chips-clear" href=href>{t.clear_all_filters()}</a> }.into_any())
    };
    view! {
        <div class="chips" id="results" tabindex="-1" data-skip="results">
            <span role="status">{move || summary.get()}</span>
            {links}
            {clear}
        </div>
    }
    .into_any()
}

/// In the browser the filters apply themselves.
#[cfg(feature = "hydrate")]
mod follow {
    use leptos::{html, prelude::*};
    use leptos_router::{
        NavigateOptions,
        hooks::{use_navigate, use_query_map},
    };
    use std::time::Duration;
    use wasm_bindgen::JsCast;
    use web_sys::{HtmlFormElement, HtmlInputElement, HtmlSelectElement};

    /// Long enough to type on, short enough to wait for.
    const PAUSE: Duration = Duration::from_millis(250);

    /// What to call on every change: a moment after the last one the address follows.
    pub(super) fn applying(node: NodeRef<html::Form>, action: String) -> impl Fn() + 'static {
        let navigate = use_navigate();
        let last = StoredValue::new(0_u32);
        move || {
            last.update_value(|count| *count += 1);
            let (this, navigate, action) = (last.get_value(), navigate.clone(), action.clone());
            set_timeout(
                move || {
                    // Somebody types on, or the page is gone.
                    if last.try_get_value() != Some(this) {
                        return;
                    }
                    if let Some(form) = node.get_untracked() {
                        let options =
                            NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
                        navigate(&address(&action, &form), options);
                    }
                },
                PAUSE,
            );
        }
    }

    /// When the address changes by a link (a chip, a sorted column, Back), the fields follow.
    /// What somebody is typing is left alone.
    pub(super) fn address_back(node: NodeRef<html::Form>) {
        let query = use_query_map();
        Effect::new(move |_| {
            let (query, Some(form)) = (query.get(), node.get()) else { return };
            let typing = document().active_element().is_some_and(|active| form.contains(Some(&active)));
            if typing {
                return;
            }
            let fields = form.elements();
            for field in (0..fields.length()).filter_map(|i| fields.item(i)) {
                if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
                    input.set_value(&query.get(&input.name()).unwrap_or_default());
                } else if let Some(select) = field.dyn_ref::<HtmlSelectElement>() {
                    select.set_value(&query.get(&select.name()).unwrap_or_default());
                }
            }
        });
    }

    /// The list's address with the form's values; empty ones are left out.
    fn address(action: &str, form: &HtmlFormElement) -> String {
        let fields = form.elements();
        let mut query = String::new();
        for field in (0..fields.length()).filter_map(|i| fields.item(i)) {
            let Some((name, value)) = pair(&field) else { continue };
            if !name.is_empty() && !value.is_empty() {
                query.push(if query.is_empty() { '?' } else { '&' });
                query.push_str(&String::from(js_sys::encode_uri_component(&name)));
                query.push('=');
                query.push_str(&String::from(js_sys::encode_uri_component(&value)));
            }
        }
        format!("{action}{query}")
    }

    fn pair(field: &web_sys::Element) -> Option<(String, String)> {
        if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
            let counts = !matches!(input.type_().as_str(), "checkbox" | "radio") || input.checked();
            return counts.then(|| (input.name(), input.value()));
        }
        let select = field.dyn_ref::<HtmlSelectElement>()?;
        Some((select.name(), select.value()))
    }
}
