//! The whole program around a desk: pages, hooks and loops, on a port of this machine.

use std::net::SocketAddr;
use std::sync::Arc;

use desk::Desk;
use futures_util::FutureExt;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::messenger::Nowhere;

pub struct Program {
    pub address: SocketAddr,
    stop: oneshot::Sender<()>,
    loops: JoinHandle<()>,
    pages: JoinHandle<std::io::Result<()>>,
}

impl Program {
    pub async fn start(desk: &Desk) -> anyhow::Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
        let address = listener.local_addr()?;
        let site = web::Site::new(web::Parts { desk: desk.clone(), wire: Arc::new(Nowhere), public_url: None });
        let pages = web::router(site).into_make_service_with_connect_info::<SocketAddr>();
        let pages = tokio::spawn(axum::serve(listener, pages).into_future());
        let (stop, stopped) = oneshot::channel::<()>();
        let loops = tokio::spawn(desk::loops::run(desk.clone(), Arc::new(Nowhere), stopped.map(drop)));
        Ok(Self { address, stop, loops, pages })
    }

    pub async fn stop(self) -> anyhow::Result<()> {
        drop(self.stop);
        self.loops.await?;
        self.pages.abort();
        Ok(())
    }
}
