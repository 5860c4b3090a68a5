use leptos::prelude::*;
use model::{ChainCheck, ChainPage};

use crate::api::office::audit::OfficeAuditChainPage;
use crate::form::{Form, PostForm, errors_of, on_repeat, use_form};
use crate::frame::{DoneNotice, OfficeFrame, PasswordAgain, say_done, use_done};
use crate::i18n::{Text, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    Actions, Badge, Banner, Button, Card, Choice, CodeText, ErrorSummary, Fact, Facts, Hint, Look, Narrow,
    Notice, PageHead, PageTitle, Section, SelectField, Stack, Status,
};

/// The years that are offered, beside the ones chosen.
const YEARS: [u32; 8] = [1, 2, 3, 5, 6, 10, 15, 30];

/// *Chain and retention*: whether the trail is as it was written, and how long it is kept.
#[component]
pub fn OfficeAuditChain() -> impl IntoView {
    let done = use_done();
    let page = use_data(move || done.get().unwrap_or_default(), || OfficeAuditChainPage {});
    on_repeat(move || page.refetch());
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
        "checked" => Some(t.audit_checked()),
        "kept" => Some(t.audit_kept()),
        _ => None,
    }
}

fn shown(page: ChainPage) -> AnyView {
    let t = use_text();
    let check = use_form("/api/office/audit_check");
    let keep = use_form("/api/office/audit_retention");
    let failed = Signal::derive(move || check.failed().get() || keep.failed().get());
    let chain = page.clone();
    let broken = matches!(page.check, ChainCheck::Broken { .. });
    let broken = broken.then(|| view! { <Banner kind=Notice::Bad>{t.audit_check_broken_text()}</Banner> });
    view! {
        <PageTitle text=t.audit_chain() error=failed/>
        <ErrorSummary errors=errors_of(vec![check, keep])/>
        <PageHead
            title=t.audit_chain()
            lead=t.audit_chain_lead()
            parent=("/office/audit".to_owned(), t.audit().to_owned())
        />
        <Narrow>
            <Stack>
                {broken}
                <Section title=t.audit_chain_title()><Chain form=check page=chain/></Section>
                <Section title=t.audit_retention() lead=t.audit_retention_lead()>
                    <Retention form=keep page/>
                </Section>
            </Stack>
        </Narrow>
    }
    .into_any()
}

#[component]
fn Chain(form: Form, page: ChainPage) -> impl IntoView {
    let t = use_text();
    let (status, words) = match &page.check {
        ChainCheck::Never => (Status::Off, t.audit_check_never().to_owned()),
        ChainCheck::Going { entry, when } => (Status::Running, t.audit_check_going(*entry, page.last, when)),
        ChainCheck::Whole { entry, when } => (Status::Good, t.audit_check_whole(*entry, when)),
        ChainCheck::Broken { entry, when } => (Status::Bad, t.audit_check_broken(*entry, when)),
    };
    let goes_on = matches!(page.check, ChainCheck::Going { .. } | ChainCheck::Whole { .. });
    let anew = if goes_on { Look::Secondary } else { Look::Primary };
    let on = goes_on.then(|| {
        view! { <Button look=Look::Primary busy=form.busy()>{t.audit_check_on()}</Button> }
    });
    let (begins, sealed) = match page.cut {
        None => (t.audit_chain_uncut().to_owned(), None),
        Some(cut) => (t.audit_chain_cut(cut.entry, &cut.when), Some(cut.hash)),
    };
    let sealed = sealed.map(|hash| view! { <Fact term=t.audit_chain_sealed()><CodeText text=hash/></Fact> });
    view! {
        <Card>
            <Stack>
                <Facts>
                    <Fact term=t.audit_check()><Badge status=status>{words}</Badge></Fact>
                    <Fact term=t.audit_chain_last()>{page.last.to_string()}</Fact>
                    <Fact term=t.audit_chain_hash()><CodeText text=page.hash/></Fact>
                    <Fact term=t.audit_chain_begins()>{begins}</Fact>
                    {sealed}
                </Facts>
                <Hint>{t.audit_chain_hash_hint()}</Hint>
                <PostForm form>
                    <Actions>
                        {on}
                        <Button look=anew name="anew" value="yes">{t.audit_check_anew()}</Button>
                    </Actions>
                </PostForm>
                <Hint>{t.audit_check_hint()}</Hint>
            </Stack>
        </Card>
    }
    .into_any()
}

#[component]
fn Retention(form: Form, page: ChainPage) -> impl IntoView {
    let t = use_text();
    let key = |years: Option<u32>| years.map(|years| years.to_string()).unwrap_or_default();
    let mut years: Vec<u32> = YEARS.into_iter().chain(page.years).collect();
    years.sort_unstable();
    years.dedup();
    let choices = [None].into_iter().chain(years.into_iter().map(Some));
    let choices = choices.map(|years| Choice::new(key(years), t.audit_years(years))).collect();
    let now = key(page.years);
    let waits = page.counts_from.map(|when| view! { <Hint>{t.audit_counts_from(&when)}</Hint> });
    if !page.can_choose {
        return view! {
            <Card>
                <Facts><Fact term=t.audit_keep()>{t.audit_years(page.years)}</Fact></Facts>
                {waits}
                <Hint>{t.audit_retention_read_only()}</Hint>
            </Card>
        }
        .into_any();
    }
    view! {
        <Card>
            <PostForm form>
                <input type="hidden" name="before" value=now.clone()/>
                <Stack>
                    <SelectField
                        name="years"
                        label=t.audit_keep()
                        hint=t.audit_keep_hint()
                        options=choices
                        value=form.value("years", now)
                        error=form.error("years")
                    />
                    {waits}
                    <PasswordAgain form/>
                    <Actions><Button look=Look::Secondary busy=form.busy()>{t.save_changes()}</Button></Actions>
                </Stack>
            </PostForm>
        </Card>
    }
    .into_any()
}
