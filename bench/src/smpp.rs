//! Text messages over one line to an SMS centre, each with its receipt: submitted, named, reported and acknowledged. The centre
//! stands in this program and takes what it is given at once.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, ensure};
use channels::smpp::{Command, Frame, Party, Role, ShortMessage, Unit};
use channels::{Answer, Binding, Centre, CentreAnswer, CentreLetter, Errand, Letter, Security};
use desk::wire::{Network, Wire};
use futures_util::StreamExt;
use futures_util::stream;
use kernel::Secret;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::stopwatch::{Stopwatch, a_second};
use crate::table::Line;

const MESSAGES: usize = 30_000;
/// Waiting for their answers at any time.
const AT_ONCE: usize = 400;

pub async fn measure() -> anyhow::Result<Line> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let port = listener.local_addr()?.port();
    let serving = tokio::spawn(async move {
        let (stream, _) = listener.accept().await?;
        serve(stream).await
    });
    let network = Arc::new(Network::new());
    let watch = Stopwatch::start();
    let heard = tokio::spawn(receipts(Arc::clone(&network), port));
    let sent = stream::iter(0..MESSAGES).map(|number| submit(Arc::clone(&network), port, number)).buffer_unordered(AT_ONCE);
    let taken = sent.filter(|is_taken| std::future::ready(*is_taken)).count().await;
    ensure!(taken == MESSAGES, "{} of {MESSAGES} were not taken", MESSAGES - taken);
    heard.await.context("the listener")??;
    let took = watch.read();
    serving.abort();
    Ok(Line {
        what: format!("{MESSAGES} text messages over one line, each with its receipt"),
        required: "4,000/s".to_owned(),
        measured: format!("{:.0}/s", a_second(MESSAGES, took)),
        limit: "10,000/s by contract".to_owned(),
    })
}

fn letter(port: u16, errand: Errand) -> Letter {
    let centre = Centre {
        host: "127.0.0.1".to_owned(),
        port,
        security: Security::None,
        user: "clinic".to_owned(),
        password: Secret::new("secret"),
        kind: String::new(),
        window: AT_ONCE,
        rate: 10_000,
        binding: Binding::One,
    };
    Letter::Centre(CentreLetter { centre, errand, patience: Duration::from_secs(20) })
}

async fn submit(network: Arc<Network>, port: u16, number: usize) -> bool {
    let to = Party { kind: 1, plan: 1, number: "36301234567".to_owned() };
    let from = Party { kind: 5, plan: 0, number: "Clinic".to_owned() };
    let text = format!("We expect you tomorrow at 10:30. Number {number}").into_bytes();
    let message = ShortMessage { from, to, receipt: 1, text, ..ShortMessage::default() };
    let answer = network.carry(&letter(port, Errand::Submit { ours: number.to_string(), message })).await;
    matches!(answer, Answer::Centre(CentreAnswer::Taken { .. }))
}

/// Until each message has been reported on.
async fn receipts(network: Arc<Network>, port: u16) -> anyhow::Result<()> {
    let (mut heard, mut taken) = (0, String::new());
    while heard < MESSAGES {
        match network.carry(&letter(port, Errand::Listen { taken: taken.clone() })).await {
            Answer::Centre(CentreAnswer::Heard { batch, messages, .. }) => {
                ensure!(messages.iter().all(|heard| heard.ours.is_some()), "a receipt of a message that nobody sent");
                heard += messages.len();
                taken = batch;
            }
            other => anyhow::bail!("the line does not stand: {other:?}"),
        }
    }
    Ok(())
}

async fn serve(mut stream: TcpStream) -> anyhow::Result<()> {
    let (mut octets, mut out, mut number) = (Vec::new(), Vec::new(), 0_u32);
    loop {
        if stream.read_buf(&mut octets).await? == 0 {
            return Ok(());
        }
        while let Some(frame) = Frame::cut(&mut octets)? {
            let Unit { sequence, command, .. } = frame.read()?;
            let mut says = |command: Command| out.extend(Unit::asking(sequence, command).write());
            match command {
                Command::Bind { .. } => says(Command::BindAnswer { role: Role::Transceiver, centre: "bench".to_owned() }),
                Command::EnquireLink => says(Command::EnquireLinkAnswer),
                Command::Submit(message) => {
                    number += 1;
                    says(Command::SubmitAnswer { id: format!("{number:08X}"), congestion: 0 });
                    let text =
                        format!("id:{number} sub:001 dlvrd:001 submit date:2611231015 done date:2611231016 stat:DELIVRD err:000 text:");
                    let receipt =
                        ShortMessage { from: message.to, to: message.from, class: 4, text: text.into_bytes(), ..ShortMessage::default() };
                    out.extend(Unit::asking(number, Command::Deliver(receipt)).write());
                }
                Command::BindAnswer { .. }
                | Command::SubmitAnswer { .. }
                | Command::Deliver(_)
                | Command::DeliverAnswer
                | Command::Unbind
                | Command::UnbindAnswer
                | Command::EnquireLinkAnswer
                | Command::Nack
                | Command::Other { .. } => {}
            }
        }
        stream.write_all(&out).await?;
        out.clear();
    }
}
