//! The pages.

#[cfg(feature = "gallery")]
pub mod gallery;
