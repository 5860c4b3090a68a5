use model::{AppError, ErrorCode, FieldError, FieldIssue, OfficeRight, Permission};
use thiserror::Error;

use crate::erp::ErpError;
use crate::store::StoreError;

/// Why a use case did not do what it was asked.
#[derive(Debug, Error)]
pub enum Error {
    /// Something the person can read and act on.
    #[error("refused: {0}")]
    Refused(#[from] AppError),
    /// A right is missing.
    #[error("missing right {0:?}")]
    Lacks(Permission),
    /// A right in the Back Office is missing.
    #[error("missing right {0:?}")]
    OfficeLacks(OfficeRight),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The ERP failed.
    #[error(transparent)]
    Erp(#[from] ErpError),
    /// Too much work is waiting.
    #[error("busy")]
    Busy,
    /// A fault of the portal.
    #[error("fault: {0}")]
    Fault(String),
}

impl Error {
    /// One field to correct.
    pub fn field(field: &str, issue: FieldIssue) -> Self {
        Self::Refused(AppError::invalid(vec![FieldError { field: field.to_owned(), issue }]))
    }

    /// The code that a refusal carries, if it is one.
    pub const fn code(&self) -> Option<&ErrorCode> {
        match self {
            Self::Refused(error) => Some(&error.code),
            _ => None,
        }
    }
}

impl From<ErrorCode> for Error {
    fn from(code: ErrorCode) -> Self {
        Self::Refused(code.into())
    }
}

impl From<Vec<FieldError>> for Error {
    fn from(fields: Vec<FieldError>) -> Self {
        Self::Refused(AppError::invalid(fields))
    }
}
