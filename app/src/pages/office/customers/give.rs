use leptos::prelude::*;
use model::{AccessBox, RoleLabel};

use crate::form::{Form, PostForm};
use crate::i18n::{role_label, use_text};
use crate::ui::{
    Actions, Button, Card, CheckField, Choice, Hint, Look, Pair, ReadOnlyField, SelectField, Stack, TextField,
};

/// *Give access*: a box for each person, with its own email and role.
#[component]
pub(super) fn GiveForm(
    form: Form,
    /// Customer number
    number: String,
    boxes: Vec<AccessBox>,
    roles: Vec<RoleLabel>,
) -> impl IntoView {
    let t = use_text();
    let choices: Vec<Choice> =
        roles.iter().map(|label| Choice::new(label.role.key(), role_label(t, label))).collect();
    let error = form.error("boxes");
    let cards = boxes
        .into_iter()
        .enumerate()
        .map(|(place, person)| view! { <PersonBox form place person roles=choices.clone()/> })
        .collect_view();
    view! {
        <PostForm form>
            <Stack>
                <input type="hidden" name="customer" value=number/>
                {cards}
                <Card>
                    <CheckField
                        name="notify"
                        label=t.access_notify()
                        hint=t.access_notify_hint()
                        checked=form.ticked("notify", "true", true)
                        error=error
                    />
                </Card>
                <Actions>
                    <Button look=Look::Primary busy=form.busy() busy_label=t.access_giving()>{t.access_send()}</Button>
                </Actions>
            </Stack>
        </PostForm>
    }
    .into_any()
}

#[component]
fn PersonBox(form: Form, place: usize, person: AccessBox, roles: Vec<Choice>) -> impl IntoView {
    let t = use_text();
    let unknown = person.name.is_empty();
    let label = match (unknown, person.email.is_empty()) {
        (false, _) => person.name.clone(),
        (true, false) => t.access_administrator().to_owned(),
        (true, true) => t.access_unknown_person().to_owned(),
    };
    let id = if place == 0 { "boxes".to_owned() } else { format!("boxes-{place}") };
    let names = format!("names-{place}");
    let name = if unknown {
        let (error, value) = (form.error(names.clone()), form.value_at("names", place, ""));
        view! { <TextField name="names" id=names label=t.col_name() autocomplete="off" value=value error=error/> }
            .into_any()
    } else {
        view! { <input type="hidden" name="names" value=person.name/> }.into_any()
    };
    let email_hint = (person.email.is_empty() && !unknown).then(|| t.email_missing_hint().to_owned());
    let reused = person.has_login.then(|| view! { <Hint>{t.access_reused()}</Hint> });
    let (emails, role_id) = (format!("emails-{place}"), format!("roles-{place}"));
    let (email_error, role_error) = (form.error(emails.clone()), form.error(role_id.clone()));
    let chosen = form.value_at("roles", place, person.role);
    let role = if roles.is_empty() {
        view! { <input type="hidden" name="roles" value=""/> }.into_any()
    } else {
        view! { <SelectField name="roles" id=role_id label=t.role() options=roles value=chosen error=role_error/> }
            .into_any()
    };
    let number = (!person.contact_number.is_empty()).then(|| {
        let value = person.contact_number.clone();
        view! { <ReadOnlyField id=format!("contact-{place}") label=t.contact_number() value=value/> }
    });
    view! {
        <Card>
            <Stack>
                <CheckField
                    name="boxes"
                    id=id
                    value=place.to_string()
                    label=label
                    checked=form.ticked("boxes", &place.to_string(), person.ticked)
                />
                {reused}
                <input type="hidden" name="contacts" value=person.contact_number/>
                {name}
                <Pair>
                    <TextField
                        name="emails"
                        id=emails
                        label=t.email()
                        kind="email"
                        autocomplete="off"
                        hint=email_hint
                        value=form.value_at("emails", place, person.email)
                        error=email_error
                    />
                    {role}
                </Pair>
                {number}
            </Stack>
        </Card>
    }
    .into_any()
}
