//! What is kept of a person, as a file for the Back Office.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::Request;
use axum::response::{IntoResponse, Response};
use center::Error;
use model::{ErrorCode, UserId};

use super::Portal;
use super::downloads::{Kind, file, refused};
use crate::web::refusal::Refusal;

/// Everything that is kept of a person, as JSON.
pub(super) async fn data(
    State(portal): State<Arc<Portal>>,
    Path(id): Path<String>,
    request: Request<Body>,
) -> Response {
    let (parts, _) = request.into_parts();
    let host = match portal.request(&parts).await {
        Ok(host) => host,
        Err(error) => {
            tracing::error!(event = "sys_database", %error);
            return Refusal::Busy.into_response();
        }
    };
    let exported = match id.parse::<UserId>() {
        Ok(user) => center::office::users::export(&host.center, &host.actor, user).await,
        Err(_) => Err(Error::from(ErrorCode::NotFound)),
    };
    let response = match exported {
        Ok(text) => file("personal-data.json", Kind::Json, text),
        Err(error) => refused(&host, &parts, error).await,
    };
    portal.answer(response, &host.reply)
}
