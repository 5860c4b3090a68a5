use leptos::prelude::*;
use model::{ErpFigures, ErpImportLine, ErpStatus};

use super::{ErpTop, Shown, import_path};
use crate::api::office::erp::OfficeErpStatus;
use crate::frame::OfficeFrame;
use crate::i18n::{Text, erp_name, took_text, unanswered_share, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    Badge, Banner, Card, Charts, DayChart, Fact, Facts, Notice, Section, Stack, Status, TextLink,
};

/// Whether the ERP answers, and how it did lately.
#[component]
pub fn OfficeErp() -> impl IntoView {
    let page = use_data(String::new, || OfficeErpStatus {});
    view! { <OfficeFrame><Loaded data=page render=shown/></OfficeFrame> }
}

fn shown(page: ErpStatus) -> AnyView {
    let t = use_text();
    let down = (page.reachable == Some(false)).then(|| {
        view! { <Banner kind=Notice::Unavailable title=t.erp_down_title()>{t.erp_down_text()}</Banner> }
    });
    let state = match page.reachable {
        Some(true) => view! { <Badge status=Status::Good>{t.erp_answers()}</Badge> }.into_any(),
        Some(false) => view! { <Badge status=Status::Bad>{t.erp_silent()}</Badge> }.into_any(),
        None => view! { <Badge status=Status::Off>{t.erp_never_asked()}</Badge> }.into_any(),
    };
    let since = (!page.since.is_empty()).then(|| t.erp_since(&page.since));
    let seen = (!page.seen.is_empty()).then(|| view! { <Fact term=t.erp_seen()>{page.seen}</Fact> });
    view! {
        <ErpTop shown=Shown::Status lead=t.erp_lead()/>
        <Stack>
            {down}
            <Card>
                <Facts>
                    <Fact term=t.erp_which()>{erp_name(t, page.adapter)}</Fact>
                    <Fact term=t.erp_state()>{state}" "{since}</Fact>
                    {seen}
                    <Fact term=t.erp_last_import()>{last_import(t, page.last_import)}</Fact>
                </Facts>
            </Card>
        </Stack>
        <Section title=t.erp_day() lead=t.erp_day_lead()>
            <DayCharts hours=page.hours day=page.day/>
        </Section>
    }
    .into_any()
}

fn last_import(t: Text, line: Option<ErpImportLine>) -> AnyView {
    match line {
        None => t.erp_no_import().into_any(),
        Some(line) => {
            let by = if line.by.is_empty() { t.erp_command_line().to_owned() } else { line.by };
            view! { <TextLink href=import_path(line.id)>{line.ended}</TextLink> " · " {by} }.into_any()
        }
    }
}

#[component]
fn DayCharts(hours: Vec<ErpFigures>, day: ErpFigures) -> impl IntoView {
    let t = use_text();
    let series = |value: fn(&ErpFigures) -> u64| -> Vec<(String, u32)> {
        let bar = |hour: &ErpFigures| (hour.label.clone(), u32::try_from(value(hour)).unwrap_or(u32::MAX));
        hours.iter().map(bar).collect()
    };
    let heads = |figure: &str| (t.erp_hour().to_owned(), figure.to_owned());
    let times = if day.calls > day.unanswered {
        t.erp_times(&took_text(t, day.slow), &took_text(t, day.median))
    } else {
        t.erp_no_times().to_owned()
    };
    let calls = view! {
        <DayChart
            title=t.erp_chart_calls()
            summary=t.erp_calls_n(day.calls)
            open=t.erp_chart_open()
            heads=heads(t.erp_chart_calls())
            days=series(|hour| hour.calls)
        />
    };
    let unanswered = view! {
        <DayChart
            title=t.erp_chart_unanswered()
            summary=t.erp_unanswered_n(day.unanswered, &unanswered_share(t, &day))
            open=t.erp_chart_open()
            heads=heads(t.erp_chart_unanswered())
            days=series(|hour| hour.unanswered)
        />
    };
    let slow = view! {
        <DayChart
            title=t.erp_chart_slow()
            summary=times
            open=t.erp_chart_open()
            heads=heads(t.erp_slow_head())
            days=series(|hour| hour.slow)
        />
    };
    view! { <Charts>{calls}{unanswered}{slow}</Charts> }.into_any()
}
