//! `POST /set-up` with `code`, `organisation`, `name`, `address`, `zone`, `region`, `locale`, `hours-mon` to `hours-sun`,
//! `public_url`, and of the owner `given`, `family`, `email`, `password`, `owner_locale`.

use askama::Template;

use crate::PlainPage;
use crate::forms::{Choice, Faults, Week};

#[derive(Template)]
#[template(path = "set-up.html")]
pub struct SetUpPage {
    pub page: PlainPage,
    pub form: SetUpForm,
    pub faults: Faults,
}

/// As it was typed; at first with what fits the browser's language.
#[derive(Clone, Default)]
pub struct SetUpForm {
    /// From the link that the program printed.
    pub code: String,
    pub organisation: String,
    pub name: String,
    pub address: String,
    /// `Europe/Budapest`
    pub zone: String,
    pub zones: Vec<String>,
    /// `HU`
    pub region: String,
    /// The language in which the clinic writes when it does not know the patient's.
    pub locales: Vec<Choice>,
    pub week: Option<Week>,
    pub public_url: String,
    pub given: String,
    pub family: String,
    pub email: String,
    pub owner_locales: Vec<Choice>,
}
