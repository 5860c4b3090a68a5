use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{
    Details, Feature, OfficeRight, PasswordIssue, Permission, RightLoss, TemplateFinding, UserColumn,
};

/// What kept a request from being done: a closed set, put into words by the reader's
/// language. Nothing else about a failure leaves the host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// Some fields need correcting; see [`AppError::fields`].
    Invalid,
    /// Nobody is signed in, or the session ended.
    Unauthenticated,
    /// A right is missing. Names who can grant it.
    Forbidden {
        /// The missing right; `None` when the page is not for this kind of user at all.
        missing: Option<Permission>,
        /// Names of the people in the company who can grant it.
        granted_by: Vec<String>,
    },
    /// A right in the Back Office is missing. Names who can grant it.
    OfficeForbidden {
        /// The missing right.
        missing: OfficeRight,
        /// Names of administrators.
        granted_by: Vec<String>,
    },
    /// The password was right, but the second step of signing in is not done.
    SecondStepRequired,
    /// No such thing, or not for this person: both look alike.
    NotFound,
    /// Email or password is wrong, or the account can't sign in.
    SignInFailed,
    /// The password was right, but the account is deactivated.
    Deactivated,
    /// The link was used, has ended or was never sent.
    LinkInvalid,
    /// The details of an activation match nothing.
    NoMatch,
    /// The code of an activation is wrong.
    CodeWrong,
    /// The code has ended or was tried too often; a new one is needed.
    CodeExpired,
    /// Too often; try again after this many seconds.
    TooManyRequests {
        /// Seconds to wait.
        retry_after: u32,
    },
    /// The password is needed again before this change.
    ReauthRequired,
    /// Somebody of the staff sees the portal as a user, which does not allow this.
    ViewRefuses {
        /// Whether changes are allowed at all.
        acts: bool,
    },
    /// Nobody may do this to himself.
    Yourself,
    /// The company would be left without a main contact.
    LastMainContact,
    /// Nobody would be left who manages the staff.
    LastAdministrator,
    /// A role carries a right that the person giving it lacks. Names who can give it.
    GrantLacking {
        /// The first such right.
        missing: Permission,
        /// Names of the people in the company who can grant it.
        granted_by: Vec<String>,
    },
    /// Users have this role, so that it can't be deleted.
    RoleInUse {
        /// How many
        users: u32,
    },
    /// The company has as many roles of its own as it can have.
    TooManyRoles {
        /// The most allowed.
        max: usize,
    },
    /// People would lose rights by this. It is done when it is sent again with `shown`, if nothing
    /// has changed meanwhile.
    LossesUnconfirmed {
        /// Who would lose what.
        losses: Details<Vec<RightLoss>>,
        /// Stands for exactly this change and these losses.
        shown: String,
    },
    /// The merchant has switched off what this belongs to.
    FeatureOff {
        /// What is off.
        feature: Feature,
    },
    /// Somebody else changed it in between.
    Conflict,
    /// The page was loaded while the person acted for another company.
    ActsElsewhere,
    /// What was asked does not fit the present state, such as undoing a thing already undone.
    WrongState,
    /// Somebody else decided this request already, or its time is over.
    AlreadyDecided,
    /// The difference from the ERP has changed or is settled since it was shown.
    DifferenceChanged,
    /// Somebody is not confirmed yet in a review that is to be finished.
    ReviewIncomplete,
    /// A template of a mail can't be published as it is.
    TemplateRefused {
        /// What was found in it.
        findings: Details<Vec<TemplateFinding>>,
    },
    /// The ERP does not answer.
    ErpUnavailable,
    /// The portal is too busy right now.
    Busy,
    /// The request was not understood: unknown field, wrong content type, too large.
    BadRequest,
    /// A fault of the portal; the request id finds it in the log.
    Internal,
    /// The browser could not reach the portal. Only ever made in the browser.
    NotSent,
    /// The session had ended when a form was sent; what was typed was kept until somebody signed in again.
    SessionEnded,
    /// The portal has been updated since this page was opened. Only ever made in the browser.
    Outdated,
}

impl ErrorCode {
    /// The HTTP status for callers that don't ask for HTML.
    pub const fn status(&self) -> u16 {
        match self {
            Self::TemplateRefused { .. } => 422,
            Self::Invalid | Self::NoMatch | Self::CodeWrong | Self::CodeExpired => 422,
            Self::Unauthenticated | Self::SessionEnded | Self::SignInFailed | Self::SecondStepRequired => 401,
            Self::Forbidden { .. }
            | Self::OfficeForbidden { .. }
            | Self::Deactivated
            | Self::ReauthRequired
            | Self::FeatureOff { .. }
            | Self::ViewRefuses { .. }
            | Self::GrantLacking { .. } => 403,
            Self::NotFound => 404,
            Self::LinkInvalid => 410,
            Self::TooManyRequests { .. } => 429,
            Self::Yourself
            | Self::LastMainContact
            | Self::LastAdministrator
            | Self::RoleInUse { .. }
            | Self::TooManyRoles { .. }
            | Self::LossesUnconfirmed { .. }
            | Self::Conflict
            | Self::ActsElsewhere
            | Self::WrongState
            | Self::AlreadyDecided
            | Self::DifferenceChanged
            | Self::ReviewIncomplete => 409,
            Self::ErpUnavailable | Self::Busy | Self::NotSent => 503,
            Self::BadRequest | Self::Outdated => 400,
            Self::Internal => 500,
        }
    }
}

