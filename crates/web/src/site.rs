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
}

/// Cheap to share.
#[derive(Clone)]
pub struct Site {
    parts: Arc<Parts>,
    demo: Option<Arc<AtomicBool>>,
}

impl Site {
    pub fn new(parts: Parts) -> Self {
        Self { parts: Arc::new(parts), demo: None }
    }

    /// The site of a demo clinic. `running`: whether its clock runs by itself.
    #[must_use]
    pub fn of_demo(self, running: Arc<AtomicBool>) -> Self {
        Self { demo: Some(running), ..self }
    }

    pub fn desk(&self) -> &Desk {
        &self.parts.desk
    }

    pub fn wire(&self) -> Arc<dyn Wire> {
        Arc::clone(&self.parts.wire)
    }

    pub fn public_url(&self) -> Option<&str> {
        self.parts.public_url.as_deref().map(|url| url.trim_end_matches('/'))
    }

    /// The bar over a demo clinic.
    pub fn demo_bar(&self, words: Words, zone: &Zone) -> Option<DemoBar> {
        let running = self.demo.as_ref()?.load(Ordering::Relaxed);
        Some(DemoBar { now: format::moment(self.desk().now(), zone, words.locale()), running })
    }

    /// Cookies may then be bound to this very host and never leave it in the clear.
    pub fn is_https(&self) -> bool {
        self.public_url().is_some_and(|url| url.starts_with("https://"))
    }
}
