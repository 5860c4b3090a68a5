//! How much of a limit is used.

use crate::i18n::use_text;
use leptos::prelude::*;

/// A budget and its used part: figures, a bar, and in words what the bar means.
#[component]
pub fn Meter(
    /// What is measured, for screen readers: "Monthly budget of Bruno Okafor".
    #[prop(into)]
    label: String,
    /// The used part, in minor units.
    used: i64,
    /// The limit, in minor units; 0 for none.
    limit: i64,
    /// The used part, formatted.
    #[prop(into)]
    used_text: String,
    /// The limit, formatted.
    #[prop(into)]
    limit_text: String,
    /// What is left or over: "€ 280 left". Given from 85 % on.
    #[prop(optional, into)]
    note: MaybeProp<String>,
    /// A second line, such as the budget per order.
    #[prop(optional, into)]
    extra: MaybeProp<String>,
) -> impl IntoView {
    let t = use_text();
    let line = |text: MaybeProp<String>| {
        move || text.get().map(|text| view! { <span><bdi>{text}</bdi></span> }.into_any())
    };
    if limit <= 0 {
        return view! {
            <div class="meter">
                <span class="hint">{t.no_limit_set()}</span>
                {line(extra)}
            </div>
        }
        .into_any();
    }
    let level = level(used, limit);
    let words = if level == "bad" {
        t.meter_over(&used_text, &limit_text)
    } else {
        t.meter_used(&used_text, &limit_text)
    };
    view! {
        <div class="meter" data-s=level>
            <span><bdi><b>{used_text}</b></bdi> " " {t.meter_of()} " " <bdi>{limit_text}</bdi></span>
            <span
                role="meter"
                aria-label=label
                aria-valuemin="0"
                aria-valuemax=limit.to_string()
                aria-valuenow=used.clamp(0, limit).to_string()
                aria-valuetext=words
            >
                <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                    <rect class="bar-on" width=percent(used, limit) height="6"></rect>
                </svg>
            </span>
            {line(note)}
            {line(extra)}
        </div>
    }
    .into_any()
}

/// Notice from 85 % on, over above 100 %.
fn level(used: i64, limit: i64) -> &'static str {
    let (used, limit) = (i128::from(used), i128::from(limit));
    if used > limit {
        "bad"
    } else if used * 100 >= limit * 85 {
        "warn"
    } else {
        "ok"
    }
}

/// The width of the bar: 0 to 100, and never 0 when something is used.
fn percent(used: i64, limit: i64) -> i64 {
    let used = i128::from(used.clamp(0, limit));
    let share = i64::try_from(used * 100 / i128::from(limit)).unwrap_or(100);
    if used > 0 { share.max(1) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::{level, percent};

    #[test]
    fn levels_at_their_borders() {
        assert_eq!(level(8_499, 10_000), "ok");
        assert_eq!(level(8_500, 10_000), "warn");
        assert_eq!(level(10_000, 10_000), "warn");
        assert_eq!(level(10_001, 10_000), "bad");
        assert_eq!(level(i64::MAX, i64::MAX), "warn");
    }

    #[test]
    fn widths() {
        assert_eq!(percent(0, 500), 0);
        assert_eq!(percent(1, 500_000), 1);
        assert_eq!(percent(900, 500), 100);
        assert_eq!(percent(i64::MAX, i64::MAX), 100);
        assert_eq!(percent(-5, 10), 0);
    }
}
