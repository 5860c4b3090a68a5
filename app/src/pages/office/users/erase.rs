use leptos::prelude::*;
use model::PersonPage;

use super::use_person;
use crate::form::{PostForm, use_form};
use crate::frame::{OfficeFrame, PasswordAgain};
use crate::i18n::use_text;
use crate::load::Loaded;
use crate::ui::{
    Actions, Banner, Button, Card, ErrorSummary, LinkButton, Look, Narrow, Notice, PageHead, PageTitle,
    Stack, TextField,
};

/// *Erase personal data*: what follows from it, and a text to type.
#[component]
pub fn OfficeErase() -> impl IntoView {
    let page = use_person();
    view! { <OfficeFrame><Loaded data=page render=shown/></OfficeFrame> }
}

fn shown(page: PersonPage) -> AnyView {
    view! { <EraseForm page/> }.into_any()
}

#[component]
fn EraseForm(page: PersonPage) -> impl IntoView {
    let t = use_text();
    let form = use_form("/api/office/users_erase");
    let back = format!("/office/users/{}", page.id);
    let keep = back.clone();
    let title = t.erase_title(&page.name);
    let effects = [t.erase_login(), t.erase_pseudonym(), t.erase_mails(), t.erase_trail()];
    let effects = effects.map(|effect| view! { <li>{effect}</li> }).collect_view();
    let body = if page.erased {
        view! { <Banner kind=Notice::Info>{t.person_erased()}</Banner> }.into_any()
    } else {
        view! {
            <Stack>
                <Card title=t.erase_effects()><ul>{effects}</ul></Card>
                <PostForm form>
                    <Stack>
                        <input type="hidden" name="person" value=page.id.to_string()/>
                        <TextField
                            name="typed"
                            label=t.erase_typed(page.email.as_str())
                            autocomplete="off"
                            value=form.value("typed", "")
                            error=form.error("typed")
                        />
                        <PasswordAgain form/>
                        <Actions>
                            <LinkButton href=keep>{t.erase_keep()}</LinkButton>
                            <Button look=Look::Danger busy=form.busy()>{t.erase_do()}</Button>
                        </Actions>
                    </Stack>
                </PostForm>
            </Stack>
        }
        .into_any()
    };
    view! {
        <Narrow>
            <PageTitle text=title.clone() error=form.failed()/>
            <ErrorSummary errors=form.errors()/>
            <PageHead title=title lead=t.erase_lead() parent=(back, page.name)/>
            {body}
        </Narrow>
    }
    .into_any()
}
