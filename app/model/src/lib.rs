//! Types and rules that the browser and the host share: ids, money, rights, forms and
//! their checks, what pages show, and the closed set of errors. No I/O and no framework.

mod access_request;
mod accounts;
mod activation;
mod activity;
mod brand;
mod details;
mod differences;
mod email;
mod error;
mod feature;
mod go;
mod ids;
mod inbox;
mod locale;
mod many;
mod money;
mod name;
mod numbers;
mod office;
mod own_role;
mod password;
mod permission;
mod place;
mod profile;
mod review;
mod role;
mod second_step;
mod slug;
mod user_form;
mod users;
mod viewer;

pub use access_request::{
    ACCESS_MESSAGE_MAX, AccessRequestPage, AccessRequestRow, AskingContact, DECLINE_REASON_MAX,
};
pub use accounts::{ProfileView, SessionRow, SignInPage};
pub use activation::{ActivationStep, ActivationView, AskingForAccess, Eligibility};
pub use activity::{
    ActivityChange, ActivityKind, ActivityPage, ActivityPerson, ActivityPlace, ActivityQuery, ActivityRow,
    Day, KindFilter,
};
pub use brand::{BRAND_HUE, BrandColour, BrandSheet, brand_hue};
pub use details::Details;
pub use differences::{DifferenceKind, DifferenceName, DifferenceRow, DifferencesBlock};
pub use email::{Email, EmailError};
pub use error::{AppError, ErrorCode, FieldError, FieldIssue};
pub use feature::{Feature, FeaturesOff};
pub use go::{Draft, Go, is_local_path};
pub use ids::{
    AccessRequestId, ActivationId, CompanyId, DraftId, ErpImportId, LinkId, MailId, PasskeyId, RequestId,
    ResultId, ReviewId, RoleId, SessionId, StaffId, UserId, ViewId,
};
pub use inbox::{InboxMail, InboxRow};
pub use locale::{Locale, Theme};
pub use many::{
    BulkAction, IMPORT_MAX_CHARS, ImportPage, MANY_MAX, MatchingPage, ResultLine, ResultPage, UserColumn,
};
pub use money::{Currency, Money, MoneyError};
pub use name::{PersonName, Salutation, several_lines, single_line};
pub use numbers::{ContactNumber, CustomerNumber, InvoiceNumber, NumberError};
pub use office::*;
pub use own_role::{OWN_ROLES_MAX, RightLoss, RoleInput, RolePage, RoleRow, ValidRole};
pub use password::{PASSWORD_MAX_BYTES, PASSWORD_MIN_CHARS, PasswordIssue, check_password_shape};
pub use permission::{Grants, Permission, Scope, right_from_key, right_key};
pub use place::{NoPlace, PlaceChoice, PlaceId};
pub use profile::{Notice, NoticeChoice, ProfileInput, ProfilePage, ValidProfile, ZoneChoice};
pub use review::{PastReview, ReviewPage, ReviewProgress, ReviewRow, ReviewedUser};
pub use role::{Role, RoleLabel, RoleRef};
pub use second_step::{ColleagueStep, MySecondStep, UsersSettings};
pub use slug::Slug;
pub use user_form::{
    BudgetInput, ContactPage, FixedRole, FormRole, UserDetail, UserFormPage, UserInput, ValidUser,
};
pub use users::{
    Budgets, ContactRow, ContactsBlock, Count, InvitationRow, Page, SideList, SortKey, UserCounts, UserRow,
    UserStatus, UsersPage, UsersQuery,
};
pub use viewer::{CompanyBrand, Viewer, ViewerUser};
