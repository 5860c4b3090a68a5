use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{MoveInto, MovePage, Role, RoleLabel, RoleRef};

use crate::api::office::users::OfficeUsersMovePage;
use crate::form::{Form, PostForm, use_form};
use crate::frame::OfficeFrame;
use crate::i18n::{Text, role_label, role_summary, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    Actions, Banner, Button, Card, ErrorSummary, LinkButton, Look, Narrow, Notice, PageHead, PageTitle,
    RoleCards, RoleChoice, Stack,
};

/// *Move into the company*: a business user whose customer has Customer center by now.
#[component]
pub fn OfficeMove() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id").unwrap_or_default()));
    let page = use_data(move || id.get(), move || OfficeUsersMovePage { person: id.get_untracked() });
    view! { <OfficeFrame><Loaded data=page render=shown/></OfficeFrame> }
}

fn shown(page: MovePage) -> AnyView {
    view! { <MoveForm page/> }.into_any()
}

#[component]
fn MoveForm(page: MovePage) -> impl IntoView {
    let t = use_text();
    let form = use_form("/api/office/users_move");
    let title = t.move_title(&page.name);
    let back = format!("/office/users/{}", page.id);
    let lead = match page.into {
        MoveInto::NoCenter => None,
        _ => Some(t.move_lead(&page.customer_name)),
    };
    let body = body(t, form, &page, back.clone());
    view! {
        <Narrow>
            <PageTitle text=title.clone() error=form.failed()/>
            <ErrorSummary errors=form.errors()/>
            <PageHead title=title lead=lead parent=(back, page.name)/>
            {body}
        </Narrow>
    }
    .into_any()
}

fn body(t: Text, form: Form, page: &MovePage, back: String) -> AnyView {
    let number = page.number.clone();
    let access = format!("/office/customers/{number}/access");
    let stop = |words: String| {
        view! {
            <Stack>
                <Banner kind=Notice::Warn>{words}</Banner>
                <Actions><LinkButton href=access>{t.move_customer()}</LinkButton></Actions>
            </Stack>
        }
        .into_any()
    };
    let (effect, roles) = match &page.into {
        MoveInto::Company { name, roles } => (None, Some(offer(t, form, name, roles))),
        MoveInto::NewCompany => (Some(t.move_new()), None),
        MoveInto::OnlyAdministrator { email: Some(email) } => return stop(t.move_only(email)),
        MoveInto::OnlyAdministrator { email: None } => return stop(t.move_nobody().to_owned()),
        MoveInto::Closed => return stop(t.move_closed().to_owned()),
        MoveInto::NoCenter => return stop(t.move_no_center().to_owned()),
        MoveInto::SwitchedOff => return stop(t.move_off().to_owned()),
    };
    let person = page.id.to_string();
    let effects = effect.into_iter().chain([t.move_login(), t.move_sessions(), t.move_mails()]);
    let effects = effects.map(|effect| view! { <li>{effect}</li> }).collect_view();
    view! {
        <Stack>
            <Card title=t.move_effects()><ul>{effects}</ul></Card>
            <PostForm form>
                <Stack>
                    <input type="hidden" name="person" value=person/>
                    <input type="hidden" name="customer" value=number/>
                    {roles}
                    <Actions>
                        <Button look=Look::Primary busy=form.busy()>{t.move_do()}</Button>
                        <LinkButton href=back look=Look::Quiet>{t.cancel()}</LinkButton>
                    </Actions>
                </Stack>
            </PostForm>
        </Stack>
    }
    .into_any()
}

/// The roles of the company, for ticking.
fn offer(t: Text, form: Form, company: &str, roles: &[RoleLabel]) -> AnyView {
    let choice = |label: &RoleLabel| {
        let value = label.role.key();
        RoleChoice {
            name: role_label(t, label),
            summary: match label.role {
                RoleRef::BuiltIn(role) => role_summary(t, role),
                RoleRef::Own(_) => t.own_role_summary(),
            }
            .to_owned(),
            checked: form.ticked("roles", &value, label.role == Role::Buyer),
            value,
            ..RoleChoice::default()
        }
    };
    let choices = roles.iter().map(choice).collect();
    view! { <RoleCards name="roles" legend=t.move_roles(company) roles=choices error=form.error("roles")/> }
        .into_any()
}
