//! Every page filled with a day of the clinic of our tests: to be looked at, and for the test that reads them all.
//!
//! A new view has a sample here, as it usually looks and as it looks when there is nothing, too much or a fault.

mod calls;
mod channels;
mod demo;
mod front;
mod inbox;
mod journal;
mod patients;
mod playbooks;
mod settings;
mod today;

use askama::Template;
use kernel::{Arg, Locale, format};

use crate::{Counters, DemoBar, OpenNow, Page, Place, PlainPage, Signed, Words};

/// A page of the samples, written.
pub struct Sample {
    /// `journal-day`
    pub name: &'static str,
    pub html: String,
}

/// All of them, in one language.
pub fn all(locale: Locale) -> Vec<Sample> {
    let words = Words::of(locale);
    let day = [today::samples(words), inbox::samples(words), journal::samples(words), patients::samples(words)];
    let rest = [playbooks::samples(words), settings::samples(words), demo::samples(words), calls::samples(words), channels::samples(words)];
    front::samples(words).into_iter().chain(day.into_iter().chain(rest).flatten()).collect()
}

fn sample(name: &'static str, view: &impl Template) -> Sample {
    Sample { name, html: view.render().expect("a view writes into memory") }
}

/// The desk around a sample.
fn page(words: Words, here: Place, title: &str) -> Page {
    Page {
        words,
        title: words.say(title),
        here,
        signed: Signed { name: "Bianka Kiss".to_owned(), initials: "BK".to_owned(), role: words.say("role-desk") },
        counters: Counters { waiting: 4, emergencies: 1, tasks: 3 },
        open_now: OpenNow { open: true, text: number(words, "20:00") },
        csrf: "token-of-this-browser".to_owned(),
        notice: None,
        delay: None,
        demo: None,
    }
}

/// The same beside the bar of the demo.
fn demo_page(words: Words, here: Place, title: &str) -> Page {
    Page { demo: Some(DemoBar { now: number(words, "8:30"), running: true }), ..page(words, here, title) }
}

fn plain(words: Words, title: &str) -> PlainPage {
    PlainPage { words, title: words.say(title), csrf: "token-of-this-browser".to_owned(), notice: None }
}

/// '12 min left'
fn minutes(words: Words, key: &str, minutes: i64) -> String {
    words.with(key, &[("minutes", Arg::Number(minutes))])
}

/// A number as the language writes it.
fn number(words: Words, text: &str) -> String {
    format::digits(text, words.locale())
}

#[cfg(test)]
mod tests;
