//! The texts that a provider has approved: fetched from it, changed by its news and by what became of messages, and assigned by the
//! clinic to what the care bot says.
//!
//! Idempotent: fetched texts take the place of all that were known; news of one counts by when the provider told it.

use std::collections::BTreeMap;
use std::time::Duration;

use kernel::{AccountId, Locale, Refusal, Timestamp};

use channels::{Answer, Browsing, Trouble};
use clinic::actors::{Actor, Origin};
use clinic::outbox::{Failure, Outbound, OutboundState};
use clinic::staff::Right;
use clinic::templates::{Assigned, Assignment, News, Template, Turn};
use store::accounts::Account;
use store::lookups::Lookup;

use crate::connected::{self, Connected};
use crate::receive::settings_of;
use crate::wire::Wire;
use crate::{Act, ActError, Desk};

/// What the texts are called among the lookups.
pub(crate) const TEXTS: &str = "texts";
/// What the provider tells of by itself is fetched this seldom.
const AGAIN_AFTER: Duration = Duration::from_hours(6);
const AFTER_TROUBLE: Duration = Duration::from_mins(15);
/// Longer than all pages may take.
pub(crate) const LEASE: Duration = Duration::from_mins(3);

/// What the failure of a message showed of the text that said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turned {
    Nothing,
    /// The provider sends it no more.
    Away,
}

/// What is known of the texts of an account.
pub struct Approved {
    pub templates: Vec<Template>,
    pub assigned: Vec<Assigned>,
    /// When they were fetched, and what came in the way.
    pub looked_at: Option<Timestamp>,
    pub trouble: Option<Trouble>,
}

/// Whether there are texts to be fetched for an account.
pub fn has_catalogue(account: &Account) -> bool {
    let (Some(connector), Some(settings)) = (channels::connector(account.channel), settings_of(account)) else { return false };
    !connector.catalogue(&settings).is_empty()
}

/// Whether its provider approves texts at all.
pub fn approves_texts(account: &Account) -> bool {
    channels::connector(account.channel).is_some_and(|connector| connector.card().templates == channels::Templates::OutsideWindow)
}

pub async fn approved_texts(desk: &Desk, by: Actor, account: AccountId) -> Result<Approved, ActError> {
    by.may(Right::ChangeSettings)?;
    desk.look(move |tx, _| {
        let templates = store::templates::of_account(tx, account)?;
        let assigned = store::templates::assigned(tx, account)?;
        let lookup = store::lookups::all(tx)?.remove(&(account, TEXTS.to_owned()));
        let trouble = lookup.as_ref().and_then(|lookup| Trouble::named(lookup.found.as_deref()?));
        Ok(Approved { templates, assigned, looked_at: lookup.and_then(|Lookup { looked_at, .. }| looked_at), trouble })
    })
    .await
}

/// A person wants to see them as they are now.
pub async fn fetch_texts(desk: &Desk, wire: &dyn Wire, by: Actor, account: AccountId) -> Result<(), ActError> {
    by.may(Right::ChangeSettings)?;
    look_at_texts(desk, wire, account).await
}

/// Fetches all texts of an account and keeps them; where the provider does not tell, those that are known stay.
pub(crate) async fn look_at_texts(desk: &Desk, wire: &dyn Wire, id: AccountId) -> Result<(), ActError> {
    let account = desk.look(move |tx, _| Ok(store::accounts::find(tx, id)?)).await?.ok_or_else(ActError::not_found)?;
    let (Some(connector), Some(settings)) = (channels::connector(account.channel), settings_of(&account)) else { return Ok(()) };
    let begun = desk.now();
    let mut so_far: Vec<Answer> = Vec::new();
    let found = loop {
        match connector.browse(&settings, &so_far, begun) {
            Browsing::Needless => return Ok(()),
            Browsing::Ask(letter) => so_far.push(wire.carry(&letter).await),
            Browsing::Found(templates) => break Ok(templates),
            Browsing::Failed(why) => break Err(why),
        }
    };
    desk.act(Actor::Program, Origin::Program, move |act| {
        let (told, again) = match &found {
            Ok(templates) => {
                store::templates::replace(act.tx, id, templates.clone())?;
                ("", AGAIN_AFTER)
            }
            Err(why) => (why.key(), AFTER_TROUBLE),
        };
        store::lookups::keep(act.tx, (id, TEXTS), told, (act.now, act.now + again))?;
        act.tx.touch("settings");
        Ok(())
    })
    .await
}

