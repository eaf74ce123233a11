//! What the pages of the ladder show.
//!
//! ```text
//! GET  /settings/ladder                  LadderPage; POST /settings/ladder/undo: version
//! GET  /settings/ladder/rule             RulePage: ?purpose=&group=, both may be empty
//! POST /settings/ladder/rule             purpose, group, version, channel-0, minutes-0, channel-1, .., channel;
//!                                        do=save|reset|show|add|up-1|down-1|remove-1: all but the first two only show the draft
//! GET  /settings/ladder/unreached        UnreachedPage: ?purpose=&group=&rungs=sms,email
//! ```

use askama::Template;

use super::view::tabs;
use crate::forms::{Choice, Faults};
use crate::{Chip, Page};

#[derive(Template)]
#[template(path = "settings/ladder.html")]
pub struct LadderPage {
    pub page: Page,
    pub rules: Vec<RuleLine>,
    pub purposes: Vec<Choice>,
    pub groups: Vec<Choice>,
    /// What is asked to take the last change back; none where nothing was changed yet.
    pub undo: Option<i64>,
    pub faults: Faults,
}

pub struct RuleLine {
    pub path: String,
    pub about: String,
    /// 'WhatsApp, 20 minutes, then SMS'
    pub rungs: String,
}

#[derive(Template)]
#[template(path = "settings/ladder-rule.html")]
pub struct RulePage {
    pub page: Page,
    pub about: String,
    pub purpose: String,
    pub group: String,
    pub version: i64,
    pub stands: Stands,
    pub rungs: Vec<RungView>,
    pub addable: Vec<Choice>,
    pub reach: ReachView,
    pub faults: Faults,
}

/// Whether what is shown is what counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    Saved,
    /// It differs from the rule that counts.
    Changed,
    /// There is no rule for these messages yet.
    New,
}

pub struct RungView {
    pub channel: String,
    pub name: String,
    /// As typed.
    pub minutes: String,
    /// What somebody has to know of it.
    pub note: String,
    pub chip: Option<Chip>,
}

pub struct ReachView {
    /// Of how many it is told.
    pub of: String,
    pub patients: u32,
    pub lines: Vec<ReachLine>,
    pub more: Vec<String>,
    pub nowhere: Option<Nowhere>,
    pub costs: Vec<String>,
    /// Where a price can be typed in: name and path.
    pub unpriced: Vec<(String, String)>,
}

pub struct ReachLine {
    pub name: String,
    pub here: String,
    pub so_far: String,
    pub many: u32,
}

/// Whom no channel reaches.
pub struct Nowhere {
    pub many: String,
    pub path: String,
}

#[derive(Template)]
#[template(path = "settings/ladder-unreached.html")]
pub struct UnreachedPage {
    pub page: Page,
    pub back: String,
    pub of: String,
    /// Name and path of each card.
    pub patients: Vec<(String, String)>,
    pub more: String,
}
