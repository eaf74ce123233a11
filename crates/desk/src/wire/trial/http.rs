//! Letters over HTTP to machines that answer badly, late, too much or not at all, and to addresses that are traps.

use std::time::Duration;

use channels::trial::TRAPS;
use channels::{Answer, Body, HttpLetter, Letter, NotSent, Part};
use kernel::Secret;
use rustls::RootCertStore;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::{acceptor, closed_port, network, peer};
use crate::wire::{Indoors, Network, Wire, addresses};

fn letter(url: impl Into<String>, body: Body) -> Letter {
    let headers = vec![("authorization", Secret::new("Bearer key"))];
    Letter::Http(HttpLetter { headers, body, ..HttpLetter::posted(Secret::new(url)) })
}

fn impatient(url: String) -> Letter {
    let Letter::Http(letter) = letter(url, Body::Empty) else { unreachable!("it is one of HTTP") };
    Letter::Http(HttpLetter { patience: Duration::from_millis(200), ..letter })
}

/// The whole request as it came over the wire.
async fn request(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse::<usize>().ok());
            if body.len() >= length.unwrap_or(0) {
                return text.into_owned();
            }
        }
        assert_ne!(stream.read_buf(&mut bytes).await.unwrap(), 0, "the request ends early");
    }
}

async fn answer(stream: &mut (impl AsyncRead + AsyncWrite + Unpin), text: &str) -> String {
    let request = request(stream).await;
    // a client that has had enough hangs up before the end
    let _written = stream.write_all(text.as_bytes()).await;
    let _flushed = stream.flush().await;
    request
}

async fn carried(answered: &'static str) -> Answer {
    let (port, _served) = peer(async move |mut stream: TcpStream| answer(&mut stream, answered).await).await;
    network().carry(&letter(format!("http://127.0.0.1:{port}/send"), Body::Empty)).await
}

#[tokio::test]
async fn an_answer_comes_back_whole() {
    let answer = carried("HTTP/1.1 429 Slow down\r\nRetry-After: 7\r\nContent-Length: 4\r\n\r\nwait").await;
    let Answer::Http { status: 429, headers, body } = answer else { panic!("{answer:?}") };
    assert!(headers.contains(&("retry-after".to_owned(), "7".to_owned())));
    assert_eq!(body, b"wait");
}

#[tokio::test]
async fn whatever_breaks_after_the_letter_began_to_leave_is_doubt() {
    for broken in ["", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", "no HTTP at all\r\n\r\n"] {
        assert_eq!(carried(broken).await, Answer::Broken, "{broken:?}");
    }
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n";
    assert_eq!(carried(chunked).await, Answer::Broken);
}

#[tokio::test]
async fn a_connection_that_is_reset_is_doubt() {
    // closed while the request lies there unread: the other side gets a reset
    let (port, _served) = peer(async |stream: TcpStream| stream.readable().await.unwrap()).await;
    assert_eq!(network().carry(&letter(format!("http://127.0.0.1:{port}/send"), Body::Empty)).await, Answer::Broken);
}

#[tokio::test]
async fn silence_is_doubt_once_patience_has_ended() {
    for begun in ["", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"] {
        let (port, served) = peer(async move |mut stream: TcpStream| {
            answer(&mut stream, begun).await;
            stream.read_u8().await.map(drop)
        })
        .await;
        assert_eq!(network().carry(&impatient(format!("http://127.0.0.1:{port}/send"))).await, Answer::Broken, "{begun:?}");
        assert!(served.await.unwrap().is_err(), "it hung up");
    }
}

#[tokio::test]
async fn t_d3_an_endless_answer_is_not_swallowed() {
    let (port, served) = peer(async |mut stream: TcpStream| {
        answer(&mut stream, "HTTP/1.1 200 OK\r\nContent-Length: 10485760\r\n\r\n").await;
        let megabyte = vec![b'x'; 1024 * 1024];
        for sent in 0..10 {
            if stream.write_all(&megabyte).await.is_err() {
                return sent;
            }
        }
        10
    })
    .await;
    assert_eq!(network().carry(&letter(format!("http://127.0.0.1:{port}/send"), Body::Empty)).await, Answer::Broken);
    assert!(served.await.unwrap() < 10, "it hung up before the end");
}

#[tokio::test]
async fn a_door_that_does_not_open_is_known_not_to_have_let_the_letter_in() {
    let closed = closed_port().await;
    let network = network();
    for (url, expected) in [
        (format!("http://127.0.0.1:{closed}/"), NotSent::Refused),
        (format!("https://localhost:{closed}/"), NotSent::Refused),
        ("https://nobody.example/".to_owned(), NotSent::NoSuchHost),
        ("https://nothing.example/".to_owned(), NotSent::NoSuchHost),
    ] {
        assert_eq!(network.carry(&letter(url.clone(), Body::Empty)).await, Answer::NotSent(expected), "{url}");
    }
}

