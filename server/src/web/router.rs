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
    ("/office/shop/logo", LOGO_BYTES),
    ("/office/templates/preview", TEMPLATE_BYTES),
    ("/api/office/templates_lint", TEMPLATE_BYTES),
    ("/api/office/templates_save", TEMPLATE_BYTES),
    ("/api/office/templates_import", TEMPLATE_BYTES),
    ("/api/office/templates_text", TEMPLATE_BYTES),
    ("/api/office/templates_publish", TEMPLATE_BYTES),
    ("/api/office/templates_test", TEMPLATE_BYTES),
];

/// Addresses that take files of any size that their handlers allow.
pub const UPLOADS: &[&str] = &["/office/erp/upload"];

/// A logo, and what stands around it in a form.
const LOGO_BYTES: usize = center::office::shop::PICTURE_MAX_BYTES + 4 * 1024;
/// A template of a mail as a form sends it.
const TEMPLATE_BYTES: usize = 512 * 1024;

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
        reload_port: edge.reload_port,
    };
    routes(&Portal::new(Arc::clone(center), files, edge.public.origin()))
}