/// What is wrong with one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldIssue {
    /// Nothing was entered.
    Required,
    /// Too long.
    TooLong {
        /// The longest allowed, in characters.
        max: usize,
    },
    /// Has line breaks or control characters.
    NotOneLine,
    /// The login opens further companies, so that only the person can change it.
    OnlyTheUser,
    /// Not of the form name@example.com.
    EmailMalformed,
    /// Used by another shop user.
    EmailTaken,
    /// The same as today's.
    Unchanged,
    /// The address of a deactivated user can't be confirmed.
    UserDeactivated,
    /// Has signs that no number of the ERP has.
    NumberMalformed,
    /// No role is ticked.
    RoleRequired,
    /// A built-in role or another one of the company has this name.
    RoleNameTaken,
    /// The name has a sign that parts roles in sheets of users.
    RoleNameSeparator,
    /// The role allows nothing.
    RightRequired,
    /// Not one of the choices.
    UnknownChoice,
    /// Not an amount.
    AmountMalformed,
    /// Below zero.
    AmountNegative,
    /// Larger than the portal can hold.
    AmountTooLarge,
    /// The password was refused.
    Password(PasswordIssue),
    /// The repetition differs.
    PasswordsDiffer,
    /// The current password is wrong.
    PasswordWrong,
    /// Not the text that was to be typed to confirm.
    TypedOtherwise,
    /// The current password was typed too long ago for this.
    PasswordAgain,
    /// Not six digits.
    CodeMalformed,
    /// The code is wrong.
    CodeWrong,
    /// The login has no such code, or it was used or has ended.
    HandoverWrong,
    /// No code of the app, nor one to recover with, or one that was used.
    SecondStepWrong,
    /// More users or rows than can be done at once.
    TooMany {
        /// The most allowed.
        max: usize,
    },
    /// A column that an import needs is missing.
    ColumnMissing(UserColumn),
    /// A column stands twice in an import.
    ColumnTwice(UserColumn),
    /// A column of an import has a name that is none.
    ColumnUnknown {
        /// Which one, counted from 1.
        place: usize,
    },
    /// Below the names of the columns stands nothing.
    RowsMissing,
    /// A row of an import has more cells than there are columns.
    CellsTooMany,
    /// The same stands in an earlier row of the import.
    Repeated {
        /// The line of that row, counted from 1.
        line: u64,
    },
    /// No number of degrees from 0 to 359.
    HueMalformed,
    /// Not of the form that sign-in addresses have.
    SlugMalformed,
    /// Another company has or had this sign-in address, or the portal needs it.
    SlugTaken,
    /// Neither a PNG nor a JPEG picture.
    PictureUnknown,
    /// The picture has more bytes or pixels than are taken.
    PictureTooLarge,
    /// The picture is not whole.
    PictureBroken,
    /// No contact of the customer in the ERP, or a user already.
    ContactUnknown,
    /// The person has access already.
    HasAccess,
    /// Nobody who is ticked becomes a main contact, and the company has none.
    MainContactRequired,
    /// Whoever does this has to say that it is meant: the company is closed by it.
    ClosesCompany,
    /// The ERP has no such customer.
    CustomerUnknown,
}

/// A field of a form and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The field's name in the form, which is also its id on the page.
    pub field: String,
    /// What is wrong
    pub issue: FieldIssue,
}

/// The one shape in which failures leave the host.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("{code:?}")]
pub struct AppError {
    /// What kept the request from being done.
    pub code: ErrorCode,
    /// The fields to correct or to fill in; empty unless the code is [`ErrorCode::Invalid`] or
    /// [`ErrorCode::ReauthRequired`].
    #[serde(default)]
    pub fields: Vec<FieldError>,
    /// Finds the request in the log.
    #[serde(default)]
    pub request_id: String,
}

impl AppError {
    /// A failure that no field is to blame for.
    pub const fn new(code: ErrorCode) -> Self {
        Self { code, fields: Vec::new(), request_id: String::new() }
    }

    /// Fields to correct.
    pub const fn invalid(fields: Vec<FieldError>) -> Self {
        Self { code: ErrorCode::Invalid, fields, request_id: String::new() }
    }

    /// What is wrong with this field, if anything.
    pub fn issue(&self, field: &str) -> Option<FieldIssue> {
        self.fields.iter().find(|f| f.field == field).map(|f| f.issue)
    }
}

impl From<ErrorCode> for AppError {
    fn from(code: ErrorCode) -> Self {
        Self::new(code)
    }
}
