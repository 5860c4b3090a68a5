use leptos::prelude::*;
use model::TemplateFinding;

use crate::i18n::{fault_text, part_text, use_text};
use crate::ui::{Badge, Fact, Facts, Hint, Section, Status};

/// What was found in a template, each with its line.
#[component]
pub(super) fn Findings(
    /// What was found
    findings: Signal<Vec<TemplateFinding>>,
) -> impl IntoView {
    let t = use_text();
    let list = move || {
        let found = findings.get();
        if found.is_empty() {
            return view! { <Hint>{t.template_no_findings()}</Hint> }.into_any();
        }
        let rows = found.into_iter().map(move |finding| {
            let part = part_text(t, finding.part);
            let place = finding.line.map_or_else(|| part.to_owned(), |line| t.template_line(part, line));
            let (status, kind) = if finding.fault.refuses() {
                (Status::Bad, t.template_error())
            } else {
                (Status::Off, t.template_note())
            };
            let words = fault_text(t, &finding.fault);
            view! { <Fact term=place><Badge status=status>{kind}</Badge> " " {words}</Fact> }
        });
        view! { <Facts>{rows.collect_view()}</Facts> }.into_any()
    };
    view! { <Section id="findings" title=t.template_findings()>{list}</Section> }
}
