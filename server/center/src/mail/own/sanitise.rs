use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::syntax::{Piece, names, pieces};
use super::variables::ADDRESSES;

/// The tags that a mail may have.
pub(super) const TAGS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "center",
    "code",
    "col",
    "colgroup",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];
/// Attributes beside `style` and a link's `href`.
const ATTRIBUTES: &[&str] = &[
    "align",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "color",
    "colspan",
    "dir",
    "face",
    "height",
    "lang",
    "role",
    "rowspan",
    "size",
    "valign",
    "width",
];
/// Tags that go with what is in them.
const WITH_CONTENT: &[&str] = &[
    "head", "iframe", "math", "noscript", "object", "script", "style", "svg", "template", "textarea", "title",
];
/// What styles may say. Nothing that hides, moves over other things or fetches.
const PROPERTIES: &[&str] = &[
    "background-color",
    "border",
    "border-bottom",
    "border-collapse",
    "border-color",
    "border-left",
    "border-radius",
    "border-right",
    "border-spacing",
    "border-style",
    "border-top",
    "border-width",
    "color",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "letter-spacing",
    "line-height",
    "list-style-type",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-width",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "text-align",
    "text-decoration",
    "text-transform",
    "vertical-align",
    "white-space",
    "width",
    "word-break",
];

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let set = |names: &[&'static str]| names.iter().copied().collect::<HashSet<_>>();
    let mut builder = Builder::empty();
    builder
        .tags(set(TAGS))
        .clean_content_tags(set(WITH_CONTENT))
        .generic_attributes(set(&[ATTRIBUTES, &["style"]].concat()))
        .tag_attributes(HashMap::from([("a", set(&["href"]))]))
        .url_schemes(set(&["http", "https", "mailto"]))
        // Addresses that begin with a variable look relative; `href` judges all of them.
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true)
        .attribute_filter(|_, name, value| match name {
            "href" => href(value).then(|| Cow::Borrowed(value.trim())),
            "style" => Some(style(value)).filter(|kept| !kept.is_empty()).map(Cow::Owned),
            _ => names(value).next().is_none().then_some(Cow::Borrowed(value)),
        });
    builder
});

/// The HTML of a template with nothing in it that a mail can't have.
pub(crate) fn sanitise(html: &str) -> String {
    SANITISER.clean(html).to_string()
}

/// Whether an attribute may stand at a tag, whatever its value.
pub(super) fn attribute_known(tag: &str, name: &str) -> bool {
    name == "style" || ATTRIBUTES.contains(&name) || (tag == "a" && name == "href")
}

/// Whether a link may lead there: to an address of the portal by its variable, or elsewhere without any.
/// A variable beside other signs could hand a secret to somebody else's host.
pub(super) fn href(value: &str) -> bool {
    let value = value.trim();
    match pieces(value).as_slice() {
        [Piece::Variable { name, .. }] => ADDRESSES.contains(name),
        [Piece::Variable { name: "public_url", .. }, Piece::Text(path)] => path.starts_with('/'),
        [Piece::Text(_)] => ["https://", "http://", "mailto:"]
            .iter()
            .any(|scheme| value.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme))),
        _ => false,
    }
}

/// The declarations of a style that mails may have.
fn style(value: &str) -> String {
    let kept = value.split(';').filter_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
        (PROPERTIES.contains(&name.as_str()) && plain_value(value)).then(|| format!("{name}:{value}"))
    });
    kept.collect::<Vec<_>>().join(";")
}

/// Whether the value of a declaration is made of words, numbers and colours.
fn plain_value(value: &str) -> bool {
    let sign = |c: char| c.is_ascii_alphanumeric() || " #%.,'\"-!()".contains(c);
    let lower = value.to_ascii_lowercase();
    let mut functions = lower.match_indices('(').map(|(at, _)| &lower[..at]);
    value.chars().all(sign)
        && functions.all(|before| ["rgb", "rgba", "hsl", "hsla"].iter().any(|f| before.ends_with(f)))
}
