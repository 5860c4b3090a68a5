use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{BOUNCE_NOTE_MAX, MailAgain, MailContent, MailRecord};

use super::{path, state_badge};
use crate::address::address;
use crate::api::office::mails::OfficeMailGet;
use crate::form::{Form, PostForm, errors_of, use_form, use_form_of};
use crate::frame::{DoneNotice, OfficeFrame, say_done};
use crate::i18n::{Text, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    Actions, Banner, Button, EmailText, ErrorSummary, Fact, Facts, Hint, Look, MailFrame, Notice, PageHead,
    PageTitle, Section, Stack, Tab, Tabs, TextField, TextLink,
};

const RESEND: &str = "/api/office/mail_resend";
const RETRY: &str = "/api/office/mail_retry";
const BOUNCE: &str = "/api/office/mail_bounce";
const FORGET: &str = "/api/office/mail_bounce_forget";

/// One mail: how it stands, what it said, and what can be done with it.
#[component]
pub fn OfficeMailRecord() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id").unwrap_or_default()));
    let key = move || id.get() + &query.with(|q| q.get("done")).unwrap_or_default();
    let page = use_data(key, move || OfficeMailGet { mail: id.get_untracked() });
    say_done(done_words);
    view! {
        <OfficeFrame>
            <DoneNotice words=done_words/>
            <Loaded data=page render=shown/>
        </OfficeFrame>
    }
}

fn done_words(t: Text, code: &str) -> Option<&'static str> {
    match code {
        "resent" => Some(t.done_mail_resent()),
        "retried" => Some(t.done_mail_retried()),
        "noted" => Some(t.done_bounce_noted()),
        "forgotten" => Some(t.done_bounce_forgotten()),
        _ => None,
    }
}

fn shown(mail: MailRecord) -> AnyView {
    let t = use_text();
    let again = use_form_of(RESEND, &[RETRY]);
    let [bounce, forget] = [BOUNCE, FORGET].map(use_form);
    let title = if mail.subject.is_empty() { mail.name.clone() } else { mail.subject.clone() };
    let content = content(t, &mail);
    let address = mail.bounce.as_ref().map(|note| {
        let title = t.mail_bounced(&note.who, &note.when);
        let said = note.note.clone();
        view! { <Banner kind=Notice::Warn title=title><bdi>{said}</bdi></Banner> }
    });
    let (sending, noting) = (
        mail.can_manage.then(|| sending(t, &mail, again)),
        mail.can_manage.then(|| noting(t, &mail, bounce, forget)),
    );
    view! {
        <PageTitle text=format!("{title} · {}", t.mails()) error=again.failed()/>
        <ErrorSummary errors=errors_of(vec![again, bounce, forget])/>
        <PageHead title=title parent=("/office/mail".to_owned(), t.mails().to_owned())/>
        <Stack>
            {address}
            {facts(t, &mail)}
            {sending}
            {content}
            {noting}
        </Stack>
    }
    .into_any()
}

fn facts(t: Text, mail: &MailRecord) -> AnyView {
    let link = |href: String, words: &str| {
        let words = words.to_owned();
        view! { <TextLink href=href>{words}</TextLink> }.into_any()
    };
    let other =
        |mail| view! { <TextLink href=path(mail) external=true>{t.mail_another()}</TextLink> }.into_any();
    let text = |text: &str| text.to_owned().into_any();
    let given = |words: &str| Some(words.to_owned()).filter(|words| !words.is_empty());
    let rows = [
        Some((t.col_mail(), text(&mail.name))),
        Some((t.mails_col_recipient(), view! { <EmailText address=mail.recipient.clone()/> }.into_any())),
        Some((t.status(), state_badge(t, mail.state))),
        given(&mail.reason).map(|reason| (t.mail_reason(), view! { <bdi>{reason}</bdi> }.into_any())),
        mail.company
            .as_ref()
            .map(|(id, name)| (t.mails_col_company(), link(format!("/office/companies/{id}"), name))),
        mail.person.as_ref().map(|(id, name)| (t.mail_person(), link(format!("/office/users/{id}"), name))),
        mail.colleague
            .as_ref()
            .map(|(id, name)| (t.mail_colleague(), link(format!("/office/staff/{id}"), name))),
        Some((t.mail_language(), text(&mail.language))),
        Some((t.mails_col_asked(), text(&mail.asked))),
        given(&mail.sent).map(|when| (t.mail_sent(), when.into_any())),
        given(&mail.next).map(|when| (t.mail_next(), when.into_any())),
        Some((t.mail_attempts(), mail.attempts.to_string().into_any())),
        mail.repeats.map(|id| (t.mail_repeats(), other(id))),
        mail.repeated.map(|id| (t.mail_repeated(), other(id))),
    ];
    let rows = rows.into_iter().flatten().map(|(term, value)| view! { <Fact term=term>{value}</Fact> });
    view! { <Section title=t.mail_facts()><Facts>{rows.collect_view()}</Facts></Section> }.into_any()
}

