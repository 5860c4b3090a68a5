use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{OfficeMe, PasskeyRow, SessionRow};

use super::passkey::use_devices;
use crate::api::office::me::OfficeMyAccount;
use crate::form::{Form, PostForm, errors_of, on_repeat, use_form};
use crate::frame::{DoneNotice, OfficeFrame, PasswordAgain, SendAgain, say_done};
use crate::i18n::{Text, staff_role_name, use_text};
use crate::load::{Loaded, use_data};
use crate::pages::password_hint::{LoginOfPassword, NewPassword, local_part};
use crate::ui::{
    Actions, Button, Card, EmailText, ErrorSummary, Fact, Facts, Hint, LinkButton, Look, Narrow, PageHead,
    PageTitle, PasswordField, SessionItem, SessionList, Stack,
};

/// The own account in the Back Office: password, recovery codes, browsers.
#[component]
pub fn OfficeOwnAccount() -> impl IntoView {
    let query = use_query_map();
    // What was done just before has changed the page.
    let page = use_data(move || query.with(|q| q.get("done")).unwrap_or_default(), || OfficeMyAccount {});
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
    let codes = use_form("/api/office/me_new_codes");
    let one = use_form("/api/office/me_revoke_session");
    let others = use_form("/api/office/me_revoke_other_sessions");
    let remove = use_form("/api/office/me_passkey_remove");
    let passkeys = page.passkeys.map(|rows| passkeys(t, rows, remove));
    let failed = Signal::derive(move || {
        codes.failed().get() || one.failed().get() || others.failed().get() || remove.failed().get()
    });
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
            <ErrorSummary errors=errors_of(vec![codes, one, others, remove])/>
            <PageHead title=t.office_me()/>
            <Stack>
                <Card>
                    <Stack>
                        <Facts>
                            <Fact term=t.col_name()>{page.name}</Fact>
                            <Fact term=t.login()><EmailText address=page.email/></Fact>
                            <Fact term=t.role()>{staff_role_name(t, page.role)}</Fact>
                        </Facts>
                        <Actions><LinkButton href="/office/me/password">{t.change_password()}</LinkButton></Actions>
                    </Stack>
                </Card>
                <Card title=t.second_step_title()>
                    <PostForm form=codes>
                        <Stack>
                            <Hint>{t.office_codes_left(page.codes_left)}</Hint>
                            <Hint>{t.office_new_codes_hint()}</Hint>
                            <PasswordAgain form=codes/>
                            <Actions><Button busy=codes.busy()>{t.office_new_codes()}</Button></Actions>
                        </Stack>
                    </PostForm>
                </Card>
                {passkeys}
                <Card title=t.my_sessions()><SessionList>{sessions}</SessionList></Card>
                {rest}
            </Stack>
        </Narrow>
    }
    .into_any()
}

fn passkeys(t: Text, rows: Vec<PasskeyRow>, remove: Form) -> AnyView {
    let list = if rows.is_empty() {
        view! { <Hint>{t.passkeys_none()}</Hint> }.into_any()
    } else {
        let items = rows.into_iter().map(|row| passkey(t, row)).collect_view();
        view! { <PostForm form=remove><Facts>{items}</Facts></PostForm> }.into_any()
    };
    let there = use_devices();
    let add = move || {
        if there.get() {
            view! { <Actions><LinkButton href="/office/me/passkey">{t.passkey_add()}</LinkButton></Actions> }
                .into_any()
        } else {
            view! { <Hint>{t.passkey_needs_script()}</Hint> }.into_any()
        }
    };
    view! {
        <Card title=t.passkeys()>
            <Stack>
                <Hint>{t.passkeys_lead()}</Hint>
                <SendAgain form=remove/>
                {list}
                {add}
            </Stack>
        </Card>
    }
    .into_any()
}

fn passkey(t: Text, row: PasskeyRow) -> AnyView {
    let PasskeyRow { id, name, elsewhere, added, last_used } = row;
    let times =
        if last_used.is_empty() { t.passkey_added_only(&added) } else { t.passkey_times(&added, &last_used) };
    let unfit = (!elsewhere.is_empty()).then(|| view! { <Hint>{t.passkey_elsewhere(&elsewhere)}</Hint> });
    let about = name.clone();
    view! {
        <Fact term=name>
            <Stack>
                <Hint>{times}</Hint>
                {unfit}
                <Actions><Button name="passkey" value=id.to_string() about=about>{t.passkey_remove()}</Button></Actions>
            </Stack>
        </Fact>
    }
    .into_any()
}

fn session(t: Text, row: SessionRow, one: Form) -> AnyView {
    let SessionRow { id, device, address, started, last_seen, current, .. } = row;
    let device = if device.is_empty() { t.unknown_browser().to_owned() } else { device };
    let times = t.session_times(&last_seen, &started);
    if current {
        return view! { <SessionItem device=device place=address last_seen=times current=true/> }.into_any();
    }
    let about = device.clone();
    view! {
        <SessionItem
            device=device
            place=address
            last_seen=times
            action=move || {
                view! {
                    <PostForm form=one>
                        <input type="hidden" name="session" value=id.to_string()/>
                        <Button about=about>{t.end_session()}</Button>
                    </PostForm>
                }
            }
        />
    }
    .into_any()
}

/// Changes the own password.
#[component]
pub fn OfficeMyPassword() -> impl IntoView {
    let page = use_data(String::new, || OfficeMyAccount {});
    view! {
        <OfficeFrame>
            <Loaded data=page render=|page: OfficeMe| view! { <ChangePassword page/> }/>
        </OfficeFrame>
    }
}

#[component]
fn ChangePassword(page: OfficeMe) -> impl IntoView {
    let t = use_text();
    let form = use_form("/api/office/me_change_password");
    let context = vec![page.name, local_part(&page.email)];
    view! {
        <PageTitle text=t.change_password() error=form.failed()/>
        <ErrorSummary errors=form.errors()/>
        <PageHead
            title=t.change_password()
            lead=t.change_password_lead()
            parent=("/office/me".to_owned(), t.office_me().to_owned())
        />
        <Narrow>
            <PostForm form>
                <Stack>
                    <LoginOfPassword login=page.email/>
                    <PasswordField
                        name="current"
                        label=t.current_password()
                        autocomplete="current-password"
                        error=form.error("current")
                    />
                    <NewPassword form label=t.new_password() context=context/>
                    <Actions>
                        <Button look=Look::Primary busy=form.busy()>{t.change_password()}</Button>
                        <LinkButton href="/office/me" look=Look::Quiet>{t.cancel()}</LinkButton>
                    </Actions>
                </Stack>
            </PostForm>
        </Narrow>
    }
    .into_any()
}

/// What was done just before.
fn done_words(t: Text, code: &str) -> Option<&'static str> {
    match code {
        "password" => Some(t.done_office_password()),
        "passkey_added" => Some(t.done_passkey_added()),
        "passkey_removed" => Some(t.done_passkey_removed()),
        "session_revoked" => Some(t.done_session_revoked()),
        "sessions_revoked" => Some(t.done_sessions_revoked()),
        _ => None,
    }
}
