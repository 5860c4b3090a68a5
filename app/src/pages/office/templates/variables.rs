//! The variables of a mail: inserted by a button where the cursor was last, or offered while they are typed.

use leptos::prelude::*;
use model::TemplateVariable;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, HtmlTextAreaElement, KeyboardEvent};

use crate::i18n::use_text;
use crate::ui::{
    Button, Completion, Fact, Facts, LivingOnly, Look, Section, completion_entry, use_announcer,
};

/// The fields that variables may stand in, by their ids.
pub(super) const FIELDS: [&str; 4] = ["subject", "preheader", "html", "text"];
/// More are not offered at once.
const MOST: usize = 8;
/// A name that is longer is none.
const LONGEST: usize = 60;

/// Where variables go.
#[derive(Clone, Copy)]
pub(super) struct Cursor {
    /// The field that was used last
    last: RwSignal<&'static str>,
    offer: RwSignal<Option<Offer>>,
    list: StoredValue<Vec<TemplateVariable>>,
}

/// The variables that begin as what stands before the cursor, after `{{`.
#[derive(Clone, Debug, PartialEq)]
struct Offer {
    field: &'static str,
    /// Behind `{{`, in the units that browsers count
    from: u32,
    to: u32,
    found: Vec<TemplateVariable>,
    chosen: usize,
    /// Pixels from the corner of the fields
    place: (i32, i32),
}

impl Cursor {
    pub(super) fn new(list: Vec<TemplateVariable>) -> Self {
        Self { last: RwSignal::new("html"), offer: RwSignal::new(None), list: StoredValue::new(list) }
    }

    /// Notes which field is used.
    pub(super) fn enter(self, event: &Event) {
        if let Some(field) = field_of(event) {
            self.last.set(field);
        }
    }

    /// To be called when the focus has left a field.
    pub(super) fn leave(self) {
        self.offer.set(None);
    }

    /// Looks for what could be meant by what was just typed.
    pub(super) fn typed(self, event: &Event) {
        let before = self.offer.get_untracked().is_some();
        let offer = field_of(event).and_then(|field| self.offered(field));
        if let (false, Some(offer)) = (before, &offer) {
            use_announcer().say(use_text().template_offered(offer.found.len()));
        }
        self.offer.set(offer);
    }

    fn offered(self, field: &'static str) -> Option<Offer> {
        let (text, at) = before_cursor(field)?;
        let (from, typed) = begun(&text)?;
        let found: Vec<_> = self.list.with_value(|list| matching(list, typed).take(MOST).cloned().collect());
        let only = found.len() == 1 && found.iter().all(|v| v.name == typed);
        if found.is_empty() || only {
            return None;
        }
        let place = place_of(field, &text)?;
        Some(Offer { field, from, to: at, found, chosen: 0, place })
    }

    /// Chooses, takes or closes by key. Other keys are typed.
    pub(super) fn pressed(self, event: &KeyboardEvent) {
        let Some(mut offer) = self.offer.get_untracked() else { return };
        let count = offer.found.len();
        match event.key().as_str() {
            "ArrowDown" => offer.chosen = (offer.chosen + 1) % count,
            "ArrowUp" => offer.chosen = (offer.chosen + count - 1) % count,
            "Enter" | "Tab" => {
                event.prevent_default();
                return self.take(offer.chosen);
            }
            "Escape" => {
                event.prevent_default();
                return self.offer.set(None);
            }
            _ => return,
        }
        event.prevent_default();
        self.offer.set(Some(offer));
    }

    fn take(self, chosen: usize) {
        let Some(offer) = self.offer.get_untracked() else { return };
        self.offer.set(None);
        if let Some(variable) = offer.found.get(chosen) {
            write(offer.field, Some((offer.from, offer.to)), &format!(" {} }}}}", variable.name));
        }
    }
}

/// The field that the event is about.
fn field_of(event: &Event) -> Option<&'static str> {
    let id = event.target()?.dyn_into::<Element>().ok()?.id();
    FIELDS.into_iter().find(|field| *field == id)
}

/// What begins as a variable at the end of the text: where, in UTF-16 units, and as far as it was typed.
fn begun(text: &str) -> Option<(u32, &str)> {
    let from = text.rfind("{{")? + 2;
    let typed = &text[from..];
    let name = typed.trim_start_matches(' ');
    let part_of_a_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
    let fits = typed.len() <= LONGEST && name.chars().all(part_of_a_name);
    let units = u32::try_from(text[..from].encode_utf16().count()).ok()?;
    fits.then_some((units, name))
}

/// Those that begin so, and after them those that hold it.
fn matching<'a>(list: &'a [TemplateVariable], typed: &'a str) -> impl Iterator<Item = &'a TemplateVariable> {
    let first = list.iter().filter(move |v| v.name.starts_with(typed));
    first.chain(list.iter().filter(move |v| !v.name.starts_with(typed) && v.name.contains(typed)))
}

/// What stands before the cursor of a field, and where that is.
fn before_cursor(field: &str) -> Option<(String, u32)> {
    let element = document().get_element_by_id(field)?;
    let (text, at) = match element.dyn_ref::<HtmlTextAreaElement>() {
        Some(area) => (area.value(), area.selection_start().ok()??),
        None => {
            let input = element.dyn_ref::<HtmlInputElement>()?;
            (input.value(), input.selection_start().ok()??)
        }
    };
    let units: Vec<u16> = text.encode_utf16().take(at as usize).collect();
    Some((String::from_utf16_lossy(&units), at))
}

