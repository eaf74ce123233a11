//! A part of a file, as players ask for it (RFC 9110): some play nothing that they cannot wind forward.

use axum::http::header::{ACCEPT_RANGES, CONTENT_RANGE, RANGE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

/// From a byte to a byte, or to the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    from: usize,
    to: Option<usize>,
}

/// None: the whole file. What is asked for in another way than players do is answered with the whole, as the standard allows.
pub fn asked(headers: &HeaderMap) -> Option<Wanted> {
    let (from, to) = headers.get(RANGE)?.to_str().ok()?.strip_prefix("bytes=")?.split_once('-')?;
    let to = if to.is_empty() { None } else { Some(to.parse().ok()?) };
    Some(Wanted { from: from.parse().ok()?, to })
}

pub fn of(wanted: Option<Wanted>, bytes: Vec<u8>) -> Response {
    let whole = bytes.len();
    let mut response = match wanted {
        None => bytes.into_response(),
        Some(Wanted { from, to }) => {
            let end = to.map_or(whole, |to| to.saturating_add(1)).min(whole);
            if from >= end {
                let mut response = StatusCode::RANGE_NOT_SATISFIABLE.into_response();
                response.headers_mut().insert(CONTENT_RANGE, said(&format!("bytes */{whole}")));
                return response;
            }
            let mut response = (StatusCode::PARTIAL_CONTENT, bytes[from..end].to_vec()).into_response();
            response.headers_mut().insert(CONTENT_RANGE, said(&format!("bytes {from}-{}/{whole}", end - 1)));
            response
        }
    };
    response.headers_mut().insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    response
}

fn said(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).expect("numbers are ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_player_gets_the_part_that_it_asks_for() {
        for (range, status, said) in [
            (None, 200, None),
            (Some("bytes=0-"), 206, Some("bytes 0-9/10")),
            (Some("bytes=2-4"), 206, Some("bytes 2-4/10")),
            (Some("bytes=8-99"), 206, Some("bytes 8-9/10")),
            (Some("bytes=10-"), 416, Some("bytes */10")),
            (Some("bytes=5-4"), 416, Some("bytes */10")),
            (Some("bytes=-3"), 200, None),
            (Some("bytes=0-1,4-5"), 200, None),
            (Some("bytes=18446744073709551615-18446744073709551615"), 416, Some("bytes */10")),
            (Some("lines=1-2"), 200, None),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(range) = range {
                headers.insert(RANGE, HeaderValue::from_static(range));
            }
            let response = of(asked(&headers), vec![0; 10]);
            assert_eq!(response.status().as_u16(), status, "{range:?}");
            assert_eq!(response.headers().get(CONTENT_RANGE).map(|value| value.to_str().unwrap()), said, "{range:?}");
        }
    }
}
