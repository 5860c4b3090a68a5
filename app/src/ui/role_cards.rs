//! The choice of roles.

use super::{Fieldset, Glyph, Icon, check_field::numbered};
use crate::i18n::use_text;
use leptos::prelude::*;

/// One role on offer.
#[derive(Clone, Debug, Default)]
pub struct RoleChoice {
    /// The value that the form sends.
    pub value: String,
    /// The role's name.
    pub name: String,
    /// One plain sentence on what it is for.
    pub summary: String,
    /// What it allows.
    pub can: Vec<String>,
    /// What people expect of it and it does not allow.
    pub cannot: Vec<String>,
    /// A word of care, such as on the right to manage users.
    pub note: Option<String>,
    /// Ticked at first.
    pub checked: bool,
    /// Why the tick cannot be changed; the card is disabled then and still sends its value.
    pub locked: Option<String>,
}

/// Cards to tick, several at once; each whole card is the label of its checkbox.
#[component]
pub fn RoleCards(
    /// Name of the form values; also the id of the first checkbox.
    #[prop(into)]
    name: String,
    /// The words above the cards; "Roles" if not given.
    #[prop(optional, into)]
    legend: Option<String>,
    /// The roles on offer.
    roles: Vec<RoleChoice>,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: MaybeProp<String>,
    /// A sentence that explains the choice.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// Follows which values are ticked.
    #[prop(optional, into)]
    picked: Option<RwSignal<Vec<String>>>,
    /// What the ticked roles come to together.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let legend = legend.unwrap_or_else(|| use_text().roles_legend().to_owned());
    let cards: Vec<_> = roles
        .into_iter()
        .enumerate()
        .map(|(i, role)| card(numbered(&name, i), &name, role, picked))
        .collect();
    view! {
        <Fieldset legend=legend name=name hint=hint error=error>
            {cards}
            {children.map(|children| view! { <p class="together" aria-live="polite">{children()}</p> }.into_any())}
        </Fieldset>
    }
    .into_any()
}

fn card(id: String, name: &str, role: RoleChoice, picked: Option<RwSignal<Vec<String>>>) -> AnyView {
    let t = use_text();
    let RoleChoice { value, name: title, summary, can, cannot, note, checked, locked } = role;
    let disabled = locked.is_some();
    // A disabled checkbox sends nothing; what it stands for must not get lost.
    let kept = (disabled && checked)
        .then(|| view! { <input type="hidden" name=name.to_owned() value=value.clone()/> }.into_any());
    let about = format!("{id}-about");
    let title_id = format!("{id}-name");
    let allowed = can
        .into_iter()
        .map(|c| view! { <span><span class="vh">{t.role_can()}</span>{c}" "</span> }.into_any())
        .collect_view();
    let refused = cannot
        .into_iter()
        .map(|c| view! { <span data-no><span class="vh">{t.role_cannot()}</span>{c}" "</span> }.into_any())
        .collect_view();
    let own = value.clone();
    view! {
        <label class="role">
            <input
                class="check"
                type="checkbox"
                id=id
                name=name.to_owned()
                value=value
                checked=checked
                disabled=disabled
                aria-labelledby=title_id.clone()
                aria-describedby=about.clone()
                on:change=move |event| if let Some(picked) = picked {
                    let ticked = event_target_checked(&event);
                    picked.update(|values| {
                        values.retain(|v| *v != own);
                        if ticked {
                            values.push(own.clone());
                        }
                    });
                }
            />
            <strong id=title_id>{title}</strong>
            <span id=about class="role-about">
                <span class="role-text">{summary}</span>
                <span class="role-can">{allowed}{refused}</span>
                {note.map(|note| view! { <span class="role-note"><Glyph icon=Icon::Info/>{note}</span> }.into_any())}
                {locked.map(|reason| view! { <span class="role-note"><Glyph icon=Icon::Lock/>{reason}</span> }.into_any())}
            </span>
            {kept}
        </label>
    }
    .into_any()
}
