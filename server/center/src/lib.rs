//! Everything the host decides and stores, free of HTTP and HTML. An area of the product has
//! one module; each use case begins with [`access::authorize`] or one of its typed forms.

pub mod access;
pub mod accounts;
pub mod activation;
pub mod activity;
pub mod audit;
pub mod backup;
mod center;
mod clock;
pub mod drafts;
mod entropy;
pub mod erp;
mod error;
pub mod jobs;
pub mod live;
pub mod mail;
pub mod office;
mod paper;
mod seal;
mod second_step;
pub mod shop;
pub mod spreadsheet;
pub mod store;
pub mod throttle;
pub mod users;
pub mod verify;
mod words;

pub use center::{Center, Parts, Settings};
pub use clock::{Clock, Instant, SystemClock};
pub use entropy::{Entropy, SystemEntropy, Token};
pub use error::Error;
pub use seal::Seal;
