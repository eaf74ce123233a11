//! What the page of a trouble shows.

use askama::Template;

use crate::fault::Fault;
use crate::{Words, assets};

#[derive(Template)]
#[template(path = "trouble.html")]
pub struct TroublePage {
    pub page: Around,
    pub sentence: String,
    /// To name it by, when somebody asks for help.
    pub code: String,
    pub way_on: String,
}

/// A piece of a page that says why it was not done.
#[derive(Template)]
#[template(path = "trouble-fragment.html")]
pub struct TroubleFragment {
    pub sentence: String,
    pub code: String,
}

/// What stands around a page of nobody.
pub struct Around {
    pub words: Words,
    pub title: String,
}

impl Around {
    pub fn asset(&self, name: &str) -> String {
        assets::address(name)
    }
}

impl TroublePage {
    pub fn new(words: Words, fault: &Fault, sentence: String) -> Self {
        let page = Around { words, title: words.say("trouble-title") };
        Self { page, sentence, code: format!("{} · {}", fault.status.as_u16(), fault.refusal.code()), way_on: fault.way_on.clone() }
    }
}
