//! Pictures that staff upload. Nothing of what arrived is kept: it is decoded within limits, made smaller,
//! and written anew, so that no file is anything else besides a picture, and none says where it was taken.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use model::FieldIssue;

/// Pictures of more pixels than this are not decoded.
const MAX_PIXELS: u64 = 4_000_000;
/// The longest side, in pixels.
const MAX_SIDE: u32 = 8_000;
/// Memory that decoding may take, in bytes.
const MAX_MEMORY: u64 = 64 * 1024 * 1024;
/// The largest picture that is kept, in pixels: twice what mails and pages show.
const KEPT: (u32, u32) = (512, 128);

/// The picture as a PNG of its own making.
///
/// # Errors
/// What is wrong with it.
pub(super) fn written_anew(bytes: &[u8]) -> Result<Vec<u8>, FieldIssue> {
    let broken = |_| FieldIssue::PictureBroken;
    let format = match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => ImageFormat::Png,
        [0xff, 0xd8, 0xff, ..] => ImageFormat::Jpeg,
        _ => return Err(FieldIssue::PictureUnknown),
    };
    // A decoder of JPEG fills in what a picture lacks at its end.
    if format == ImageFormat::Jpeg && !bytes.windows(2).any(|pair| pair == [0xff, 0xd9]) {
        return Err(FieldIssue::PictureBroken);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(issue)?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(FieldIssue::PictureTooLarge);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(issue)?;
    picture.apply_orientation(orientation);
    if picture.width() > KEPT.0 || picture.height() > KEPT.1 {
        picture = picture.thumbnail(KEPT.0, KEPT.1);
    }
    let mut png = Cursor::new(Vec::new());
    DynamicImage::from(picture.into_rgba8()).write_to(&mut png, ImageFormat::Png).map_err(broken)?;
    Ok(png.into_inner())
}

fn issue(error: image::ImageError) -> FieldIssue {
    match error {
        image::ImageError::Limits(_) => FieldIssue::PictureTooLarge,
        _ => FieldIssue::PictureBroken,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let grey = image::RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 90]));
        DynamicImage::from(grey).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn size(png: &[u8]) -> (u32, u32) {
        let picture = image::load_from_memory_with_format(png, ImageFormat::Png).unwrap();
        (picture.width(), picture.height())
    }

    #[test]
    fn pictures_are_written_anew_and_no_larger_than_needed() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg] {
            assert_eq!(size(&written_anew(&picture(60, 30, format)).unwrap()), (60, 30));
            assert_eq!(size(&written_anew(&picture(1200, 300, format)).unwrap()), (512, 128));
        }
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
        for other in [svg.as_slice(), b"", b"GIF89a\x01\0\x01\0", b"RIFF\0\0\0\0WEBP", b"<html>", b"\x89PNG"]
        {
            assert_eq!(written_anew(other), Err(FieldIssue::PictureUnknown));
        }
    }

    #[test]
    fn half_a_picture_is_refused() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg] {
            let whole = picture(300, 200, format);
            for length in [9, 60, whole.len() / 2, whole.len() - 20] {
                assert_eq!(
                    written_anew(&whole[..length]),
                    Err(FieldIssue::PictureBroken),
                    "{format:?} {length}"
                );
            }
        }
    }

    /// A PNG of a few bytes that says of itself that it has this many pixels.
    fn claims(width: u32, height: u32) -> Vec<u8> {
        let mut png = picture(1, 1, ImageFormat::Png);
        png[16..20].copy_from_slice(&width.to_be_bytes());
        png[20..24].copy_from_slice(&height.to_be_bytes());
        let crc = crc(&png[12..29]);
        png[29..33].copy_from_slice(&crc.to_be_bytes());
        png
    }

    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0_u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { c >> 1 ^ 0xedb8_8320 } else { c >> 1 })
        })
    }

    #[test]
    fn pictures_that_would_fill_the_memory_are_not_decoded() {
        for (width, height) in [(60_000, 60_000), (2_001, 2_000), (8_001, 1), (u32::MAX >> 1, 1)] {
            assert_eq!(
                written_anew(&claims(width, height)),
                Err(FieldIssue::PictureTooLarge),
                "{width}×{height}"
            );
        }
        // Right in what it says of itself, but with no pixels behind it.
        assert_eq!(written_anew(&claims(2_000, 2_000)), Err(FieldIssue::PictureBroken));
    }

    #[test]
    fn nothing_but_the_picture_is_kept_of_a_file() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg] {
            let mut file = picture(40, 40, format);
            file.extend_from_slice(b"PK\x03\x04<script>alert(1)</script>");
            let kept = written_anew(&file).unwrap();
            assert!(!kept.windows(7).any(|part| part == b"<script"), "{format:?}");
        }
    }
}
