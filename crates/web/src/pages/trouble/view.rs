//! What the page of a trouble shows.

use askama::Template;

use crate::fault::Fault;
use crate::{PlainPage, Words};

#[derive(Template)]
#[template(path = "trouble.html")]
pub struct TroublePage {
    pub page: PlainPage,
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

impl TroublePage {
    pub fn new(words: Words, fault: &Fault, sentence: String) -> Self {
        let page = PlainPage { words, title: words.say("trouble-title"), csrf: String::new(), notice: None };
        Self { page, sentence, code: format!("{} · {}", fault.status.as_u16(), fault.refusal.code()), way_on: fault.way_on.clone() }
    }
}
