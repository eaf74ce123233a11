//! How the channels do.
//!
//! ```text
//! GET  /settings/channels/health                      HealthPage
//! POST /settings/channels/{account}/health/check, .../set-again
//! POST /settings/channels/{account}/record
//! ```

use askama::Template;

use crate::pages::settings::view::tabs;
use crate::{Chip, Page};

#[derive(Template)]
#[template(path = "settings/health.html")]
pub struct HealthPage {
    pub page: Page,
    pub accounts: Vec<AccountCard>,
}

pub struct AccountCard {
    pub id: String,
    /// 'Telegram'
    pub channel: String,
    pub name: String,
    pub chip: Chip,
    /// What is wrong, and what to do.
    pub wrong: Vec<(String, String)>,
    /// 'Newest message in', '10:42'.
    pub facts: Vec<(String, Chip)>,
    /// 'Checked: 10:42'
    pub looked: String,
    pub set_again: SetAgain,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetAgain {
    Possible,
    No,
}
