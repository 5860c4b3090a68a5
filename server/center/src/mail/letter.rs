//! Reads the letters in `templates/`. A letter is written once; its HTML and its plain text are
//! both made from it, so they can't drift apart.
//!
//! It begins with `Subject:`, `Preview:` (what a mailbox shows beside the subject) and `Title:`.
//! After an empty line follows the body, in chunks parted by empty lines. Each line is one of
//! - `{% … %}`: a condition or the loop over roles
//! - `- Term: value`: a row of facts; a chunk with one holds nothing but rows and conditions
//! - `= {{ code }}`: a figure to type
//! - `[Label]({{ address }})`: the button
//! - anything else: a paragraph

/// The layout of all mails, in MJML.
pub(super) const LAYOUT_HTML: &str = include_str!("../../templates/layout.mjml");
const LAYOUT_TEXT: &str = include_str!("../../templates/layout.txt");

/// A letter as template sources.
#[derive(Debug)]
pub(super) struct Letter {
    pub(super) subject: String,
    /// MJML
    pub(super) mjml: String,
    pub(super) text: String,
}

enum Line<'a> {
    Control(&'a str),
    Fact { term: &'a str, value: &'a str },
    Figure(&'a str),
    Button { label: &'a str, address: &'a str },
    Paragraph(&'a str),
}

impl<'a> Line<'a> {
    fn read(line: &'a str) -> Result<Self, String> {
        let wrong = |what: &str| format!("{what}: {line}");
        if line.starts_with("{%") && line.ends_with("%}") && line.matches("{%").count() == 1 {
            Ok(Self::Control(line))
        } else if let Some(fact) = line.strip_prefix("- ") {
            let (term, value) = fact.split_once(": ").ok_or_else(|| wrong("a fact without a value"))?;
            Ok(Self::Fact { term, value })
        } else if let Some(figure) = line.strip_prefix("= ") {
            Ok(Self::Figure(figure))
        } else if let Some(button) = line.strip_prefix('[') {
            let (label, address) =
                button.split_once("](").ok_or_else(|| wrong("a button without an address"))?;
            let address = address.strip_suffix(')').ok_or_else(|| wrong("a button that does not end"))?;
            Ok(Self::Button { label, address })
        } else {
            Ok(Self::Paragraph(line))
        }
    }
}

impl Letter {
    /// Reads a letter and puts it into the layout.
    ///
    /// # Errors
    /// What is wrong with the letter.
    pub(super) fn read(source: &str, language: &str) -> Result<Self, String> {
        let (head, body) = source.split_once("\n\n").ok_or("no body")?;
        let field = |name: &str| {
            let value = head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
            value.ok_or_else(|| format!("no {name}"))
        };
        let (subject, preview, title) = (field("Subject")?, field("Preview")?, field("Title")?);
        let (mut mjml, mut text) = (String::new(), String::new());
        for chunk in body.split("\n\n").map(str::trim).filter(|chunk| !chunk.is_empty()) {
            let lines = chunk.lines().map(Line::read).collect::<Result<Vec<_>, _>>()?;
            push_mjml(&mut mjml, &lines)?;
            push_text(&mut text, &lines);
        }
        Ok(Self {
            subject: subject.to_owned(),
            mjml: LAYOUT_HTML
                .replace("[[lang]]", language)
                .replace("[[subject]]", &escape(subject))
                .replace("[[preview]]", &escape(preview))
                .replace("[[title]]", &escape(title))
                .replace("[[body]]", &mjml),
            text: LAYOUT_TEXT.replace("[[title]]", title).replace("[[body]]", text.trim_end()),
        })
    }
}

fn push_mjml(mjml: &mut String, lines: &[Line<'_>]) -> Result<(), String> {
    let facts = lines.iter().any(|line| matches!(line, Line::Fact { .. }));
    if facts {
        mjml.push_str("<mj-table css-class=\"facts\">");
    }
    for line in lines {
        mjml.push_str(&match line {
            Line::Control(tag) if facts => (*tag).to_owned(),
            Line::Fact { term, value } => {
                format!("<tr><td class=\"term\">{}</td><td>{}</td></tr>", escape(term), escape(value))
            }
            _ if facts => return Err("facts need a chunk of their own".to_owned()),
            Line::Control(tag) => format!("<mj-raw>{tag}</mj-raw>"),
            Line::Figure(figure) => format!(
                "<mj-text css-class=\"code\" font-size=\"30px\" font-weight=\"600\" letter-spacing=\"6px\" padding=\"4px 0 20px\">{}</mj-text>",
                escape(figure)
            ),
            Line::Button { label, address } => {
                format!("<mj-button css-class=\"action\" href=\"{address}\">{}</mj-button>", escape(label))
            }
            Line::Paragraph(words) => format!("<mj-text>{}</mj-text>", escape(words)),
        });
    }
    if facts {
        mjml.push_str("</mj-table>");
    }
    Ok(())
}

fn push_text(text: &mut String, lines: &[Line<'_>]) {
    for line in lines {
        match line {
            // Without a line end, so that a condition leaves no empty line behind.
            Line::Control(tag) => text.push_str(tag),
            Line::Fact { term, value } => text.extend([term, ": ", value, "\n"]),
            Line::Figure(figure) => text.extend(["    ", figure, "\n"]),
            Line::Button { label, address } => text.extend([label, ":\n", address, "\n"]),
            Line::Paragraph(words) => text.extend([words, "\n"]),
        }
    }
    text.push('\n');
}

/// Makes the letter's own words safe in markup. What is in `{{ }}` is escaped when it is filled in.
fn escape(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(body: &str) -> Result<Letter, String> {
        Letter::read(&format!("Subject: S & T\nPreview: P\nTitle: H\n\n{body}"), "en")
    }

    #[test]
    fn one_source_makes_markup_and_text() {
        let letter = letter(
            "Mix & match\n\n{% if a %}\n- Key: {{ a }}\n{% endif %}\n- Last: b: c\n\n[Go]({{ link }})\n",
        )
        .unwrap();
        assert_eq!(letter.subject, "S & T");
        assert!(
            letter.text.contains(
                "\n\nMix & match\n\n{% if a %}Key: {{ a }}\n{% endif %}Last: b: c\n\nGo:\n{{ link }}\n\n-- \n"
            ),
            "{}",
            letter.text
        );
        assert!(letter.mjml.contains("<mj-text>Mix &amp; match</mj-text><mj-table css-class=\"facts\">{% if a %}<tr><td class=\"term\">Key</td>"), "{}", letter.mjml);
        assert!(letter.mjml.contains("<mj-title>S &amp; T</mj-title>"));
        assert!(letter.mjml.contains(r#"href="{{ link }}">Go</mj-button>"#));
    }

    #[test]
    fn unfinished_letters_are_refused() {
        assert!(Letter::read("Subject: S\nPreview: P\nTitle: T", "en").is_err());
        assert!(Letter::read("Subject: S\nTitle: T\n\nBody", "en").is_err());
        assert!(letter("- no value").is_err());
        assert!(letter("- Key: value\nand a paragraph").is_err());
        assert!(letter("[Go]({{ link }}").is_err());
    }
}
