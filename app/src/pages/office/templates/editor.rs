use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{
    ErrorCode, SUBJECT_MAX, TemplateFinding, TemplatePage, TemplateRow, TemplateSample, TemplateVersion,
};

use super::findings::Findings;
use super::living::{FRAME, Living, preview_address};
use super::variables::{Cursor, Offered, Variables};
use super::{StateMarks, address_of, may_manage, title_of, words};
use crate::address::address;
use crate::api::office::templates::OfficeTemplatesGet;
use crate::form::{Form, PostForm, errors_of, use_form, use_form_of};
use crate::frame::{DoneNotice, OfficeFrame, say_done};
use crate::i18n::{Text, sample_text, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    Actions, Button, Choice, ErrorSummary, Fact, Facts, FieldsAround, Hint, LinkButton, Look, MailFrame,
    PageHead, PageTitle, Section, SelectField, SourceText, Stack, Tab, Tabs, TextArea, TextField, TextLink,
    UnsavedGuard,
};

const SAVE: &str = "/api/office/templates_save";
const IMPORT: &str = "/api/office/templates_import";
const MAKE_TEXT: &str = "/api/office/templates_text";
const PUBLISH: &str = "/api/office/templates_publish";
const TEST: &str = "/api/office/templates_test";

/// The editor of one mail in one language.
#[component]
pub fn OfficeTemplate() -> impl IntoView {
    let params = use_params_map();
    let part = move |name: &str| params.with(|p| p.get(name).unwrap_or_default());
    let page = use_data(
        move || [part("kind"), part("locale")].join(" "),
        move || OfficeTemplatesGet { mail_kind: part("kind"), mail_locale: part("locale") },
    );
    say_done(words);
    view! {
        <OfficeFrame>
            <DoneNotice words=words/>
            <Loaded data=page render=shown/>
        </OfficeFrame>
    }
}

fn shown(page: TemplatePage) -> impl IntoView {
    let t = use_text();
    let form = use_form_of(SAVE, &[IMPORT, MAKE_TEXT, PUBLISH, TEST]);
    let standard = use_form("/api/office/templates_standard");
    let discard = use_form("/api/office/templates_discard");
    let sample = use_query_map().with_untracked(|q| q.get("sample")).unwrap_or_default();
    let sample = TemplateSample::from_key(&sample);
    let title = title_of(&page.row);
    let manage = may_manage();
    let findings = RwSignal::new(untrack(|| refused(form)).unwrap_or_else(|| page.findings.clone()));
    // What a refusal found counts until something else is typed.
    Effect::new(move |_| {
        if let Some(found) = refused(form) {
            findings.set(found);
        }
    });
    let view = use_view();
    let living = Living::new(findings, view);
    let source = if manage { fields(t, form, &page, sample, living) } else { read_only(t, &page) };
    let ends = manage.then(|| ends(t, &page, standard, discard));
    view! {
        <PageTitle text=format!("{title} · {}", t.templates()) error=form.failed()/>
        <ErrorSummary errors=errors_of(vec![form, standard, discard])/>
        <PageHead title=title parent=("/office/templates".to_owned(), t.templates().to_owned())/>
        <Stack>
            <p><StateMarks row=page.row.clone()/></p>
            {source}
            <Findings findings=findings.into()/>
            {preview(t, &page, sample, view, manage)}
            {versions(t, &page.row, page.versions)}
            {ends}
        </Stack>
    }
    .into_any()
}

/// What the last refusal found.
fn refused(form: Form) -> Option<Vec<TemplateFinding>> {
    match form.refusal().get()?.code {
        ErrorCode::TemplateRefused { findings } => Some(findings.get().unwrap_or_default()),
        _ => None,
    }
}

/// Names the template, as it was read.
fn names(row: &TemplateRow, revision: String) -> impl IntoView + use<> {
    let (kind, locale) = (row.kind.clone(), row.locale.tag());
    view! {
        <input type="hidden" name="mail_kind" value=kind/>
        <input type="hidden" name="mail_locale" value=locale/>
        <input type="hidden" name="revision" value=revision/>
    }
}

fn fields(t: Text, form: Form, page: &TemplatePage, sample: TemplateSample, living: Living) -> AnyView {
    let source = page.source.clone();
    let [subject, preheader] = [("subject", source.subject), ("preheader", source.preheader)]
        .map(|(name, value)| form.value(name, value));
    let [html, text] =
        [("html", source.html), ("text", source.text)].map(|(name, value)| form.value(name, value));
    let cursor = Cursor::new(page.variables.clone());
    let typed = move |event: web_sys::Event| {
        cursor.typed(&event);
        living.change();
    };
    let tests = t.template_test_hint(&page.own_email);
    let samples =
        TemplateSample::ALL.map(|sample| Choice::new(sample.key(), sample_text(t, sample))).to_vec();
    let maxlength = u32::try_from(SUBJECT_MAX).unwrap_or(u32::MAX);
    // A refused form keeps the revision that it was typed for.
    let names = names(&page.row, form.value("revision", page.revision.to_string()));
    view! {
        <PostForm form>
            <FieldsAround
                on:focusin=move |event| cursor.enter(&event)
                on:focusout=move |_| cursor.leave()
                on:input=typed
                on:keydown=move |event| cursor.pressed(&event)
            >
                <Stack>
                    {names}
                    <TextField name="subject" label=t.template_subject() autocomplete="off" maxlength=maxlength value=subject error=form.error("subject")/>
                    <TextField name="preheader" label=t.template_preheader() hint=t.template_preheader_hint() autocomplete="off" maxlength=maxlength optional=true value=preheader error=form.error("preheader")/>
                    <TextArea name="html" label=t.template_html() hint=t.template_html_hint() rows=22 code=true value=html error=form.error("html")/>
                    <TextArea name="text" label=t.template_text() hint=t.template_text_hint() rows=12 code=true optional=true value=text error=form.error("text")/>
                    <Variables cursor/>
                    <SelectField name="sample" label=t.template_sample() options=samples value=form.value("sample", sample.key())/>
                    <Actions>
                        <Button busy=form.busy()>{t.template_save()}</Button>
                        <Button formaction=SAVE>{t.template_preview()}</Button>
                        <Button formaction=TEST>{t.template_test()}</Button>
                        <Button look=Look::Primary formaction=PUBLISH>{t.template_publish()}</Button>
                    </Actions>
                    <Hint>{tests}</Hint>
                    <UnsavedGuard/>
                    <Actions>
                        <Button look=Look::Quiet formaction=IMPORT>{t.template_import()}</Button>
                        <Button look=Look::Quiet formaction=MAKE_TEXT>{t.template_make_text()}</Button>
                    </Actions>
                    <Hint>{t.template_import_hint()}</Hint>
                </Stack>
                <Offered cursor/>
            </FieldsAround>
        </PostForm>
    }
    .into_any()
}

