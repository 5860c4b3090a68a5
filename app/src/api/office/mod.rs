//! Server functions of the Back Office.

#![allow(missing_docs, reason = "the fields of a server function's struct are its arguments")]

pub mod audit;
pub mod customers;
pub mod dashboard;
pub mod entry;
pub mod erp;
pub mod mails;
pub mod me;
pub mod shop;
pub mod staff;
pub mod templates;
pub mod users;
