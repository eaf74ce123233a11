//! Lines to a centre: what is known to have left, what is not, and what is heard until it is stored.

use std::time::Duration;

use channels::smpp::{Command, Frame, Party, Role, ShortMessage, Unit};
use channels::{Answer, Binding, Centre, CentreAnswer, CentreLetter, Errand, Letter, NotSent, Security};
use kernel::Secret;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{acceptor, closed_port, network, peer};
use crate::wire::{Network, Wire};

fn letter(port: u16, security: Security, errand: Errand) -> Letter {
    let (host, user, password, kind) = ("localhost".to_owned(), "clinic7".to_owned(), Secret::new("pass"), String::new());
    let centre = Centre { host, port, security, user, password, kind, window: 10, rate: 1_000, binding: Binding::One };
    Letter::Centre(CentreLetter { centre, errand, patience: Duration::from_secs(10) })
}

fn message(text: &str) -> ShortMessage {
    let to = Party { kind: 1, plan: 1, number: "36301234567".to_owned() };
    ShortMessage { to: to.clone(), from: to, text: text.as_bytes().to_vec(), ..ShortMessage::default() }
}

fn submit(port: u16, security: Security) -> Letter {
    letter(port, security, Errand::Submit { ours: "msg_1".to_owned(), message: message("Tomorrow") })
}

fn listen(port: u16, taken: &str) -> Letter {
    letter(port, Security::None, Errand::Listen { taken: taken.to_owned() })
}

