//! What stands in forms and after the question mark of an address: read once, by name, into the clinic's own types.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::str::FromStr;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;

use kernel::{Date, Refusal};

use crate::fault::Fault;
use crate::forms::day_read;
use crate::multipart;

/// A form as it was filled in. A field that is not there reads as an empty one: that is what a browser means by it.
#[derive(Clone, Default)]
pub struct Filled {
    pairs: Vec<(String, String)>,
    files: Vec<Upload>,
}

/// A file that came with a form, named as the browser says.
#[derive(Clone)]
pub struct Upload {
    pub field: String,
    pub name: String,
    pub bytes: Bytes,
}

/// The question of an address: `?on=2026-11-23`.
pub struct Asked(pub Filled);

impl Filled {
    pub fn of(body: &[u8]) -> Self {
        Self { pairs: pairs(body), files: Vec::new() }
    }

    /// Of either kind that browsers send.
    pub fn read(headers: &HeaderMap, body: &Bytes) -> Self {
        let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let Some(boundary) = multipart::boundary(kind) else { return Self::of(body) };
        let (pairs, files) = multipart::parts(body, boundary);
        Self { pairs, files }
    }

    /// The file of a field; None where none was chosen.
    pub fn file(&self, field: &str) -> Option<&Upload> {
        self.files(field).into_iter().next()
    }

    /// The files of a field that takes several.
    pub fn files(&self, field: &str) -> Vec<&Upload> {
        self.files.iter().filter(|file| file.field == field && !(file.name.is_empty() && file.bytes.is_empty())).collect()
    }

    pub fn text(&self, name: &str) -> &str {
        self.pairs.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// None where nothing was filled in.
    pub fn some(&self, name: &str) -> Option<&str> {
        Some(self.text(name).trim()).filter(|value| !value.is_empty())
    }

    /// Every value of a field that may be ticked several times.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.pairs.iter().filter(|(known, value)| known == name && !value.is_empty()).map(|(_, value)| value.as_str()).collect()
    }

    /// What our own page put there: an id, a version, a word of a list. Anything else was not sent by it.
    pub fn given<T: FromStr>(&self, name: &str) -> Result<T, Fault> {
        self.text(name).trim().parse().map_err(|_| Fault::malformed())
    }

    pub fn maybe_given<T: FromStr>(&self, name: &str) -> Result<Option<T>, Fault> {
        self.some(name).map(|value| value.parse().map_err(|_| Fault::malformed())).transpose()
    }

    /// What a person typed or chose; a value that cannot be read is told at its field.
    pub fn typed<T: FromStr>(&self, name: &'static str) -> Result<T, Refusal> {
        let plain = kernel::format::ascii_digits(self.text(name).trim());
        plain.parse().map_err(|_| Refusal::new("form.unreadable").at(name))
    }

    pub fn maybe_typed<T: FromStr>(&self, name: &'static str) -> Result<Option<T>, Refusal> {
        self.some(name).map(|_| self.typed(name)).transpose()
    }

    /// A day, in whichever calendar the person writes; None where nothing was filled in.
    pub fn day(&self, name: &'static str) -> Result<Option<Date>, Refusal> {
        let read = |text: &str| day_read(text).ok_or_else(|| Refusal::new("form.day-unreadable").at(name));
        self.some(name).map(read).transpose()
    }

    /// Fields by name, but for the token: what a form of any shape holds.
    pub fn fields(&self) -> BTreeMap<String, String> {
        self.pairs.iter().filter(|(name, _)| name != crate::csrf::FIELD).cloned().collect()
    }
}

impl<S: Send + Sync> FromRequest<S> for Filled {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        let headers = request.headers().clone();
        let body = Bytes::from_request(request, state).await.map_err(|rejection| Fault::of_status(rejection.status()))?;
        Ok(Self::read(&headers, &body))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fault> {
        Ok(Self(Filled::of(parts.uri.query().unwrap_or_default().as_bytes())))
    }
}

/// The pairs of a form, decoded. What is no form has none.
fn pairs(body: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(body).into_owned().collect()
}

/// A value as it may stand in an address.
pub fn encoded(value: &str) -> String {
    value.bytes().fold(String::with_capacity(value.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("writing to a string");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_by_name_whatever_stands_in_it() {
        let form = Filled::of("name=%D0%90%D0%BD%D0%BD%D0%B0+B&late=%DB%B2%DB%B0&seen=4&chair=a&chair=b&bad=%FF%FE&empty=".as_bytes());
        assert_eq!(form.text("name"), "Анна B");
        assert_eq!(form.typed::<u32>("late"), Ok(20));
        assert_eq!(form.given::<i64>("seen").ok(), Some(4));
        assert!(form.given::<i64>("name").is_err());
        assert_eq!(form.all("chair"), ["a", "b"]);
        assert_eq!((form.some("empty"), form.some("missing")), (None, None));
        assert_eq!(form.typed::<u32>("name").unwrap_err().field(), Some("name"));
    }

    #[test]
    fn a_value_in_an_address_comes_back_as_it_was() {
        for value in ["/journal?on=2026-11-23&chair=2", "a b+c%", "آرش"] {
            let read = Filled::of(format!("next={}", encoded(value)).as_bytes());
            assert_eq!(read.text("next"), value);
        }
    }
}
