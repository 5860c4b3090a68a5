//! The isomorphic application: the host renders its pages, the browser brings them to life.

mod acting;
mod address;
pub mod api;
mod app;
mod customers;
mod form;
mod frame;
#[cfg(feature = "ssr")]
pub mod host;
pub mod i18n;
#[cfg(feature = "ssr")]
mod imports;
mod live;
mod load;
#[cfg(feature = "ssr")]
mod mails;
pub mod pages;
#[cfg(feature = "ssr")]
mod results;
mod routes;
#[cfg(not(feature = "ssr"))]
mod send;
#[cfg(feature = "ssr")]
pub mod sheets;
#[cfg(feature = "hydrate")]
pub mod taking_over;
pub mod ui;

pub use acting::{ACTING_FIELD, ACTING_HEADER};
#[cfg(feature = "ssr")]
pub use app::document;
pub use app::{App, Files};
pub use live::BY_ITSELF;
