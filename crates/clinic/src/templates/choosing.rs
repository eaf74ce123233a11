//! Which approved text says a message, and why none does.

use kernel::Locale;

use super::{Assigned, Assignment, Category, Filled, GENERAL, Material, Part, State, Template, TemplateName};
use crate::consents::Purpose;
use crate::texts::Placeholder;

/// Whether an approved text says what is to be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Approval {
    Approved,
    Missing,
    /// The provider has paused it for a while.
    Paused,
    /// The provider has not approved it yet, has rejected it, or has taken it away.
    NotApproved,
    /// It counts as advertising at the provider, and the reader does not want any.
    Advertises,
}

/// What an account has for closed windows.
#[derive(Clone, Copy)]
pub struct Shelf<'a> {
    pub assigned: &'a [Assigned],
    /// The clinic's text with two gaps, by its name; empty if there is none.
    pub general: &'a str,
    /// What the provider has told of that text, in each of its languages. None: nothing was ever told of any text.
    pub known: Option<&'a [Template]>,
}

/// Whether the reader wants advertising on that channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advertising {
    Wanted,
    Unwanted,
}

/// For whom and what for.
#[derive(Debug, Clone, Copy)]
pub struct Need<'a> {
    /// The key of the text, or [`GENERAL`].
    pub text: &'a str,
    pub locale: Locale,
    pub purpose: Purpose,
    pub advertising: Advertising,
}

/// The one for this text in this language, else the clinic's general one. Of several reasons against, the one of the nearest.
pub fn choose(shelf: &Shelf<'_>, need: &Need<'_>, said: &Material<'_>) -> Result<Filled, Approval> {
    let of_text = |text: &str| shelf.assigned.iter().find(|known| known.locale == need.locale && known.text == text);
    let fitting = of_text(need.text).map(|known| assigned(known, need, said));
    let mut nearest = Approval::Missing;
    let general = of_text(GENERAL).filter(|_| need.text != GENERAL).map(|known| assigned(known, need, said));
    let named = (!shelf.general.is_empty()).then(|| with_two_gaps(shelf, need, said));
    // what was approved for anything that is to be said is not lent to advertising
    let lent = general.into_iter().chain(named).filter(|_| need.purpose == Purpose::Service);
    for tried in fitting.into_iter().chain(lent) {
        match tried {
            Ok(filled) => return Ok(filled),
            Err(reason) if nearest == Approval::Missing => nearest = reason,
            Err(_) => {}
        }
    }
    Err(nearest)
}

fn assigned(known: &Assigned, need: &Need<'_>, said: &Material<'_>) -> Result<Filled, Approval> {
    let template = known.template.as_ref().ok_or(Approval::NotApproved)?;
    stands(template, need)?;
    template.filled(&known.assignment, said).ok_or(Approval::Missing)
}

/// Who reads it, and what is to be said: all that a clinic can say with one text.
fn with_two_gaps(shelf: &Shelf<'_>, need: &Need<'_>, said: &Material<'_>) -> Result<Filled, Approval> {
    let Some(known) = shelf.known else {
        let of = TemplateName { name: shelf.general.to_owned(), language: need.locale.code().to_owned() };
        return Ok(Filled::of_two_gaps(of, said));
    };
    let template = known.iter().find(|template| template.locale() == Some(need.locale)).ok_or(Approval::Missing)?;
    stands(template, need)?;
    Assignment::of_two_gaps(template).and_then(|assignment| template.filled(&assignment, said)).ok_or(Approval::Missing)
}

fn stands(template: &Template, need: &Need<'_>) -> Result<(), Approval> {
    match template.state {
        State::Approved => {}
        State::Paused => return Err(Approval::Paused),
        State::Pending | State::Rejected { .. } | State::Disabled => return Err(Approval::NotApproved),
    }
    match (template.category, need.purpose) {
        (Category::Authentication, _) => Err(Approval::NotApproved),
        (Category::Utility, Purpose::Service) => Ok(()),
        // approved for the patient's own care
        (Category::Utility, _) => Err(Approval::Missing),
        (Category::Marketing, _) if need.advertising == Advertising::Unwanted => Err(Approval::Advertises),
        (Category::Marketing, _) => Ok(()),
    }
}

impl Assignment {
    /// For a text with two gaps in its body and nothing else to fill.
    fn of_two_gaps(template: &Template) -> Option<Self> {
        use super::Meaning::{Named, Words};
        let gaps = template.gaps();
        let [reader, words] = gaps.as_slice() else { return None };
        let is_plain = gaps.iter().all(|gap| gap.part == Part::Body) && template.answers().is_empty() && template.can_be_filled();
        let gaps = [(reader.key(), Named(Placeholder::PatientName)), (words.key(), Words)];
        is_plain.then(|| Self { of: template.called(), gaps: gaps.into(), answers: Vec::new() })
    }
}
