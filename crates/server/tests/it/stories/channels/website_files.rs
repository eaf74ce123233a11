//! Files of the chat on the website, both ways, through the addresses that the script uses: what a visitor sends is kept once and
//! without its place, what would do harm is not, and each file lies at an address that opens nothing else.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, Response};
use clinic::conversations::Said;
use clinic::files::FileType;
use serde_json::{Value, json};

use super::files::{CHEEK, bytes};
use super::website::{Site, Visitor, WEBSITE};
use crate::world::told;

const PLAN: &[u8] = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n%%EOF";

impl Visitor {
    /// The form as a browser sends it: the status, and the code of a refusal.
    async fn shows(&mut self, key: &str, name: &str, content: &[u8]) -> (u16, String) {
        let seam = "----seam7MA4YWxk";
        let mut body = format!("--{seam}\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\n{key}\r\n").into_bytes();
        let head =
            format!("--{seam}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: image/png\r\n\r\n");
        body.extend(head.bytes());
        body.extend(content);
        body.extend(format!("\r\n--{seam}--\r\n").bytes());
        let mut browser = self.browser.clone();
        browser.headers.retain(|(name, _)| *name != "content-type");
        browser.headers.push(("content-type", format!("multipart/form-data; boundary={seam}")));
        let page = browser.ask(Method::POST, &format!("/chat/{}/file", self.account), Body::from(body)).await;
        let said: Value = serde_json::from_str(&page.body).unwrap_or(Value::Null);
        (page.status.as_u16(), said["code"].as_str().unwrap_or_default().to_owned())
    }

    async fn lines(&mut self) -> Vec<Value> {
        let (status, said) = self.ask("/follow", &json!({ "lang": "en", "cursor": "", "got": null, "read": null })).await;
        assert_eq!(status, 200, "{said}");
        if let Some(token) = said["token"].as_str() {
            self.carries(token);
        }
        said["lines"].as_array().unwrap().clone()
    }

    /// As a tab of its own does: without a token, and without a word on where from.
    async fn opens(&self, address: &str) -> Response<Body> {
        let mut tab = self.browser.clone();
        tab.headers = vec![("sec-fetch-site", "cross-site".to_owned())];
        tab.listen(&format!("/chat/{}/files/{address}", self.account)).await
    }
}

fn header<'a>(response: &'a Response<Body>, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[test]
fn a_visitor_sends_a_picture_and_gets_a_file_back() {
    told(async |world| {
        let site = Site::open(world).await;
        let mut visitor = site.visitor(WEBSITE);
        let look: Value = serde_json::from_str(&visitor.look("en").await.body).unwrap();
        assert_eq!(
            (look["files"]["most"].as_u64(), look["says"]["file-large"].as_str().unwrap().contains("10 MB")),
            (Some(10_000_000), true)
        );
        visitor.begins().await;
        assert_eq!(visitor.says("key-0001", "Could you look at this?").await, 200);
        // told again because an answer was lost
        for _ in 0..2 {
            assert_eq!(visitor.shows("key-0002", "../cheek.jpg", CHEEK).await, (200, String::new()));
        }
        let heard = site.heard().await;
        assert!(matches!(&heard[..], [Said::Words(_), Said::Media { file: Some(_), .. }]), "{heard:?}");

        let mut owner = site.owner.clone();
        let thread = format!("/inbox/{}", site.thread().await);
        let page = owner.get(&thread).await;
        assert_eq!(page.all(".picture img", "alt"), ["cheek.jpg"]);
        let seen = bytes(owner.listen(&page.all(".picture", "href").pop().unwrap()).await).await;
        assert!(FileType::of(&seen) == FileType::Jpeg && !seen.windows(10).any(|ten| ten == b"2026:11:23"), "without its place");

        // in the visitor's own thread it lies at an address that opens it and nothing else
        let lines = visitor.lines().await;
        let shown = &lines[1]["file"];
        assert_eq!(
            (lines[1]["key"].as_str(), shown["name"].as_str(), &shown["size"]),
            (Some("key-0002"), Some("cheek.jpg"), &json!([64, 96]))
        );
        let address = shown["address"].as_str().unwrap();
        let picture = visitor.opens(address).await;
        assert_eq!((header(&picture, "content-type"), header(&picture, "x-content-type-options")), ("image/jpeg", "nosniff"));
        assert!(
            header(&picture, "content-security-policy").starts_with("sandbox;")
                && !picture.headers().contains_key("access-control-allow-origin")
        );
        assert_eq!(bytes(picture).await, seen);
        let preview = format!("/chat/{}/files/{address}/preview", visitor.account);
        let drawn = visitor.browser.listen(&preview).await;
        assert_eq!(
            (drawn.status().as_u16(), header(&drawn, "access-control-allow-origin"), header(&drawn, "vary")),
            (200, WEBSITE, "origin")
        );
        assert_eq!(FileType::of(&bytes(drawn).await), FileType::Jpeg);
        let mut evil = site.visitor("https://evil.example");
        assert_eq!(evil.browser.listen(&preview).await.status().as_u16(), 403);

        site.world.pass(Duration::from_secs(5));
        site.answers_with("This is the plan.", ("plan.pdf", PLAN)).await;
        let lines = visitor.lines().await;
        let (text, paper) = (lines[2]["text"].as_str(), &lines[2]["file"]);
        assert_eq!((text, paper["says"].as_str(), &paper["size"]), (Some("This is the plan."), Some("PDF · 1 KB"), &Value::Null));
        let plan = visitor.opens(paper["address"].as_str().unwrap()).await;
        assert_eq!(
            (header(&plan, "content-type"), header(&plan, "content-disposition")),
            ("application/pdf", "attachment; filename*=UTF-8''plan.pdf")
        );
        assert_eq!(bytes(plan).await, PLAN);
        assert_eq!(visitor.opens(&format!("{}/preview", paper["address"].as_str().unwrap())).await.status().as_u16(), 403);

        // a bent address, one of another account, an old one
        let parts: Vec<&str> = address.split('.').collect();
        let other = lines[2]["id"].as_str().unwrap();
        for bent in [
            format!("{other}.0.{}.{}", parts[2], parts[3]),
            format!("{}.0.99999.{}", parts[0], parts[3]),
            format!("{}.0.{}.{}", parts[0], parts[2], "0".repeat(64)),
            parts[0].to_owned(),
        ] {
            assert_eq!(visitor.opens(&bent).await.status().as_u16(), 404, "{bent}");
        }
        site.world.pass(Duration::from_hours(49));
        assert_eq!(visitor.opens(address).await.status().as_u16(), 404);
        let renewed = visitor.lines().await[1]["file"]["address"].as_str().unwrap().to_owned();
        assert_eq!(visitor.opens(&renewed).await.status().as_u16(), 200);
    });
}

