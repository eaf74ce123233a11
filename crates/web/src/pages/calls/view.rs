//! Who rings just now, on top of every page.
//!
//! ```text
//! GET  /calls/ringing   RingingPiece, on `calls`
//! POST /calls/ring      to, and patient or conversation
//! ```

use askama::Template;
use kernel::{ConversationId, PatientId};

use crate::{Chip, Words, assets};

#[derive(Template)]
#[template(path = "calls/ringing.html")]
pub struct RingingPiece {
    pub words: Words,
    pub rings: Vec<Ring>,
}

/// One call that rings.
pub struct Ring {
    pub id: String,
    /// 'Anna Orlova', 'Unknown number', 'Number withheld'
    pub name: String,
    /// As it is read; empty where it is withheld.
    pub number: String,
    pub card: Option<PatientId>,
    pub conversation: Option<ConversationId>,
    /// 'speaks Russian'
    pub speaks: String,
    /// What everybody must see before they speak.
    pub banners: Vec<Chip>,
    pub note: String,
    /// For whom they speak too.
    pub family: Vec<(PatientId, String)>,
    /// The next visit in the journal: where, and when with whom.
    pub visit: Option<(String, String)>,
}

fn icons() -> String {
    assets::address("vendor/lucide-1.62.0.svg")
}
