//! Asterisk over a kept line: the manager interface and the REST interface with its WebSocket, each against a small exchange on
//! loopback that speaks as the real one is documented to. It rings, is asked to ring, hangs up in between, and does not let in.

use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clinic::actors::Channel;
use desk::loops::poll_once;
use serde_json::json;
use sha1::{Digest, Sha1};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::provider::Provider;
use super::{Line, filled_in};
use crate::world::told;

/// The exchange's end: what it hears, and the connection over which it tells.
struct Exchange {
    port: u16,
    heard: Arc<Mutex<String>>,
    tells: tokio::sync::mpsc::UnboundedSender<Vec<u8>>,
}

#[derive(Clone, Copy, PartialEq)]
enum Speaks {
    Ami,
    Ari,
}

impl Exchange {
    async fn open(speaks: Speaks) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (tells, mut telling) = tokio::sync::mpsc::unbounded_channel::<Vec<u8>>();
        let heard = Arc::<Mutex<String>>::default();
        let kept = Arc::clone(&heard);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                talk(stream, speaks, (&kept, &mut telling)).await;
            }
        });
        Self { port, heard, tells }
    }

    fn tells(&self, octets: impl Into<Vec<u8>>) {
        self.tells.send(octets.into()).unwrap();
    }

    fn hangs_up(&self) {
        self.tells(Vec::new());
    }

    fn heard(&self) -> String {
        self.heard.lock().unwrap().clone()
    }
}

/// One connection, until it is told to hang up.
async fn talk(
    mut stream: TcpStream,
    speaks: Speaks,
    (heard, telling): (&Mutex<String>, &mut tokio::sync::mpsc::UnboundedReceiver<Vec<u8>>),
) {
    if speaks == Speaks::Ami {
        stream.write_all(b"Asterisk Call Manager/9.0.0\r\n").await.unwrap();
    }
    let (mut octets, mut read) = (vec![0; 4096], String::new());
    let mut is_in = false;
    loop {
        tokio::select! {
            count = stream.read(&mut octets) => {
                let Ok(count @ 1..) = count else { return };
                read.push_str(&String::from_utf8_lossy(&octets[..count]));
                while let Some((block, rest)) = read.clone().split_once("\r\n\r\n") {
                    heard.lock().unwrap().extend([block, "\n\n"]);
                    read = rest.to_owned();
                    let answer = if speaks == Speaks::Ami { manager(block) } else { upgrade(block) };
                    stream.write_all(answer.as_bytes()).await.unwrap();
                    is_in |= answer.contains("accepted") || answer.contains(" 101 ");
                }
            }
            told = telling.recv(), if is_in => {
                let Some(told) = told.filter(|told| !told.is_empty()) else { return };
                stream.write_all(&told).await.unwrap();
            }
        }
    }
}

fn manager(block: &str) -> String {
    let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(&format!("{name}: "))).unwrap_or_default().to_owned();
    let (action, id) = (field("Action"), field("ActionID"));
    match action.as_str() {
        "Challenge" => "Response: Success\r\nActionID: challenge\r\nChallenge: 512834097\r\n\r\n".to_owned(),
        // md5 of the challenge and 's3cret', made elsewhere
        "Login" if field("Username") == "clinic" && field("Key") == "6d24e8521804d43e52f2b26929e187ca" => {
            "Response: Success\r\nMessage: Authentication accepted\r\n\r\nEvent: FullyBooted\r\nStatus: Fully Booted\r\n\r\n".to_owned()
        }
        "Login" => "Response: Error\r\nMessage: Authentication failed\r\n\r\n".to_owned(),
        "Originate" => format!("Response: Success\r\nActionID: {id}\r\nMessage: Originate successfully queued\r\n\r\n"),
        _ => "Response: Success\r\nPing: Pong\r\n\r\n".to_owned(),
    }
}

