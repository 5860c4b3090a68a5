//! The start page: what waits for this person first.

use leptos::prelude::*;
use model::{ContactsBlock, UsersPage};

use crate::api::users::Overview as Ask;
use crate::frame::{DoneNotice, Frame, use_done, use_viewer};
use crate::i18n::{Text, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{Banner, Card, Empty, EmptyState, Inbox, InboxItem, Notice, PageHead, PageTitle, Section};

/// Overview
#[component]
pub fn Overview() -> impl IntoView {
    let t = use_text();
    view! {
        <Frame>
            <PageTitle text=t.nav_overview()/>
            <DoneNotice words=done_words/>
            <NotDone/>
            <Greeting/>
        </Frame>
    }
}

fn done_words(t: Text, code: &str) -> Option<&'static str> {
    (code == "business_activated").then(|| t.done_business_activated())
}

/// A form was sent from a page of another company, by a browser without script.
#[component]
fn NotDone() -> impl IntoView {
    let t = use_text();
    let done = use_done();
    let refused = move || done.with(|code| code.as_deref() == Some("acts_elsewhere"));
    move || {
        refused().then(|| view! { <Banner kind=Notice::Warn>{t.err_acts_elsewhere()}</Banner> }.into_any())
    }
}

#[component]
fn Greeting() -> impl IntoView {
    let t = use_text();
    let Some(user) = use_viewer().user else { return ().into_any() };
    let page = use_data(String::new, || Ask {});
    view! {
        <PageHead title=t.overview_welcome(&user.name) lead=t.overview_lead(&user.acts_for)/>
        <Loaded data=page render=waiting/>
    }
    .into_any()
}

fn nothing(t: Text) -> impl IntoView {
    view! { <Card><EmptyState kind=Empty::Nothing title=t.overview_nothing() text=t.overview_nothing_text()/></Card> }
}

/// Requests for access, invitations that ended unused, colleagues whom the ERP knows and the shop does
/// not, what shop and ERP say differently, and a review of access that is due.
fn waiting(page: Option<UsersPage>) -> impl IntoView {
    let t = use_text();
    let Some(page) = page else { return nothing(t).into_any() };
    let ended = page.users.total;
    let contacts = matches!(&page.contacts, ContactsBlock::Fresh(rows) if !rows.is_empty());
    let requests = page.counts.requests;
    let differences = page.counts.differences;
    if ended.n == 0 && requests.n == 0 && differences.n == 0 && page.review.is_none() && !contacts {
        return nothing(t).into_any();
    }
    view! {
        <Section title=t.overview_waiting()>
            <Card flush=true><Inbox label=t.overview_waiting()>
                {page.review.map(|progress| view! {
                    <InboxItem
                        href="/users/review"
                        title=t.overview_review()
                        meta=t.review_progress(progress.confirmed, progress.total)
                    />
                }.into_any())}
                {(requests.n > 0).then(|| view! {
                    <InboxItem href="/users/requests" title=t.overview_requests() meta=requests.to_string()/>
                }.into_any())}
                {(ended.n > 0).then(|| view! {
                    <InboxItem href="/users/invitations" title=t.overview_expired_invitations() meta=ended.to_string()/>
                }.into_any())}
                {contacts.then(|| view! {
                    <InboxItem href="/users/contacts" title=t.overview_contacts() meta=page.counts.contacts.to_string()/>
                }.into_any())}
                {(differences.n > 0).then(|| view! {
                    <InboxItem href="/users/differences" title=t.overview_differences() meta=differences.to_string()/>
                }.into_any())}
            </Inbox></Card>
        </Section>
    }
    .into_any()
}
