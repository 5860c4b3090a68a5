use std::collections::BTreeMap;

use model::{Locale, TemplateSource};
use mrml::prelude::render::RenderOptions;

use super::markup::escape;
use super::plain::plain;
use super::sanitise::sanitise;
use super::syntax::{Piece, pieces};
use super::variables::Filling;
use crate::mail::Wording;
use crate::mail::render::{MAX_LEN, RenderError, Rendered, one_line};

/// The portal's layout around the HTML of a template, cut where something is put in.
#[derive(Debug)]
pub(in crate::mail) struct Frame(Vec<String>);

impl Frame {
    /// Makes it of the layout that the portal's own letters have.
    ///
    /// # Errors
    /// What is wrong with the layout.
    pub(in crate::mail) fn read(layout: &str, locale: Locale) -> Result<Self, String> {
        // A template has its heading and greeting itself.
        let lines =
            layout.lines().filter(|line| !line.contains("[[title]]") && !line.contains("{{ greeting }}"));
        let mjml = lines.collect::<Vec<_>>().join("\n");
        let mjml = mjml
            .replace("[[lang]]", locale.tag())
            .replace("[[subject]]", "@@subject@@")
            .replace("[[preview]]", "@@preheader@@")
            .replace("[[body]]", "<mj-text>@@body@@</mj-text>")
            .replace("{% for line in footer %}<br />{{ line }}{% endfor %}", "@@footer@@")
            .replace("{% if logo %}{{ logo }}{% else %}{{ shop }}{% endif %}", "@@logo@@");
        let parsed = mrml::parse(&mjml).map_err(|e| e.to_string())?;
        let options = RenderOptions { fonts: std::collections::HashMap::new(), ..RenderOptions::default() };
        let html = parsed.element.render(&options).map_err(|e| e.to_string())?;
        Ok(Self(html.split("@@").map(str::to_owned).collect()))
    }
}

/// What a mail is written with.
type Fillings = BTreeMap<&'static str, Filling>;

/// Fills in a template.
///
/// # Errors
/// [`RenderError::Unknown`] when it names what this mail does not have; [`RenderError::TooLong`].
pub(in crate::mail) fn fill(
    source: &TemplateSource,
    frame: &Frame,
    fillings: &Fillings,
    wording: &Wording,
) -> Result<Rendered, RenderError> {
    let html = sanitise(&source.html);
    let text = if source.text.trim().is_empty() { plain(&html) } else { source.text.clone() };
    let subject = one_line(&filled(&source.subject, fillings, false)?);
    let mut document = String::new();
    for (index, part) in frame.0.iter().enumerate() {
        match part.as_str() {
            "subject" if index % 2 == 1 => document.push_str(&escape(&subject)),
            "preheader" if index % 2 == 1 => {
                document.push_str(&filled(&escape(&source.preheader), fillings, true)?)
            }
            "body" if index % 2 == 1 => document.push_str(&filled(&html, fillings, true)?),
            "footer" if index % 2 == 1 => {
                wording.footer.iter().for_each(|line| document.extend(["<br />", &escape(line)]));
            }
            "logo" if index % 2 == 1 => {
                let shop = filled("{{ shop }}", fillings, false)?;
                document
                    .push_str(&wording.logo.as_ref().map_or_else(|| escape(&shop), |logo| logo.tag(&shop)));
            }
            part => document.push_str(&filled(part, fillings, true)?),
        }
    }
    let signature = filled("\n\n-- \n{{ shop }}\n{{ shop_contact }}\n", fillings, false)?;
    let mut text = filled(text.trim_end(), fillings, false)? + &signature;
    wording.footer.iter().for_each(|line| text.extend([line.as_str(), "\n"]));
    if document.len() > MAX_LEN || text.len() > MAX_LEN {
        return Err(RenderError::TooLong);
    }
    Ok(Rendered { subject, html: document, text })
}

/// The text with its variables filled in. In HTML every value is escaped, so that it ends neither a text
/// nor an attribute; where addresses stand in attributes the sanitiser has seen to.
fn filled(source: &str, fillings: &Fillings, html: bool) -> Result<String, RenderError> {
    let mut result = String::with_capacity(source.len());
    for piece in pieces(source) {
        let name = match piece {
            Piece::Text(text) => {
                result.push_str(text);
                continue;
            }
            Piece::Variable { name, .. } => name,
        };
        let filling = fillings.get(name).ok_or_else(|| RenderError::Unknown(name.to_owned()))?;
        let put = |text: &str| if html { escape(text) } else { text.to_owned() };
        match filling {
            Filling::Text(text) | Filling::Address(text) => result.push_str(&put(text)),
            Filling::Lines(lines) => {
                let lines: Vec<_> = lines.iter().map(|line| put(line)).collect();
                result.push_str(&lines.join(if html { "<br />" } else { "\n" }));
            }
        }
        if result.len() > MAX_LEN {
            return Err(RenderError::TooLong);
        }
    }
    Ok(result)
}