/// Below the line of the cursor. In whole pixels: numbers with fractions would come with a large piece of program.
#[allow(clippy::cast_possible_truncation, reason = "places on a screen")]
fn place_of(field: &str, before: &str) -> Option<(i32, i32)> {
    let element = document().get_element_by_id(field)?.dyn_into::<HtmlElement>().ok()?;
    let height = element.client_height();
    let below = match element.dyn_ref::<HtmlTextAreaElement>() {
        Some(area) => {
            // No line is broken, so that all have the same height.
            let lines = |text: &str| i32::try_from(text.split('\n').count()).unwrap_or(1);
            let text = area.scroll_height();
            let line = if text > height { text / lines(&area.value()) } else { height / rows(area) };
            (line * lines(before) - area.scroll_top()).min(height)
        }
        None => height,
    };
    let around = element.closest("[data-fields]").ok()??.get_bounding_client_rect();
    let own = element.get_bounding_client_rect();
    Some(((own.left() - around.left()) as i32, (own.top() - around.top()) as i32 + below))
}

fn rows(area: &HtmlTextAreaElement) -> i32 {
    i32::try_from(area.rows()).unwrap_or(1).max(1)
}

/// Writes into a field, in place of a part of it or where its cursor is, leaves the cursor behind that, and has
/// everything know that something was typed.
fn write(field: &str, part: Option<(u32, u32)>, text: &str) {
    let Some(element) = document().get_element_by_id(field) else { return };
    // Names of variables are of one code unit a sign.
    let length = u32::try_from(text.len()).unwrap_or_default();
    if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        let at = area.selection_start().ok().flatten().unwrap_or_default();
        let (from, to) = part.unwrap_or((at, area.selection_end().ok().flatten().unwrap_or(at)));
        _ = area.set_range_text_with_start_and_end(text, from, to);
        _ = area.set_selection_range(from + length, from + length);
        _ = area.focus();
    } else if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        let at = input.selection_start().ok().flatten().unwrap_or_default();
        let (from, to) = part.unwrap_or((at, input.selection_end().ok().flatten().unwrap_or(at)));
        _ = input.set_range_text_with_start_and_end(text, from, to);
        _ = input.set_selection_range(from + length, from + length);
        _ = input.focus();
    }
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    if let Ok(event) = Event::new_with_event_init_dict("input", &init) {
        _ = element.dispatch_event(&event);
    }
}

/// All variables, each with a button that inserts it.
#[component]
pub(super) fn Variables(cursor: Cursor) -> impl IntoView {
    let t = use_text();
    let rows = cursor.list.get_value().into_iter().map(move |variable| {
        let written = format!("{{{{ {} }}}}", variable.name);
        let required = variable.required.then(|| format!(" ({})", t.template_required()));
        let inserted = written.clone();
        view! {
            <Fact term=written>
                {variable.words}
                {required}
                " "
                <LivingOnly>
                    <span on:click=move |_| write(cursor.last.get_untracked(), None, &inserted)>
                        <Button look=Look::Quiet plain=true about=variable.name>{t.template_insert()}</Button>
                    </span>
                </LivingOnly>
            </Fact>
        }
    });
    view! {
        <Section title=t.template_variables() lead=t.template_variables_hint()>
            <Facts>{rows.collect_view()}</Facts>
        </Section>
    }
    .into_any()
}

/// The variables that could be meant, below the cursor. The focus stays in the field.
#[component]
pub(super) fn Offered(cursor: Cursor) -> impl IntoView {
    let t = use_text();
    Effect::new(move |before: Option<Option<&'static str>>| {
        let offer = cursor.offer.get();
        let field = offer.as_ref().map(|offer| offer.field);
        for id in before.flatten().into_iter().chain(field) {
            let Some(element) = document().get_element_by_id(id) else { continue };
            match &offer {
                Some(offer) if offer.field == id => {
                    _ = element.set_attribute("aria-controls", LIST);
                    _ = element.set_attribute("aria-activedescendant", &completion_entry(LIST, offer.chosen));
                }
                _ => {
                    _ = element.remove_attribute("aria-controls");
                    _ = element.remove_attribute("aria-activedescendant");
                }
            }
        }
        field
    });
    move || {
        let offer = cursor.offer.get()?;
        let entries = offer.found.into_iter().map(|variable| (variable.name, variable.words)).collect();
        let take = move |entry| cursor.take(entry);
        Some(
            view! {
                <Completion id=LIST label=t.template_variables() entries chosen=offer.chosen place=offer.place take/>
            }
            .into_any(),
        )
    }
}

const LIST: &str = "completion";

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn variable(name: &str) -> TemplateVariable {
        TemplateVariable { name: name.to_owned(), words: String::new(), required: false }
    }

    #[test]
    fn a_variable_begins_behind_braces_that_nothing_closes() {
        assert_eq!(begun("Dear {{"), Some((7, "")));
        assert_eq!(begun("ü {{ na"), Some((4, "na")));
        assert_eq!(begun("😀{{shop.na"), Some((4, "shop.na")));
        for none in ["Dear", "{ {na", "{{ name }} and", "{{ name }", "{{ na me", "{{\nna"] {
            assert_eq!(begun(none), None, "{none}");
        }
        assert_eq!(begun(&format!("{{{{{}", "a".repeat(LONGEST + 1))), None);
    }

    #[test]
    fn what_begins_so_comes_before_what_holds_it() {
        let list = ["shop_name", "name", "link"].map(variable);
        let names: Vec<_> = matching(&list, "na").map(|v| v.name.as_str()).collect();
        assert_eq!(names, ["name", "shop_name"]);
        assert_eq!(matching(&list, "").count(), 3);
        assert_eq!(matching(&list, "x").count(), 0);
    }
}