/// What is to say a text of the care bot in a language.
#[derive(Debug, Clone)]
pub struct NewAssignment {
    pub account: AccountId,
    pub text: String,
    pub locale: Locale,
    /// None: nothing of its own any more.
    pub assignment: Option<Assignment>,
}

pub async fn assign_template(desk: &Desk, by: Actor, new: NewAssignment) -> Result<(), ActError> {
    by.may(Right::ChangeSettings)?;
    desk.act(by, Origin::Desk, move |act| {
        let NewAssignment { account, text, locale, assignment } = &new;
        match assignment {
            None => store::templates::unassign(act.tx, *account, text, *locale)?,
            Some(assignment) => {
                let template = store::templates::find(act.tx, *account, &assignment.of)?;
                let template = template.ok_or(Refusal::new("template.no-such-template").at("template"))?;
                assignment.check(&template, (text, *locale))?;
                store::templates::assign(act.tx, *account, (text, *locale), assignment)?;
            }
        }
        act.tx.touch("settings");
        Ok(())
    })
    .await
}

impl Act<'_, '_> {
    /// News of a text counts for every account that shares it.
    pub(crate) fn template_told(&mut self, account: AccountId, news: &News) -> Result<(), ActError> {
        for account in self.sharing_texts(account)? {
            match store::templates::find(self.tx, account, &news.of)? {
                None => store::lookups::hasten(self.tx, (account, TEXTS), self.now)?,
                Some(template) => match template.told(news) {
                    Some(template) => store::templates::save(self.tx, account, &template)?,
                    None => store::templates::remove(self.tx, account, &news.of)?,
                },
            }
        }
        self.tx.touch("settings");
        Ok(())
    }

    /// The provider would not send a message by the text that was chosen for it.
    pub(crate) fn template_failed(&mut self, failed: &Outbound) -> Result<Turned, ActError> {
        let (Some(of), Some(route)) = (&failed.template, &failed.route) else { return Ok(Turned::Nothing) };
        let OutboundState::Failed { failure: Failure::Permanent(code), .. } = &failed.state else { return Ok(Turned::Nothing) };
        let state = channels::connector(route.channel).and_then(|connector| connector.turned_by(code));
        let Some(state) = state else { return Ok(Turned::Nothing) };
        if store::templates::find(self.tx, route.account, of)?.is_none() {
            // of a text of which nothing was ever told nothing can be remembered: it would be chosen again
            return Ok(Turned::Nothing);
        }
        self.template_told(route.account, &News { of: of.clone(), at: self.now, turn: Turn::State(state) })?;
        store::lookups::hasten(self.tx, (route.account, TEXTS), self.now + AFTER_TROUBLE)?;
        Ok(Turned::Away)
    }

    fn sharing_texts(&mut self, account: AccountId) -> Result<Vec<AccountId>, ActError> {
        let connected = connected::all(self.tx)?;
        let catalogues: BTreeMap<AccountId, _> = connected
            .values()
            .filter_map(|Connected { account, connector, settings }| {
                let catalogue = connector.catalogue(settings.as_ref()?);
                (!catalogue.is_empty()).then_some((account.id, (account.channel, catalogue)))
            })
            .collect();
        let ours = catalogues.get(&account);
        Ok(catalogues.iter().filter(|(_, catalogue)| Some(*catalogue) == ours).map(|(id, _)| *id).collect())
    }
}
