//! The portal's own addresses: pages, server functions, files to save, and links from mails.

#[cfg(test)]
mod acting;
#[cfg(test)]
mod answers;
#[cfg(test)]
mod closed;
mod cookies;
mod downloads;
mod erp;
mod exports;
mod functions;
mod links;
mod live;
mod logos;
#[cfg(test)]
mod office;
mod pages;
mod personal;
mod previews;
mod request;
#[cfg(test)]
mod rights;
#[cfg(test)]
mod same_answers;
#[cfg(test)]
mod second_step;
#[cfg(test)]
mod trail;
#[cfg(test)]
mod viewing;

use std::sync::Arc;

use app::Files;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{MethodRouter, get, post};
use center::Center;

/// What the portal's addresses share.
pub(crate) struct Portal {
    center: Arc<Center>,
    files: Files,
    /// Served over https: cookies are bound to the host and never sent in clear.
    secure: bool,
    /// Scheme, host and port that people use.
    origin: String,
}

impl Portal {
    /// `public_url` is where people reach the portal, without a slash at the end.
    pub(crate) fn new(center: Arc<Center>, files: Files, public_url: &str) -> Arc<Self> {
        let secure = public_url.starts_with("https://");
        Arc::new(Self { center, files, secure, origin: public_url.to_owned() })
    }
}

/// The addresses that are no pages, and what answers them.
fn addresses() -> Vec<(&'static str, MethodRouter<Arc<Portal>>)> {
    vec![
        ("/api/{*function}", post(functions::call)),
        ("/company/activity.csv", get(exports::activity)),
        ("/company/activity.json", get(exports::activity_json)),
        ("/brand/{logo}", get(logos::show)),
        ("/office/audit.csv", get(exports::audit)),
        ("/office/audit.json", get(exports::audit_json)),
        ("/office/shop/logo", post(logos::upload)),
        ("/link/{token}", get(links::follow)),
        ("/office/link/{token}", get(links::follow_office)),
        ("/office/templates/{kind}/{locale}/preview", get(previews::template)),
        ("/office/templates/preview", post(previews::typed)),
        ("/office/mail/{id}/body", get(previews::mail)),
        ("/activate/resume/{token}", get(links::resume)),
        ("/office/users/{id}/data.json", get(personal::data)),
        ("/users/export.csv", get(downloads::users)),
        ("/office/erp/upload", post(erp::upload).layer(DefaultBodyLimit::max(erp::FORM_BYTES))),
        ("/office/erp/imports/{id}/errors.csv", get(erp::errors)),
        ("/users/live", get(live::users)),
        ("/users/import/sample.csv", get(downloads::import_sample)),
        ("/users/results/{id}/rows.csv", get(downloads::result_rows)),
        ("/users/review/{id}/evidence.csv", get(downloads::review)),
    ]
}

/// All routes of the portal. What is no address of these is a page, or is not there.
pub(crate) fn routes(portal: &Arc<Portal>) -> Router {
    // Pages are rendered by tasks of this runtime; a second call changes nothing.
    let _ = any_spawner::Executor::init_tokio();
    let routes =
        addresses().into_iter().fold(Router::new(), |routes, (path, answer)| routes.route(path, answer));
    routes.fallback(get(pages::show)).with_state(Arc::clone(portal))
}
