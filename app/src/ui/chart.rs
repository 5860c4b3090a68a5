//! Small charts.

use super::{Cell, Column, HeadCell, Table};
use leptos::prelude::*;

/// Width of a day, and how much of it is the bar.
const STEP: f64 = 10.0;
const BAR: f64 = 7.0;
const HEIGHT: f64 = 48.0;

/// Charts beside each other.
#[component]
pub fn Charts(
    /// [`DayChart`]s
    children: Children,
) -> impl IntoView {
    view! { <div class="charts">{children()}</div> }
}

/// A number for each of several days, as bars, with the same as a table behind it.
#[component]
pub fn DayChart(
    /// What is counted; the heading.
    #[prop(into)]
    title: String,
    /// The picture in a sentence.
    #[prop(into)]
    summary: String,
    /// The words that open the table.
    #[prop(into)]
    open: String,
    /// The headings of its two columns.
    heads: (String, String),
    /// The days and their numbers, the oldest first.
    days: Vec<(String, u32)>,
) -> impl IntoView {
    let most = days.iter().map(|(_, n)| *n).max().unwrap_or_default().max(1);
    let width = STEP * f64::from(u16::try_from(days.len()).unwrap_or(u16::MAX));
    let bars = days.iter().enumerate().map(|(at, (_, n))| {
        let height = HEIGHT * f64::from(*n) / f64::from(most);
        let x = STEP * f64::from(u16::try_from(at).unwrap_or(u16::MAX)) + (STEP - BAR) / 2.0;
        view! { <rect x=x.to_string() y=format!("{:.2}", HEIGHT - height) width=BAR.to_string() height=format!("{height:.2}")></rect> }
    });
    let bars = bars.collect_view();
    let ends = days.first().zip(days.last()).map(|(first, last)| (first.0.clone(), last.0.clone()));
    let ends = ends.map(|(first, last)| view! { <div class="chart-ends" aria-hidden="true"><span>{first}</span><span>{last}</span></div> });
    let (day, number) = heads.clone();
    let rows = days.into_iter().rev().map(move |(day, n)| {
        let label = number.clone();
        view! { <tr><HeadCell>{day}</HeadCell><Cell label=label number=true>{n.to_string()}</Cell></tr> }
    });
    let columns = vec![Column::new(day), Column::new(heads.1).number()];
    let caption = title.clone();
    view! {
        <figure class="card card-pad chart">
            <figcaption>{title} " " <small>{summary.clone()}</small></figcaption>
            <svg viewBox=format!("0 0 {width} {HEIGHT}") preserveAspectRatio="none" role="img" aria-label=summary>{bars}</svg>
            {ends}
            <details>
                <summary>{open}</summary>
                <Table caption=caption columns=columns>{rows.collect_view()}</Table>
            </details>
        </figure>
    }
    .into_any()
}