fn upgrade(head: &str) -> String {
    let proof = format!("Authorization: Basic {}", STANDARD.encode("clinic:s3cret"));
    if !head.starts_with("GET /ari/events?app=caredesk") || !head.contains(&proof) {
        return "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n".to_owned();
    }
    let key = head.lines().find_map(|line| line.strip_prefix("Sec-WebSocket-Key: ")).unwrap_or_default();
    let accept = STANDARD.encode(Sha1::digest(format!("{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
    format!("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n")
}

fn event(name: &str, more: &str) -> String {
    format!(
        "Event: {name}\r\nCallerIDNum: +36301234567\r\nExten: 3612345678\r\nContext: from-trunk\r\n{more}Uniqueid: 17.1\r\nLinkedid: 17.1\r\n\r\n"
    )
}

/// A text frame as a server writes it.
fn frame(event: &serde_json::Value) -> Vec<u8> {
    let text = event.to_string();
    let length = u16::try_from(text.len()).unwrap();
    [vec![0x81, 126], length.to_be_bytes().to_vec(), text.into_bytes()].concat()
}

fn channel(state: &str) -> serde_json::Value {
    let plan = json!({ "context": "from-trunk", "exten": "3612345678" });
    json!({ "id": "17.1", "state": state, "caller": { "number": "+36301234567" }, "dialplan": plan })
}

async fn seen(line: &mut Line) -> String {
    line.owner.get("/calls/ringing").await.text()
}

async fn listens(line: &Line) {
    poll_once(&line.world.desk, &*line.wire, line.account).await.unwrap();
}

#[test]
fn over_the_manager_interface_who_rings_is_seen_and_the_desk_rings_up() {
    told(async |world| {
        let vera = world.people.vera;
        let exchange = Exchange::open(Speaks::Ami).await;
        let port = exchange.port.to_string();
        let fields = [
            ("provider", "ami"),
            ("host", "127.0.0.1"),
            ("port", &port),
            ("security", "none"),
            ("user", "clinic"),
            ("key", "s3cret"),
            ("extension", "101"),
        ];
        let mut line = Line::connected(world, Channel::Telephone, Provider::open(|_| None).await, &fields).await;
        assert!(!exchange.heard().contains("s3cret"));
        exchange.tells(event("Newchannel", "ChannelState: 4\r\n"));
        listens(&line).await;
        assert!(seen(&mut line).await.contains("Vera"));
        // the line breaks, and what is told afterwards is heard on the next one
        exchange.hangs_up();
        listens(&line).await;
        exchange.tells(event("Hangup", "Cause: 16\r\n"));
        while seen(&mut line).await.contains("Vera") {
            listens(&line).await;
        }
        assert_eq!(line.world.tasks().await, "call Vera: task-reason-missed-call");

        let rung =
            filled_in(&mut line.owner, "/settings/me", "/calls/ring", &[("patient", &vera.to_string()), ("to", "+36301234567")]).await;
        assert!(rung.leads_to().contains("done=rings"), "{}", rung.leads_to());
        let heard = exchange.heard();
        assert!(heard.contains("Channel: PJSIP/101\r\nExten: 36301234567\r\nContext: from-internal"), "{heard}");
    });
}

#[test]
fn over_the_rest_interface_events_come_through_a_websocket() {
    told(async |world| {
        let exchange = Exchange::open(Speaks::Ari).await;
        let provider = Provider::open(|seen| (seen.path == "/ari/asterisk/info").then(|| json!({ "system": {} }))).await;
        let server = format!("http://127.0.0.1:{}", exchange.port);
        let fields = [("provider", "ari"), ("server", server.as_str()), ("user", "clinic"), ("key", "s3cret")];
        let mut line = Line::connected(world, Channel::Telephone, provider, &fields).await;
        exchange.tells(frame(&json!({ "type": "ChannelCreated", "channel": channel("Ring") })));
        listens(&line).await;
        assert!(seen(&mut line).await.contains("Vera"));
        exchange.tells(frame(
            &json!({ "type": "Dial", "dialstatus": "ANSWER", "caller": channel("Ring"), "peer": { "caller": { "number": "101" } } }),
        ));
        while seen(&mut line).await.contains("Vera") {
            listens(&line).await;
        }
        exchange.tells(frame(&json!({ "type": "ChannelDestroyed", "cause": 16, "channel": channel("Up") })));
        listens(&line).await;
        assert_eq!(line.world.tasks().await, "");
        let vera = line.world.people.vera;
        let card = line.owner.get(&format!("/patients/{vera}")).await.text();
        assert!(card.contains("Incoming call") && card.contains("101"), "{card}");
    });
}

#[test]
fn an_exchange_that_does_not_let_us_in_is_not_connected_and_one_that_goes_is_out_of_order() {
    told(async |world| {
        let exchange = Exchange::open(Speaks::Ami).await;
        let port = exchange.port.to_string();
        let fields = |key: &'static str| {
            [("provider", "ami"), ("host", "127.0.0.1"), ("port", port.as_str()), ("security", "none"), ("user", "clinic"), ("key", key)]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into()
        };
        let wire = desk::wire::Network::new();
        let clinic = world.people.clinic.id;
        let owner = clinic::actors::Actor::Staff { id: world.people.kata, role: clinic::staff::Role::Owner };
        let new = |key| desk::NewAccount { clinic, channel: Channel::Telephone, account: None, typed: fields(key), public_url: None };
        let refused = desk::connect_channel(&world.desk, &wire, owner, new("wrong")).await;
        assert!(matches!(refused, Err(desk::NotConnected::Provider(desk::Trouble::Unauthorized))), "{refused:?}");
        let other = desk::wire::Network::new();
        let account = desk::connect_channel(&world.desk, &other, owner, new("s3cret")).await.unwrap();
        let desk = world.desk.clone();
        let broken = async || {
            let looking = desk.clone();
            desk.look(move |tx, now| looking.health(tx, now)).await.unwrap().broken.len()
        };
        assert_eq!(broken().await, 0);
        // nobody is there any more: a port that nobody listens on
        let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port().to_string();
        let moved = move |act: &mut desk::Act<'_, '_>| {
            let mut account = store::accounts::find(act.tx, account)?.expect("connected above");
            account.settings.insert("port".to_owned(), kernel::Secret::new(gone.clone()));
            Ok(store::accounts::save(act.tx, &account)?)
        };
        world.desk.act(clinic::actors::Actor::Program, clinic::actors::Origin::Program, moved).await.unwrap();
        assert!(poll_once(&world.desk, &other, account).await.unwrap().is_some());
        world.pass(std::time::Duration::from_mins(2));
        assert_eq!(broken().await, 1);
    });
}
