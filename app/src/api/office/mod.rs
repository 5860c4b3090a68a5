//! Server functions of the Back Office.

#[allow(missing_docs, reason = "the fields of a server function's struct are its arguments")]
pub mod customers;
#[allow(missing_docs, reason = "the fields of a server function's struct are its arguments")]
pub mod entry;
#[allow(missing_docs, reason = "the fields of a server function's struct are its arguments")]
pub mod erp;
#[allow(missing_docs, reason = "the fields of a server function's struct are its arguments")]
pub mod me;
#[allow(missing_docs, reason = "the fields of a server function's struct are its arguments")]
pub mod shop;
#[allow(missing_docs, reason = "the fields of a server function's struct are its arguments")]
pub mod staff;
#[allow(missing_docs, reason = "the fields of a server function's struct are its arguments")]
pub mod templates;
#[allow(missing_docs, reason = "the fields of a server function's struct are its arguments")]
pub mod users;
