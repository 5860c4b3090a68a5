use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{ErrorCode, Grants, Permission, RoleLabel, RolePage, RoleRef, Scope, right_from_key, right_key};

use super::done::UserDone;
use super::list::address;
use crate::api::roles;
use crate::form::{Form, PostForm, errors_of, on_repeat, use_form};
use crate::frame::{Frame, PasswordAgain, use_viewer};
use crate::i18n::{Text, in_use_text, loss_text, permission_text, rights_text, role_label, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    Actions, Banner, Button, Card, Choice, Dialog, ErrorSummary, Fact, Facts, Fieldset, Hint, LinkButton,
    Look, Narrow, Notice, PageHead, PageTitle, SaveBar, Section, SelectField, Stack, TextField, TextLink,
};

/// One role: what it allows, and a form if it can be changed. Also a new one.
#[component]
pub fn UsersRole() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let role = Memo::new(move |_| params.with(|p| p.get("id").unwrap_or_default()));
    let copy = Memo::new(move |_| query.with(|q| q.get("copy").unwrap_or_default()));
    // What was done just before has changed the role.
    let key = move || [role.get(), copy.get(), query.with(|q| q.get("done")).unwrap_or_default()].join(" ");
    let page = use_data(key, move || roles::Form { role: role.get_untracked(), copy: copy.get_untracked() });
    on_repeat(move || page.refetch());
    view! {
        <Frame>
            <UserDone/>
            <Loaded data=page render=shown/>
        </Frame>
    }
}

fn shown(page: RolePage) -> impl IntoView {
    let t = use_text();
    let form = use_form(if page.role.is_some() { "/api/roles/edit" } else { "/api/roles/create" });
    let delete = use_form("/api/roles/delete");
    let title = match page.role {
        None => t.new_role().to_owned(),
        Some(role) => role_label(t, &RoleLabel { role, own_name: page.own_name.clone() }),
    };
    let copy = page.role.map(|role| {
        let href = crate::address::address("/users/roles/new", &[("copy", role.key())]);
        move || view! { <LinkButton href=href.clone()>{t.copy_role()}</LinkButton> }
    });
    let actions = move || copy.map(|copy| copy());
    let body = match page.role {
        _ if page.editable => fields(t, form, &page),
        Some(RoleRef::BuiltIn(_)) => fixed(t, t.role_built_in_hint(), &page.grants),
        _ => fixed(t, t.role_lacking_hint(), &page.grants),
    };
    let end = page.role.filter(|_| page.editable).map(|role| deletion(t, delete, &page, role, &title));
    let lead = page.role.is_none().then(|| t.new_role_lead().to_owned());
    view! {
        <Narrow>
            <PageTitle text=format!("{} · {}", title, t.tab_roles()) error=form.failed()/>
            <ErrorSummary errors=errors_of(vec![form, delete])/>
            <PageHead title=title lead=lead parent=("/users/roles".to_owned(), t.tab_roles().to_owned()) actions=actions/>
            {body}
            {end}
        </Narrow>
    }
    .into_any()
}

/// A role that this person can't change.
fn fixed(t: Text, why: &'static str, grants: &Grants) -> AnyView {
    let meaning = meaning(t, grants);
    view! { <Stack><Hint>{why}</Hint><Card>{meaning}</Card></Stack> }.into_any()
}

fn fields(t: Text, form: Form, page: &RolePage) -> AnyView {
    let known = page.role.map(|role| {
        view! {
            <input type="hidden" name="role" value=role.key()/>
            <input type="hidden" name="version" value=form.value("version", page.version.to_string())/>
        }
        .into_any()
    });
    let picked = RwSignal::new(picked(form, page));
    let start = picked.get_untracked();
    let name = form.value("role_name", page.own_name.clone());
    let rights = Permission::ALL.iter().enumerate();
    let rights = rights.map(|(index, right)| right_field(t, index, *right, &start, page)).collect_view();
    let foot = match page.role {
        Some(role) => {
            view! { <SaveBar discard=format!("/users/roles/{}", role.key()) busy=form.busy() failed=form.failed()/> }
                .into_any()
        }
        None => view! {
            <Actions>
                <Button look=Look::Primary busy=form.busy()>{t.create_role()}</Button>
                <LinkButton href="/users/roles" look=Look::Quiet>{t.cancel()}</LinkButton>
            </Actions>
        }
        .into_any(),
    };
    view! {
        <PostForm form>
            <Stack>
                {known}
                <TextField name="role_name" label=t.role_name_label() autocomplete="off" maxlength=50 value=name error=form.error("role_name")/>
                <div on:change=move |event| {
                    if let Some((permission, scope)) = chosen(&event_target_value(&event)) {
                        picked.update(|grants| *grants = grants.with(permission, scope));
                    }
                }>
                    <Fieldset name="rights" legend=t.role_rights() hint=t.role_rights_hint() error=form.error("rights")>
                        <Stack>{rights}</Stack>
                    </Fieldset>
                </div>
                <Section title=t.role_preview()>
                    <Card>{move || picked.with(|grants| meaning(t, grants))}</Card>
                </Section>
                <PasswordAgain form/>
                {losses(t, form)}
                {foot}
            </Stack>
        </PostForm>
    }
    .into_any()
}

