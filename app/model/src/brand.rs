//! The colours that a brand hue makes, as `style/20-tokens.css` has them, and how well they are read.

/// The hue of the portal where nobody chose one, in degrees.
pub const BRAND_HUE: u16 = 266;
/// Chroma of all brands.
const CHROMA: f64 = 0.185;

/// A colour of the brand by lightness, greatest chroma and hue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BrandColour {
    lightness: f64,
    chroma: f64,
    hue: u16,
}

/// The brand on light or on dark sheets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BrandSheet {
    /// Buttons
    pub accent: BrandColour,
    /// Links
    pub link: BrandColour,
    /// Words on buttons, as a hexadecimal colour.
    pub on_accent: &'static str,
    /// The sheet, likewise.
    pub surface: &'static str,
    /// Plain words on the sheet, likewise.
    pub text: &'static str,
}

impl BrandSheet {
    /// A hue on light sheets.
    pub const fn light(hue: u16) -> Self {
        Self {
            accent: BrandColour { lightness: 0.50, chroma: CHROMA, hue },
            link: BrandColour { lightness: 0.475, chroma: CHROMA, hue },
            on_accent: "#FFFFFF",
            surface: "#FFFFFF",
            text: "#191E29",
        }
    }

    /// A hue on dark sheets.
    pub const fn dark(hue: u16) -> Self {
        Self {
            accent: BrandColour { lightness: 0.74, chroma: 0.13, hue },
            link: BrandColour { lightness: 0.78, chroma: 0.12, hue },
            on_accent: "#0B111F",
            surface: "#14171E",
            text: "#EEF0F4",
        }
    }

    /// The contrast of a button's words with the button.
    pub fn button_contrast(&self) -> f64 {
        contrast(self.accent.luminance(), hex_luminance(self.on_accent))
    }

    /// The contrast of links with the sheet.
    pub fn link_contrast(&self) -> f64 {
        contrast(self.link.luminance(), hex_luminance(self.surface))
    }
}

impl BrandColour {
    /// As style sheets and pictures write it.
    pub fn css(&self) -> String {
        format!("oklch({} {} {})", self.lightness, self.chroma, self.hue)
    }

    /// Relative luminance, clipped to what screens can show.
    fn luminance(&self) -> f64 {
        let angle = f64::from(self.hue).to_radians();
        let (a, b) = (self.chroma * angle.cos(), self.chroma * angle.sin());
        let l = self.lightness;
        let x = (l + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let y = (l - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let z = (l - 0.089_484_177_5 * a - 1.291_485_548 * b).powi(3);
        let red = 4.076_741_662_1 * x - 3.307_711_591_3 * y + 0.230_969_929_2 * z;
        let green = -1.268_438_004_6 * x + 2.609_757_401_1 * y - 0.341_319_396_5 * z;
        let blue = -0.004_196_086_3 * x - 0.703_418_614_7 * y + 1.707_614_701 * z;
        weigh([red, green, blue].map(|channel| channel.clamp(0.0, 1.0)))
    }
}

fn hex_luminance(hex: &str) -> f64 {
    let channel = |at: usize| {
        let byte = hex.get(at..at + 2).and_then(|text| u8::from_str_radix(text, 16).ok()).unwrap_or_default();
        let share = f64::from(byte) / 255.0;
        if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    weigh([channel(1), channel(3), channel(5)])
}

fn weigh([red, green, blue]: [f64; 3]) -> f64 {
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(a: f64, b: f64) -> f64 {
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Reads a hue in whole degrees, 0 to 359.
pub fn brand_hue(text: &str) -> Option<u16> {
    let text = text.trim();
    let digits = !text.is_empty() && text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|hue| digits && *hue < 360)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hue_can_be_read_on_light_and_on_dark() {
        for hue in 0..360 {
            for sheet in [BrandSheet::light(hue), BrandSheet::dark(hue)] {
                assert!(sheet.button_contrast() >= 4.5, "{hue}: {sheet:?}");
                assert!(sheet.link_contrast() >= 4.5, "{hue}: {sheet:?}");
            }
        }
        // As style/contrast.test.mjs computes it from the style itself.
        assert!((BrandSheet::light(BRAND_HUE).button_contrast() - 6.26).abs() < 0.02);
    }

    #[test]
    fn a_hue_is_a_number_of_degrees() {
        assert_eq!((brand_hue("0"), brand_hue(" 359 "), brand_hue("007")), (Some(0), Some(359), Some(7)));
        for bad in ["", "360", "-1", "+5", "12.5", "1e2", "red", "0359"] {
            assert_eq!(brand_hue(bad), None, "{bad}");
        }
    }
}
