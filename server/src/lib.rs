//! The host: everything between the network and the application, and the command line.

pub mod cli;
pub mod commands;
pub mod config;
pub mod host;
pub mod log;
mod portal;
pub mod web;
