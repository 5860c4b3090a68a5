use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{FOOTER_MAX, MailPreferencesPage};

use super::{MailTabs, StateMarks, address_of, may_manage, title_of, words};
use crate::api::office::templates::OfficeTemplatesPreferences;
use crate::form::{PostForm, on_repeat, use_form};
use crate::frame::{DoneNotice, OfficeFrame, say_done};
use crate::i18n::{Text, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    Button, ErrorSummary, Fact, Facts, Hint, LinkButton, Look, Narrow, PageHead, PageTitle, Section,
    SourceText, Stack, TextArea, TextField,
};

/// From whom mails come, how they end, and which have words of their own.
#[component]
pub fn OfficeMailPreferences() -> impl IntoView {
    let t = use_text();
    let query = use_query_map();
    let page =
        use_data(move || query.with(|q| q.get("done")).unwrap_or_default(), || OfficeTemplatesPreferences {});
    on_repeat(move || page.refetch());
    say_done(words);
    view! {
        <OfficeFrame>
            <DoneNotice words=words/>
            <PageHead title=t.mail_preferences() lead=t.mail_preferences_lead()/>
            <MailTabs preferences=true/>
            <Loaded data=page render=shown/>
        </OfficeFrame>
    }
}

fn shown(page: MailPreferencesPage) -> impl IntoView {
    let t = use_text();
    let form = use_form("/api/office/templates_save_preferences");
    let none = page.published.is_empty().then(|| view! { <Hint>{t.no_own_templates()}</Hint> });
    let own = page.published.clone().into_iter().map(move |row| {
        let (href, about) = (address_of(&row), title_of(&row));
        view! {
            <Fact term=about.clone()>
                <StateMarks row/>
                " "
                <LinkButton href=href external=true look=Look::Quiet about=about>{t.show_template()}</LinkButton>
            </Fact>
        }
    });
    let own = own.collect_view();
    let fields = if may_manage() {
        let preferences = page.preferences;
        let limit = u32::try_from(FOOTER_MAX).unwrap_or(u32::MAX);
        view! {
            <PostForm form>
                <Stack>
                    <input type="hidden" name="revision" value=form.value("revision", page.revision.to_string())/>
                    <TextField name="sender_name" label=t.sender_name() hint=t.sender_name_hint(&page.shop) autocomplete="off" maxlength=80 optional=true value=form.value("sender_name", preferences.sender_name) error=form.error("sender_name")/>
                    <TextField name="reply_to" kind="email" label=t.reply_to() hint=t.reply_to_hint() autocomplete="off" optional=true value=form.value("reply_to", preferences.reply_to) error=form.error("reply_to")/>
                    <TextArea name="footer_en" label=t.footer_in_english() optional=true limit=limit value=form.value("footer_en", preferences.footer_en) error=form.error("footer_en")/>
                    <TextArea name="footer_de" label=t.footer_in_german() optional=true limit=limit value=form.value("footer_de", preferences.footer_de) error=form.error("footer_de")/>
                    <Button look=Look::Primary busy=form.busy()>{t.save_changes()}</Button>
                </Stack>
            </PostForm>
        }
        .into_any()
    } else {
        read_only(t, page)
    };
    view! {
        <Narrow>
            <PageTitle text=t.mail_preferences() error=form.failed()/>
            <ErrorSummary errors=form.errors()/>
            {fields}
            <Section title=t.own_templates()>{none}<Facts>{own}</Facts></Section>
        </Narrow>
    }
    .into_any()
}

/// For those who may look only.
fn read_only(t: Text, page: MailPreferencesPage) -> AnyView {
    let preferences = page.preferences;
    view! {
        <Facts>
            <Fact term=t.sender_name()>{preferences.sender_name}</Fact>
            <Fact term=t.reply_to()>{preferences.reply_to}</Fact>
        </Facts>
        <SourceText label=t.footer_in_english() text=preferences.footer_en/>
        <SourceText label=t.footer_in_german() text=preferences.footer_de/>
    }
    .into_any()
}
