//! The application's routes, as the layers around them expect them.

use std::sync::Arc;

use app::Files;
use axum::Router;
use center::Center;

use super::Edge;
use super::limits::BODY_BYTES;
use crate::portal::{Portal, routes};

/// Addresses whose bodies may be larger than usual, with their limits in bytes.
pub const LARGER_BODIES: &[(&str, usize)] = &[
    ("/api/office/templates_save", TEMPLATE),
    ("/api/office/templates_import", TEMPLATE),
    ("/api/office/templates_text", TEMPLATE),
    ("/api/office/templates_publish", TEMPLATE),
    ("/api/office/templates_test", TEMPLATE),
];

/// A template of a mail as a form sends it, in bytes.
const TEMPLATE: usize = 512 * 1024;

/// The largest body that this address takes, in bytes.
pub fn largest(path: &str) -> usize {
    LARGER_BODIES.iter().find(|(known, _)| *known == path).map_or(BODY_BYTES, |(_, bytes)| *bytes)
}

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
