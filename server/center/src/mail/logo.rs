//! The shop's logo in mails: sent along within each, so that reading one fetches nothing from anywhere.

use std::io::Cursor;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use image::{ImageFormat, ImageReader};

use super::own::escape;
use super::render::Rendered;
use crate::store::{Conn, StoreError, args};

/// Pictures larger than this are sent smaller, in bytes.
const LARGE: usize = 64 * 1024;
/// How large those are, in pixels. Uncompressed it would be as much as [`LARGE`].
const SMALLER: (u32, u32) = (256, 64);
/// The largest that mails show, in pixels.
const SHOWN: (u32, u32) = (240, 48);

/// The logo as mails carry it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    hash: String,
    png: Vec<u8>,
    /// Width and height, in pixels, as mails show it.
    shown: (u32, u32),
}

impl Logo {
    /// Makes it of the picture that the shop keeps under this hash. One that can't be read is left out.
    pub fn new(hash: String, png: Vec<u8>) -> Option<Self> {
        let png = if png.len() > LARGE { smaller(&png)? } else { png };
        let size = ImageReader::with_format(Cursor::new(&png), ImageFormat::Png).into_dimensions().ok()?;
        Some(Self { hash, png, shown: shown(size) })
    }

    /// A PNG
    pub(super) fn png(&self) -> Vec<u8> {
        self.png.clone()
    }

    /// Names the part of the mail that it is. The same picture has the same name in all mails.
    pub(super) fn content_id(&self) -> String {
        format!("{}@logo", self.hash)
    }

    /// The picture in HTML. Whoever can't see it reads the name.
    pub(super) fn tag(&self, name: &str) -> String {
        let (width, height) = self.shown;
        format!(
            "<img class=\"logo\" src=\"cid:{}\" alt=\"{}\" width=\"{width}\" height=\"{height}\" style=\"display:block;border:0\" />",
            self.content_id(),
            escape(name)
        )
    }

    /// The HTML of a mail with this picture written into it. One with another logo stays as it is.
    fn written_into(&self, html: &str) -> String {
        let name = format!("src=\"cid:{}\"", self.content_id());
        html.replace(&name, &format!("src=\"data:image/png;base64,{}\"", STANDARD.encode(&self.png)))
    }
}

/// A mail for who looks at it in a browser, where its parts are not at hand. Of a mail with a logo that the shop
/// has no more the name is seen.
pub(crate) fn seen(mail: Rendered, logo: Option<&Logo>) -> Rendered {
    match logo {
        Some(logo) => Rendered { html: logo.written_into(&mail.html), ..mail },
        None => mail,
    }
}

/// The shop's logo as it is now.
///
/// # Errors
/// [`StoreError`]
pub(crate) async fn logo(conn: &mut Conn) -> Result<Option<Logo>, StoreError> {
    let sql = "SELECT l.hash, l.png FROM shop s JOIN logos l ON l.hash = s.logo WHERE s.id = 1";
    let Some(row) = conn.optional(sql, args![]).await? else { return Ok(None) };
    Ok(Logo::new(row.get("hash")?, row.get("png")?))
}

fn smaller(png: &[u8]) -> Option<Vec<u8>> {
    let picture = image::load_from_memory_with_format(png, ImageFormat::Png).ok()?;
    let mut smaller = Cursor::new(Vec::new());
    picture.thumbnail(SMALLER.0, SMALLER.1).write_to(&mut smaller, ImageFormat::Png).ok()?;
    Some(smaller.into_inner())
}

/// A picture of this size as it is shown: never larger than it is.
fn shown((width, height): (u32, u32)) -> (u32, u32) {
    if width <= SHOWN.0 && height <= SHOWN.1 {
        return (width, height);
    }
    let of = |a: u32, b: u32, c: u32| (u64::from(a) * u64::from(b) / u64::from(c.max(1))).max(1);
    let (by_height, by_width) = (of(width, SHOWN.1, height), of(height, SHOWN.0, width));
    if by_height <= u64::from(SHOWN.0) {
        (u32::try_from(by_height).unwrap_or(SHOWN.0), SHOWN.1)
    } else {
        (SHOWN.0, u32::try_from(by_width).unwrap_or(SHOWN.1))
    }
}

#[cfg(test)]
mod tests {
    use image::{DynamicImage, RgbaImage};

    use super::*;

    fn png(width: u32, height: u32, noise: bool) -> Vec<u8> {
        let mut seed = 7_u32;
        let picture = RgbaImage::from_fn(width, height, |_, _| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            if noise { image::Rgba(seed.to_be_bytes()) } else { image::Rgba([9, 9, 9, 255]) }
        });
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::from(picture).write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn it_is_shown_as_it_is_or_smaller_in_its_own_shape() {
        for (size, expected) in [
            ((64, 32), (64, 32)),
            ((128, 128), (48, 48)),
            ((512, 128), (192, 48)),
            ((512, 64), (240, 30)),
            ((512, 1), (240, 1)),
            ((1, 128), (1, 48)),
        ] {
            assert_eq!(shown(size), expected, "{size:?}");
        }
    }

    #[test]
    fn no_picture_makes_mails_large() {
        let plain = png(512, 128, false);
        assert_eq!(Logo::new("a".into(), plain.clone()).unwrap().png, plain);
        let noisy = png(512, 128, true);
        assert!(noisy.len() > 3 * LARGE);
        let logo = Logo::new("a".into(), noisy).unwrap();
        assert!(logo.png.len() < LARGE + LARGE / 16, "{}", logo.png.len());
        assert_eq!(logo.shown, (192, 48));
        assert_eq!(Logo::new("a".into(), b"no picture".to_vec()), None);
    }

    #[test]
    fn it_is_written_into_mails_that_have_it() {
        let logo = Logo::new("ab".into(), png(2, 2, false)).unwrap();
        let tag = logo.tag("A \"B\" <C>");
        assert!(
            tag.contains("alt=\"A &quot;B&quot; &lt;C&gt;\"") && tag.contains("src=\"cid:ab@logo\""),
            "{tag}"
        );
        let shown = logo.written_into(&tag);
        assert!(shown.contains("src=\"data:image/png;base64,iVBORw0KGgo"), "{shown}");
        let other = Logo::new("cd".into(), png(2, 2, false)).unwrap();
        assert_eq!(other.written_into(&tag), tag);
    }
}
