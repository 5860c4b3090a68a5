use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($( $(#[$doc:meta])* $name:ident; )*) => { $(
        $(#[$doc])*
        ///
        /// An identifier, never a secret.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                Uuid::try_parse(s).map(Self)
            }
        }
    )* };
}

ids! {
    /// A person's login.
    UserId;
    /// A company of the portal.
    CompanyId;
    /// A role that a company made itself.
    RoleId;
    /// A signed-in browser, as *My sessions* names it.
    SessionId;
    /// A link that was or will be mailed (invitation, reset, email change).
    LinkId;
    /// A row of the outbox.
    MailId;
    /// An activation under way.
    ActivationId;
    /// Somebody's request for access to a company.
    AccessRequestId;
    /// The values of a form that was refused, kept for its next showing.
    DraftId;
    /// What came of many at once, kept for the person who did it.
    ResultId;
    /// A review of who has access to a company.
    ReviewId;
    /// A person of the merchant's staff.
    StaffId;
    /// A passkey of somebody of the staff.
    PasskeyId;
    /// A view of the portal as one of its users, by somebody of the staff.
    ViewId;
    /// An import into the embedded ERP.
    ErpImportId;
    /// One HTTP request, as logs and error pages name it.
    RequestId;
}
