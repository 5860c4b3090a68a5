use leptos::prelude::*;
use model::{Dashboard, DashboardErp, DashboardMails, DashboardPeople, DayCounts};

use crate::api::office::dashboard::OfficeDashboard;
use crate::frame::{OfficeFrame, use_viewer};
use crate::i18n::{Text, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{Charts, DayChart, PageHead, PageTitle, Section, Stack, StatCard, Stats, TextLink};

/// The start page of the Back Office: how things stand.
#[component]
pub fn Office() -> impl IntoView {
    let t = use_text();
    let viewer = use_viewer();
    let name = viewer.office.map(|staff| staff.name).unwrap_or_default();
    let page = use_data(String::new, || OfficeDashboard {});
    view! {
        <OfficeFrame>
            <PageTitle text=t.office_dashboard()/>
            <PageHead title=t.office_welcome(&name) lead=t.office_lead(&viewer.shop)/>
            <Loaded data=page render=shown/>
        </OfficeFrame>
    }
}

fn shown(page: Dashboard) -> AnyView {
    let t = use_text();
    let people = page.people.map(|figures| people(t, figures));
    let mails = page.mails.map(|figures| mails(t, figures));
    let erp = page.erp.map(|figures| erp(t, &figures));
    view! { <Stack>{people}{mails}{erp}</Stack> }.into_any()
}

fn people(t: Text, figures: DashboardPeople) -> AnyView {
    let asked = figures.asked.into_iter().map(|(company, name, n)| {
        let words = t.dash_asks(&name, n);
        view! { <li><TextLink href=format!("/office/companies/{company}")>{words}</TextLink></li> }
    });
    let asked: Vec<_> = asked.collect();
    let asked = (!asked.is_empty()).then(|| view! { <ul>{asked}</ul> });
    let requests = StatCard::new(t.dash_requests(), figures.requests.to_string());
    let requests = match figures.oldest_request.as_str() {
        "" => requests,
        when => requests.context(t.dash_oldest_request(when)),
    };
    let cards = vec![
        StatCard::new(t.dash_activations(), figures.activations.sum().to_string()).context(t.dash_in_days()),
        StatCard::new(t.dash_active(), figures.active.to_string())
            .context(t.dash_in_days())
            .href("/office/users?list=all"),
        requests,
    ];
    view! {
        <Section title=t.office_users()>
            <Stats cards=cards/>
            {asked}
            <Charts>
                {chart(t, t.dash_activations(), figures.activations)}
                {chart(t, t.dash_sign_ins(), figures.sign_ins)}
                {chart(t, t.dash_requests_made(), figures.requested)}
            </Charts>
        </Section>
    }
    .into_any()
}

fn mails(t: Text, figures: DashboardMails) -> AnyView {
    let waiting =
        StatCard::new(t.dash_mails_waiting(), figures.waiting.to_string()).href("/office/mail?state=waiting");
    let waiting = match figures.oldest_minutes {
        Some(minutes) => waiting.context(t.dash_oldest_mail(&age(t, minutes))),
        None => waiting,
    };
    let cards = vec![
        waiting,
        StatCard::new(t.dash_mails_dead(), figures.dead.to_string()).href("/office/mail?state=dead"),
        StatCard::new(t.dash_mails_bouncing(), figures.bouncing.to_string()).href("/office/mail?bounces=yes"),
        StatCard::new(t.dash_mails_sent(), figures.sent.sum().to_string())
            .context(t.dash_in_days())
            .href("/office/mail?state=sent"),
    ];
    view! {
        <Section title=t.mails()>
            <Stats cards=cards/>
            <Charts>{chart(t, t.dash_mails_sent(), figures.sent)}</Charts>
        </Section>
    }
    .into_any()
}

fn erp(t: Text, figures: &DashboardErp) -> AnyView {
    let health = if figures.answers { t.dash_erp_answers() } else { t.dash_erp_silent() };
    let cards = vec![
        StatCard::new(t.dash_erp_health(), health).href("/office/erp"),
        StatCard::new(t.dash_erp_parked(), figures.parked.to_string()),
    ];
    view! { <Section title=t.dash_erp()><Stats cards=cards/></Section> }.into_any()
}

fn chart(t: Text, title: &'static str, counts: DayCounts) -> AnyView {
    let summary = t.dash_chart(counts.sum(), counts.most());
    let heads = (t.dash_day().to_owned(), title.to_owned());
    view! { <DayChart title=title summary=summary open=t.dash_as_table() heads=heads days=counts.0/> }
        .into_any()
}

/// A time of waiting in one unit.
fn age(t: Text, minutes: u32) -> String {
    match minutes {
        0..60 => t.dash_minutes(minutes),
        60..1440 => t.dash_hours(minutes / 60),
        _ => t.dash_days(minutes / 1440),
    }
}
