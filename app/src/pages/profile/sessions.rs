use leptos::prelude::*;
use model::SessionRow;

use super::parent;
use crate::api::accounts;
use crate::form::{Form, PostForm, errors_of, use_form};
use crate::frame::{DoneNotice, Frame};
use crate::i18n::{Text, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    Actions, Button, Card, ErrorSummary, Hint, Look, PageHead, PageTitle, SessionItem, SessionList, Stack,
    use_announcer,
};

/// The forms of the page. They outlive the list, so that a refusal stays when it is read anew.
#[derive(Clone, Copy)]
struct SessionForms {
    /// Ends one
    one: Form,
    /// Ends all but the one in use
    others: Form,
}

/// Where the person is signed in.
#[component]
pub fn ProfileSessions() -> impl IntoView {
    let t = use_text();
    let rows = use_data(String::new, || accounts::Sessions {});
    let forms = SessionForms {
        one: use_form("/api/accounts/revoke_session"),
        others: use_form("/api/accounts/revoke_other_sessions"),
    };
    provide_context(forms);
    let announcer = use_announcer();
    let renew = move |other: Form, words: &'static str| {
        other.forget_error();
        rows.refetch();
        announcer.say(words);
        // The button goes with what it signed out.
        announcer.row_removed();
    };
    forms.one.on_accepted(move || renew(forms.others, t.done_session_revoked()));
    forms.others.on_accepted(move || renew(forms.one, t.done_sessions_revoked()));
    view! {
        <Frame>
            <Loaded data=rows render=page/>
        </Frame>
    }
}

fn page(rows: Vec<SessionRow>) -> AnyView {
    view! { <Sessions rows/> }.into_any()
}

#[component]
fn Sessions(rows: Vec<SessionRow>) -> impl IntoView {
    let t = use_text();
    let SessionForms { one, others } = expect_context();
    let alone = rows.len() < 2;
    let items = rows.into_iter().map(|row| view! { <Session row one/> }.into_any()).collect_view();
    let rest = if alone {
        view! { <Hint>{t.no_other_sessions()}</Hint> }.into_any()
    } else {
        view! {
            <PostForm form=others>
                <Actions><Button look=Look::Danger busy=others.busy()>{t.end_other_sessions()}</Button></Actions>
            </PostForm>
        }
        .into_any()
    };
    let failed = Signal::derive(move || one.failed().get() || others.failed().get());
    view! {
        <PageTitle text=t.my_sessions() error=failed/>
        <ErrorSummary errors=errors_of(vec![one, others])/>
        <DoneNotice words=done_words/>
        <PageHead title=t.my_sessions() lead=t.my_sessions_lead() parent=parent(t)/>
        <Stack>
            <Card flush=true><SessionList>{items}</SessionList></Card>
            {rest}
        </Stack>
    }
    .into_any()
}

#[component]
fn Session(row: SessionRow, one: Form) -> impl IntoView {
    let t = use_text();
    let SessionRow { id, device, address, acts_for, started, last_seen, current } = row;
    let device = if device.is_empty() { t.unknown_browser().to_owned() } else { device };
    let times = t.session_times(&last_seen, &started);
    if current {
        return view! { <SessionItem device=device acts_for=acts_for place=address last_seen=times current=true/> }.into_any();
    }
    let about = device.clone();
    view! {
        <SessionItem
            device=device
            acts_for=acts_for
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

fn done_words(t: Text, code: &str) -> Option<&'static str> {
    match code {
        "session_revoked" => Some(t.done_session_revoked()),
        "sessions_revoked" => Some(t.done_sessions_revoked()),
        _ => None,
    }
}
