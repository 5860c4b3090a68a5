//! Mails in the merchant's own words. A template is text with names of a closed set in it, and nothing
//! else: there is no language behind it that could be made to do anything. Names are filled in with
//! escaped values; the HTML passes a sanitiser before and stands in the portal's own layout.

mod aliases;
mod fill;
mod lint;
mod markup;
mod plain;
mod sanitise;
mod start;
mod syntax;
mod variables;

pub(crate) use aliases::take_over;
pub(super) use fill::{Frame, fill};
pub(crate) use lint::lint;
pub(super) use markup::escape;
pub(crate) use plain::plain;
pub(crate) use sanitise::sanitise;
pub(crate) use start::start;
pub(super) use variables::fillings;
pub(crate) use variables::{required, variables};

#[cfg(test)]
mod tests;
