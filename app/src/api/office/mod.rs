//! Server functions of the Back Office.

#[allow(missing_docs, reason = "the fields of a server function's struct are its arguments")]
pub mod entry;
#[allow(missing_docs, reason = "the fields of a server function's struct are its arguments")]
pub mod templates;
