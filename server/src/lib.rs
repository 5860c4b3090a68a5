//! The host: everything between the network and the application, and the command line.

pub mod config;
pub mod log;
pub mod web;
