//! The page for addresses that lead nowhere.

use leptos::prelude::*;
use model::ErrorCode;

use crate::frame::Frame;
use crate::load::Refused;

/// Nothing is here.
#[component]
pub fn NotFound() -> impl IntoView {
    view! { <Frame><Refused error=ErrorCode::NotFound.into()/></Frame> }
}
