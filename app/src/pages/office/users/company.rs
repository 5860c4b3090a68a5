use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{CompanyUserRow, OfficeCompanyPage};

use super::list::open_badge;
use super::status_badge;
use crate::api::office::users::OfficeUsersCompany;
use crate::form::{PostForm, on_repeat, use_form_of};
use crate::frame::{DoneNotice, OfficeFrame, link_to_audit, say_done};
use crate::i18n::{Text, role_label, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    At, Banner, Button, Card, Cell, Column, Dialog, DialogButton, ErrorSummary, Fact, Facts, Look, Notice,
    PageHead, PageTitle, Pager, PersonCell, Section, Stack, Table, Tags, TextLink, TimeText,
};

/// One company with its users.
#[component]
pub fn OfficeCompany() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id").unwrap_or_default()));
    let from_query = move |name: &str| query.with(|q| q.get(name)).unwrap_or_default();
    let key = move || [id.get(), from_query("after"), from_query("before"), from_query("done")].join(" ");
    let page = use_data(key, move || OfficeUsersCompany {
        company: id.get_untracked(),
        after: query.with_untracked(|q| q.get("after")).unwrap_or_default(),
        before: query.with_untracked(|q| q.get("before")).unwrap_or_default(),
    });
    on_repeat(move || page.refetch());
    say_done(done_words);
    view! {
        <OfficeFrame>
            <DoneNotice words=done_words/>
            <Loaded data=page render=shown/>
        </OfficeFrame>
    }
}

fn done_words(t: Text, code: &str) -> Option<&'static str> {
    match code {
        "closed" => Some(t.done_company_closed()),
        "opened" => Some(t.done_company_opened()),
        _ => None,
    }
}

fn shown(page: OfficeCompanyPage) -> AnyView {
    view! { <Company page/> }.into_any()
}

/// The form of the button in the dialog.
const CLOSE: &str = "close-company";

#[component]
fn Company(page: OfficeCompanyPage) -> impl IntoView {
    let t = use_text();
    let form = use_form_of("/api/office/users_close_company", &["/api/office/users_open_company"]);
    let (active, id) = (page.active, page.id.to_string());
    let actions = {
        let can_manage = page.can_manage;
        let id = id.clone();
        let audit = link_to_audit("company", &page.number);
        move || {
            let switch = can_manage.then(|| {
                if active {
                    view! { <DialogButton dialog="closing" look=Look::Danger>{t.close_company()}</DialogButton> }
                        .into_any()
                } else {
                    view! {
                        <PostForm form>
                            <input type="hidden" name="company" value=id/>
                            <Button look=Look::Primary formaction="/api/office/users_open_company" busy=form.busy()>
                                {t.open_company()}
                            </Button>
                        </PostForm>
                    }
                    .into_any()
                }
            });
            view! { {audit} {switch} }
        }
    };
    let dialog = (page.can_manage && active).then(|| {
        view! {
            <PostForm form id=CLOSE><input type="hidden" name="company" value=id.clone()/></PostForm>
            <Dialog
                id="closing"
                title=t.close_company_title()
                keep=t.keep_company()
                actions=move || view! { <Button look=Look::Danger form=CLOSE>{t.close_company()}</Button> }
            >
                {t.close_company_text()}
            </Dialog>
        }
    });
    let base = format!("/office/companies/{}", page.id);
    let previous = page.users.before.clone().map(|row| format!("{base}?before={row}"));
    let next = page.users.after.clone().map(|row| format!("{base}?after={row}"));
    let summary = crate::pages::users::count_text(t, page.users.total);
    let customer = crate::address::address(&format!("/office/customers/{}", encoded(&page.number)), &[]);
    view! {
        <PageTitle text=format!("{} · {}", page.name, t.office_users()) error=form.failed()/>
        <ErrorSummary errors=form.errors()/>
        <PageHead
            title=page.name.clone()
            parent=("/office/users".to_owned(), t.office_users().to_owned())
            meta=move || open_badge(t, active)
            actions=actions
        />
        {dialog}
        <Stack>
            {(!active).then(|| view! { <Banner kind=Notice::Warn>{t.company_is_closed()}</Banner> })}
            {(active && !page.managed).then(|| view! { <Banner kind=Notice::Warn>{t.company_unmanaged()}</Banner> })}
            <Card title=t.company_facts()>
                <Facts>
                    <Fact term=t.customer_number()>{page.number.clone()}</Fact>
                    <Fact term=t.company_customer()><TextLink href=customer>{page.name.clone()}</TextLink></Fact>
                    <Fact term=t.company_address()>{format!("/c/{}", page.slug)}</Fact>
                    <Fact term=t.company_currency()>{page.currency}</Fact>
                    <Fact term=t.time_zone()>{page.time_zone}</Fact>
                    <Fact term=t.company_since()>{page.created}</Fact>
                </Facts>
            </Card>
            <Section title=t.company_users()>
                <Card flush=true>
                    {users(t, page.users.rows)}
                    <Pager summary=summary previous next/>
                </Card>
            </Section>
        </Stack>
    }
    .into_any()
}

/// A customer number as a part of an address.
fn encoded(number: &str) -> String {
    let pairs = [("n", number.to_owned())];
    let address = crate::address::address("", &pairs);
    address.strip_prefix("?n=").unwrap_or_default().to_owned()
}

fn users(t: Text, rows: Vec<CompanyUserRow>) -> AnyView {
    let columns = vec![
        Column::new(t.col_user()).at(At::Person),
        Column::new(t.status()),
        Column::new(t.col_roles()),
        Column::new(t.col_last_seen()).number(),
    ];
    let rows = rows.into_iter().map(|row| {
        let roles: Vec<String> = row.roles.iter().map(|role| role_label(t, role)).collect();
        let seen = if row.last_seen.is_empty() { t.never_seen().to_owned() } else { row.last_seen };
        view! {
            <tr>
                <PersonCell name=row.name href=format!("/office/users/{}", row.id) email=row.email/>
                <Cell>{status_badge(row.status)}</Cell>
                <Cell><Tags list=roles/></Cell>
                <Cell label=t.col_last_seen() number=true><TimeText text=seen/></Cell>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! { <Table caption=t.company_users() columns=columns cards=true first=true>{rows}</Table> }.into_any()
}
