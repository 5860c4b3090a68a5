use model::{
    AccessRequestId, ActivationId, CompanyId, ContactNumber, CustomerNumber, DraftId, Email, ErpImportId,
    ErpImportState, Grants, InvoiceNumber, LinkId, Locale, MailId, PasskeyId, PersonName, ResultId, ReviewId,
    Role, RoleId, Salutation, SessionId, StaffId, StaffRole, UserId, ViewId,
};
use uuid::Uuid;

/// A value bound to a placeholder. Each variant knows its type even when it is null, which
/// Postgres insists on.
#[derive(Clone, Debug)]
pub enum Value {
    /// Text
    Text(Option<String>),
    /// Integer: counts, minor units, instants in µs
    Int(Option<i64>),
    /// Yes or no
    Bool(bool),
    /// Id
    Id(Option<Uuid>),
    /// Hashes
    Bytes(Option<Vec<u8>>),
}

macro_rules! values {
    ($( $from:ty => |$v:ident| $to:expr; )*) => { $(
        impl From<$from> for Value {
            fn from($v: $from) -> Self { $to }
        }
    )* };
}

values! {
    String => |v| Self::Text(Some(v));
    &str => |v| Self::Text(Some(v.to_owned()));
    &String => |v| Self::Text(Some(v.clone()));
    Option<String> => |v| Self::Text(v);
    Option<&str> => |v| Self::Text(v.map(str::to_owned));
    i64 => |v| Self::Int(Some(v));
    Option<i64> => |v| Self::Int(v);
    bool => |v| Self::Bool(v);
    Uuid => |v| Self::Id(Some(v));
    Option<Uuid> => |v| Self::Id(v);
    Vec<u8> => |v| Self::Bytes(Some(v));
    Option<Vec<u8>> => |v| Self::Bytes(v);
    [u8; 32] => |v| Self::Bytes(Some(v.to_vec()));
    &[u8; 32] => |v| Self::Bytes(Some(v.to_vec()));
    &Email => |v| v.as_str().into();
    Option<&Email> => |v| v.map(Email::as_str).into();
    &PersonName => |v| v.as_str().into();
    &CustomerNumber => |v| v.as_str().into();
    &InvoiceNumber => |v| v.as_str().into();
    &ContactNumber => |v| v.as_str().into();
    Locale => |v| v.tag().into();
    Role => |v| v.key().into();
    StaffRole => |v| v.key().into();
    ErpImportState => |v| v.key().into();
    Salutation => |v| v.key().into();
    &Grants => |v| v.keys().join(" ").into();
}

macro_rules! id_values {
    ($( $id:ty ),*) => { $(
        impl From<$id> for Value {
            fn from(v: $id) -> Self { Self::Id(Some(v.0)) }
        }
        impl From<Option<$id>> for Value {
            fn from(v: Option<$id>) -> Self { Self::Id(v.map(|id| id.0)) }
        }
    )* };
}
id_values!(
    UserId,
    CompanyId,
    SessionId,
    LinkId,
    MailId,
    ActivationId,
    DraftId,
    AccessRequestId,
    ResultId,
    RoleId,
    ReviewId,
    StaffId,
    PasskeyId,
    ViewId,
    ErpImportId
);

/// The values of a statement's placeholders, in order.
macro_rules! args {
    ($( $value:expr ),* $(,)?) => { vec![ $( $crate::store::Value::from($value) ),* ] };
}
pub(crate) use args;