/// For those who may look only.
fn read_only(t: Text, page: &TemplatePage) -> AnyView {
    let source = page.source.clone();
    view! {
        <Facts>
            <Fact term=t.template_subject()>{source.subject}</Fact>
            <Fact term=t.template_preheader()>{source.preheader}</Fact>
        </Facts>
        <SourceText label=t.template_html() text=source.html/>
        <SourceText label=t.template_text() text=source.text/>
    }
    .into_any()
}

/// How the mail is looked at: by the page's address.
fn use_view() -> Memo<&'static str> {
    let query = use_query_map();
    Memo::new(move |_| {
        let asked = query.with(|q| q.get("view")).unwrap_or_default();
        ["phone", "dark", "text"].into_iter().find(|view| *view == asked).unwrap_or_default()
    })
}

/// How the mail looks: on a desk, on a phone, in the dark, as text. Who writes it chooses the record in the form.
fn preview(
    t: Text,
    page: &TemplatePage,
    sample: TemplateSample,
    view: Memo<&'static str>,
    manage: bool,
) -> AnyView {
    let base = address_of(&page.row);
    let link = move |sample: TemplateSample, view: &str| {
        let pairs = [("sample", sample.key().to_owned()), ("view", view.to_owned())];
        format!("{}#preview", address(&base, &pairs))
    };
    let src =
        preview_address(&format!("{}/preview", address_of(&page.row)), Some(sample), view.get_untracked());
    let title = t.preview_of(&page.source.subject);
    let samples = (!manage).then(|| {
        let links = TemplateSample::ALL.map(|other| {
            let href = link(other, view.get_untracked());
            view! { <TextLink href=href external=true>{sample_text(t, other)}</TextLink> " " }
        });
        view! { <p>{t.template_sample()} ": " {links.collect_view()}</p> }
    });
    let tabs = move || {
        let shown = view.get();
        let views = [
            ("", t.view_desktop()),
            ("phone", t.view_phone()),
            ("dark", t.view_dark()),
            ("text", t.view_text()),
        ];
        let tabs =
            views.map(|(key, words)| Tab::new(words, link(sample, key)).current(key == shown)).to_vec();
        view! { <Tabs label=t.template_preview() tabs=tabs external=!manage stays=manage/> }
    };
    view! {
        <Section id="preview" title=t.template_preview()>
            <Stack>
                {tabs}
                {samples}
                <MailFrame id=FRAME src=src title=title phone=Signal::derive(move || view.get() == "phone")/>
            </Stack>
        </Section>
    }
    .into_any()
}

fn versions(t: Text, row: &TemplateRow, versions: Vec<TemplateVersion>) -> AnyView {
    let base = address_of(row);
    let in_use = row.in_use;
    let none = versions.is_empty().then(|| view! { <Hint>{t.template_no_versions()}</Hint> });
    let rows = versions.into_iter().map(move |version| {
        let used = (in_use == Some(version.version)).then(|| format!(" – {}", t.template_in_use()));
        let name = t.template_version(version.version);
        let href = format!("{base}/versions/{}", version.version);
        view! {
            <Fact term=name.clone()>
                {t.template_published(&version.who, &version.when)}
                {used}
                " "
                <LinkButton href=href look=Look::Quiet about=name>{t.template_compare()}</LinkButton>
            </Fact>
        }
    });
    view! {
        <Section title=t.template_versions()>
            {none}
            <Facts>{rows.collect_view()}</Facts>
        </Section>
    }
    .into_any()
}

/// Ways out: of the draft, and of having a template at all.
fn ends(t: Text, page: &TemplatePage, standard: Form, discard: Form) -> AnyView {
    let revision = page.revision.to_string();
    let discarding = page.row.draft.then(|| {
        let names = names(&page.row, revision.clone());
        view! { <PostForm form=discard>{names}<Button busy=discard.busy()>{t.template_discard()}</Button></PostForm> }
    });
    let back = page.row.in_use.is_some().then(|| {
        let names = names(&page.row, revision.clone());
        view! {
            <PostForm form=standard>
                {names}
                <Hint>{t.template_standard_hint()}</Hint>
                <Button busy=standard.busy()>{t.template_standard()}</Button>
            </PostForm>
        }
    });
    view! { <Stack>{discarding}{back}</Stack> }.into_any()
}