/// The centre's end of a connection.
struct Ear<S> {
    stream: S,
    octets: Vec<u8>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Ear<S> {
    fn over(stream: S) -> Self {
        Self { stream, octets: Vec::new() }
    }

    async fn hears(&mut self) -> Unit {
        loop {
            if let Some(frame) = Frame::cut(&mut self.octets).unwrap() {
                return frame.read().unwrap();
            }
            assert_ne!(self.stream.read_buf(&mut self.octets).await.unwrap(), 0, "the line ends early");
        }
    }

    async fn says(&mut self, status: u32, sequence: u32, command: Command) {
        self.stream.write_all(&Unit { status, sequence, command }.write()).await.unwrap();
        self.stream.flush().await.unwrap();
    }

    async fn lets_in(&mut self, status: u32) {
        let Unit { sequence, command, .. } = self.hears().await;
        assert!(matches!(command, Command::Bind { role: Role::Transceiver, bind } if bind.user == "clinic7" && bind.password == "pass"));
        self.says(status, sequence, Command::BindAnswer { role: Role::Transceiver, centre: "SMSC01".to_owned() }).await;
    }

    async fn takes(&mut self, id: &str) {
        let Unit { sequence, command, .. } = self.hears().await;
        assert!(matches!(command, Command::Submit(submitted) if submitted.text == b"Tomorrow"));
        self.says(0, sequence, Command::SubmitAnswer { id: id.to_owned(), congestion: 0 }).await;
    }
}

#[tokio::test]
async fn many_messages_go_over_one_line_and_each_is_named() {
    let (port, served) = peer(async |stream: TcpStream| {
        let mut ear = Ear::over(stream);
        ear.lets_in(0).await;
        for id in ["7B3F00A1", "7B3F00A2", "7B3F00A3"] {
            ear.takes(id).await;
        }
    })
    .await;
    let network = network();
    assert_eq!(format!("{:?}", network.carry(&letter(port, Security::None, Errand::Check)).await), "Centre(Bound)");
    for id in ["7B3F00A1", "7B3F00A2", "7B3F00A3"] {
        let taken = Answer::Centre(CentreAnswer::Taken { id: id.to_owned() });
        assert!(network.carry(&submit(port, Security::None)).await == taken);
    }
    served.await.unwrap();
}

/// What becomes of a message at a centre that does this and hangs up.
async fn met<F: Future<Output = ()> + Send>(serve: impl FnOnce(Ear<TcpStream>) -> F + Send + 'static) -> Answer {
    let (port, _served) = peer(async move |stream: TcpStream| serve(Ear::over(stream)).await).await;
    network().carry(&submit(port, Security::None)).await
}

#[tokio::test]
async fn what_has_left_without_an_answer_is_doubt_and_what_has_not_left_is_none() {
    let interrupted = Answer::NotSent(NotSent::Interrupted);
    assert_eq!(met(async |_| ()).await, interrupted);
    assert_eq!(met(async |mut ear| drop(ear.hears().await)).await, interrupted);
    let kept_out = met(async |mut ear| ear.lets_in(0x0E).await).await;
    assert!(kept_out == Answer::Centre(CentreAnswer::NotBound { status: 0x0E }));
    let hears_and_hangs_up = async |mut ear: Ear<TcpStream>| {
        ear.lets_in(0).await;
        drop(ear.hears().await);
    };
    assert_eq!(met(hears_and_hangs_up).await, Answer::Broken);
    let refuses = async |mut ear: Ear<TcpStream>| {
        ear.lets_in(0).await;
        let sequence = ear.hears().await.sequence;
        ear.says(0x58, sequence, Command::SubmitAnswer { id: String::new(), congestion: 0 }).await;
        // the line stands until the other side has read it
        drop(ear.stream.read_buf(&mut ear.octets).await);
    };
    assert!(met(refuses).await == Answer::Centre(CentreAnswer::Refused { status: 0x58 }));
    assert_eq!(network().carry(&submit(closed_port().await, Security::None)).await, Answer::NotSent(NotSent::Refused));
}

#[tokio::test]
async fn a_line_is_kept_unreadable_where_that_is_asked_for() {
    let (port, _served) = peer(async |stream: TcpStream| {
        let mut ear = Ear::over(acceptor().accept(stream).await.unwrap());
        ear.lets_in(0).await;
        ear.takes("17").await;
        drop(ear.stream.read_buf(&mut ear.octets).await);
    })
    .await;
    assert!(network().carry(&submit(port, Security::Tls)).await == Answer::Centre(CentreAnswer::Taken { id: "17".to_owned() }));
    let (port, _served) = peer(async |mut stream: TcpStream| drop(stream.write_all(b"readable").await)).await;
    assert_eq!(network().carry(&submit(port, Security::Tls)).await, Answer::NotSent(NotSent::Tls));
}

async fn heard(network: &Network, port: u16, taken: &str) -> (String, bool, Vec<String>) {
    let Answer::Centre(CentreAnswer::Heard { batch, stored, messages }) = network.carry(&listen(port, taken)).await else {
        panic!("something is heard")
    };
    (batch, stored, messages.iter().map(|heard| String::from_utf8(heard.message.text.clone()).unwrap()).collect())
}

#[tokio::test]
async fn what_is_heard_is_acknowledged_once_it_is_stored_and_handed_out_until_then() {
    let (port, served) = peer(async |stream: TcpStream| {
        let mut ear = Ear::over(stream);
        ear.lets_in(0).await;
        ear.says(0, 900, Command::Deliver(message("yes"))).await;
        let stored = ear.hears().await;
        ear.says(0, 901, Command::Deliver(message("no"))).await;
        (stored, ear)
    })
    .await;
    let network = network();
    let (first, stored, words) = heard(&network, port, "").await;
    assert_eq!((stored, words), (false, vec!["yes".to_owned()]));
    // it could not be stored: the same again, under the same name
    assert_eq!(heard(&network, port, "another").await, (first.clone(), false, vec!["yes".to_owned()]));
    let (second, stored, words) = heard(&network, port, &first).await;
    assert_eq!((stored, words, second == first), (true, vec!["no".to_owned()], false));
    let (answer, _line) = served.await.unwrap();
    assert!(answer == Unit { status: 0, sequence: 900, command: Command::DeliverAnswer });
}

#[tokio::test]
async fn a_receipt_that_is_faster_than_our_books_names_our_message() {
    let (port, _served) = peer(async |stream: TcpStream| {
        let mut ear = Ear::over(stream);
        ear.lets_in(0).await;
        ear.takes("7B3F00A1").await;
        let receipt = ShortMessage { class: 4, ..message("id:2067726497 stat:DELIVRD err:000") };
        ear.says(0, 900, Command::Deliver(receipt)).await;
        drop(ear.stream.read_buf(&mut ear.octets).await);
    })
    .await;
    let network = network();
    drop(network.carry(&submit(port, Security::None)).await);
    let Answer::Centre(CentreAnswer::Heard { messages, .. }) = network.carry(&listen(port, "")).await else { panic!("a receipt") };
    assert_eq!(messages[0].ours.as_deref(), Some("msg_1"));
}

#[tokio::test]
async fn t_f4_a_centre_inside_of_the_clinic_is_not_spoken_to() {
    let closed = closed_port().await;
    for host in ["trap.example", "metadata.example", "10.0.0.1"] {
        let Letter::Centre(mut inside) = submit(closed, Security::None) else { panic!("to a centre") };
        host.clone_into(&mut inside.centre.host);
        assert_eq!(network().carry(&Letter::Centre(inside)).await, Answer::NotSent(NotSent::Unreachable), "{host}");
    }
}
