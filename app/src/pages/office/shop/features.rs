use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{CompanySwitches, FeatureRow, FeaturesPage};

use super::may_change;
use crate::address::address;
use crate::api::office::shop::OfficeFeaturesPage;
use crate::form::{PostForm, use_form};
use crate::frame::{DoneNotice, OfficeFrame, say_done};
use crate::i18n::{Text, feature_hint, feature_name, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    At, Card, Cell, CheckField, Column, Empty, EmptyState, ErrorSummary, FilterBar, FilterSearch, HeadCell,
    Hint, LinkButton, Narrow, PageHead, PageTitle, SaveBar, Section, Stack, Table, TextLink,
};

const PATH: &str = "/office/features";

/// *Enable features*, for the shop or for one company.
#[component]
pub fn OfficeFeatures() -> impl IntoView {
    let query = use_query_map();
    let asked = move |name: &str| query.with(|q| q.get(name)).unwrap_or_default();
    let key = move || format!("{}\n{}\n{}", asked("company"), asked("q"), asked("done"));
    let page = use_data(key, move || OfficeFeaturesPage {
        company: query.with_untracked(|q| q.get("company")).unwrap_or_default(),
        q: query.with_untracked(|q| q.get("q")).unwrap_or_default(),
    });
    say_done(done_words);
    crate::form::on_repeat(move || page.refetch());
    view! { <OfficeFrame><Loaded data=page render=shown/></OfficeFrame> }
}

fn done_words(t: Text, code: &str) -> Option<&'static str> {
    (code == "switched").then(|| t.features_saved())
}

fn shown(page: FeaturesPage) -> AnyView {
    let t = use_text();
    let FeaturesPage { company, features, before, companies, more } = page;
    match company {
        Some(company) => view! {
            <PageHead
                title=t.office_features_of(&company.name)
                lead=t.office_features_company_lead()
                parent=(PATH.to_owned(), t.office_features().to_owned())
                actions=address_link(t, &company)
            />
            <Narrow><Switches title=t.office_features_of(&company.name) features before company=Some(company)/></Narrow>
        }
        .into_any(),
        None => view! {
            <PageHead title=t.office_features() lead=t.office_features_lead()/>
            <Narrow><Switches title=t.office_features().to_owned() features before company=None/></Narrow>
            <Companies companies more/>
        }
        .into_any(),
    }
}

fn address_link(t: Text, company: &CompanySwitches) -> impl Fn() -> AnyView + Send + Sync + use<> {
    let href = address_of(company);
    move || view! { <LinkButton href=href.clone()>{t.address_title()}</LinkButton> }.into_any()
}

fn address_of(company: &CompanySwitches) -> String {
    format!("/office/companies/{}/address", company.id)
}

/// The switches, and the button that saves them for who may.
#[component]
fn Switches(
    title: String,
    features: Vec<FeatureRow>,
    before: String,
    company: Option<CompanySwitches>,
) -> impl IntoView {
    let t = use_text();
    let form = use_form("/api/office/features_switch");
    let id = company.map(|company| company.id.to_string()).unwrap_or_default();
    let here = if id.is_empty() { PATH.to_owned() } else { address(PATH, &[("company", id.clone())]) };
    let may = may_change();
    let switches = features.into_iter().enumerate().map(|(index, row)| {
        let key = row.feature.key();
        let hint = feature_hint(t, row.feature);
        let hint = if row.shop_off { format!("{hint} {}", t.feature_shop_off()) } else { hint.to_owned() };
        view! {
            <CheckField
                name="on"
                id=if index == 0 { "on".to_owned() } else { format!("on-{index}") }
                value=key
                label=feature_name(t, row.feature)
                hint=hint
                checked=form.ticked("on", key, row.on)
                switch=true
                disabled=!may
            />
        }
    });
    let switches = switches.collect_view();
    let end = if may {
        view! { <SaveBar discard=here busy=form.busy() failed=form.failed()/> }.into_any()
    } else {
        view! { <Hint>{t.office_read_only()}</Hint> }.into_any()
    };
    view! {
        <PageTitle text=title error=form.failed()/>
        <ErrorSummary errors=form.errors()/>
        <DoneNotice words=done_words/>
        <PostForm form>
            <input type="hidden" name="company" value=id/>
            <input type="hidden" name="before" value=before/>
            <Card><Stack>{switches}</Stack></Card>
            {end}
        </PostForm>
    }
    .into_any()
}

#[component]
fn Companies(companies: Vec<CompanySwitches>, more: bool) -> impl IntoView {
    let t = use_text();
    let query = use_query_map();
    let search = query.with_untracked(|q| q.get("q")).unwrap_or_default();
    let list = if companies.is_empty() && search.is_empty() {
        view! { <EmptyState kind=Empty::FirstUse title=t.features_none_off()/> }.into_any()
    } else if companies.is_empty() {
        view! { <EmptyState kind=Empty::NoMatch title=t.features_none_found()/> }.into_any()
    } else {
        let columns = vec![
            Column::new(t.company()),
            Column::new(t.customer_number()),
            Column::new(t.features_switched_off()),
            Column::hidden(t.address_title()).at(At::Action),
        ];
        let rows = companies.into_iter().map(row).collect_view();
        view! { <Table caption=t.features_table() columns=columns cards=true>{rows}</Table> }.into_any()
    };
    view! {
        <Section title=t.features_for_company() lead=t.features_companies_lead()>
            <Card flush=true>
                <FilterBar action=PATH label=t.features_search()>
                    <FilterSearch label=t.features_search() placeholder=t.features_search() value=search/>
                </FilterBar>
                <div id="results" tabindex="-1" data-skip="results">{list}</div>
            </Card>
            {more.then(|| view! { <Hint>{t.features_more()}</Hint> })}
        </Section>
    }
    .into_any()
}

fn row(company: CompanySwitches) -> AnyView {
    let t = use_text();
    let href = address(PATH, &[("company", company.id.to_string())]);
    let off = if company.off.is_empty() {
        t.features_all_on().to_owned()
    } else {
        company.off.iter().map(|feature| feature_name(t, *feature)).collect::<Vec<_>>().join(", ")
    };
    let link = address_of(&company);
    let name = company.name.clone();
    view! {
        <tr>
            <HeadCell><TextLink href=href>{name}</TextLink></HeadCell>
            <Cell label=t.customer_number()>{company.number}</Cell>
            <Cell label=t.features_switched_off()>{off}</Cell>
            <Cell at=At::Action><LinkButton href=link about=company.name>{t.address_title()}</LinkButton></Cell>
        </tr>
    }
    .into_any()
}
