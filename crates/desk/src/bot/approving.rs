//! The texts that a provider has approved, for one message: by which of them each account of the clinic would say it where the
//! messenger's window has closed, and why by none.

use std::collections::BTreeMap;
use std::rc::Rc;

use kernel::{AccountId, ClinicId, Locale};

use channels::{Connector, Settings, Templates};
use clinic::clinics::Clinic;
use clinic::consents::{Ledger, Purpose, Standing};
use clinic::conversations::MadeOf;
use clinic::gate::Reach;
use clinic::outbox::Outbound;
use clinic::templates::{Advertising, Approval, Filled, GENERAL, Material, Need, Shelf, choose};
use clinic::texts::{Filling, Placeholder};
use store::Value;
use store::accounts::AccountState;

use super::gating::Who;
use crate::connected::{self, Connected};
use crate::{Act, ActError};

/// The accounts as the gate knows them, and by what text each would say a message.
type Approved = (Rc<Vec<Reach>>, BTreeMap<AccountId, Filled>);

impl Act<'_, '_> {
    pub(crate) fn with_approved_texts(
        &mut self,
        message: &Outbound,
        reaches: Rc<Vec<Reach>>,
        (clinic, who): (Option<&Clinic>, &Who),
    ) -> Result<Approved, ActError> {
        let mut filled = BTreeMap::new();
        let connected = connected::all(self.tx)?;
        let approving: Vec<(usize, &Connected)> = reaches
            .iter()
            .enumerate()
            .filter_map(|(at, reach)| Some((at, connected.get(&reach.account)?)))
            .filter(|(_, known)| known.connector.card().templates == Templates::OutsideWindow)
            .collect();
        if approving.is_empty() {
            return Ok((reaches, filled));
        }
        let mut reaches = reaches.as_ref().clone();
        let made_of = made_of(message, clinic, who);
        let said = Material { words: &message.content.text, buttons: &message.content.buttons, values: &made_of.values };
        for (at, Connected { account, connector, settings }) in approving {
            let Some(settings) = settings else { continue };
            let advertising = match who {
                Who::Patient(card) if Ledger(&card.consents).allows(Purpose::Marketing, account.channel, self.now) == Standing::Given => {
                    Advertising::Wanted
                }
                Who::Patient(_) | Who::Stranger { .. } => Advertising::Unwanted,
            };
            let need = Need { text: &made_of.text, locale: made_of.locale, purpose: message.purpose, advertising };
            reaches[at].approval = match self.choose_approved(account.id, (*connector, settings), (&need, &said))? {
                Ok(text) => {
                    filled.insert(account.id, text);
                    Approval::Approved
                }
                Err(reason) => reason,
            };
        }
        Ok((Rc::new(reaches), filled))
    }

    fn choose_approved(
        &mut self,
        account: AccountId,
        (connector, settings): (&dyn Connector, &Settings),
        (need, said): (&Need<'_>, &Material<'_>),
    ) -> Result<Result<Filled, Approval>, ActError> {
        let general = connector.general_template(settings);
        let assigned = store::templates::assigned(self.tx, account)?;
        // where nobody can be asked, the clinic is believed
        let known = if general.is_empty() || connector.catalogue(settings).is_empty() {
            None
        } else {
            store::templates::named(self.tx, account, general)?
        };
        Ok(choose(&Shelf { assigned: &assigned, general, known: known.as_deref() }, need, said))
    }

    /// Whether what is said in a clinic may have to be said by an approved text: then it is kept of what it was made.
    pub(crate) fn has_approved_texts(&mut self, clinic: ClinicId) -> Result<bool, ActError> {
        let question = ["approved texts".into(), Value::text(clinic)];
        let approves = |account: &store::accounts::Account| {
            let card = channels::connector(account.channel).map(Connector::card);
            account.clinic == clinic
                && account.state == AccountState::On
                && card.is_some_and(|card| card.templates == Templates::OutsideWindow)
        };
        Ok(*store::accounts::infer(self.tx, &question, |all| all.iter().any(approves))?)
    }
}

/// What a message was made of; of a person's own words, who reads them and who writes.
fn made_of(message: &Outbound, clinic: Option<&Clinic>, who: &Who) -> MadeOf {
    let reader = match who {
        Who::Patient(card) => Some(&card.reader),
        Who::Stranger { .. } => None,
    };
    if let Some(made_of) = &message.content.made_of {
        return made_of.clone();
    }
    let locale = reader.map(|reader| reader.locale).or(clinic.map(|clinic| clinic.locale)).unwrap_or(Locale::En);
    let mut values = clinic.map(|clinic| Filling::of(clinic).said(locale)).unwrap_or_default();
    if let Some(reader) = reader {
        values.insert(Placeholder::PatientName.name().to_owned(), reader.name.full(locale));
    }
    MadeOf { text: GENERAL.to_owned(), locale, values }
}
