use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{OfficeMe, SessionRow};

use crate::api::office::me;
use crate::form::{Form, PostForm, errors_of, on_repeat, use_form};
use crate::frame::{DoneNotice, OfficeFrame, PasswordAgain, say_done};
use crate::i18n::{Text, staff_role_name, use_text};
use crate::load::{Loaded, use_data};
use crate::pages::password_hint::{LoginOfPassword, NewPassword, local_part};
use crate::ui::{
    Actions, Button, Card, EmailText, ErrorSummary, Fact, Facts, Hint, Look, Narrow, PageHead, PageTitle,
    PasswordField, SessionItem, SessionList, Stack,
};

/// The own account in the Back Office: password, recovery codes, browsers.
#[component]
pub fn OfficeMyAccount() -> impl IntoView {
    let query = use_query_map();
    // What was done just before has changed the page.
    let page = use_data(
        move || query.with(|q| q.get("done")).unwrap_or_default(),
        || me::OfficeMe {},
    );
    on_repeat(move || page.refetch());
    say_done(done_words);
    view! {
        <OfficeFrame>
            <DoneNotice words=done_words/>
            <Loaded data=page render=shown/>
        </OfficeFrame>
    }
}

fn shown(page: OfficeMe) -> AnyView {
    view! { <Mine page/> }.into_any()
}

#[component]
fn Mine(page: OfficeMe) -> impl IntoView {
    let t = use_text();
    let password = use_form("/api/office/me_change_password");
    let codes = use_form("/api/office/me_new_codes");
    let one = use_form("/api/office/me_revoke_session");
    let others = use_form("/api/office/me_revoke_other_sessions");
    let forms = [password, codes, one, others];
    let failed = Signal::derive(move || forms.iter().any(|form| form.failed().get()));
    let context = vec![page.name.clone(), local_part(&page.email)];
    let alone = page.sessions.len() < 2;
    let sessions = page.sessions.into_iter().map(|row| session(t, row, one)).collect_view();
    let rest = (!alone).then(|| {
        view! {
            <PostForm form=others>
                <Actions><Button look=Look::Danger busy=others.busy()>{t.end_other_sessions()}</Button></Actions>
            </PostForm>
        }
    });
    view! {
        <Narrow>
            <PageTitle text=t.office_me() error=failed/>
            <ErrorSummary errors=errors_of(forms.to_vec())/>
            <PageHead title=t.office_me()/>
            <Stack>
                <Card>
                    <Facts>
                        <Fact term=t.col_name()>{page.name}</Fact>
                        <Fact term=t.login()><EmailText address=page.email.clone()/></Fact>
                        <Fact term=t.role()>{staff_role_name(t, page.role)}</Fact>
                    </Facts>
                </Card>
                <Card title=t.office_my_second_step()>
                    <PostForm form=codes>
                        <Stack>
                            <Hint>{t.office_codes_left(page.codes_left)}</Hint>
                            <Hint>{t.office_new_codes_hint()}</Hint>
                            {codes_password(codes)}
                            <Actions><Button busy=codes.busy()>{t.office_new_codes()}</Button></Actions>
                        </Stack>
                    </PostForm>
                </Card>
                <Card title=t.change_password()>
                    <PostForm form=password>
                        <Stack>
                            <LoginOfPassword login=page.email/>
                            <PasswordField name="current" label=t.current_password() autocomplete="current-password" error=password.error("current")/>
                            <NewPassword form=password label=t.new_password() context=context/>
                            <Actions><Button look=Look::Primary busy=password.busy()>{t.change_password()}</Button></Actions>
                        </Stack>
                    </PostForm>
                </Card>
                <Card title=t.my_sessions() flush=true><SessionList>{sessions}</SessionList></Card>
                {rest}
            </Stack>
        </Narrow>
    }
    .into_any()
}
