//! What the Back Office shares with the host: the merchant's people and their rights.

mod staff;
mod templates;

pub use staff::{OfficeRight, OfficeViewer, SecondStepPage, StaffRole};
pub use templates::{
    DiffChange, DiffLine, FOOTER_MAX, HTML_MAX, MailPreferences, MailPreferencesPage, SUBJECT_MAX, TEXT_MAX,
    TemplateFault, TemplateFinding, TemplatePage, TemplatePart, TemplateRow, TemplateSample, TemplateSource,
    TemplateState, TemplateVariable, TemplateVersion, TemplateVersionPage,
};
