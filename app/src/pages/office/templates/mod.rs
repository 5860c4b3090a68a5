//! The wording of mails.

mod editor;
mod findings;
mod list;
mod living;
mod preferences;
mod variables;
mod version;

pub use editor::OfficeTemplate;
pub use list::OfficeTemplates;
pub use preferences::OfficeMailPreferences;
pub use version::OfficeTemplateVersion;

use leptos::prelude::*;
use model::{OfficeRight, TemplateRow, TemplateState};

use crate::frame::use_viewer;
use crate::i18n::{Text, use_text};
use crate::ui::{Badge, Status, Tab, Tabs};

/// Whether whoever looks may change templates. A courtesy: the host decides.
fn may_manage() -> bool {
    use_viewer().office.is_some_and(|staff| staff.role.allows(OfficeRight::TemplatesManage))
}

/// The editor's address.
fn address_of(row: &TemplateRow) -> String {
    format!("/office/templates/{}/{}", row.kind, row.locale.tag())
}

/// What a mail is called with its language.
fn title_of(row: &TemplateRow) -> String {
    format!("{} ({})", row.name, row.locale.own_name())
}

fn words(t: Text, code: &str) -> Option<&'static str> {
    match code {
        "draft_saved" => Some(t.done_draft_saved()),
        "draft_discarded" => Some(t.done_draft_discarded()),
        "published" => Some(t.done_published()),
        "test_sent" => Some(t.done_test_sent()),
        "imported" => Some(t.done_imported()),
        "text_made" => Some(t.done_text_made()),
        "standard" => Some(t.done_standard()),
        "restored" => Some(t.done_restored()),
        "mail_preferences" => Some(t.done_mail_preferences()),
        _ => None,
    }
}

/// How a mail stands, as marks.
#[component]
fn StateMarks(
    /// The mail
    row: TemplateRow,
) -> impl IntoView {
    let t = use_text();
    let (status, words) = match row.state {
        TemplateState::Standard => (Status::Off, t.state_standard()),
        TemplateState::Customised => (Status::Good, t.state_customised()),
        TemplateState::Broken => (Status::Bad, t.state_broken()),
    };
    let draft = row.draft.then(|| view! { " " <Badge status=Status::Waiting>{t.state_draft()}</Badge> });
    view! { <Badge status=status>{words}</Badge>{draft} }.into_any()
}

/// The pages about mails.
#[component]
fn MailTabs(
    /// Whether the preferences are shown, and not the templates.
    preferences: bool,
) -> impl IntoView {
    let t = use_text();
    let tabs = vec![
        Tab::new(t.templates(), "/office/templates").current(!preferences),
        Tab::new(t.mail_preferences(), "/office/templates/preferences").current(preferences),
    ];
    view! { <Tabs label=t.office_mails_group() tabs=tabs/> }
}
