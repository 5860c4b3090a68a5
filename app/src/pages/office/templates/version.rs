use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{DiffChange, DiffLine, TemplateVersionPage};

use super::{address_of, may_manage, title_of};
use crate::api::office::templates::OfficeTemplatesVersion;
use crate::form::{PostForm, use_form};
use crate::frame::OfficeFrame;
use crate::i18n::{part_text, use_text};
use crate::load::{Loaded, use_data};
use crate::ui::{
    Actions, Button, Compared, ErrorSummary, Hint, LinkButton, Look, PageHead, PageTitle, Section,
    SourceDiff, Stack,
};

/// A published version beside what is in the editor.
#[component]
pub fn OfficeTemplateVersion() -> impl IntoView {
    let params = use_params_map();
    let part = move |name: &str| params.with(|p| p.get(name).unwrap_or_default());
    let page = use_data(
        move || [part("kind"), part("locale"), part("version")].join(" "),
        move || OfficeTemplatesVersion {
            mail_kind: part("kind"),
            mail_locale: part("locale"),
            version: part("version"),
        },
    );
    view! { <OfficeFrame><Loaded data=page render=shown/></OfficeFrame> }
}

fn shown(page: TemplateVersionPage) -> impl IntoView {
    let t = use_text();
    let form = use_form("/api/office/templates_restore");
    let TemplateVersionPage { row, revision, version, parts } = page;
    let title = format!("{}, {}", title_of(&row), t.template_version(version.version));
    let editor = address_of(&row);
    let same = parts.is_empty().then(|| view! { <Hint>{t.template_diff_same()}</Hint> });
    let parts = parts.into_iter().map(move |(part, lines)| {
        let name = part_text(t, part);
        let lines = lines.into_iter().map(compared).collect();
        view! { <Section title=name><SourceDiff lines=lines label=name/></Section> }
    });
    let restore = may_manage().then(|| {
        view! {
            <PostForm form>
                <input type="hidden" name="mail_kind" value=row.kind.clone()/>
                <input type="hidden" name="mail_locale" value=row.locale.tag()/>
                <input type="hidden" name="revision" value=revision.to_string()/>
                <input type="hidden" name="version" value=version.version.to_string()/>
                <Button look=Look::Primary busy=form.busy()>{t.template_restore()}</Button>
            </PostForm>
        }
    });
    view! {
        <PageTitle text=format!("{title} · {}", t.templates()) error=form.failed()/>
        <ErrorSummary errors=form.errors()/>
        <PageHead title=title lead=t.template_diff_lead() parent=("/office/templates".to_owned(), t.templates().to_owned())/>
        <Stack>
            <Hint>{t.template_published(&version.who, &version.when)}</Hint>
            {same}
            {parts.collect_view()}
            <Actions>{restore}<LinkButton href=editor external=true>{t.edit_template()}</LinkButton></Actions>
        </Stack>
    }
    .into_any()
}

fn compared(line: DiffLine) -> (Compared, String) {
    let became = match line.change {
        DiffChange::Same => Compared::Same,
        DiffChange::Removed => Compared::Removed,
        DiffChange::Added => Compared::Added,
    };
    (became, line.text)
}
