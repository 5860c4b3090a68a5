use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{StaffDetail, StaffRow, StaffStatus};

use super::{done_words, roles, shape};
use crate::api::office::staff::OfficeStaffGet;
use crate::form::{PostForm, on_repeat, use_form_of};
use crate::frame::{DoneNotice, OfficeFrame, SendAgain, link_to_audit, say_done};
use crate::i18n::{staff_role_name, staff_status_text, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    Actions, Badge, Button, Card, EmailText, ErrorSummary, Fact, Facts, Hint, Look, Narrow, PageHead,
    PageTitle, SelectField, Stack, TextLink,
};

/// One person of the staff: who it is, the role, and what can be done about the account.
#[component]
pub fn OfficeStaffPerson() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id").unwrap_or_default()));
    // What was done just before has changed the person.
    let key = move || id.get() + &query.with(|q| q.get("done")).unwrap_or_default();
    let page = use_data(key, move || OfficeStaffGet { staff: id.get_untracked() });
    on_repeat(move || page.refetch());
    say_done(done_words);
    view! {
        <OfficeFrame>
            <DoneNotice words=done_words/>
            <Loaded data=page render=shown/>
        </OfficeFrame>
    }
}

fn shown(person: StaffDetail) -> AnyView {
    view! { <Person person/> }.into_any()
}

#[component]
fn Person(person: StaffDetail) -> impl IntoView {
    let t = use_text();
    let form = use_form_of(
        "/api/office/staff_set_role",
        &[
            "/api/office/staff_send_link",
            "/api/office/staff_deactivate",
            "/api/office/staff_activate",
            "/api/office/staff_reset_second_step",
        ],
    );
    let StaffDetail { row, created, invited_by, link_ends, link_waits, can_manage } = person;
    let link = if link_waits {
        t.staff_link_waits().to_owned()
    } else if link_ends.is_empty() {
        t.staff_link_none().to_owned()
    } else {
        t.staff_link_until(&link_ends)
    };
    let invited_by = if invited_by.is_empty() { t.staff_by_command().to_owned() } else { invited_by };
    let second = if row.second_step { t.staff_second_step_yes() } else { t.staff_second_step_no() };
    let seen = if row.last_seen.is_empty() { t.staff_never_seen().to_owned() } else { row.last_seen.clone() };
    let status = row.status;
    let meta = move || view! { <Badge status=shape(status)>{staff_status_text(t, status)}</Badge> };
    let forms = can_manage.then(|| {
        let row = row.clone();
        let can_have_role = row.status != StaffStatus::Deactivated;
        let id = row.id.to_string();
        let held = row.role.key();
        view! {
            {can_have_role.then(|| view! {
                <Card title=t.role()>
                    <PostForm form>
                        <Stack>
                            <input type="hidden" name="staff" value=id/>
                            <SelectField name="role" label=t.role() options=roles(t) value=form.value("role", held) error=form.error("role")/>
                            <Actions><Button look=Look::Primary busy=form.busy()>{t.save_changes()}</Button></Actions>
                        </Stack>
                    </PostForm>
                </Card>
            })}
            <Card title=t.staff_account()>
                <PostForm form>
                    <Stack>
                        <input type="hidden" name="staff" value=row.id.to_string()/>
                        <AccountActions row/>
                    </Stack>
                </PostForm>
            </Card>
        }
    });
    let audit = link_to_audit("person", &row.email);
    let you = row.you.then(|| view! { <Hint>{t.staff_this_is_you()} " " <TextLink href="/office/me">{t.office_me()}</TextLink></Hint> });
    view! {
        <Narrow>
            <PageTitle text=format!("{} · {}", row.name, t.office_staff()) error=form.failed()/>
            <ErrorSummary errors=form.errors()/>
            <PageHead title=row.name.clone() parent=("/office/staff".to_owned(), t.office_staff().to_owned()) meta=meta actions=move || audit/>
            <SendAgain form/>
            <Stack>
                <Card>
                    <Facts>
                        <Fact term=t.login()><EmailText address=row.email.clone()/></Fact>
                        <Fact term=t.role()>{staff_role_name(t, row.role)}</Fact>
                        <Fact term=t.col_second_step()>{second}</Fact>
                        <Fact term=t.col_last_seen()>{seen}</Fact>
                        <Fact term=t.staff_recorded()>{created}</Fact>
                        <Fact term=t.staff_invited_by()>{invited_by}</Fact>
                        <Fact term=t.staff_link()>{link}</Fact>
                    </Facts>
                </Card>
                {you}
                {forms}
            </Stack>
        </Narrow>
    }
    .into_any()
}

#[component]
fn AccountActions(row: StaffRow) -> impl IntoView {
    let t = use_text();
    if row.status == StaffStatus::Deactivated {
        return view! {
            <Actions><Button look=Look::Primary formaction="/api/office/staff_activate">{t.staff_activate()}</Button></Actions>
        }
        .into_any();
    }
    let invited = row.status == StaffStatus::Invited;
    let words = if invited { t.staff_send_invitation() } else { t.staff_send_link() };
    let reset = row.second_step.then(|| {
        view! {
            <Actions>
                <Button look=Look::Danger formaction="/api/office/staff_reset_second_step">{t.staff_reset_second_step()}</Button>
            </Actions>
            <Hint>{t.staff_reset_hint()}</Hint>
        }
    });
    view! {
        <Actions><Button formaction="/api/office/staff_send_link">{words}</Button></Actions>
        {reset}
        <Actions><Button look=Look::Danger formaction="/api/office/staff_deactivate">{t.staff_deactivate()}</Button></Actions>
    }
    .into_any()
}
