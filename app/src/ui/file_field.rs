//! The field for files.

use super::field::Frame;
use leptos::prelude::*;

/// A native file input; dropping a file on it works, and so does its button.
#[component]
pub fn FileField(
    /// Name of the form value; also the field's id.
    #[prop(into)]
    name: String,
    /// The words above the field.
    #[prop(into)]
    label: String,
    /// The types taken, as for the attribute `accept`: ".csv,text/csv".
    #[prop(into)]
    accept: String,
    /// Takes several files.
    #[prop(optional)]
    multiple: bool,
    /// What is wrong and what to do.
    #[prop(optional, into)]
    error: MaybeProp<String>,
    /// What the file should hold.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// A sample to download: address and words.
    #[prop(optional, into)]
    sample: Option<(String, String)>,
) -> impl IntoView {
    let frame = Frame { id: name.clone(), label, optional: false, hint, error };
    let control = view! {
        <input
            class="file"
            type="file"
            id=name.clone()
            name=name
            accept=accept
            multiple=multiple
            aria-describedby=frame.described_by()
            aria-invalid=frame.invalid()
        />
    };
    let sample = sample.map(|(href, words)| {
        view! { <p class="hint"><a href=href rel="external" download>{words}</a></p> }.into_any()
    });
    frame.around(control.into_any(), sample.into_any())
}
