use super::aliases::alias;

/// The longest name that is looked at.
const LONGEST: usize = 80;

/// A piece of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// As it stands
    Text(&'a str),
    /// `{{ name }}` or a name of another system, `${name}`.
    Variable {
        /// Our name for it, if it is one of another system that we have; else as it is written.
        name: &'a str,
        /// Where it begins
        at: usize,
    },
}

/// Takes a template apart. Whatever is no name in the right braces is text.
pub(crate) fn pieces(source: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(found) = source[at..].find(['{', '$']) {
        at += found;
        match variable(&source[at..]) {
            Some((name, length)) => {
                if start < at {
                    pieces.push(Piece::Text(&source[start..at]));
                }
                pieces.push(Piece::Variable { name, at });
                at += length;
                start = at;
            }
            None => at += 1,
        }
    }
    if start < source.len() {
        pieces.push(Piece::Text(&source[start..]));
    }
    pieces
}

/// The variable that this text begins with, and how long it is written.
fn variable(text: &str) -> Option<(&str, usize)> {
    if let Some(rest) = text.strip_prefix("{{") {
        let (name, length) = named(rest, "}}")?;
        return Some((name, length + 4));
    }
    let (name, length) = named(text.strip_prefix("${")?, "}")?;
    Some((alias(name).unwrap_or(name), length + 3))
}

/// The name before this end, and how far it is to that.
fn named<'a>(rest: &'a str, end: &str) -> Option<(&'a str, usize)> {
    let stop = rest.bytes().take(LONGEST).position(|byte| byte == b'}')?;
    let inner = rest.get(..stop)?;
    rest.get(stop..)?.starts_with(end).then_some(())?;
    let name = inner.trim_matches(' ');
    let sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.');
    (name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.bytes().all(sign)).then_some((name, stop))
}

/// The names in a template, each with where it begins.
pub(super) fn names(source: &str) -> impl Iterator<Item = (&str, usize)> {
    pieces(source).into_iter().filter_map(|piece| match piece {
        Piece::Variable { name, at } => Some((name, at)),
        Piece::Text(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_in_braces_mean_something() {
        let variable = |name, at| Piece::Variable { name, at };
        assert_eq!(
            pieces("a{{ name }}${companyInformation.loginUrl}{{{link}}}"),
            [
                Piece::Text("a"),
                variable("name", 1),
                variable("sign_in_url", 11),
                Piece::Text("{"),
                variable("link", 42),
                Piece::Text("}"),
            ]
        );
        for text in
            ["{{7*7}}", "{{ a b }}", "{{ }}", "{{", "${", "${7}", "{% if a %}", "{{a|b}}", "{{ a }", "#{a}"]
        {
            assert!(names(text).next().is_none(), "{text}");
        }
        let long = format!("{{{{ {} }}}}", "a".repeat(200));
        assert!(names(&long).next().is_none());
    }
}
