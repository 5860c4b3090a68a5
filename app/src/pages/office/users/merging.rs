use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{MergeAccount, MergeObstacle, MergeOutcome, MergePage, MergePlace, MergePlan, RoleLabel};

use crate::address::address;
use crate::api::office::users::OfficeUsersMergePage;
use crate::form::{Form, PostForm, use_form};
use crate::frame::{OfficeFrame, PasswordAgain};
use crate::i18n::{Text, role_label, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    Actions, Badge, Banner, Button, Card, EmailText, ErrorSummary, Fact, Facts, LinkButton, Look, Narrow,
    Notice, PageHead, PageTitle, Section, Stack, Status, Tags, TextField, TextLink,
};

/// *Merge*: another account of the same person, what would happen, and doing it.
#[component]
pub fn OfficeMerge() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let get = |name: &str| query.with(|q| q.get(name)).unwrap_or_default();
        (params.with(|p| p.get("id").unwrap_or_default()), get("with"), get("swapped"))
    });
    let key = move || {
        let (id, with, swapped) = asked.get();
        [id, with, swapped].join(" ")
    };
    let page = use_data(key, move || {
        let (person, with, swapped) = asked.get_untracked();
        OfficeUsersMergePage { person, with, swapped }
    });
    view! { <OfficeFrame><Loaded data=page render=shown/></OfficeFrame> }
}

fn shown(page: MergePage) -> AnyView {
    view! { <Merge page/> }.into_any()
}

#[component]
fn Merge(page: MergePage) -> impl IntoView {
    let t = use_text();
    let form = use_form("/api/office/users_merge");
    let query = use_query_map();
    let get = |name: &str| query.with_untracked(|q| q.get(name)).unwrap_or_default();
    let (with, swapped) = (get("with"), get("swapped") == "true");
    let title = t.merge_title(&page.this.name);
    let here = format!("/office/users/{}/merge", page.this.id);
    let back = format!("/office/users/{}", page.this.id);
    let unknown = (!with.is_empty() && page.plan.is_none()).then(|| t.merge_unknown().to_owned());
    let other_way = address(&here, &[("with", with.clone()), ("swapped", (!swapped).to_string())]);
    let plan = page.plan.map(|plan| planned(t, form, plan, other_way));
    view! {
        <Narrow>
            <PageTitle text=title.clone() error=form.failed()/>
            <ErrorSummary errors=form.errors()/>
            <PageHead title=title lead=t.merge_lead() parent=(back, page.this.name)/>
            <Stack>
                <form method="get" action=here>
                    <Stack>
                        <TextField name="with" label=t.merge_with() kind="email" autocomplete="off" value=with error=unknown/>
                        <Actions><Button>{t.merge_look()}</Button></Actions>
                    </Stack>
                </form>
                {plan}
            </Stack>
        </Narrow>
    }
    .into_any()
}

fn obstacle(t: Text, obstacle: &MergeObstacle) -> String {
    match obstacle {
        MergeObstacle::Same => t.merge_same(),
        MergeObstacle::Gone => t.merge_gone(),
        MergeObstacle::KeepTheOther => t.merge_keep_other(),
        MergeObstacle::NeverUsed => t.merge_never_used(),
        MergeObstacle::KeepTheSafer => t.merge_keep_safer(),
        MergeObstacle::TwoCustomers => t.merge_two_customers(),
        MergeObstacle::NoMainContact { company } => return t.merge_no_main_contact(company),
    }
    .to_owned()
}

fn planned(t: Text, form: Form, plan: MergePlan, other_way: String) -> AnyView {
    let swap = (plan.obstacle != Some(MergeObstacle::Same))
        .then(|| view! { <Actions><LinkButton href=other_way>{t.merge_swap()}</LinkButton></Actions> });
    let both = vec![account(t, &plan.kept, true), account(t, &plan.other, false)];
    let (kept, other) = (plan.kept.id.to_string(), plan.other.id.to_string());
    let accounts = view! {
        <Section title=t.merge_accounts()>
            <Stack>{both} {swap}</Stack>
        </Section>
    };
    if let Some(why) = &plan.obstacle {
        let why = obstacle(t, why);
        return view! { <Banner kind=Notice::Warn>{why}</Banner> {accounts} }.into_any();
    }
    let places = plan.places.iter().map(|one| place(t, one)).collect_view();
    let effects = [
        t.merge_effect_login(),
        t.merge_effect_settings(),
        t.merge_effect_invited(),
        t.merge_effect_history(),
        t.merge_effect_mails(),
    ];
    let effects = effects.map(|effect| view! { <li>{effect}</li> }).collect_view();
    view! {
        {accounts}
        <Section title=t.merge_places()><Stack>{places}</Stack></Section>
        <Card title=t.merge_effects()><ul>{effects}</ul></Card>
        <PostForm form>
            <Stack>
                <input type="hidden" name="kept" value=kept/>
                <input type="hidden" name="other" value=other/>
                <input type="hidden" name="seen" value=plan.seen/>
                <PasswordAgain form/>
                <Actions><Button look=Look::Danger busy=form.busy()>{t.merge_do()}</Button></Actions>
            </Stack>
        </PostForm>
    }
    .into_any()
}

fn account(t: Text, account: &MergeAccount, stays: bool) -> AnyView {
    let badge = if stays {
        view! { <Badge status=Status::Good>{t.merge_stays()}</Badge> }.into_any()
    } else {
        view! { <Badge status=Status::Off>{t.merge_ends()}</Badge> }.into_any()
    };
    let password = if account.has_password { t.person_password_set() } else { t.person_password_none() };
    let second_step = if account.second_step { t.two_step_is_on() } else { t.two_step_is_off() };
    let (href, name) = (format!("/office/users/{}", account.id), account.name.clone());
    let email = account.email.clone();
    view! {
        <Card>
            <Facts>
                <Fact term=t.col_name()><TextLink href=href>{name}</TextLink> " " {badge}</Fact>
                <Fact term=t.login()><EmailText address=email/></Fact>
                <Fact term=t.person_password()>{password}</Fact>
                <Fact term=t.two_step()>{second_step}</Fact>
            </Facts>
        </Card>
    }
    .into_any()
}

fn place(t: Text, place: &MergePlace) -> AnyView {
    let outcome = match place.outcome {
        MergeOutcome::Stays => t.merge_place_stays(),
        MergeOutcome::Comes => t.merge_place_comes(),
        MergeOutcome::Joins => t.merge_place_joins(),
        MergeOutcome::Ends => t.merge_place_ends(),
    };
    let roles = |term: &'static str, roles: &[RoleLabel]| {
        let list: Vec<String> = roles.iter().map(|role| role_label(t, role)).collect();
        (!list.is_empty()).then(|| view! { <Fact term=term><Tags list=list/></Fact> })
    };
    let name = place.name.clone();
    let kept = roles(t.merge_roles_kept(), &place.kept);
    let other = roles(t.merge_roles_other(), &place.other);
    let then = roles(t.merge_roles_then(), &place.roles);
    view! {
        <Card>
            <Facts>
                <Fact term=t.company_facts()>{name}</Fact>
                <Fact term=t.status()>{outcome}</Fact>
                {kept}
                {other}
                {then}
            </Facts>
        </Card>
    }
    .into_any()
}
