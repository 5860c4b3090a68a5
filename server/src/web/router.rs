//! The application's routes, as the layers around them expect them.

use std::sync::Arc;

use app::Files;
use axum::Router;
use center::Center;

use super::Edge;
use crate::portal::{Portal, routes};

/// Addresses whose bodies may be larger than usual, with their limits in bytes.
pub const LARGER_BODIES: &[(&str, usize)] = &[("/office/shop/logo", LOGO_BYTES)];

/// A logo, and what stands around it in a form.
const LOGO_BYTES: usize = center::office::shop::PICTURE_MAX_BYTES + 4 * 1024;

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
