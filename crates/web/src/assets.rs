//! Styles, fonts and scripts, inside the binary. Their addresses carry a hash of all of them, so a browser may keep them
//! for ever: a new program has new addresses.

use std::fmt::Write;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Files;

/// Rows of five minutes in the journal's day, from midnight to midnight.
const ROWS: usize = 24 * 12;
/// More columns than any clinic has providers.
const COLUMNS: usize = 24;

static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut mixed = 0xcbf2_9ce4_8422_2325_u64;
    let mut names: Vec<_> = Files::iter().collect();
    names.sort();
    for name in names {
        let hash = Files::get(&name).map(|file| file.metadata.sha256_hash()).unwrap_or_default();
        for byte in name.bytes().chain(hash) {
            mixed = (mixed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{mixed:016x}")
});

/// Where a file is fetched: `/assets/<hash>/css/base.css`.
pub fn address(name: &str) -> String {
    format!("/assets/{}/{name}", *VERSION)
}

/// The places of the journal's grid as classes: the page may not carry styles of its own.
static GRID: LazyLock<String> = LazyLock::new(|| {
    let mut css = String::from("@layer screen {\n");
    for row in 0..=ROWS {
        writeln!(css, ".from-{row} {{ grid-row-start: {} }} .to-{row} {{ grid-row-end: {} }}", row + 2, row + 2).expect("a string");
    }
    for column in 1..=COLUMNS {
        writeln!(css, ".in-{column} {{ grid-column: {} }} .columns-{column} {{ --columns: {column} }}", column + 1).expect("a string");
    }
    for rows in 1..=ROWS {
        writeln!(css, ".rows-{rows} {{ --rows: {rows} }}").expect("a string");
    }
    css.push_str("}\n");
    css
});

/// `GET /assets/{version}/{*name}`
pub async fn asset(Path((_, name)): Path<(String, String)>) -> Response {
    let kept = [
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    let kind = |kind: &'static str| [(header::CONTENT_TYPE, HeaderValue::from_static(kind))];
    if name == "css/grid.css" {
        return (kept, kind("text/css; charset=utf-8"), GRID.as_str()).into_response();
    }
    match Files::get(&name) {
        Some(file) => (kept, kind(media_type(&name)), file.data).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A file of ours that has an address of its own.
pub fn text(name: &str) -> std::borrow::Cow<'static, [u8]> {
    Files::get(name).map(|file| file.data).unwrap_or_default()
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "text/plain; charset=utf-8",
    }
}
