use model::{TemplateFault, TemplateFinding, TemplatePart, TemplateSource};

use super::markup::{Tag, tags};
use super::sanitise::{TAGS, attribute_known, href, sanitise};
use super::syntax::names;
use super::variables::{SECRETS, required, variables};
use crate::mail::MailKind;

/// Mail servers may break longer lines (RFC 5322, 2.1.1).
const LONGEST_LINE: usize = 998;
/// More findings than this help nobody.
const MOST: usize = 100;
/// Tags without an end.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"];
/// Tags whose end may be left out.
const ENDLESS: &[&str] = &["li", "p", "td", "th", "tr", "dd", "dt", "tbody", "thead", "tfoot", "colgroup"];
/// Whole documents can be pasted: these are left out, and nobody has to care.
const AROUND: &[&str] = &["html", "head", "body", "meta", "title"];
/// How other template languages begin what they do.
const LANGUAGES: &[&str] = &["{%", "{#", "<%", "#{", "[[", "<#", "{{#", "{{>", "*|", "%%"];

/// Everything that is to be said about a template.
pub(crate) fn lint(kind: MailKind, source: &TemplateSource) -> Vec<TemplateFinding> {
    let mut findings = Vec::new();
    for (part, text) in [
        (TemplatePart::Subject, &source.subject),
        (TemplatePart::Preheader, &source.preheader),
        (TemplatePart::Html, &source.html),
        (TemplatePart::Text, &source.text),
    ] {
        let lines = Lines::of(text);
        let mut note = |at: usize, fault| {
            findings.push(TemplateFinding { part, line: Some(lines.at(at)), fault });
        };
        let one_line = matches!(part, TemplatePart::Subject | TemplatePart::Preheader);
        for (name, at) in names(text) {
            if !variables(kind).contains(&name) {
                note(at, TemplateFault::UnknownVariable(name.to_owned()));
            } else if one_line && SECRETS.contains(&name) {
                note(at, TemplateFault::MisplacedVariable(name.to_owned()));
            }
        }
        for sign in LANGUAGES {
            if let Some(at) = text.find(sign) {
                note(at, TemplateFault::Literal((*sign).to_owned()));
            }
        }
        for (line, words) in text.lines().enumerate() {
            if words.len() > LONGEST_LINE {
                let line = u32::try_from(line + 1).ok();
                findings.push(TemplateFinding { part, line, fault: TemplateFault::LongLine });
            }
        }
    }
    lint_tags(&source.html, &mut findings);
    let whole = |part, fault| TemplateFinding { part, line: None, fault };
    for (part, text) in [(TemplatePart::Subject, &source.subject), (TemplatePart::Html, &source.html)] {
        if text.trim().is_empty() {
            findings.push(whole(part, TemplateFault::Empty));
        }
    }
    let clean = sanitise(&source.html);
    for name in required(kind) {
        let missing = |text: &str| !names(text).any(|(found, _)| found == name);
        if missing(&clean) {
            findings.push(whole(TemplatePart::Html, TemplateFault::MissingVariable(name.to_owned())));
        }
        if !source.text.trim().is_empty() && missing(&source.text) {
            findings.push(whole(TemplatePart::Text, TemplateFault::MissingVariable(name.to_owned())));
        }
    }
    // What keeps it from being published comes first.
    findings.sort_by_key(|finding| !finding.fault.refuses());
    findings.truncate(MOST);
    findings
}

fn lint_tags(html: &str, findings: &mut Vec<TemplateFinding>) {
    let lines = Lines::of(html);
    let mut note = |at: usize, fault| {
        findings.push(TemplateFinding { part: TemplatePart::Html, line: Some(lines.at(at)), fault });
    };
    let mut open: Vec<Tag<'_>> = Vec::new();
    for tag in tags(html) {
        let name = tag.name.as_str();
        if tag.end {
            match open.iter().rposition(|other| other.name == name) {
                Some(place) => {
                    for unclosed in
                        open.drain(place..).skip(1).filter(|t| !ENDLESS.contains(&t.name.as_str()))
                    {
                        note(unclosed.from, TemplateFault::UnclosedTag(unclosed.name));
                    }
                }
                None if VOID.contains(&name) => {}
                None => note(tag.from, TemplateFault::StrayEnd(tag.name)),
            }
            continue;
        }
        if name == "img" {
            note(tag.from, TemplateFault::RemoteImage);
        } else if !TAGS.contains(&name) && !AROUND.contains(&name) {
            note(tag.from, TemplateFault::ForbiddenTag(tag.name.clone()));
        } else if TAGS.contains(&name) {
            lint_attributes(&tag, &mut note);
        }
        if !VOID.contains(&name) {
            open.push(tag);
        }
    }
    for unclosed in open.into_iter().filter(|tag| !ENDLESS.contains(&tag.name.as_str())) {
        note(unclosed.from, TemplateFault::UnclosedTag(unclosed.name));
    }
}

fn lint_attributes(tag: &Tag<'_>, note: &mut impl FnMut(usize, TemplateFault)) {
    for (name, value) in &tag.attributes {
        let variable = names(value).next();
        if !attribute_known(&tag.name, name) {
            note(tag.from, TemplateFault::ForbiddenAttribute(name.chars().take(40).collect()));
        } else if name == "href" && href(value) {
            if variable.is_none()
                && let Some(host) = host(value)
            {
                note(tag.from, TemplateFault::ForeignLink(host));
            }
        } else if let Some((variable, _)) = variable {
            note(tag.from, TemplateFault::MisplacedVariable(variable.to_owned()));
        } else if name == "href" {
            note(tag.from, TemplateFault::ForbiddenAddress(value.chars().take(80).collect()));
        }
    }
}

/// The host that a link leads to.
fn host(address: &str) -> Option<String> {
    let url = url::Url::parse(address.trim()).ok()?;
    url.host_str().map(str::to_owned)
}

/// Finds the line of a place in a text.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(at, _)| at).collect())
    }

    fn at(&self, place: usize) -> u32 {
        u32::try_from(self.0.partition_point(|end| *end < place) + 1).unwrap_or(u32::MAX)
    }
}
