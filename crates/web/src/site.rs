//! What every page stands on: the desk, the wire to the providers, and the address under which the clinic is reached.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use desk::Desk;
use desk::wire::Wire;
use kernel::{Zone, format};

use crate::{DemoBar, Words};

/// What a site is made of.
pub struct Parts {
    pub desk: Desk,
    pub wire: Arc<dyn Wire>,
    /// `https://desk.example`. Links are made from it alone: what a request says of its host is never believed.
    pub public_url: Option<String>,
    /// In a demo clinic: whether its clock runs by itself.
    pub demo: Option<Arc<AtomicBool>>,
}

/// Cheap to share.
#[derive(Clone)]
pub struct Site(Arc<Parts>);

impl Site {
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    pub fn desk(&self) -> &Desk {
        &self.0.desk
    }

    pub fn wire(&self) -> Arc<dyn Wire> {
        Arc::clone(&self.0.wire)
    }

    pub fn public_url(&self) -> Option<&str> {
        self.0.public_url.as_deref().map(|url| url.trim_end_matches('/'))
    }

    /// The bar over a demo clinic.
    pub fn demo_bar(&self, words: Words, zone: &Zone) -> Option<DemoBar> {
        let running = self.0.demo.as_ref()?.load(Ordering::Relaxed);
        Some(DemoBar { now: format::moment(self.desk().now(), zone, words.locale()), running })
    }

    /// Cookies may then be bound to this very host and never leave it in the clear.
    pub fn is_https(&self) -> bool {
        self.public_url().is_some_and(|url| url.starts_with("https://"))
    }
}
