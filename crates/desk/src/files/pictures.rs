//! Pictures, drawn anew: only the dots are taken over, upright as the telephone was held. What else stood in the file, the place
//! where it was taken, the name of the telephone, a smaller picture from before it was cut, is not.
//!
//! Pictures that nobody here can draw keep their form, without their notes: see [`super::boxes`].
//!
//! A picture says itself how large it unfolds: one that would take more than our share of memory is not unfolded.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{ColorType, DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use tokio::sync::Semaphore;

use clinic::files::FileType;

use super::boxes::blanked;

/// The best telephones take 50 million dots unless they are asked for more.
const MOST_DOTS: u64 = 52_000_000;
const MOST_SIDE: u32 = 20_000;
const MOST_MEMORY: u64 = 256 * 1024 * 1024;
const QUALITY: u8 = 88;
/// The longer side of the small picture, and how it is written.
const PREVIEW: u32 = 480;
const PREVIEW_QUALITY: u8 = 78;

/// Each may need its whole share of memory.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// A file as it is kept.
#[derive(Debug)]
pub struct Drawn {
    pub bytes: Vec<u8>,
    pub file_type: FileType,
    pub size: Option<(u32, u32)>,
    pub preview: Option<Vec<u8>>,
}

/// Pictures that we cannot draw and films lose their notes where they stand, everything else stays as it is. None: it says that it
/// is a picture or a film, and is none.
pub async fn drawn(bytes: Vec<u8>, file_type: FileType) -> Option<Drawn> {
    let Some(format) = format(file_type) else {
        let in_boxes = matches!(file_type, FileType::Heic | FileType::Avif | FileType::Mp4 | FileType::M4a);
        let bytes = if in_boxes { blanked(bytes)? } else { bytes };
        return Some(Drawn { bytes, file_type, size: None, preview: None });
    };
    let _turn = AT_ONCE.acquire().await.ok()?;
    // a fault in a decoder loses this picture and nothing else
    tokio::task::spawn_blocking(move || draw(&bytes, format)).await.ok()?
}

const fn format(file_type: FileType) -> Option<ImageFormat> {
    match file_type {
        FileType::Jpeg => Some(ImageFormat::Jpeg),
        FileType::Png => Some(ImageFormat::Png),
        FileType::Webp => Some(ImageFormat::WebP),
        FileType::Gif => Some(ImageFormat::Gif),
        FileType::Heic
        | FileType::Avif
        | FileType::Pdf
        | FileType::Ogg
        | FileType::Mp3
        | FileType::Wav
        | FileType::Amr
        | FileType::M4a
        | FileType::Mp4
        | FileType::Webm
        | FileType::Program
        | FileType::Unknown => None,
    }
}

fn draw(bytes: &[u8], format: ImageFormat) -> Option<Drawn> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 || u64::from(width) * u64::from(height) > MOST_DOTS || decoder.total_bytes() > MOST_MEMORY {
        return None;
    }
    decoder.set_limits(limits).ok()?;
    let held = decoder.orientation().ok();
    let mut image = DynamicImage::from_decoder(decoder).ok()?;
    if let Some(held) = held {
        image.apply_orientation(held);
    }
    // dots that can be seen through are kept as such; of a picture that moves, the first stands for all
    let lossless = matches!(format, ImageFormat::Png | ImageFormat::Gif) || image.color().has_alpha();
    let (file_type, bytes) = if lossless { (FileType::Png, png(&image)?) } else { (FileType::Jpeg, jpeg(&image, QUALITY)?) };
    let preview = jpeg(&on_white(&image.thumbnail(PREVIEW.min(image.width()), PREVIEW.min(image.height()))), PREVIEW_QUALITY)?;
    Some(Drawn { bytes, file_type, size: Some((image.width(), image.height())), preview: Some(preview) })
}

fn png(image: &DynamicImage) -> Option<Vec<u8>> {
    let mut out = Cursor::new(Vec::new());
    image.write_to(&mut out, ImageFormat::Png).ok()?;
    Some(out.into_inner())
}

fn jpeg(image: &DynamicImage, quality: u8) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut out, quality);
    let plain = if image.color() == ColorType::L8 { image.clone() } else { image.to_rgb8().into() };
    plain.write_with_encoder(encoder).ok()?;
    Some(out)
}

