//! Runs the desk: its pages, its hooks and its loops, or one part of it, until it is told to stop.

use std::fs::DirBuilder;
use std::net::SocketAddr;
use std::os::unix::fs::DirBuilderExt;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use axum::middleware::from_fn_with_state;
use desk::wire::{Network, Wire};
use desk::{Desk, Parts};
use kernel::{Chance, Clock, Secret};
use store::{Place, Store};
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;

use crate::clock::WallClock;
use crate::config::Config;
use crate::{clocks, door, entropy, peers};

/// Pages that are still being answered have so long; a page that only listens is cut off.
const LAST_ANSWERS_WITHIN: Duration = Duration::from_secs(5);

/// Which part of the desk this program is. Without a word it is all of it.
#[derive(clap::Args)]
pub struct Serve {
    /// Answers browsers, patients and providers
    #[arg(long)]
    web: bool,
    /// Turns the loops: sends what is due, leads runs on, fetches messages
    #[arg(long)]
    work: bool,
}

impl Serve {
    fn answers(&self) -> bool {
        self.web || !self.work
    }

    fn works(&self) -> bool {
        self.work || !self.web
    }
}

pub async fn run(serve: &Serve, config: &Config) -> anyhow::Result<()> {
    let (desk, wire) = open(config).await?;
    clocks::agree(&desk).await?;
    let signals = Signals::hear()?;
    let listener = if serve.answers() {
        Some(TcpListener::bind(config.listen).await.with_context(|| format!("{} cannot be listened at", config.listen))?)
    } else {
        None
    };
    let minding = tokio::spawn(clocks::mind(desk.clone()));
    let (stop, stopped) = watch::channel(());
    let loops = serve.works().then(|| tokio::spawn(desk::loops::run(desk.clone(), Arc::clone(&wire), ending(stopped))));
    if let Some(listener) = listener {
        let address = listener.local_addr()?;
        let parts = web::Parts { desk: desk.clone(), wire, public_url: config.public_url.clone() };
        let pages = web::router(web::Site::new(parts)).layer(from_fn_with_state(config.trusted_proxies.clone().into(), peers::tell));
        announce(config, address, desk::set_up_code(&desk).await?);
        until_told(listener, pages, stop, signals).await?;
    } else {
        println!("Caredesk works as node {}", desk.node());
        signals.come().await;
        stop.send_replace(());
    }
    if let Some(loops) = loops {
        loops.await.context("the loops have ended badly")?;
    }
    minding.abort();
    desk.store().clone().close().await;
    tracing::info!("closed");
    Ok(())
}

/// Answers browsers until the program is told to stop; `stop` then tells everybody else.
pub(super) async fn until_told(listener: TcpListener, pages: Router, stop: watch::Sender<()>, signals: Signals) -> anyhow::Result<()> {
    let stopped = stop.subscribe();
    let served = door::keep(listener, pages, stopped.clone());
    let told = tokio::spawn(async move {
        signals.come().await;
        stop.send_replace(());
    });
    let cut_off = async {
        ending(stopped).await;
        tokio::time::sleep(LAST_ANSWERS_WITHIN).await;
    };
    tokio::select! {
        () = served => {}
        () = cut_off => {}
    }
    Ok(told.await?)
}

async fn ending(mut stopped: watch::Receiver<()>) {
    // told, or whoever could tell is gone
    let _told = stopped.changed().await;
}

/// The desk, as the configuration says.
pub(super) async fn open(config: &Config) -> anyhow::Result<(Desk, Arc<dyn Wire>)> {
    let place = config.place.place();
    if let Place::File(file) = &place
        && let Some(folder) = file.parent()
    {
        // what is in there is for nobody else on this machine
        let mut making = DirBuilder::new();
        making.recursive(true).mode(0o700).create(folder).with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    }
    let mut chance = entropy::chance()?;
    let store = Store::open(&place, WallClock.now().as_millis()).await.context("the database cannot be opened")?;
    let node = config.node.clone().unwrap_or_else(|| name_of_this_run(&place, &mut chance));
    let desk = Desk::new(Parts { store, clock: Arc::new(WallClock), chance, node });
    Ok((desk, Arc::new(Network::new())))
}

/// Two programs on one PostgreSQL must not take each other for themselves. On a file there is one: whoever starts next
/// knows at once that what is being sent was left behind.
fn name_of_this_run(place: &Place, chance: &mut Chance) -> String {
    if let Place::File(_) = place {
        return "here".to_owned();
    }
    let mut name = chance.token();
    name.truncate(8);
    name
}

fn announce(config: &Config, address: SocketAddr, code: Option<Secret>) {
    let here = if address.ip().is_unspecified() { format!("http://localhost:{}", address.port()) } else { format!("http://{address}") };
    let url = config.public_url.as_deref().unwrap_or(&here);
    println!("Caredesk listens at {here}");
    if let Some(code) = code {
        println!("Set it up, once, at {url}/set-up?code={}", code.expose());
    } else {
        println!("Sign in at {url}/");
    }
}

/// What tells the program to stop. Heard from the moment at which this is made: before anybody is told that the program runs,
/// so that whoever stops it in the next instant ends it in good order too.
pub(super) struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    pub(super) fn hear() -> anyhow::Result<Self> {
        let heard = |kind| signal(kind).context("the signals of the machine cannot be heard");
        Ok(Self { terminate: heard(SignalKind::terminate())?, interrupt: heard(SignalKind::interrupt())? })
    }

    async fn come(mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
