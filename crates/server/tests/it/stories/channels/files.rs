//! Files both ways, through the real pages, hooks and wire: what a patient sends is fetched from the provider alone and kept once,
//! what would do harm is not, and what the desk puts beside an answer reaches the provider.

use axum::body::{Body, to_bytes};
use axum::http::Method;
use axum::response::Response;
use clinic::actors::{Actor, Channel, Origin};
use clinic::files::{FileState, FileType, Kept, MessageFile, WhyLost};
use clinic::staff::{Role, StaffMember};
use desk::loops::fetch_files;
use kernel::{ClinicId, ConversationId, MessageId, SessionId, StaffId, Timestamp};
use serde_json::{Value, json};
use store::conversations::NEWEST;
use store::staff::NewSession;

use super::provider::{Provider, Seen, Stored};
use super::{ANSWER, Line};
use crate::pages::counter::{Browser, Page};
use crate::world::{World, told};

const TOKEN: &str = "f9LHodD0cOL5a-token-of-the-bot";
const ZOLTAN: &str = "max:55100200";
/// 96 by 64 dots, lying on its side, with the place where it was taken.
pub(super) const CHEEK: &[u8] = include_bytes!("pictures/cheek.jpg");
const PLAN: &[u8] = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n%%EOF";

fn answer(seen: &Seen) -> Option<Value> {
    match seen.path.as_str() {
        "/me" => Some(json!({ "user_id": 66_000_001, "first_name": "Mosoly", "username": "mosoly_bot", "is_bot": true })),
        "/subscriptions" => Some(json!({ "success": true })),
        "/uploads" => Some(json!({ "url": format!("http://{}/taken?sig=1", seen.headers["host"]) })),
        "/taken" => Some(json!({ "photos": { "1": { "token": "token-of-the-picture" } }, "token": "token-of-the-file" })),
        "/messages" => Some(json!({ "message": { "body": { "mid": "mid.out1", "seq": 1, "text": "" } } })),
        _ => None,
    }
}

async fn connected(world: World) -> (Line, String) {
    let provider = Provider::open(answer).await;
    let line = Line::connected(world, Channel::Max, provider, &[("token", TOKEN)]).await;
    let secret = line.provider.last("/subscriptions").json()["secret"].as_str().unwrap().to_owned();
    (line, secret)
}

/// Zoltán sends something that lies at this address.
async fn sends(line: &Line, secret: &str, (mid, kind, url): (&str, &str, &str)) {
    let zoltan = json!({ "user_id": 55_100_200, "first_name": "Zoltán", "is_bot": false });
    let recipient = json!({ "chat_id": 91_000_555, "chat_type": "dialog", "user_id": 66_000_001 });
    let attachments = json!([{ "type": kind, "filename": "../cheek.jpg", "payload": { "url": url } }]);
    let body = json!({ "mid": mid, "seq": 116_000_000_000_000_001_u64, "text": "Look", "attachments": attachments });
    let message = json!({ "sender": zoltan, "recipient": recipient, "timestamp": 1_795_420_800_123_i64, "body": body });
    let update = json!({ "update_type": "message_created", "timestamp": 1_795_420_800_123_i64, "message": message, "user_locale": "en" });
    let page = line.called(&[("x-max-bot-api-secret", secret.to_owned())], &update.to_string()).await;
    assert_eq!(page.status.as_u16(), 200);
}

/// A thread that can be answered: Zoltán has sent a picture.
async fn asked(world: World) -> (Line, ConversationId) {
    let (line, secret) = connected(world).await;
    let url = line.provider.stores("/cheek.jpg", Stored::File(CHEEK.to_vec()));
    sends(&line, &secret, ("mid.1", "image", &url)).await;
    let thread = line.thread(ZOLTAN).await.id;
    line.goes().await;
    (line, thread)
}

/// The files of the thread, the oldest first.
async fn files(line: &Line) -> Vec<(MessageId, MessageFile)> {
    let thread = line.thread(ZOLTAN).await.id;
    let find = move |tx: &mut store::Tx<'_>, _: Timestamp| {
        let mut messages: Vec<MessageId> =
            store::conversations::inbound_of(tx, thread, NEWEST, 20)?.into_iter().map(|inbound| inbound.id).collect();
        messages.reverse();
        let files = store::files::of_messages(tx, &messages)?;
        Ok(messages.into_iter().zip(files).filter_map(|(message, files)| Some((message, files.into_iter().next()?))).collect())
    };
    line.world.desk.look(find).await.unwrap()
}

pub(super) async fn fetched(line: &Line) -> usize {
    fetch_files(&line.world.desk, line.wire.as_ref()).await.unwrap()
}