/// What the fields start with: what was chosen before, else what the role allows.
fn picked(form: Form, page: &RolePage) -> Grants {
    let all = Permission::ALL.iter().flat_map(|right| [(*right, Scope::Own), (*right, Scope::Company)]);
    let ticked = |(right, scope): &(Permission, Scope)| {
        form.ticked("rights", &right_key(*right, *scope), page.grants.reach(*right) == Some(*scope))
    };
    all.filter(ticked).collect()
}

/// How far a permission reaches, as far as this person may give it.
fn right_field(t: Text, index: usize, right: Permission, start: &Grants, page: &RolePage) -> AnyView {
    let none = [right.key(), "="].concat();
    let mut options = vec![Choice::new(none.clone(), t.scope_none())];
    for (scope, words) in [(Scope::Own, t.scope_own()), (Scope::Company, t.scope_company())] {
        if page.most.allow(right, scope) {
            options.push(Choice::new(right_key(right, scope), words));
        }
    }
    let hint = (options.len() == 1).then(|| t.right_not_yours().to_owned());
    let value = start.reach(right).map_or(none, |scope| right_key(right, scope));
    // The first one is where the summary of errors leads to.
    let id = if index == 0 { "rights".to_owned() } else { format!("rights-{index}") };
    view! { <SelectField id=id name="rights" label=capital(permission_text(t, right)) options=options value=value hint=hint/> }
        .into_any()
}

/// Reads the value of a field as it changes.
fn chosen(value: &str) -> Option<(Permission, Option<Scope>)> {
    let (permission, _) = value.split_once('=')?;
    Some((Permission::from_key(permission)?, right_from_key(value).map(|(_, scope)| scope)))
}

fn capital(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().into_iter().flat_map(char::to_uppercase).chain(signs).collect()
}

/// What people with a role can do and can't, in plain words.
fn meaning(t: Text, grants: &Grants) -> AnyView {
    let lacking = Permission::ALL.iter().filter(|right| grants.reach(**right).is_none());
    let lacking: Vec<&str> = lacking.map(|right| permission_text(t, *right)).collect();
    let listed = |words: String| if words.is_empty() { t.nothing_at_all().to_owned() } else { words };
    let (can, cannot) = (listed(rights_text(t, grants).join(", ")), listed(lacking.join(", ")));
    view! {
        <Facts>
            <Fact term=t.role_preview_can()>{can}</Fact>
            <Fact term=t.role_preview_cannot()>{cannot}</Fact>
        </Facts>
    }
    .into_any()
}

/// Who would lose what, and the button that does it all the same. It sends what stands for exactly that.
fn losses(t: Text, form: Form) -> impl IntoView {
    let refusal = form.refusal();
    move || {
        let ErrorCode::LossesUnconfirmed { losses, shown } = refusal.get()?.code else { return None };
        let losses = losses.get()?;
        let lines =
            losses.iter().map(|loss| view! { <li>{loss_text(t, loss)}</li> }.into_any()).collect_view();
        let confirm = move || {
            view! { <Button look=Look::Danger name="shown" value=shown busy=form.busy()>{t.confirm_losses()}</Button> }.into_any()
        };
        Some(
            view! { <Banner kind=Notice::Warn title=t.losses_title() action=confirm><ul>{lines}</ul></Banner> }
                .into_any(),
        )
    }
}

/// The question before a role is deleted.
const DELETE: &str = "delete-role";

/// Deletes the role, or says who has it.
fn deletion(t: Text, form: Form, page: &RolePage, role: RoleRef, name: &str) -> AnyView {
    let sees_users =
        use_viewer().user.is_some_and(|user| user.grants.allow(Permission::UsersView, Scope::Company));
    let (version, otherwise) = (page.version, page.users);
    let question = t.delete_role_title(name);
    let refusal = form.refusal();
    let end = move || {
        let users = match refusal.get().map(|refused| refused.code) {
            Some(ErrorCode::RoleInUse { users }) => users,
            _ => otherwise,
        };
        if users > 0 {
            let with_it = address(&model::UsersQuery { role: Some(role), ..Default::default() });
            let link = sees_users
                .then(|| view! { <TextLink href=with_it>{t.show_users_with_role()}</TextLink> }.into_any());
            return view! { <Stack><Hint>{in_use_text(t, users)}</Hint>{link}</Stack> }.into_any();
        }
        let question = question.clone();
        let confirmed = move || view! { <Button look=Look::Danger>{t.delete_role()}</Button> }.into_any();
        view! {
            <PostForm form>
                <input type="hidden" name="role" value=role.key()/>
                <input type="hidden" name="version" value=version.to_string()/>
                <Button opens=DELETE>{t.delete_role_ask()}</Button>
                <Dialog id=DELETE title=question keep=t.delete_role_keep() actions=confirmed>
                    {t.delete_role_text()}
                </Dialog>
            </PostForm>
        }
        .into_any()
    };
    view! { <Section title=t.delete_role()>{end}</Section> }.into_any()
}
