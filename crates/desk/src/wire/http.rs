//! HTTP letters. A connection is kept for a moment after its letter, because to open one costs more than the letter; but
//! only for a moment: a letter that meets the other side hanging up would stand in doubt. One that had not begun to leave
//! over a kept connection goes over a fresh one.

use std::error::Error;
use std::io;
use std::iter::successors;
use std::net::IpAddr;
use std::time::Duration;

use channels::{Answer, Body, HttpLetter, Method, NotSent, Part};
use reqwest::dns::Resolve;
use reqwest::multipart;
use reqwest::{Client, Response, Url, redirect, retry};
use rustls::ClientConfig;

use super::addresses::{Machine, Nowhere, is_public};
use super::{CONNECT_WITHIN, Network};

/// Web servers keep a silent connection for five seconds at least.
const KEPT_FOR: Duration = Duration::from_secs(1);
/// Kept for one provider.
const KEPT: usize = 64;

/// No provider says more than this; whoever does is not believed.
const LONGEST_ANSWER: usize = 1024 * 1024;

pub fn client(tls: ClientConfig, names: impl Resolve + 'static) -> Client {
    Client::builder()
        .tls_backend_preconfigured(tls)
        .dns_resolver(names)
        // a proxy would look up names on its own
        .no_proxy()
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        .pool_idle_timeout(KEPT_FOR)
        .pool_max_idle_per_host(KEPT)
        .connect_timeout(CONNECT_WITHIN)
        .user_agent("Caredesk")
        .build()
        .expect("a client with these settings has nothing to read that could fail")
}

pub async fn carry(network: &Network, letter: &HttpLetter) -> Answer {
    let Some((url, machine)) = destination(letter.url.expose()) else { return Answer::NotSent(NotSent::Unreachable) };
    let Some(doors) = network.doors(&letter.authority) else { return Answer::NotSent(NotSent::Tls) };
    let client = match machine {
        Machine::This => doors.here,
        Machine::Outside => doors.outside,
    };
    let method = match letter.method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
    };
    let mut request = client.request(method, url).timeout(letter.patience);
    for (name, value) in &letter.headers {
        request = request.header(*name, value.expose());
    }
    request = match &letter.body {
        Body::Empty => request,
        Body::Json(text) => request.header("content-type", "application/json").body(text.clone()),
        Body::Form(fields) => request.form(fields),
        Body::Multipart(parts) => request.multipart(parts.iter().fold(multipart::Form::new(), with_part)),
    };
    match request.send().await {
        Ok(response) => read(response, letter.file).await,
        Err(error) if error.is_connect() => Answer::NotSent(reason(&error)),
        // a header that cannot be written
        Err(error) if error.is_builder() => Answer::NotSent(NotSent::Unreachable),
        Err(_) => Answer::Broken,
    }
}

/// Where the letter goes; nothing, if it may not go there. Readable letters go to this machine only, and an address
/// before which a user name stands is a trick with the name of the host.
fn destination(written: &str) -> Option<(Url, Machine)> {
    let (scheme, rest) = written.split_once("://")?;
    let authority = &rest[..rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len())];
    let host = match authority.find(']') {
        Some(end) => &authority[..=end],
        None => authority.split(':').next()?,
    };
    let url = Url::parse(written).ok().filter(|url| !authority.contains('@') && url.username().is_empty())?;
    let machine = Machine::named(host);
    let outside = || {
        let host = url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
        scheme == "https" && host.parse::<IpAddr>().map_or(!host.is_empty(), is_public)
    };
    let allowed = match machine {
        Machine::This => matches!(scheme, "http" | "https"),
        Machine::Outside => outside(),
    };
    allowed.then_some((url, machine))
}

fn with_part(form: multipart::Form, part: &Part) -> multipart::Form {
    let content = || multipart::Part::bytes(part.content.clone());
    let written = match &part.file {
        None => content(),
        Some((name, kind)) => content().mime_str(kind).unwrap_or_else(|_| content()).file_name(name.clone()),
    };
    form.part(part.name, written)
}

/// Of a file that is larger than it may be nothing more is read.
async fn read(mut response: Response, file: Option<u64>) -> Answer {
    let most = file.map_or(LONGEST_ANSWER, |most| usize::try_from(most).unwrap_or(usize::MAX));
    let too_large = || Answer::Http { status: 413, headers: Vec::new(), body: Vec::new() };
    if file.is_some() && response.content_length().is_some_and(|length| length > most as u64) {
        return too_large();
    }
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    let headers = response.headers().iter().map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes()))).collect();
    let status = response.status().as_u16();
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(more)) if body.len() + more.len() <= most => body.extend_from_slice(&more),
            Ok(None) => return Answer::Http { status, headers, body },
            Ok(Some(_)) if file.is_some() => return too_large(),
            Ok(Some(_)) | Err(_) => return Answer::Broken,
        }
    }
}

/// Why there was no connection.
fn reason(error: &reqwest::Error) -> NotSent {
    let first: &(dyn Error + 'static) = error;
    let causes = successors(Some(first), |error| inside(*error));
    let known = |cause: &(dyn Error + 'static)| {
        if let Some(Nowhere(reason)) = cause.downcast_ref() {
            return Some(*reason);
        }
        if cause.is::<rustls::Error>() {
            return Some(NotSent::Tls);
        }
        match cause.downcast_ref::<io::Error>()?.kind() {
            io::ErrorKind::ConnectionRefused => Some(NotSent::Refused),
            // it hung up in the middle of the handshake
            io::ErrorKind::UnexpectedEof => Some(NotSent::Tls),
            _ => None,
        }
    };
    causes.into_iter().find_map(known).unwrap_or(NotSent::Unreachable)
}

/// The next cause. An I/O error holds its cause inside and names only what is behind it.
fn inside<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(inside) => Some(inside),
        None => error.source(),
    }
}
