//! The application's routes.

use std::sync::Arc;

use axum::Router;
use center::Center;

use super::Edge;

/// Paths that take a larger body than others, with its bound in bytes.
pub const LARGER_BODIES: &[(&str, usize)] = &[];

/// The routes of pages, server functions and links.
pub fn application(_center: &Arc<Center>, _edge: &Arc<Edge>) -> Router {
    Router::new()
}
