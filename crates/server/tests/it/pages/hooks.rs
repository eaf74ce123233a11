//! What providers may tell us, and who else may not.

use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use store::Engine;
use store::trial::{Room, both};

use super::counter::{Counter, HOOK_SECRET};

const NEWS: &str = r#"{"update_id":70002,"message":{"message_id":8,"date":1795420800,"text":"hello",
    "from":{"id":600,"is_bot":false,"first_name":"Anna"},"chat":{"id":600,"type":"private","first_name":"Anna"}}}"#;

#[tokio::test]
async fn unsigned_wrongly_signed_malformed_and_huge_calls_change_nothing() {
    both(async |store| {
        let counter = Counter::open(store).await;
        let before = counter.traces().await;
        let hook = counter.hook();
        let other = "/hooks/telegram/acc_01jd0000000000000000000000".to_owned();
        for (name, path, secret, body, expected) in [
            ("unsigned", &hook, None, NEWS.as_bytes().to_vec(), 401),
            ("wrongly signed", &hook, Some("another-secret"), NEWS.as_bytes().to_vec(), 401),
            ("no JSON", &hook, Some(HOOK_SECRET), b"hello".to_vec(), 400),
            ("half a JSON", &hook, Some(HOOK_SECRET), NEWS.as_bytes()[..60].to_vec(), 400),
            ("wrong types", &hook, Some(HOOK_SECRET), br#"{"update_id":"x","message":7}"#.to_vec(), 400),
            ("not UTF-8", &hook, Some(HOOK_SECRET), vec![0xff, 0xfe, 0x00], 400),
            ("huge", &hook, Some(HOOK_SECRET), vec![b' '; 3 * 1024 * 1024], 413),
            ("an account that is not there", &other, Some(HOOK_SECRET), NEWS.as_bytes().to_vec(), 404),
            ("the address of another channel", &hook.replace("telegram", "bale"), Some(HOOK_SECRET), NEWS.as_bytes().to_vec(), 404),
            ("a channel that nobody knows", &hook.replace("telegram", "pigeon"), Some(HOOK_SECRET), NEWS.as_bytes().to_vec(), 404),
            ("an address that is none", &"/hooks/telegram/x".to_owned(), Some(HOOK_SECRET), NEWS.as_bytes().to_vec(), 404),
        ] {
            let page = counter.provider().hook(path, secret, body).await;
            assert_eq!(page.status.as_u16(), expected, "{name}: {}", page.body);
            assert_eq!(page.headers[CONTENT_TYPE], "application/problem+json", "{name}");
            let report: serde_json::Value = serde_json::from_str(&page.body).unwrap();
            assert_eq!(report["status"], expected, "{name}");
        }
        assert_eq!(counter.traces().await, before);
    })
    .await;
}

#[tokio::test]
async fn what_is_told_twice_is_heard_once() {
    let counter = Counter::open(Room::on(Engine::Sqlite).store().await).await;
    for _ in 0..3 {
        let page = counter.provider().hook(&counter.hook(), Some(HOOK_SECRET), NEWS.as_bytes().to_vec()).await;
        assert_eq!(page.status, StatusCode::OK);
    }
    let clinic = counter.clinic.id;
    let threads = counter.look(move |tx| store::conversations::list(tx, clinic, kernel::Timestamp::from_millis(i64::MAX), 10)).await;
    let [thread] = &threads[..] else { panic!("{} threads", threads.len()) };
    let id = thread.conversation.id;
    assert_eq!(counter.look(move |tx| store::conversations::inbound_of(tx, id, "~", 10)).await.len(), 1);
}