fn kept(file: &MessageFile) -> &Kept {
    let FileState::Kept(kept) = &file.state else { panic!("{:?}", file.state) };
    kept
}

pub(super) async fn bytes(response: Response) -> Vec<u8> {
    to_bytes(response.into_body(), 8 * 1024 * 1024).await.unwrap().to_vec()
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[test]
fn a_photo_is_fetched_kept_once_without_its_place_and_seen_in_the_thread() {
    told(async |world| {
        let (mut line, secret) = connected(world).await;
        let url = line.provider.stores("/cheek.jpg", Stored::Busy);
        sends(&line, &secret, ("mid.1", "image", &url)).await;
        let thread = format!("/inbox/{}", line.thread(ZOLTAN).await.id);
        assert!(line.owner.get(&thread).await.text().contains("is being fetched"));
        // the provider has troubles of its own: asked again, but not at once
        assert_eq!((fetched(&line).await, fetched(&line).await), (1, 0));
        assert!(line.owner.get(&thread).await.text().contains("is being fetched"), "nothing is lost meanwhile");
        line.provider.stores("/cheek.jpg", Stored::Leads("/moved.jpg".to_owned()));
        line.provider.stores("/moved.jpg", Stored::File(CHEEK.to_vec()));
        sends(&line, &secret, ("mid.2", "image", &url)).await;
        line.world.pass(std::time::Duration::from_secs(30));
        assert_eq!(fetched(&line).await, 2);

        let files = files(&line).await;
        assert_eq!(kept(&files[0].1), kept(&files[1].1), "the same photo is kept once");
        assert_eq!((kept(&files[0].1).file_type, kept(&files[0].1).size), (FileType::Jpeg, Some((64, 96))), "upright");
        assert_eq!(files[0].1.name, "cheek.jpg");

        let page = line.owner.get(&thread).await;
        let href = format!("/messages/{}/files/0", files[0].0);
        assert!(page.all(".picture", "href").contains(&href) && page.all(".picture img", "src").contains(&format!("{href}/preview")));
        assert_eq!(page.all(".picture img", "alt"), ["cheek.jpg", "cheek.jpg"]);
        let picture = line.owner.listen(&href).await;
        assert_eq!((header(&picture, "content-type"), header(&picture, "x-content-type-options")), ("image/jpeg", "nosniff"));
        assert!(
            header(&picture, "cache-control").starts_with("private") && header(&picture, "content-security-policy").contains("sandbox")
        );
        let seen = bytes(picture).await;
        assert!(CHEEK.windows(10).any(|ten| ten == b"2026:11:23"));
        assert!(!seen.windows(10).any(|ten| ten == b"2026:11:23") && !seen.windows(4).any(|four| four == b"Exif"));
        assert_eq!(FileType::of(&bytes(line.owner.listen(&format!("{href}/preview")).await).await), FileType::Jpeg);

        // for everybody else there is none
        let mut stranger = line.owner.clone();
        for (who, status) in [(nobody(&line), 303), (elsewhere(&line).await, 404)] {
            stranger.clone_from(&who);
            for path in [href.clone(), format!("{href}/preview")] {
                assert_eq!(stranger.listen(&path).await.status().as_u16(), status, "{path}");
            }
        }
        for path in ["/messages/msg_00000000000000000000000000/files/0".to_owned(), href.replace("/files/0", "/files/1")] {
            assert_eq!(line.owner.listen(&path).await.status().as_u16(), 404);
        }
    });
}

pub(super) fn nobody(line: &Line) -> Browser {
    Browser::at(line.world.router())
}

/// Somebody who works in another clinic of the same house.
async fn elsewhere(line: &Line) -> Browser {
    let token = line.world.desk.chance().token();
    let (hash, kata, clinic) = (desk::token_hash(&token), line.world.people.kata, line.world.people.clinic.clone());
    let done = line.world.desk.act(Actor::Program, Origin::Program, move |act| {
        let (other, id) = (ClinicId::new(act.now, &mut act.chance), StaffId::new(act.now, &mut act.chance));
        store::clinics::save_clinic(act.tx, &clinic::clinics::Clinic { id: other, ..clinic.clone() })?;
        let kata = store::staff::find(act.tx, kata)?.expect("Kata works here");
        let email = Some("there@mosoly.example".to_owned());
        store::staff::save(act.tx, &StaffMember { id, clinic: other, email, role: Role::Owner, ..kata })?;
        let session = SessionId::new(act.now, &mut act.chance);
        let (created_at, expires_at) = (act.now, act.now + std::time::Duration::from_hours(12));
        Ok(store::staff::add_session(act.tx, &hash, NewSession { id: session, staff: id, created_at, expires_at })?)
    });
    done.await.unwrap();
    Browser::signed_in(line.world.router(), token)
}

#[test]
fn what_would_do_harm_is_not_fetched_not_unfolded_and_not_opened() {
    told(async |world| {
        let (mut line, secret) = connected(world).await;
        let ear = Provider::open(|_| Some(json!({}))).await;
        let mut vast = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\xEA\x60\0\0\xEA\x60\x08\x02\0\0\0".to_vec();
        vast.extend([0; 64]);
        let page = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
        let at = |path: &str, stored| line.provider.stores(path, stored);
        let hostile = [
            (format!("{}/cheek.jpg", ear.url), Err(WhyLost::Elsewhere)),
            ("http://169.254.169.254/latest/meta-data/".to_owned(), Err(WhyLost::Elsewhere)),
            (at("/leads-in", Stored::Leads("http://10.0.0.1/cheek.jpg".to_owned())), Err(WhyLost::Elsewhere)),
            (at("/leads-away", Stored::Leads(format!("{}/cheek.jpg", ear.url))), Err(WhyLost::Elsewhere)),
            (at("/leads-round", Stored::Leads("/leads-round".to_owned())), Err(WhyLost::Gone)),
            (format!("{}/forgotten", line.provider.url), Err(WhyLost::Gone)),
            (at("/large", Stored::File(vec![0; 25_000_001])), Err(WhyLost::TooLarge)),
            (at("/vast.png", Stored::File(vast)), Err(WhyLost::Unreadable)),
            (at("/program.jpg", Stored::File(b"MZ\x90\0program".to_vec())), Err(WhyLost::Program)),
            (at("/page.jpg", Stored::File(page.to_vec())), Ok(FileType::Unknown)),
        ];
        for (place, (url, _)) in hostile.iter().enumerate() {
            sends(&line, &secret, (&format!("mid.{place}"), "image", url)).await;
        }
        while fetched(&line).await > 0 {}
        let files = files(&line).await;
        for ((message, file), (url, expected)) in files.iter().zip(&hostile) {
            let became = match &file.state {
                FileState::Kept(kept) => Ok(kept.file_type),
                FileState::Lost(why) => Err(*why),
                FileState::Waiting { .. } => panic!("{url} still waits for {message}"),
            };
            assert_eq!(became, *expected, "{url}");
        }
        assert_eq!((files.len(), ear.calls("").len()), (hostile.len(), 0), "no machine but the provider's is ever asked");

        let thread = format!("/inbox/{}", line.thread(ZOLTAN).await.id);
        let page = line.owner.get(&thread).await;
        assert_eq!((page.all(".picture", "href").len(), page.texts(".lost").len()), (0, hostile.len() - 1));
        let named = page.all(".paper", "href").pop().unwrap();
        let page = line.owner.listen(&named).await;
        assert_eq!(header(&page, "content-type"), "application/octet-stream");
        assert!(header(&page, "content-disposition").starts_with("attachment;"));
        assert!(header(&page, "content-security-policy").starts_with("sandbox;"));
        assert_eq!(header(&page, "x-content-type-options"), "nosniff");
    });
}

/// The composer, sent as a browser sends it.
pub(super) async fn replies(line: &mut Line, thread: ConversationId, (text, name, content): (&str, &str, &[u8])) -> Page {
    replies_with(line, thread, (text, &[(name, content)])).await
}

async fn replies_with(line: &mut Line, thread: ConversationId, (text, files): (&str, &[(&str, &[u8])])) -> Page {
    let open = line.owner.get(&format!("/inbox/{thread}")).await;
    let field = |name: &str| open.all(&format!("input[name={name}]"), "value").pop().unwrap_or_default();
    let seam = "----seam7MA4YWxk";
    let mut body = Vec::new();
    for (name, value) in [("csrf", field("csrf")), ("seen", field("seen")), ("text", text.to_owned())] {
        body.extend(format!("--{seam}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    for (name, content) in files {
        let named = format!("Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"");
        body.extend(format!("--{seam}\r\n{named}\r\nContent-Type: image/png\r\n\r\n").bytes());
        body.extend(*content);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{seam}--\r\n").bytes());
    let mut browser = line.owner.clone();
    browser.headers.push(("content-type", format!("multipart/form-data; boundary={seam}")));
    browser.ask(Method::POST, &format!("/inbox/{thread}/reply"), Body::from(body)).await
}

#[test]
fn a_file_beside_an_answer_reaches_the_provider_and_only_the_letter_can_stand_in_doubt() {
    told(async |world| {
        let (mut line, thread) = asked(world).await;

        let page = replies(&mut line, thread, (ANSWER, "scan.jpg", CHEEK)).await;
        assert_eq!(page.status.as_u16(), 303, "{}", page.text());
        line.goes().await;
        assert_eq!(line.provider.last("/uploads").query, "type=image");
        let taken = line.provider.last("/taken");
        assert!(taken.body.contains("filename=\"scan.jpg\"") && !taken.body.contains("2026:11:23"), "without its place");
        assert!(!taken.headers.contains_key("authorization"), "the token is shown to the provider's own address alone");
        let sent = line.provider.last("/messages").json();
        assert_eq!((sent["text"].as_str(), &sent["attachments"][0]["payload"]["token"]), (Some(ANSWER), &json!("token-of-the-picture")));
        let shown = line.owner.get(&format!("/inbox/{thread}")).await;
        assert_eq!(shown.all(".msg.out .picture img", "alt"), ["scan.jpg"]);

        // the provider takes no file now: nothing has left, so it goes later, and only once
        let before = line.provider.calls("/messages").len();
        line.provider.answers_once(500, "");
        assert_eq!(replies(&mut line, thread, ("", "plan.pdf", PLAN)).await.status.as_u16(), 303);
        line.dispatcher.round().await.unwrap();
        line.dispatcher.finish().await;
        assert_eq!(line.provider.calls("/messages").len(), before);
        line.world.pass(std::time::Duration::from_mins(2));
        line.goes().await;
        assert_eq!(line.provider.calls("/messages").len(), before + 1);
        assert_eq!(
            line.provider.last("/messages").json()["attachments"][0],
            json!({ "type": "file", "payload": { "token": "token-of-the-file" } })
        );

        let list = line.owner.get("/inbox?tab=all").await;
        assert_eq!(list.texts(".thread-row .preview"), ["Document"], "an answer without words stands there by its kind");

        for (name, content, said) in [
            ("page.png", &b"<html><script>alert(1)</script>"[..], "Only pictures"),
            ("broken.png", b"\x89PNG\r\n\x1A\nno picture", "damaged"),
            ("", b"", "Please write something first"),
        ] {
            let page = replies(&mut line, thread, ("", name, content)).await;
            assert_eq!(page.status.as_u16(), 422, "{name}");
            assert!(page.texts(".composer .refusal").join(" ").contains(said), "{name}: {}", page.text());
        }
        let large = vec![b'%'; 10_000_001];
        let page = replies(&mut line, thread, ("See", "large.pdf", &large)).await;
        assert!(page.texts(".composer .refusal").join(" ").contains("at most 10 MB"), "{} {}", page.status, page.text());
        assert_eq!(page.texts("#composer-text"), ["See"], "what was typed stays");
        assert_eq!(line.provider.calls("/messages").len(), before + 1);
    });
}

#[test]
fn several_files_beside_an_answer_go_one_after_another_or_none_of_them_does() {
    told(async |world| {
        let (mut line, thread) = asked(world).await;
        let before = line.provider.calls("/messages").len();
        let many = [("a.pdf", PLAN); 11];
        let large = [b"%PDF-1.7", vec![b' '; 8_000_000].as_slice()].concat();
        for (files, said) in [
            (&many[..], "At most 10 files"),
            (&[("a.pdf", large.as_slice()), ("b.pdf", &large)], "more than 15 MB together"),
            (&[("a.pdf", PLAN), ("page.png", b"<html>")], "Only pictures"),
        ] {
            let page = replies_with(&mut line, thread, ("See", files)).await;
            assert!(page.status == 422 && page.texts(".composer .refusal").join(" ").contains(said), "{said}: {}", page.text());
            assert_eq!(page.texts("#composer-text"), ["See"], "what was typed stays");
        }
        line.goes().await;
        assert_eq!(line.provider.calls("/messages").len(), before, "nothing of it has gone");

        let page = replies_with(&mut line, thread, (ANSWER, &[("scan.jpg", CHEEK), ("plan.pdf", PLAN)])).await;
        assert_eq!(page.status.as_u16(), 303, "{}", page.text());
        // one letter in so long to one patient
        for _ in 0..3 {
            line.goes().await;
            line.world.pass(std::time::Duration::from_secs(2));
        }
        let sent: Vec<Value> = line.provider.calls("/messages").into_iter().skip(before).map(|seen| seen.json()).collect();
        let kinds: Vec<_> =
            sent.iter().map(|sent| (sent["text"].as_str().unwrap_or_default(), sent["attachments"][0]["type"].as_str())).collect();
        assert_eq!(kinds, [(ANSWER, Some("image")), ("", Some("file"))]);
        let shown = line.owner.get(&format!("/inbox/{thread}")).await;
        assert_eq!((shown.all(".msg.out .picture", "href").len(), shown.all(".msg.out .paper", "href").len()), (1, 1));
    });
}
