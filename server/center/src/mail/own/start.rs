use model::{Locale, TemplateSource};

use super::markup::escape;
use super::plain::plain;
use crate::mail::MailKind;
use crate::mail::render::source;

/// What the editor begins with: the portal's own wording, without the conditions that a template can't have.
pub(crate) fn start(kind: MailKind, locale: Locale) -> TemplateSource {
    let letter = source(kind, locale);
    let (head, body) = letter.split_once("\n\n").unwrap_or((letter, ""));
    let field = |name: &str| {
        let value = head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        inline(value.unwrap_or_default())
    };
    let mut html = format!(
        "<h1 style=\"font-size:22px;margin:0 0 20px\">{}</h1>\n<p>{{{{ greeting }}}}</p>\n",
        escape(&field("Title"))
    );
    for chunk in blocks(body).split("\n\n").map(str::trim).filter(|chunk| !chunk.is_empty()) {
        let mut rows = false;
        for line in chunk.lines().filter(|line| !line.trim().is_empty()) {
            let line = inline(line);
            let row = line.strip_prefix("- ").map(|row| row.split_once(": ").unwrap_or(("", row)));
            if row.is_some() != rows {
                html.push_str(if rows { "</table>\n" } else { "<table style=\"width:100%\">\n" });
                rows = !rows;
            }
            html.push_str(&match row {
                Some((term, value)) => format!(
                    "<tr><td style=\"padding:6px 16px 6px 0\">{}</td><td style=\"padding:6px 0\">{}</td></tr>\n",
                    escape(term),
                    escape(value)
                ),
                None => paragraph(&line),
            });
        }
        if rows {
            html.push_str("</table>\n");
        }
    }
    let text = plain(&html);
    TemplateSource { subject: field("Subject"), preheader: field("Preview"), html, text }
}

fn paragraph(line: &str) -> String {
    if let Some(figure) = line.strip_prefix("= ") {
        return format!(
            "<p style=\"font-size:30px;font-weight:600;letter-spacing:6px\">{}</p>\n",
            escape(figure)
        );
    }
    let button = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(')')?.split_once("]("));
    match button {
        Some((label, address)) => format!(
            "<p><a href=\"{address}\" style=\"background-color:#3157CB;color:#FFFFFF;border-radius:6px;padding:11px 20px;font-weight:600;text-decoration:none\">{}</a></p>\n",
            escape(label)
        ),
        None => format!("<p>{}</p>\n", escape(line)),
    }
}

/// Takes the conditions around whole lines away. Of two ways the second stays: it is right for everybody.
fn blocks(body: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut since = Vec::new();
    for line in body.lines() {
        let control = line.trim();
        if control.starts_with("{%") && control.ends_with("%}") && control.matches("{%").count() == 1 {
            if control.contains(" if ") {
                since.push(kept.len());
            } else if control.contains(" else ")
                && let Some(place) = since.last()
            {
                kept.truncate(*place);
            } else if control.contains(" endif ") {
                since.pop();
            }
            continue;
        }
        kept.push(if line.starts_with("- {{ role.name }}") { ROLES } else { line });
    }
    kept.join("\n")
}

/// All roles, as one value.
const ROLES: &str = "{{ roles }}";

/// Takes the conditions within a line away: a value that may be missing stays, other words only if they
/// are right without it.
fn inline(line: &str) -> String {
    let mut rest = line;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once("{%") {
        kept.push_str(before);
        let Some((condition, block)) = after.split_once("%}") else { break };
        let Some((inside, end)) = block.split_once("{% endif %}") else { break };
        let (first, second) = inside.split_once("{% else %}").unwrap_or((inside, ""));
        let value = first.starts_with("{{ ") && first.ends_with(" }}") && first.matches("{{").count() == 1;
        if condition.trim() == "if acts" {
            kept.push_str("{{ acts }}");
        } else {
            kept.push_str(if value && first.contains("budget") { first } else { second });
        }
        rest = end;
    }
    kept.push_str(rest);
    kept
}
