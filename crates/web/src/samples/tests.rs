//! The sample book is read as a browser reads it, page by page, in four languages.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html, Selector};

use super::*;

#[test]
fn every_view_is_written_in_every_language() {
    let mut faults = Vec::new();
    for locale in Locale::ALL {
        for sample in all(locale) {
            faults.extend(faults_of(&sample).into_iter().map(|fault| format!("{} in {}: {fault}", sample.name, locale.code())));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_reader_of_views_sees_what_is_wrong_with_one() {
    let wrong = |html: &str| faults_of(&Sample { name: "wrong", html: format!("<!doctype html><title>A</title>{html}") }).join("; ");
    for (html, fault) in [
        ("<p>⟨journal-title⟩</p>", "no words for ⟨journal-title⟩"),
        ("<p><b>A</p></b>", "is not HTML"),
        ("<p style='color: red'>A</p>", "carries a style"),
        ("<style>p { color: red }</style>", "carries a style"),
        ("<script>alert(1)</script>", "carries a script"),
        ("<button onclick='go()'>A</button>", "carries a script"),
        ("<a href='javascript:go()'>A</a>", "carries a script"),
        ("<form method=post action=/sign-in></form>", "posts without a token"),
        ("<label for=name>A</label>", "there is no #name"),
        ("<p id=a></p><p id=a></p>", "there are two #a"),
        ("<input name=a>", "has no name for who cannot see it"),
        ("<button></button>", "has no name for who cannot see it"),
    ] {
        assert!(wrong(html).contains(fault), "{html}: {}", wrong(html));
    }
    assert_eq!(wrong("<label for=b>B</label><input id=b name=b><a href='/today'>C</a>"), "");
}

fn select(css: &str) -> Selector {
    Selector::parse(css).expect("a selector of ours")
}

fn faults_of(sample: &Sample) -> Vec<String> {
    let whole = sample.html.trim_start().starts_with("<!doctype");
    let page = if whole { Html::parse_document(&sample.html) } else { Html::parse_fragment(&sample.html) };
    let mut faults: Vec<String> = page.errors.iter().map(|error| format!("is not HTML: {error}")).collect();
    if let Some(at) = sample.html.find('⟨') {
        faults.push(format!("no words for {}", sample.html[at..].chars().take(40).collect::<String>()));
    }
    let all: Vec<ElementRef> = page.select(&select("*")).collect();
    faults.extend(all.iter().filter_map(|element| policy(*element)));
    faults.extend(all.iter().filter_map(|element| nameless(&page, *element)));
    faults.extend(all.iter().filter_map(|element| without_token(*element)));
    faults.extend(doubles(&all));
    // a fragment may point at what is on the page around it
    if whole {
        faults.extend(references(&all));
    }
    faults
}

/// What our content security policy would not let through.
fn policy(element: ElementRef) -> Option<String> {
    let tag = element.value().name();
    if tag == "style" || element.attr("style").is_some() {
        return Some(format!("<{tag}> carries a style"));
    }
    let handler = element.value().attrs().any(|(name, value)| name.starts_with("on") || value.trim_start().starts_with("javascript:"));
    let inline = tag == "script" && element.attr("src").is_none();
    (handler || inline).then(|| format!("<{tag}> carries a script"))
}

/// Pages of patients need no token: there the link is the key.
fn without_token(element: ElementRef) -> Option<String> {
    if element.value().name() != "form" || element.attr("method") != Some("post") {
        return None;
    }
    let action = element.attr("action").unwrap_or_default();
    let by_link = action.starts_with("/visit/") || action.starts_with("/unsubscribe/");
    let token = select("input[name=csrf]");
    let tokens = element.select(&token).filter(|token| token.attr("value").is_some_and(|value| !value.is_empty()));
    (!by_link && tokens.count() != 1).then(|| format!("the form to {action} posts without a token"))
}

fn nameless(page: &Html, element: ElementRef) -> Option<String> {
    let tag = element.value().name();
    let labelled = || element.attr("aria-label").or(element.attr("aria-labelledby")).or(element.attr("title")).is_some();
    let named = match tag {
        "input" if matches!(element.attr("type"), Some("hidden" | "submit")) => true,
        "input" | "select" | "textarea" => {
            let inside = element.ancestors().filter_map(ElementRef::wrap).any(|parent| parent.value().name() == "label");
            let for_it = |id: &str| page.select(&select("label[for]")).any(|label| label.attr("for") == Some(id));
            inside || labelled() || element.attr("id").is_some_and(for_it)
        }
        "button" | "a" | "summary" => labelled() || element.text().any(|text| !text.trim().is_empty()),
        "img" => element.attr("alt").is_some(),
        _ => true,
    };
    (!named).then(|| format!("<{tag}> has no name for who cannot see it: {}", element.html().chars().take(80).collect::<String>()))
}

fn doubles(all: &[ElementRef]) -> Vec<String> {
    let mut ids = BTreeSet::new();
    all.iter().filter_map(|element| element.attr("id")).filter(|id| !ids.insert(*id)).map(|id| format!("there are two #{id}")).collect()
}

fn references(all: &[ElementRef]) -> Vec<String> {
    let ids: BTreeSet<&str> = all.iter().filter_map(|element| element.attr("id")).collect();
    let mut faults = Vec::new();
    let by_id = ["for", "list", "form", "aria-describedby", "aria-labelledby", "aria-controls", "data-opens"];
    for element in all {
        let named = by_id.iter().filter_map(|name| element.attr(name)).flat_map(str::split_whitespace);
        let linked = ["href", "hx-target"].iter().filter_map(|name| element.attr(name)?.strip_prefix('#'));
        faults.extend(named.chain(linked).filter(|id| !ids.contains(id)).map(|id| format!("there is no #{id}")));
    }
    faults
}
