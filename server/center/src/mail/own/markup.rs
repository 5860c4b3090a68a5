//! Reads HTML source as far as the linter has to point at its lines, and the sanitiser's output, which is
//! always well formed.

/// A tag as it is written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// In small letters
    pub(super) name: String,
    /// `</…>`
    pub(super) end: bool,
    pub(super) attributes: Vec<(String, &'a str)>,
    /// Where it begins and ends
    pub(super) from: usize,
    pub(super) to: usize,
}

/// The tags of a document; comments and what stands in scripts and styles are passed over.
pub(super) fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let from = at + found;
        if html[from..].starts_with("<!--") {
            at = html[from..].find("-->").map_or(html.len(), |end| from + end + 3);
            continue;
        }
        let Some(tag) = tag(html, from) else {
            at = from + 1;
            continue;
        };
        at = tag.to;
        if !tag.end && matches!(tag.name.as_str(), "script" | "style" | "title" | "textarea") {
            let close = format!("</{}", tag.name);
            let rest = html.as_bytes()[at..].windows(close.len());
            at = rest
                .into_iter()
                .position(|window| window.eq_ignore_ascii_case(close.as_bytes()))
                .map_or(html.len(), |end| at + end);
        }
        tags.push(tag);
    }
    tags
}

fn tag(html: &str, from: usize) -> Option<Tag<'_>> {
    let bytes = html.as_bytes();
    let end = bytes.get(from + 1) == Some(&b'/');
    let mut at = from + 1 + usize::from(end);
    let start = at;
    while bytes.get(at).is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':')) {
        at += 1;
    }
    if at == start || !bytes[start].is_ascii_alphabetic() {
        return None;
    }
    let name = html[start..at].to_ascii_lowercase();
    let mut attributes = Vec::new();
    loop {
        while bytes.get(at).is_some_and(|b| b.is_ascii_whitespace() || *b == b'/') {
            at += 1;
        }
        match bytes.get(at) {
            None => return Some(Tag { name, end, attributes, from, to: at }),
            Some(b'>') => return Some(Tag { name, end, attributes, from, to: at + 1 }),
            Some(_) => {}
        }
        let begin = at;
        // A stray `=` begins a name, as browsers have it.
        at += 1;
        while bytes.get(at).is_some_and(|b| !b.is_ascii_whitespace() && !matches!(b, b'/' | b'>' | b'=')) {
            at += 1;
        }
        let attribute = html.get(begin..at)?.to_ascii_lowercase();
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        let mut value = "";
        if bytes.get(at) == Some(&b'=') {
            at += 1;
            while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
                at += 1;
            }
            let quote = bytes.get(at).copied().filter(|b| matches!(b, b'"' | b'\''));
            at += usize::from(quote.is_some());
            let begin = at;
            while bytes.get(at).is_some_and(|b| match quote {
                Some(quote) => *b != quote,
                None => !b.is_ascii_whitespace() && *b != b'>',
            }) {
                at += 1;
            }
            value = html.get(begin..at)?;
            at += usize::from(quote.is_some() && at < bytes.len());
        }
        attributes.push((attribute, value));
    }
}

/// Text of well-formed HTML, read.
pub(super) fn unescape(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&nbsp;", " ");
    text.replace("&amp;", "&")
}

/// The same signs as text of HTML, also within attributes.
pub(in crate::mail) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}
