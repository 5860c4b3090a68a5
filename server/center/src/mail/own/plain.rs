use super::markup::{tags, unescape};

/// The plain text of sanitised HTML: its words with their breaks, and after each link where it leads.
pub(crate) fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut at = 0;
    let mut leads: Vec<(usize, String)> = Vec::new();
    for tag in tags(html) {
        push_words(&mut text, &html[at..tag.from]);
        at = tag.to;
        match (tag.name.as_str(), tag.end) {
            ("a", false) => {
                let href = tag.attributes.iter().find(|(name, _)| name == "href");
                leads.push((text.len(), href.map(|(_, value)| unescape(value)).unwrap_or_default()));
            }
            ("a", true) => {
                if let Some((from, href)) = leads.pop()
                    && !href.is_empty()
                    && text.get(from..).is_some_and(|label| label.trim() != href)
                {
                    text.extend([":\n", &href, "\n"]);
                }
            }
            ("br", _) => text.push('\n'),
            ("li", false) => text.push_str("\n- "),
            ("td" | "th", true) => text.push(' '),
            ("tr", true) | ("div" | "li" | "dt" | "dd" | "caption", _) => text.push('\n'),
            (
                "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "table" | "blockquote" | "hr"
                | "pre" | "dl",
                _,
            ) => {
                text.push_str("\n\n");
            }
            _ => {}
        }
    }
    push_words(&mut text, &html[at..]);
    // Never more than one empty line in a row.
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim) {
        if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(line);
        }
    }
    lines.join("\n").trim().to_owned()
}

/// Words as they are seen: breaks of the source are spaces.
fn push_words(text: &mut String, source: &str) {
    let words = unescape(source);
    let spaced = |c: char| c.is_whitespace();
    if words.trim().is_empty() && text.ends_with('\n') {
        return;
    }
    if words.starts_with(spaced) && !text.ends_with(spaced) {
        text.push(' ');
    }
    text.push_str(&words.split_whitespace().collect::<Vec<_>>().join(" "));
    if words.ends_with(spaced) && !text.ends_with(spaced) {
        text.push(' ');
    }
}