/// As a page of paper shows it.
fn on_white(image: &DynamicImage) -> DynamicImage {
    if !image.color().has_alpha() {
        return image.clone();
    }
    let mut dots = image.to_rgba8();
    for dot in dots.pixels_mut() {
        let [red, green, blue, alpha] = dot.0.map(u16::from);
        let over = |colour: u16| u8::try_from((colour * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX);
        dot.0 = [over(red), over(green), over(blue), u8::MAX];
    }
    dots.into()
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage, Rgba, RgbaImage};

    use super::*;

    fn as_format(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        image.into().write_to(&mut out, format).unwrap();
        out.into_inner()
    }

    fn cheek() -> RgbImage {
        RgbImage::from_fn(60, 40, |x, y| Rgb([u8::try_from(x * 4).unwrap(), u8::try_from(y * 6).unwrap(), 90]))
    }

    /// With an EXIF block behind the first two bytes: lying on its side, taken at a place.
    fn with_exif(jpeg: &[u8]) -> Vec<u8> {
        let mut block = b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01".to_vec();
        // orientation, short, one value: 6 is a quarter turn
        block.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0 GPS 46.2530 20.1414");
        let length = u16::try_from(block.len() + 2).unwrap().to_be_bytes();
        [&jpeg[..2], &[0xFF, 0xE1], &length, &block, &jpeg[2..]].concat()
    }

    #[tokio::test]
    async fn of_a_picture_only_what_is_seen_is_kept_upright() {
        let sent = with_exif(&as_format(cheek(), ImageFormat::Jpeg));
        assert!(sent.windows(4).any(|four| four == b"GPS ") && FileType::of(&sent) == FileType::Jpeg);
        let kept = drawn(sent.clone(), FileType::Jpeg).await.unwrap();
        assert_eq!((kept.file_type, kept.size), (FileType::Jpeg, Some((40, 60))));
        assert!(!kept.bytes.windows(4).any(|four| four == b"GPS " || four == b"Exif"));
        let again = drawn(sent, FileType::Jpeg).await.unwrap();
        assert_eq!(kept.bytes, again.bytes, "the same picture is drawn the same, or it would be kept twice");
        assert!(kept.preview.is_some_and(|preview| FileType::of(&preview) == FileType::Jpeg));
    }

    #[tokio::test]
    async fn each_kind_of_picture_is_kept_as_one_that_every_browser_shows() {
        let clear = RgbaImage::from_pixel(3, 2, Rgba([10, 20, 30, 0]));
        for (bytes, claimed, is) in [
            (as_format(cheek(), ImageFormat::Png), FileType::Png, FileType::Png),
            (as_format(clear.clone(), ImageFormat::Png), FileType::Png, FileType::Png),
            (as_format(clear.clone(), ImageFormat::WebP), FileType::Webp, FileType::Png),
            (as_format(cheek(), ImageFormat::WebP), FileType::Webp, FileType::Jpeg),
            (as_format(clear, ImageFormat::Gif), FileType::Gif, FileType::Png),
        ] {
            let kept = drawn(bytes, claimed).await.unwrap();
            assert_eq!((kept.file_type, FileType::of(&kept.bytes)), (is, is), "{claimed:?}");
        }
        let plan = drawn(b"%PDF-1.7 plan".to_vec(), FileType::Pdf).await.unwrap();
        assert_eq!((plan.bytes.as_slice(), plan.size), (&b"%PDF-1.7 plan"[..], None));
    }

    #[tokio::test]
    async fn what_cannot_be_drawn_or_would_fill_the_memory_is_not_unfolded() {
        let whole = as_format(cheek(), ImageFormat::Png);
        let mut vast = whole.clone();
        // the head says 60,000 by 60,000; its sum is that of the head before
        vast[16..24].copy_from_slice(&[0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60]);
        let page = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec();
        for (bytes, claimed) in
            [(vast, FileType::Png), (whole[..60].to_vec(), FileType::Png), (page, FileType::Gif), (Vec::new(), FileType::Jpeg)]
        {
            assert!(drawn(bytes, claimed).await.is_none(), "{claimed:?}");
        }
    }

    #[tokio::test]
    async fn a_small_file_that_unfolds_into_gigabytes_is_refused_by_its_head() {
        // a true picture of 20,000 by 20,000 dots of one colour: a hundred kilobytes on the wire, more than our share unfolded
        let mut bomb = Vec::new();
        let mut gif = b"GIF89a".to_vec();
        gif.extend(20_000_u16.to_le_bytes());
        gif.extend(20_000_u16.to_le_bytes());
        gif.extend([0x80, 0, 0, 0, 0, 0, 255, 255, 255]);
        gif.extend([0x2C, 0, 0, 0, 0]);
        gif.extend(20_000_u16.to_le_bytes());
        gif.extend(20_000_u16.to_le_bytes());
        gif.extend([0, 2, 2, 0x4C, 1, 0, 0x3B]);
        bomb.append(&mut gif);
        assert!(drawn(bomb, FileType::Gif).await.is_none());
    }
}
