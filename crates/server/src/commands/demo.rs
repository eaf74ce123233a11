//! Opens a living clinic in a temporary folder, and prints the one address that signs in whoever opens it first.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::{Context, bail};
use axum::middleware::from_fn_with_state;
use caredesk::demo::furnishing::Wishes;
use caredesk::demo::keeper::Keeper;
use caredesk::demo::{self, Demo, PATIENTS};
use clap::Args;
use desk::wire::Wire;
use kernel::{Chance, Locale, Secret};
use store::{Place, Store};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use web::demo::{Entry, Progress, Remote, Website};

use super::serve::{Signals, until_told};
use crate::{entropy, peers};

const DATABASE: &str = "caredesk.db";
/// More than one visitor can ask for at once.
const COMMANDS: usize = 16;

#[derive(Args)]
pub struct Wanted {
    /// Where to listen on this machine; 0 takes a free port
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The same number makes the same clinic
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The language of the desk: en, ru, hu or fa. As this machine speaks, if nothing is said
    #[arg(long)]
    language: Option<Locale>,
    /// Keeps the clinic in this folder, which must be empty, when the demo is over
    #[arg(long)]
    keep: Option<PathBuf>,
}

/// Where the clinic lies while it is shown.
enum Folder {
    Kept(PathBuf),
    Passing(PathBuf),
}

pub async fn run(wanted: Wanted) -> anyhow::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, wanted.port)).await.context("the port cannot be listened at")?;
    let url = here(listener.local_addr()?);
    let mut chance = entropy::chance()?;
    let folder = Folder::make(wanted.keep, &chance.token())?;
    let shown = show(listener, url, (wanted.seed, wanted.language.unwrap_or_else(spoken_here)), (&folder, chance)).await;
    folder.leave();
    shown
}

async fn show(
    listener: TcpListener,
    url: String,
    (seed, locale): (u64, Locale),
    (folder, mut chance): (&Folder, Chance),
) -> anyhow::Result<()> {
    let (demo, store) = open(folder, demo::wishes(seed, locale, Some(url.clone()))).await?;

    let (asks, commands) = mpsc::channel(COMMANDS);
    let (progress, running) = (Progress::default(), Arc::new(AtomicBool::new(false)));
    let wire: Arc<dyn Wire> = Arc::clone(&demo.life.doorbell) as Arc<dyn Wire>;
    let parts = web::Parts { desk: demo.life.desk.clone(), wire, public_url: Some(url.clone()) };
    let site = web::Site::new(parts).of_demo(Arc::clone(&running));
    let word = Secret::new(chance.token());
    let session = demo.sign_in(Secret::new(chance.token())).await.context("nobody could be signed in")?;
    let entry = Entry::new(word.clone(), session);
    let beside = web::Beside {
        staff: web::demo::routes(Remote::new(asks, progress.clone())),
        visitors: web::demo::entrance(entry, Website(demo.premises.chat.id)),
    };
    let pages = web::router_beside(site, beside).layer(from_fn_with_state(Vec::new().into(), peers::tell));

    let (stop, stopped) = watch::channel(());
    let keeping = tokio::spawn(Keeper { demo, commands, progress, running }.keep(stopped));
    let signals = Signals::hear()?;
    println!("A dental clinic with {PATIENTS} patients is open: look around at");
    println!("{url}/demo/enter?word={}", word.expose());
    until_told(listener, pages, stop, signals).await?;
    keeping.await.context("the demo has ended badly")?;
    store.close().await;
    Ok(())
}

/// Two years and a weekend go by in memory, because each act of theirs would wait for the disk; then the clinic is written
/// down as a whole, and from there on it is kept as every clinic is.
async fn open(folder: &Folder, wishes: Wishes) -> anyhow::Result<(Demo, Store)> {
    let at = wishes.opens_at.as_millis();
    let memory = Store::open(&Place::Memory, at).await.context("the clinic cannot be begun")?;
    let demo = demo::open(memory.clone(), wishes).await.context("the clinic could not be made")?;
    let file = folder.path().join(DATABASE);
    memory.copy_to(&file).await.context("the clinic could not be written down")?;
    let store = Store::open(&Place::File(file), at).await.context("the database cannot be opened")?;
    let demo = demo.moved_to(store.clone());
    memory.close().await;
    Ok((demo, store))
}

fn here(address: SocketAddr) -> String {
    format!("http://{address}")
}

/// The language of this machine, where it is one of ours.
fn spoken_here() -> Locale {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .and_then(|value| Locale::preferred(&value))
        .unwrap_or_default()
}

impl Folder {
    fn make(keep: Option<PathBuf>, name: &str) -> anyhow::Result<Self> {
        let folder = match keep {
            Some(folder) => Self::Kept(folder),
            None => Self::Passing(std::env::temp_dir().join(format!("caredesk-demo-{name}"))),
        };
        if folder.path().join(DATABASE).exists() {
            bail!("there is a clinic in {} already: name an empty folder", folder.path().display());
        }
        std::fs::create_dir_all(folder.path()).with_context(|| format!("the folder {} cannot be made", folder.path().display()))?;
        Ok(folder)
    }

    fn path(&self) -> &Path {
        match self {
            Self::Kept(path) | Self::Passing(path) => path,
        }
    }

    /// What was only for show goes.
    fn leave(&self) {
        if let Self::Passing(path) = self
            && let Err(error) = std::fs::remove_dir_all(path)
        {
            tracing::warn!(%error, "the folder of the demo stays behind");
        }
    }
}
