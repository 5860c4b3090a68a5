//! The demo's inbox: no mail leaves the demo, so its mails are read here.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{InboxMail as Mail, InboxRow};

use crate::api::inbox;
use crate::frame::PlainFrame;
use crate::i18n::use_text;
use crate::load::{Loaded, use_data};
use crate::ui::{Card, Empty, EmptyState, Inbox as InboxList, InboxItem, PageHead, PageTitle, TextLink};

/// All mails
#[component]
pub fn Inbox() -> impl IntoView {
    let t = use_text();
    let mails = use_data(String::new, || inbox::List {});
    view! {
        <PlainFrame wide=true>
            <PageTitle text=t.nav_inbox()/>
            <PageHead title=t.nav_inbox() lead=t.inbox_lead()/>
            <Loaded data=mails render=shown/>
        </PlainFrame>
    }
}

fn shown(mails: Vec<InboxRow>) -> impl IntoView {
    let t = use_text();
    if mails.is_empty() {
        return view! { <Card><EmptyState kind=Empty::FirstUse title=t.inbox_empty() text=t.inbox_empty_text()/></Card> }.into_any();
    }
    let items = mails.into_iter().map(move |mail| {
        view! { <InboxItem href=format!("/inbox/{}", mail.id) title=mail.subject text=t.inbox_to(&mail.to) meta=mail.sent/> }
    });
    view! { <InboxList label=t.nav_inbox()>{items.collect_view()}</InboxList> }.into_any()
}

/// One mail
#[component]
pub fn InboxMail() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|p| p.get("id").unwrap_or_default()));
    let mail = use_data(move || id.get(), move || inbox::Get { mail: id.get_untracked() });
    view! { <PlainFrame wide=true><Loaded data=mail render=shown_mail/></PlainFrame> }
}

fn shown_mail(mail: Mail) -> impl IntoView {
    let t = use_text();
    let lines = mail.text.lines().map(line).collect_view();
    view! {
        <PageTitle text=mail.subject.clone()/>
        <PageHead title=mail.subject lead=format!("{} · {}", t.inbox_to(&mail.to), mail.sent) parent=("/inbox".to_owned(), t.nav_inbox().to_owned())/>
        <Card>{lines}</Card>
    }
    .into_any()
}

/// A line of the mail; a line that is nothing but an address is a link.
fn line(text: &str) -> AnyView {
    let text = text.trim_end().to_owned();
    let is_link = (text.starts_with("http://") || text.starts_with("https://")) && !text.contains(' ');
    if is_link {
        view! { <p><TextLink href=text.clone() external=true>{text}</TextLink></p> }.into_any()
    } else if text.is_empty() {
        view! { <br/> }.into_any()
    } else {
        view! { <p>{text}</p> }.into_any()
    }
}
