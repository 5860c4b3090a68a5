//! The server functions: each turns form fields into the arguments of one use case and says
//! where the form leads. Rights are decided in the use case, nowhere else.

#[allow(missing_docs, reason = "the fields of a server function's struct are its arguments")]
pub mod accounts;
#[allow(missing_docs, reason = "the fields of a server function's struct are its arguments")]
pub mod activation;
#[allow(missing_docs, reason = "the fields of a server function's struct are its arguments")]
pub mod activity;
#[allow(missing_docs, reason = "the fields of a server function's struct are its arguments")]
pub mod differences;
#[allow(missing_docs, reason = "the fields of a server function's struct are its arguments")]
pub mod inbox;
#[allow(missing_docs, reason = "the fields of a server function's struct are its arguments")]
pub mod many;
pub mod office;
#[allow(missing_docs, reason = "the fields of a server function's struct are its arguments")]
pub mod review;
#[allow(missing_docs, reason = "the fields of a server function's struct are its arguments")]
pub mod roles;
#[allow(missing_docs, reason = "the fields of a server function's struct are its arguments")]
pub mod second_step;
#[allow(missing_docs, reason = "the fields of a server function's struct are its arguments")]
#[allow(clippy::too_many_arguments, reason = "one argument for each field of a form")]
pub mod users;
#[allow(missing_docs, reason = "the fields of a server function's struct are its arguments")]
pub mod viewer;

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use model::{AppError, ErrorCode};
use serde::{Deserialize, Serialize};

/// [`AppError`] as server functions answer it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Failure(pub AppError);

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        Self(error)
    }
}

impl FromServerFnError for Failure {
    type Encoder = JsonEncoding;

    /// What the framework says of itself is never shown: on the host it means that the request
    /// was not understood, in the browser that the host could not be reached or has changed.
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        let code = match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => ErrorCode::NotSent,
            ServerFnErrorErr::Deserialization(_) => ErrorCode::Outdated,
            _ => ErrorCode::BadRequest,
        };
        Self(code.into())
    }
}
