//! The application's routes, as the layers around them expect them.

use std::sync::Arc;

use app::Files;
use axum::Router;
use center::Center;

use super::Edge;
use crate::portal::{Portal, routes};

/// Addresses whose bodies may be larger than usual, with their limits in bytes.
pub const LARGER_BODIES: &[(&str, usize)] = &[];

/// Pages, server functions and links from mails.
pub fn application(center: &Arc<Center>, edge: &Edge) -> Router {
    let urls = edge.assets.urls();
    let files = Files {
        js: urls.js.clone(),
        parts_js: urls.parts_js.clone(),
        parts: Arc::clone(&urls.parts),
        wasm: urls.wasm.clone(),
        css: urls.css.clone(),
        font: urls.font.clone(),
    };
    routes(&Portal::new(Arc::clone(center), files, edge.public.origin()))
}
