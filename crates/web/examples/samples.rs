//! The sample book: every page of the desk and of patients, filled, in four languages, to be looked at in a browser.
//!
//! ```text
//! cargo run -p web --example samples --features samples
//! ```

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Html;
use axum::routing::get;
use kernel::Locale;
use tokio::net::TcpListener;
use web::{assets, samples};

const ADDRESS: &str = "127.0.0.1:8099";

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let book = Router::new()
        .route("/", get(contents))
        .route("/{language}/{name}", get(shown))
        .route("/assets/{version}/{*name}", get(assets::asset));
    println!("http://{ADDRESS}/");
    axum::serve(TcpListener::bind(ADDRESS).await?, book).await
}

async fn contents() -> Html<String> {
    let line = |name: &str| {
        let links = Locale::ALL.map(|locale| format!(r#"<a href="/{0}/{name}">{0}</a>"#, locale.code())).join(" ");
        format!("<li>{name} {links}</li>")
    };
    let lines: String = samples::all(Locale::En).iter().map(|sample| line(sample.name)).collect();
    Html(format!("<!doctype html><title>Samples</title><ul>{lines}</ul>"))
}

async fn shown(Path((language, name)): Path<(String, String)>) -> Result<Html<String>, StatusCode> {
    let locale = Locale::ALL.into_iter().find(|locale| locale.code() == language).ok_or(StatusCode::NOT_FOUND)?;
    let found = samples::all(locale).into_iter().find(|sample| sample.name == name).ok_or(StatusCode::NOT_FOUND)?;
    Ok(Html(found.html))
}
