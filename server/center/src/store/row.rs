use model::{
    AccessRequestId, ActivationId, CompanyId, ContactNumber, CustomerNumber, DraftId, Email, ErpImportId,
    ErpImportState, Grants, InvoiceNumber, LinkId, Locale, MailId, PasskeyId, ResultId, ReviewId, Role,
    RoleId, Salutation, SessionId, StaffId, StaffRole, UserId, ViewId,
};
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

use super::StoreError;

/// A row of an answer.
pub enum Row {
    /// From SQLite
    Sqlite(SqliteRow),
    /// From Postgres
    Postgres(PgRow),
}

impl Row {
    /// A column by its name.
    ///
    /// # Errors
    /// [`StoreError::Column`] when it is not there or not of this type.
    pub fn get<T: FromColumn>(&self, column: &str) -> Result<T, StoreError> {
        T::from_column(self, column)
    }
}

/// A type that a column can be read as.
pub trait FromColumn: Sized {
    /// Reads the column.
    ///
    /// # Errors
    /// [`StoreError::Column`] when it is not there or not of this type.
    fn from_column(row: &Row, column: &str) -> Result<Self, StoreError>;
}

macro_rules! native {
    ($( $ty:ty ),*) => { $(
        impl FromColumn for $ty {
            fn from_column(row: &Row, column: &str) -> Result<Self, StoreError> {
                match row {
                    Row::Sqlite(row) => row.try_get(column),
                    Row::Postgres(row) => row.try_get(column),
                }
                .map_err(|_| StoreError::Column(column.to_owned()))
            }
        }
        impl FromColumn for Option<$ty> {
            fn from_column(row: &Row, column: &str) -> Result<Self, StoreError> {
                match row {
                    Row::Sqlite(row) => row.try_get(column),
                    Row::Postgres(row) => row.try_get(column),
                }
                .map_err(|_| StoreError::Column(column.to_owned()))
            }
        }
    )* };
}
native!(String, i64, bool, Uuid, Vec<u8>);

macro_rules! through {
    ($( $ty:ty as $from:ty => |$v:ident| $to:expr; )*) => { $(
        impl FromColumn for $ty {
            fn from_column(row: &Row, column: &str) -> Result<Self, StoreError> {
                let $v = <$from>::from_column(row, column)?;
                $to.ok_or_else(|| StoreError::Column(column.to_owned()))
            }
        }
        impl FromColumn for Option<$ty> {
            fn from_column(row: &Row, column: &str) -> Result<Self, StoreError> {
                match Option::<$from>::from_column(row, column)? {
                    None => Ok(None),
                    Some($v) => $to.map(Some).ok_or_else(|| StoreError::Column(column.to_owned())),
                }
            }
        }
    )* };
}

through! {
    UserId as Uuid => |v| Some(UserId(v));
    CompanyId as Uuid => |v| Some(CompanyId(v));
    SessionId as Uuid => |v| Some(SessionId(v));
    LinkId as Uuid => |v| Some(LinkId(v));
    MailId as Uuid => |v| Some(MailId(v));
    ActivationId as Uuid => |v| Some(ActivationId(v));
    DraftId as Uuid => |v| Some(DraftId(v));
    AccessRequestId as Uuid => |v| Some(AccessRequestId(v));
    ResultId as Uuid => |v| Some(ResultId(v));
    RoleId as Uuid => |v| Some(RoleId(v));
    ReviewId as Uuid => |v| Some(ReviewId(v));
    StaffId as Uuid => |v| Some(StaffId(v));
    PasskeyId as Uuid => |v| Some(PasskeyId(v));
    ViewId as Uuid => |v| Some(ViewId(v));
    ErpImportId as Uuid => |v| Some(ErpImportId(v));
    Email as String => |v| Email::parse(&v).ok();
    CustomerNumber as String => |v| CustomerNumber::parse(&v).ok();
    InvoiceNumber as String => |v| InvoiceNumber::parse(&v).ok();
    ContactNumber as String => |v| ContactNumber::parse(&v).ok();
    Locale as String => |v| Locale::from_tag(&v);
    Role as String => |v| Role::from_key(&v);
    Grants as String => |v| Some(Grants::read(v.split(' ')));
    ErpImportState as String => |v| ErpImportState::from_key(&v);
    StaffRole as String => |v| StaffRole::from_key(&v);
    Salutation as String => |v| Salutation::from_key(&v);
    model::Currency as String => |v| model::Currency::parse(&v);
    [u8; 32] as Vec<u8> => |v| <[u8; 32]>::try_from(v).ok();
}
