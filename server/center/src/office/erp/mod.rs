//! *ERP*: how it does, what it was asked, and imports into the embedded one.

mod calls;
mod files;
mod imports;
mod run;
mod status;
mod upload;

pub use calls::calls;
pub use imports::{Found, errors, import, imports};
pub use run::{Work, begin, discard, import_from};
pub use status::status;
pub use upload::{Received, Upload, receive};

pub(crate) use imports::sweep;
pub(crate) use run::beat;

use model::{ErpAdapter, ErrorCode};

use crate::clock::{DAY, MINUTE};
use crate::store::Backend;
use crate::{Center, Error, Instant};

/// A node that gave no sign of life for so long carries its import out no more.
const LEASE: Instant = MINUTE;
/// Files that nobody imports are kept so long.
const KEPT: Instant = DAY;

/// Whether the ERP is one that takes imports.
fn is_open(center: &Center) -> bool {
    center.erp().adapter() == ErpAdapter::Embedded
}

/// Refuses where the ERP takes no imports.
fn open(center: &Center) -> Result<(), Error> {
    if is_open(center) { Ok(()) } else { Err(ErrorCode::WrongState.into()) }
}

/// Nodes whose last sign of life is older than this don't live. SQLite has one node, which knows what it does.
fn dead_before(center: &Center) -> Instant {
    match center.db().backend() {
        Backend::Sqlite => center.now(),
        Backend::Postgres => center.now() - LEASE,
    }
}