/// The buttons, or why there are none.
fn sending(t: Text, mail: &MailRecord, form: Form) -> AnyView {
    let id = mail.id.to_string();
    let (action, words, hint) = match &mail.again {
        MailAgain::No(reason) => {
            let reason = reason.clone();
            return view! { <Section title=t.mail_again()><p>{reason}</p></Section> }.into_any();
        }
        MailAgain::Resend => (RESEND, t.mail_again(), t.mail_resend_hint()),
        MailAgain::Retry => (RETRY, t.mails_retry(), t.mail_retry_hint()),
    };
    view! {
        <Section title=t.mail_again()>
            <PostForm form>
                <input type="hidden" name="mail" value=id/>
                <Stack>
                    <Hint>{hint}</Hint>
                    <Actions><Button look=Look::Primary formaction=action busy=form.busy()>{words}</Button></Actions>
                </Stack>
            </PostForm>
        </Section>
    }
    .into_any()
}

fn content(t: Text, mail: &MailRecord) -> AnyView {
    let words = match mail.content {
        MailContent::AsSent => t.mail_as_sent(),
        MailContent::AsItWould => t.mail_as_it_would(),
        MailContent::Gone => t.mail_gone(),
    };
    let frame = (mail.content != MailContent::Gone).then(|| frame(t, mail));
    view! { <Section id="content" title=t.mail_content() lead=words><Stack>{frame}</Stack></Section> }
        .into_any()
}

fn frame(t: Text, mail: &MailRecord) -> AnyView {
    let asked = use_query_map().with_untracked(|q| q.get("view")).unwrap_or_default();
    let shown =
        ["desktop", "phone", "dark", "text"].into_iter().find(|key| *key == asked).unwrap_or("desktop");
    let base = path(mail.id);
    let tabs = [
        ("desktop", t.view_desktop()),
        ("phone", t.view_phone()),
        ("dark", t.view_dark()),
        ("text", t.view_text()),
    ];
    let tabs = tabs.into_iter().map(|(key, words)| {
        let there = address(&base, &[("view", key.to_owned())]) + "#content";
        Tab::new(words, there).current(key == shown)
    });
    let tabs: Vec<Tab> = tabs.collect();
    let src = address(
        &format!("{base}/body"),
        &[
            ("view", if shown == "text" { "text" } else { "html" }.to_owned()),
            ("dark", if shown == "dark" { "1" } else { "0" }.to_owned()),
        ],
    );
    view! {
        <Tabs label=t.mail_content() tabs=tabs external=true/>
        <MailFrame src=src title=t.mail_frame(&mail.subject) phone=shown == "phone"/>
    }
    .into_any()
}

/// A note that the address sends mails back.
fn noting(t: Text, mail: &MailRecord, form: Form, forget: Form) -> AnyView {
    let (id, noted) = (mail.id.to_string(), mail.bounce.is_some());
    let note = mail.bounce.as_ref().map(|note| note.note.clone()).unwrap_or_default();
    let about = id.clone();
    let forget = noted.then(|| {
        view! {
            <PostForm form=forget>
                <input type="hidden" name="mail" value=about/>
                <Button look=Look::Quiet busy=forget.busy()>{t.mail_bounce_forget()}</Button>
            </PostForm>
        }
        .into_any()
    });
    view! {
        <Section title=t.mail_address() lead=t.mail_bounce_lead()>
            <PostForm form>
                <input type="hidden" name="mail" value=id/>
                <Stack>
                    <TextField
                        name="note"
                        label=t.mail_bounce_note()
                        value=form.value("note", note)
                        error=form.error("note")
                        autocomplete="off"
                        maxlength=u32::try_from(BOUNCE_NOTE_MAX).unwrap_or(u32::MAX)
                    />
                    <Actions><Button busy=form.busy()>{t.mail_bounce_save()}</Button></Actions>
                </Stack>
            </PostForm>
            {forget}
        </Section>
    }
    .into_any()
}
