//! Style sheets know start and end, never left and right: the same page serves Persian.

use super::{File, Project, expect_no_fault, expect_one_fault, sample};

/// Properties whose value may not be a side.
const WITH_A_SIDE: [&str; 5] = ["text-align", "float", "clear", "caption-side", "transform-origin"];

fn physical_sides(project: &Project) -> Vec<String> {
    let mut faults = Vec::new();
    for file in project.with_extension(&["css", "html"]) {
        for css in style_of(file) {
            faults.extend(
                declarations(&css)
                    .filter(is_physical)
                    .map(|(property, value)| format!("{}: `{property}: {value}` names a physical side", file.path)),
            );
        }
    }
    faults
}

/// The whole file, or of a page what stands in `<style>` and `style=".."`.
fn style_of(file: &File) -> Vec<String> {
    if file.extension() == "css" {
        return vec![without_comments(&file.text)];
    }
    let between = |from: &str, to: &str| {
        let pieces = file.text.split(from).skip(1);
        pieces.filter_map(|rest| Some(rest.split_once(to)?.0.to_owned())).collect::<Vec<_>>()
    };
    [between("<style>", "</style>"), between("style=\"", "\"")].concat()
}

fn without_comments(css: &str) -> String {
    let mut pieces = css.split("/*");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| text + piece.split_once("*/").map_or("", |(_, rest)| rest))
}

/// `property: value` pairs; selectors and at-rules end in `{` and so never come as one.
fn declarations(css: &str) -> impl Iterator<Item = (String, String)> {
    css.split_inclusive(['{', '}', ';']).filter(|piece| !piece.ends_with('{')).map(|piece| piece.trim_end_matches(['}', ';'])).filter_map(
        |piece| {
            let (property, value) = piece.split_once(':')?;
            Some((property.trim().to_owned(), value.trim().to_owned()))
        },
    )
}

fn is_physical((property, value): &(String, String)) -> bool {
    let is_side = |word: &str| word == "left" || word == "right";
    let named = !property.starts_with("--") && property.split('-').any(is_side);
    named || (WITH_A_SIDE.contains(&property.as_str()) && value.split_whitespace().any(is_side))
}

#[test]
fn no_style_names_a_physical_side() {
    expect_no_fault(&physical_sides(&Project::here()));
}

#[test]
fn a_physical_side_is_caught() {
    for bad in ["margin-left: 1rem", "right: 0", "text-align: right", "border-top-left-radius: 8px", "float: left"] {
        let sheet = sample("crates/web/src/assets/desk.css", &format!("/* ; */ .row {{ color: red; {bad} }}"));
        expect_one_fault(&physical_sides(&sheet), "physical side");
        let page = sample("crates/web/src/templates/today.html", &format!("<p style=\"{bad}\">"));
        expect_one_fault(&physical_sides(&page), "physical side");
    }
    let good = "a:hover { margin-inline-start: 1rem; /* left: 0; */ text-align: start; background: url(left.svg) }";
    expect_no_fault(&physical_sides(&sample("crates/web/src/assets/desk.css", good)));
}