#[test]
fn what_a_visitor_may_not_send_is_refused_by_its_bytes_and_nothing_is_told_of_it() {
    told(async |world| {
        let site = Site::open(world).await;
        let mut visitor = site.visitor(WEBSITE);
        assert_eq!(visitor.shows("key-0001", "cheek.jpg", CHEEK).await, (401, "chat.unknown-visitor".to_owned()));
        visitor.begins().await;
        assert_eq!(visitor.says("key-0000", "Hello").await, 200);
        let mut vast = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\xEA\x60\0\0\xEA\x60\x08\x02\0\0\0".to_vec();
        vast.extend([0; 64]);
        let page = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
        let large = [b"%PDF-1.7", vec![b' '; 10_000_000].as_slice()].concat();
        for (key, name, content, expected) in [
            ("key-0001", "page.png", &page[..], (415, "chat.file-type")),
            ("key-0002", "program.pdf", b"MZ\x90\0program", (415, "chat.file-type")),
            ("key-0003", "plan.exe", PLAN, (415, "chat.file-type")),
            ("key-0004", "film.mp4", b"\0\0\0\x20ftypisom", (415, "chat.file-type")),
            ("key-0005", "vast.png", &vast, (422, "chat.file-unreadable")),
            ("key-0006", "broken.png", b"\x89PNG\r\n\x1A\nno picture", (422, "chat.file-unreadable")),
            ("key-0007", "large.pdf", &large, (413, "chat.file-too-large")),
            ("../../etc", "plan.pdf", PLAN, (400, "chat.malformed")),
            ("k", "plan.pdf", PLAN, (400, "chat.malformed")),
            ("key-0008", "", b"", (415, "chat.file-type")),
        ] {
            let (status, code) = visitor.shows(key, name, content).await;
            assert_eq!((status, code.as_str()), expected, "{name}");
        }
        for origin in ["https://evil.example", "https://smile.example.evil.example", "null"] {
            let mut other = site.visitor(origin);
            other.carries(visitor.token());
            assert_eq!(other.shows("key-0009", "cheek.jpg", CHEEK).await.0, 403, "{origin}");
        }
        assert_eq!(visitor.ask("/file", &json!({ "key": "key-0010" })).await.0, 415);
        let said = site.heard().await;
        assert!(matches!(&said[..], [Said::Words(_)]), "{said:?}");
        // whoever floods is slowed down, and told when to come again
        let mut statuses = Vec::new();
        for key in 0..14 {
            statuses.push(visitor.shows(&format!("flood-{key:04}"), "plan.pdf", PLAN).await.0);
        }
        assert!(statuses.contains(&429) && statuses.iter().all(|status| matches!(status, 200 | 429)), "{statuses:?}");
        site.world.pass(Duration::from_secs(20));
        assert_eq!(visitor.shows("key-0011", "plan.pdf", PLAN).await.0, 200);
    });
}
