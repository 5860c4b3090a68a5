//! Preview and findings follow what is being typed. Only in the browser.

use std::time::Duration;

use leptos::prelude::*;
use model::{TemplateFinding, TemplateSample};
use wasm_bindgen::JsCast;
use web_sys::{Element, FormData, HtmlFormElement};

use crate::address::address;
use crate::api::office::templates::OfficeTemplatesLint;
use crate::load::read;

/// Long enough to type on, short enough to wait for.
const PAUSE: Duration = Duration::from_millis(400);

/// What is typed, and where it is shown.
#[derive(Clone, Copy)]
pub(super) struct Living {
    findings: RwSignal<Vec<TemplateFinding>>,
    /// How the mail is looked at
    view: Memo<&'static str>,
    /// How often something was typed
    typed: RwSignal<u32>,
}

impl Living {
    pub(super) fn new(findings: RwSignal<Vec<TemplateFinding>>, view: Memo<&'static str>) -> Self {
        let living = Self { findings, view, typed: RwSignal::new(0) };
        Effect::new(move |before: Option<&'static str>| {
            let now = view.get();
            if before.is_some_and(|before| before != now) {
                living.show();
            }
            now
        });
        living
    }

    /// To be called on every change: a moment after the last one, it is shown.
    pub(super) fn change(self) {
        self.typed.update(|count| *count += 1);
        let this = self.typed.get_untracked();
        // Somebody types on, or the page is gone.
        let latest = move || self.typed.try_get_untracked() == Some(this);
        set_timeout(
            move || {
                if latest() {
                    self.show();
                    self.look(latest);
                }
            },
            PAUSE,
        );
    }

    fn look(self, latest: impl Fn() -> bool + 'static) {
        let Some(typed) = form().and_then(|form| FormData::new_with_form(&form).ok()) else { return };
        let value = |name: &str| typed.get(name).as_string().unwrap_or_default();
        let ask = OfficeTemplatesLint {
            mail_kind: value("mail_kind"),
            mail_locale: value("mail_locale"),
            subject: value("subject"),
            preheader: value("preheader"),
            html: value("html"),
            text: value("text"),
        };
        leptos::task::spawn_local(async move {
            // What can't be asked now is asked with the next change, or said on saving.
            if let Ok(found) = read(ask).await
                && latest()
            {
                self.findings.set(found);
            }
        });
    }

    /// Sends the form into a new frame in place of the old one: one that had shown something would add a step to the
    /// browser's history.
    fn show(self) {
        let (Some(form), Some(frame)) = (form(), document().get_element_by_id(FRAME)) else { return };
        let Some(fresh) = frame.clone_node().ok().and_then(|node| node.dyn_into::<Element>().ok()) else {
            return;
        };
        _ = fresh.remove_attribute("src");
        _ = fresh.set_attribute("name", FRAME);
        _ = frame.replace_with_with_node_1(&fresh);
        let action = form.get_attribute("action");
        form.set_action(&preview_address(TYPED, None, self.view.get_untracked()));
        form.set_target(FRAME);
        _ = form.submit();
        _ = form.remove_attribute("target");
        if let Some(action) = action {
            form.set_action(&action);
        }
    }
}

/// Where to ask for a preview as it is looked at; of this record, if the form doesn't say of which.
pub(super) fn preview_address(path: &str, sample: Option<TemplateSample>, view: &str) -> String {
    let sample = sample.map(|sample| ("sample", sample.key().to_owned()));
    let kind = if view == "text" { "text" } else { "html" };
    let dark = if view == "dark" { "1" } else { "0" };
    let pairs: Vec<_> =
        sample.into_iter().chain([("view", kind.to_owned()), ("dark", dark.to_owned())]).collect();
    address(path, &pairs)
}

/// Where what is typed is shown.
const TYPED: &str = "/office/templates/preview";
/// The frame of the preview.
pub(super) const FRAME: &str = "preview-frame";

/// The form around the source.
fn form() -> Option<HtmlFormElement> {
    document().get_element_by_id("html")?.closest("form").ok()??.dyn_into().ok()
}