#[tokio::test]
async fn a_machine_that_cannot_prove_its_name_gets_nothing() {
    let (port, _served) = peer(async |mut stream: TcpStream| stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await).await;
    let readable = network().carry(&letter(format!("https://localhost:{port}/"), Body::Empty)).await;
    assert_eq!(readable, Answer::NotSent(NotSent::Tls));

    let (port, _served) = peer(async |stream: TcpStream| drop(stream)).await;
    let hung_up = network().carry(&letter(format!("https://localhost:{port}/"), Body::Empty)).await;
    assert!(matches!(hung_up, Answer::NotSent(_)), "{hung_up:?}");

    let (port, _served) = peer(async |stream: TcpStream| acceptor().accept(stream).await.map(drop)).await;
    let stranger = Network::with(RootCertStore::empty(), addresses::ask_the_system);
    let unknown = stranger.carry(&letter(format!("https://localhost:{port}/"), Body::Empty)).await;
    assert_eq!(unknown, Answer::NotSent(NotSent::Tls));

    let (port, _served) = peer(async |stream: TcpStream| acceptor().accept(stream).await.map(drop)).await;
    let other_name = network().carry(&letter(format!("https://[::1]:{port}/"), Body::Empty)).await;
    assert!(matches!(other_name, Answer::NotSent(_)), "{other_name:?}");
}

#[tokio::test]
async fn every_kind_of_body_arrives_as_it_was_written() {
    let file = Part { name: "document", content: b"PDF".to_vec(), file: Some(("plan.pdf".to_owned(), "application/pdf".to_owned())) };
    let field = Part { name: "chat_id", content: b"123".to_vec(), file: None };
    for (body, expected) in [
        (Body::Json("{\"a\":1}".to_owned()), vec!["content-type: application/json", "{\"a\":1}"]),
        (Body::Form(vec![("to", "+7 9".to_owned()), ("text", "Да&".to_owned())]), vec!["to=%2B7+9&text=%D0%94%D0%B0%26"]),
        (Body::Multipart(vec![field, file]), vec!["name=\"chat_id\"", "123", "filename=\"plan.pdf\"", "application/pdf", "PDF"]),
        (Body::Empty, vec!["POST /send?x=1 HTTP/1.1", "authorization: Bearer key"]),
    ] {
        let (port, served) = peer(async |stream: TcpStream| {
            let mut stream = acceptor().accept(stream).await.unwrap();
            answer(&mut stream, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").await
        })
        .await;
        let answer = network().carry(&letter(format!("https://localhost:{port}/send?x=1"), body)).await;
        assert!(matches!(answer, Answer::Http { status: 200, .. }), "{answer:?}");
        let request = served.await.unwrap();
        for expected in expected {
            assert!(request.contains(expected), "{expected} is not in {request}");
        }
    }
}

#[tokio::test]
async fn t_d1_no_way_of_writing_an_inner_address_leads_inside() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let network = network();
    for host in TRAPS {
        for url in [format!("https://{host}:{port}/"), format!("http://{host}:{port}/"), format!("HTTPS://{host}:{port}/")] {
            let answer = network.carry(&letter(url.clone(), Body::Empty)).await;
            assert!(matches!(answer, Answer::NotSent(_)), "{url}: {answer:?}");
        }
    }
    for url in [
        format!("http:localhost:{port}/"),
        format!("https:/localhost:{port}/"),
        format!("ftp://localhost:{port}/"),
        format!("unix://localhost:{port}/"),
        "file:///etc/passwd".to_owned(),
        String::new(),
    ] {
        let answer = network.carry(&letter(url.clone(), Body::Empty)).await;
        assert!(matches!(answer, Answer::NotSent(_)), "{url}: {answer:?}");
    }
    nobody_came(&listener).await;
}

#[tokio::test]
async fn t_d2_a_redirect_is_an_answer_and_is_not_followed() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let inside = listener.local_addr().unwrap();
    let (port, _served) = peer(async move |mut stream: TcpStream| {
        answer(&mut stream, &format!("HTTP/1.1 302 Found\r\nLocation: http://{inside}/\r\nContent-Length: 0\r\n\r\n")).await
    })
    .await;
    let answer = network().carry(&letter(format!("http://127.0.0.1:{port}/send"), Body::Empty)).await;
    assert!(matches!(answer, Answer::Http { status: 302, .. }), "{answer:?}");
    nobody_came(&listener).await;
}

/// The first one at the door are we.
async fn nobody_came(listener: &TcpListener) {
    let ours = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    let (_, first) = listener.accept().await.unwrap();
    assert_eq!(first, ours.local_addr().unwrap());
}

#[tokio::test]
async fn indoors_only_what_stays_in_the_program_arrives() {
    let inside = Letter::Internal { id: "msg_1".to_owned() };
    for wire in [&network() as &dyn Wire, &Indoors] {
        assert_eq!(wire.carry(&inside).await, Answer::Internal { id: "msg_1".to_owned() });
    }
    assert_eq!(Indoors.carry(&letter("https://api.example/", Body::Empty)).await, Answer::NotSent(NotSent::Unreachable));
}
