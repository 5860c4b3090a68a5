//! How a brand looks. Drawn, because colours that nobody has saved yet stand in no style sheet.

use crate::i18n::{Text, use_text};
use leptos::prelude::*;
use model::{BrandSheet, Locale};

/// A button, a link and plain words in a brand's hue, on a light and on a dark sheet, with their contrasts.
#[component]
pub fn BrandPreview(
    /// The hue in degrees.
    hue: u16,
) -> impl IntoView {
    let t = use_text();
    let sheets = [(t.brand_light(), BrandSheet::light(hue)), (t.brand_dark(), BrandSheet::dark(hue))];
    let sheets = sheets.map(|(name, sheet)| drawn(t, name, &sheet)).collect_view();
    view! { <div class="pair">{sheets}</div> }.into_any()
}

fn drawn(t: Text, name: &'static str, sheet: &BrandSheet) -> AnyView {
    let ratios = t.brand_ratios(&ratio(t, sheet.button_contrast()), &ratio(t, sheet.link_contrast()));
    view! {
        <figure>
            <svg viewBox="0 0 240 96" role="img" aria-label=t.brand_preview(name)>
                <rect width="240" height="96" rx="10" fill=sheet.surface stroke="#7D828C"/>
                <rect x="16" y="16" width="120" height="32" rx="6" fill=sheet.accent.css()/>
                <text x="76" y="37" font-size="14" text-anchor="middle" fill=sheet.on_accent>{t.brand_button()}</text>
                <text x="16" y="76" font-size="14" fill=sheet.link.css() text-decoration="underline">{t.brand_link()}</text>
                <text x="76" y="76" font-size="14" fill=sheet.text>{t.brand_text()}</text>
            </svg>
            <figcaption class="hint">{name} ". " {ratios}</figcaption>
        </figure>
    }
    .into_any()
}

/// Cut, not rounded, so that none looks better than it is.
fn ratio(t: Text, contrast: f64) -> String {
    let text = format!("{:.1}", (contrast * 10.0).floor() / 10.0);
    if t.0 == Locale::De { text.replace('.', ",") } else { text }
}
