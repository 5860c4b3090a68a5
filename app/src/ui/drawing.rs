//! Line drawings: ink lines and one apricot shape.

use crate::i18n::use_text;
use leptos::prelude::*;

/// What a drawing shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    /// A letter on its way: a mail was sent.
    Letter,
    /// A key: access.
    Key,
    /// Sheets of paper: nothing here yet.
    Papers,
    /// A magnifier: nothing found.
    Lens,
    /// A cup: nothing to do now.
    Cup,
    /// A pulled plug: something does not answer.
    Plug,
    /// A tick on a seal: finished.
    Done,
}

impl Scene {
    /// All drawings, for the gallery.
    pub const ALL: [Self; 7] =
        [Self::Letter, Self::Key, Self::Papers, Self::Lens, Self::Cup, Self::Plug, Self::Done];

    const fn shapes(self) -> &'static str {
        match self {
            Self::Letter => {
                r#"<circle class="spot" cx="88" cy="30" r="16"/><rect class="paper" x="22" y="30" width="70" height="46" rx="4"/><path d="m22 35 35 25 35-25"/><path class="soft" d="M6 46h10M2 56h14M8 66h8"/>"#
            }
            Self::Key => {
                r#"<circle class="spot" cx="42" cy="46" r="22"/><circle class="paper" cx="42" cy="46" r="9"/><path d="M64 46h44v12M94 46v9"/>"#
            }
            Self::Papers => {
                r#"<rect class="spot" x="52" y="14" width="44" height="58" rx="4"/><rect class="paper" x="26" y="24" width="46" height="60" rx="4"/><path d="M35 40h28M35 50h28M35 60h18"/><path class="soft" d="M10 84h100"/>"#
            }
            Self::Lens => {
                r#"<circle class="spot" cx="52" cy="42" r="26"/><circle cx="52" cy="42" r="18"/><path d="m66 56 24 24"/><path class="soft" d="M44 42h16M14 84h30"/>"#
            }
            Self::Cup => {
                r#"<circle class="spot" cx="86" cy="28" r="14"/><path class="paper" d="M30 42h48v18a20 20 0 0 1-20 20h-8a20 20 0 0 1-20-20Z"/><path d="M78 48h8a8 8 0 0 1 0 16h-9"/><path class="soft" d="M44 34c-4-6 4-8 0-14M60 34c-4-6 4-8 0-14M18 86h76"/>"#
            }
            Self::Plug => {
                r#"<path class="spot" d="M68 32h12a14 14 0 0 1 0 28H68Z"/><path d="M68 40h-9M68 52h-9M94 46h20"/><path class="paper" d="M44 32H32a14 14 0 0 0 0 28h12Z"/><path d="M18 46H2"/><path class="soft" d="m50 24 3 5M58 22v6M50 68l3-5M58 70v-6"/>"#
            }
            Self::Done => {
                r#"<path class="spot" d="m60 10 10 7 12-1 4 11 10 7-4 12 4 12-10 7-4 11-12-1-10 7-10-7-12 1-4-11-10-7 4-12-4-12 10-7 4-11 12 1Z"/><path d="m46 46 10 10 20-22"/>"#
            }
        }
    }
}

/// A line drawing; decoration beside words that say the same.
#[component]
pub fn Drawing(
    /// What it shows.
    of: Scene,
) -> impl IntoView {
    view! { <svg class="drawing" viewBox="0 0 120 96" aria-hidden="true" inner_html=of.shapes()></svg> }
}

/// The top of an invoice, with the two numbers that activation asks for marked.
#[component]
pub fn NumberPicture() -> impl IntoView {
    let t = use_text();
    let words = format!(
        r#"<rect class="paper" x="8" y="4" width="124" height="112" rx="4"/><path class="soft" d="M18 18h26M18 24h18M92 18h30M18 78h104M18 88h104M18 98h70"/><rect class="spot" x="14" y="46" width="112" height="22" rx="4"/><text x="18" y="40">{}</text><text class="mark" x="19" y="55">{}</text><text x="121" y="55" text-anchor="end">C10001</text><text class="mark" x="19" y="64">{}</text><text x="121" y="64" text-anchor="end">INV-000001</text>"#,
        t.picture_invoice(),
        t.picture_customer_number(),
        t.picture_invoice_number(),
    );
    view! {
        <svg class="drawing" viewBox="0 0 140 120" aria-hidden="true" inner_html=words></svg>
        <p>{t.picture_caption()}</p>
    }
}
