//! What the Back Office shares with the host: the merchant's people and their rights.

mod audit;
mod customers;
mod dashboard;
mod erp;
mod mails;
mod shop;
mod staff;
mod team;
mod templates;
mod users;

pub use audit::{AuditEvent, AuditPage, AuditQuery, ChainCheck, ChainCut, ChainPage, DoerKind, Sought};
pub use customers::{
    AccessBox, AccessInput, AccessInvitation, AccessLine, AccessPage, AccessPerson, AccessResult,
    CustomerAccess, CustomerContact, CustomerHead, CustomerInvoice, CustomerInvoices, CustomerRecord,
    CustomerRow, CustomersPage, CustomersQuery,
};
pub use dashboard::{Dashboard, DashboardErp, DashboardMails, DashboardPeople, DayCounts};
pub use erp::{
    ERP_UPLOAD_MAX, ErpAdapter, ErpCallRow, ErpCalls, ErpCallsQuery, ErpFigures, ErpFileLine, ErpImportFault,
    ErpImportLine, ErpImportPage, ErpImportState, ErpImportsPage, ErpOperation, ErpOutcome, ErpProgress,
    ErpRowError, ErpStatus,
};
pub use mails::{
    BOUNCE_NOTE_MAX, BounceNote, MailAgain, MailContent, MailLine, MailRecord, MailRow, MailState, MailsPage,
    MailsQuery, MailsResult,
};
pub use shop::{
    AddressPage, CompanySwitches, FeatureRow, FeaturesPage, ShopInput, ShopPage, ValidShop, checked_hue,
};
pub use staff::{OfficeRight, OfficeViewer, SecondStepPage, StaffRole};
pub use team::{
    OfficeMe, PASSKEY_NAME_MAX, PasskeyOffer, PasskeyRow, StaffDetail, StaffInput, StaffList, StaffRow,
    StaffStatus, ValidStaff,
};
pub use templates::{
    DiffChange, DiffLine, FOOTER_MAX, HTML_MAX, MailPreferences, MailPreferencesPage, SUBJECT_MAX, TEXT_MAX,
    TemplateFault, TemplateFinding, TemplatePage, TemplatePart, TemplateRow, TemplateSample, TemplateSource,
    TemplateState, TemplateVariable, TemplateVersion, TemplateVersionPage,
};
pub use users::{
    CodePage, CodePlace, CompanyUserRow, MergeAccount, MergeObstacle, MergeOutcome, MergePage, MergePlace,
    MergePlan, MoveInto, MovePage, OfficeCompanyPage, OfficeCompanyRow, PeopleList, PeoplePage, PeopleQuery,
    PersonPage, PersonPlace, PersonRow, PrintedCode, VIEW_REASON_MAX, ViewedAs,
};
