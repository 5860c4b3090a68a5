use leptos::prelude::*;
use model::{FormRole, Grants, Permission, Role, RoleRef, Salutation, Scope, UserFormPage};

use crate::form::Form;
use crate::frame::PasswordAgain;
use crate::i18n::{Text, fixed_text, permission_text, rights_text, role_label, role_summary, use_text};
use crate::ui::{BudgetFields, BudgetValue, Choice, RoleCards, RoleChoice, SelectField, Stack, TextField};

/// The fields that the forms Edit, Add from ERP and Request share.
#[component]
pub(super) fn UserFields(
    form: Form,
    start: UserFormPage,
    /// What the email field says beside its name
    #[prop(optional, into)]
    email_hint: MaybeProp<String>,
) -> impl IntoView {
    let t = use_text();
    let salutations = vec![
        Choice::new(Salutation::None.key(), t.salutation_none()),
        Choice::new(Salutation::Ms.key(), t.salutation_ms()),
        Choice::new(Salutation::Mr.key(), t.salutation_mr()),
    ];
    let budgets = start.budgets_editable.then(|| {
        let budget = |field: &'static str, otherwise: String| {
            BudgetValue::new(field, form.value(field, otherwise)).with_error(form.error(field))
        };
        view! {
            <BudgetFields
                currency=start.currency.clone()
                order=budget("budget_order", start.budget_order.clone())
                month=budget("budget_month", start.budget_month.clone())
            />
        }
        .into_any()
    });
    // Disabled boxes are not sent, so roles that can't be changed go along as they are.
    let kept = start.roles.iter().filter(|role| role.fixed.is_some() && role.held);
    let kept = kept
        .map(|role| view! { <input type="hidden" name="roles" value=role.label.role.key()/> }.into_any())
        .collect_view();
    view! {
        <Stack>
            <SelectField name="salutation" label=t.salutation() options=salutations value=form.value("salutation", start.salutation.key()) error=form.error("salutation")/>
            <TextField name="name" label=t.full_name() autocomplete="off" maxlength=50 value=form.value("name", start.name.clone()) error=form.error("name")/>
            <TextField name="email" label=t.work_email() kind="email" autocomplete="off" value=form.value("email", start.email.clone()) error=form.error("email") hint=email_hint/>
            {kept}
            <Roles form start=start.clone()/>
            {budgets}
            <PasswordAgain form/>
        </Stack>
    }
    .into_any()
}

#[component]
fn Roles(form: Form, start: UserFormPage) -> impl IntoView {
    let t = use_text();
    let choices: Vec<RoleChoice> = start
        .roles
        .iter()
        .map(|offer| {
            let (can, cannot) = abilities(t, offer);
            let value = offer.label.role.key();
            RoleChoice {
                name: role_label(t, &offer.label),
                summary: summary(t, offer.label.role).to_owned(),
                can,
                cannot,
                note: offer.grants.administer().then(|| t.note_main_contact().to_owned()),
                checked: form.ticked("roles", &value, offer.held),
                value,
                locked: offer.fixed.map(|why| fixed_text(t, why).to_owned()),
            }
        })
        .collect();
    let picked =
        RwSignal::new(choices.iter().filter(|c| c.checked).map(|c| c.value.clone()).collect::<Vec<_>>());
    let together = move || {
        let picked = picked.get();
        let ticked = start.roles.iter().filter(|offer| picked.contains(&offer.label.role.key()));
        let all: Grants = ticked.flat_map(|offer| offer.grants.iter()).collect();
        (picked.len() > 1).then(|| [t.together(), &union(t, &all)].concat())
    };
    view! { <RoleCards name="roles" roles=choices error=form.error("roles") picked=picked>{together}</RoleCards> }.into_any()
}

/// The rights of several roles, in one sentence.
fn union(t: Text, grants: &Grants) -> String {
    let all: Vec<&str> = Permission::ALL
        .iter()
        .filter(|permission| grants.allow(**permission, Scope::Own))
        .map(|permission| permission_text(t, *permission))
        .collect();
    all.join(", ")
}

/// What a role is for.
const fn summary(t: Text, role: RoleRef) -> &'static str {
    match role {
        RoleRef::BuiltIn(role) => role_summary(t, role),
        RoleRef::Own(_) => t.own_role_summary(),
    }
}

/// What people want to know of a role before they give it.
fn abilities(t: Text, offer: &FormRole) -> (Vec<String>, Vec<String>) {
    let RoleRef::BuiltIn(role) = offer.label.role else {
        return (rights_text(t, &offer.grants), Vec::new());
    };
    let (can, cannot): (&[&str], &[&str]) = match role {
        Role::Buyer => (&[t.can_place(), t.can_see_own()], &[t.can_approve(), t.can_invoices()]),
        Role::Approver => (&[t.can_approve(), t.can_see_all()], &[t.can_place(), t.can_manage_users()]),
        Role::Accountant => (&[t.can_invoices()], &[t.can_place(), t.can_manage_users()]),
        Role::Viewer => (&[t.can_see_all()], &[t.can_place(), t.can_approve()]),
        Role::MainContact => {
            (&[t.can_manage_users(), t.can_budgets(), t.can_place(), t.can_approve(), t.can_invoices()], &[])
        }
    };
    let own = |list: &[&str]| list.iter().map(|words| (*words).to_owned()).collect();
    (own(can), own(cannot))
}
