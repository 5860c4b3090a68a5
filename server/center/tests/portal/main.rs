//! Whole use cases: from somebody's request to the rows and mails that it leaves. Each test runs
//! on SQLite and, when `CC_TEST_POSTGRES_URL` names a server, on Postgres, and ends with the check
//! of everything that always holds.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a helper that finds something else than it must ends its test"
)]

mod access_requests;
mod activation;
mod activity;
mod audit;
mod differences;
mod email_change;
#[cfg(debug_assertions)]
mod failures;
#[cfg(debug_assertions)]
mod failures_office;
#[cfg(debug_assertions)]
mod failures_people;
mod inviting;
mod joining;
mod live;
mod managing;
mod many;
mod matching;
#[path = "../migrated/mod.rs"]
mod migrated;
mod office_audit;
mod office_customers;
mod office_dashboard;
mod office_entry;
mod office_erp;
mod office_handover;
mod office_mail;
mod office_merging;
mod office_moving;
mod office_passkeys;
mod office_shop;
mod office_staff;
mod office_templates;
mod office_users;
mod outage;
mod passwords;
mod people;
mod profile;
mod races;
mod reauthentication;
mod review;
mod rights;
mod roles;
mod second_step;
mod sessions;
mod several;
mod sign_in;
mod support;
mod sweeping;
mod timing;
