//! `POST /sign-in` with `email`, `password` and `next`.

use askama::Template;

use crate::PlainPage;

#[derive(Template)]
#[template(path = "sign-in.html")]
pub struct SignInPage {
    pub page: PlainPage,
    /// As it was typed the last time.
    pub email: String,
    /// Where the person wanted to go.
    pub next: String,
    /// Why they were not let in.
    pub refusal: Option<String>,
}
