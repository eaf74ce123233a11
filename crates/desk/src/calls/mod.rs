//! The telephone, from the desk's side: what an exchange tells becomes one call in the thread of whoever's number it is; a call
//! that nobody took begins the playbook of missed calls, or, of somebody unknown, asks for a call back at once.

mod missed;
mod ring_up;

use kernel::{AccountId, Address, CallId, PatientId, Phone, Scheme};

use channels::{Arrival, CallNews};
use clinic::calls::{Call, Direction, News, Place, Standing};
use clinic::clinics::Clinic;
use clinic::conversations::{Conversation, Counterpart, Handling};
use clinic::happenings::Happening;
use clinic::texts::Phrasebook;

use crate::bot::facts;
use crate::{Act, ActError};

pub use ring_up::{Whom, can_ring, can_ring_up, ring_up, sit_at, try_to_ring};

impl Act<'_, '_> {
    /// Idempotent by the exchange's name of the call: what is told twice, late or out of order makes the same call of it.
    pub(crate) fn hear_call(&mut self, account: AccountId, arrival: &Arrival, told: &CallNews) -> Result<(), ActError> {
        let account = store::accounts::find(self.tx, account)?.ok_or_else(ActError::not_found)?;
        let clinic = facts::clinic(self.tx, account.clinic)?;
        let theirs = dialled(&told.theirs, &clinic.region);
        let news = News { at: arrival.at, direction: told.direction, theirs, ours: told.ours.clone(), turn: told.turn.clone() };
        let known = store::calls::by_key(self.tx, account.id, &told.call)?;
        let before = known.as_ref().map(Call::standing);
        let (call, version) = if let Some(call) = known {
            let version = call.version;
            (call.hear(&news), Some(version))
        } else {
            let place = Place { clinic: clinic.id, account: account.id, key: told.call.clone() };
            (Call::begin(place, CallId::new(self.now, &mut self.chance), &news), None)
        };
        let call = self.in_its_thread(call, &clinic)?;
        match version {
            None => store::calls::add(self.tx, &call)?,
            Some(version) if version != call.version => store::calls::change(self.tx, &call, version)?,
            Some(_) => return Ok(()),
        }
        self.tx.touch("calls");
        let Some(conversation) = call.conversation else { return Ok(()) };
        self.tx.touch(format!("conversation:{conversation}"));
        // a summary of a call that ended before its number was known is the first that its thread hears of it
        match call.happened_since(before) {
            Some(what) => self.call_ended(&call, &clinic, what),
            None => Ok(()),
        }
    }

    fn in_its_thread(&mut self, call: Call, clinic: &Clinic) -> Result<Call, ActError> {
        let (None, Some(phone)) = (call.conversation, call.told.phone()) else { return Ok(call) };
        let address = Address::phone(&phone);
        // asked before the card: a thread that the desk links meanwhile is gone only once its address is known
        let unknown = store::conversations::with_unknown(self.tx, &address)?;
        let conversation = match (self.known_at(&address)?, unknown) {
            (Some(reader), _) => self.conversation_with(&reader)?,
            (None, Some(unknown)) => unknown,
            (None, None) => self.begin_conversation(clinic.id, Counterpart::Unknown { address, name: String::new() })?,
        };
        Ok(call.belongs_to(conversation.id))
    }

    fn call_ended(&mut self, call: &Call, clinic: &Clinic, what: Happening) -> Result<(), ActError> {
        let Some(conversation) = call.conversation else { return Ok(()) };
        let conversation = store::conversations::find(self.tx, conversation)?.ok_or_else(ActError::not_found)?;
        let before = conversation.version;
        let (conversation, led) = conversation.receive(Handling::ByBot, self.now);
        self.keep_conversation(before, &conversation, led)?;
        if let Standing::Ended(result) = call.standing() {
            let word = Phrasebook::of(clinic.locale).say_plain(&result.key(call.direction()), &[]);
            store::conversations::set_preview(self.tx, conversation.id, &word)?;
        }
        let patient = match &conversation.with {
            Counterpart::Patient(patient) => Some(*patient),
            Counterpart::Unknown { .. } => None,
        };
        let (was_missed, was_spoken) =
            (matches!(what, Happening::CallMissed { .. }), matches!(what, Happening::CallAnswered { direction: Direction::In, .. }));
        self.happened(clinic.id, patient, [what]);
        if was_spoken {
            self.nobody_need_ring_back(&conversation)?;
        }
        if was_missed && let Counterpart::Unknown { address, .. } = &conversation.with {
            self.missed_stranger(&conversation, address, clinic)?;
        }
        Ok(())
    }

    /// Where whoever a thread is with can be rung up.
    fn phones_of(&mut self, conversation: &Conversation) -> Result<Vec<Phone>, ActError> {
        let mut phones = match &conversation.with {
            Counterpart::Patient(patient) => self.phones_of_patient(*patient)?,
            Counterpart::Unknown { address, .. } => Phone::from_e164(address.rest()).into_iter().collect(),
        };
        if let Some(asked) = store::chat::newest_callback_in(self.tx, conversation.id)? {
            phones.extend(Phone::from_e164(&asked.phone).ok());
        }
        Ok(phones)
    }

    /// Of a child, whoever speaks for them is rung up.
    fn phones_of_patient(&mut self, patient: PatientId) -> Result<Vec<Phone>, ActError> {
        let contacts = store::patients::contacts_of_reader(self.tx, patient)?;
        let numbers = contacts.into_iter().filter(|contact| contact.address.scheme() == Scheme::Tel);
        Ok(numbers.filter_map(|contact| Phone::from_e164(contact.address.rest()).ok()).collect())
    }
}

/// A number as exchanges write it: with a plus, with the country and no plus, or as it is dialled at home. None: withheld, or
/// the telephone of a colleague.
fn dialled(number: &str, region: &str) -> Option<Phone> {
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    if digits < 7 {
        return None;
    }
    let international = if number.starts_with('+') { number.to_owned() } else { format!("+{number}") };
    Phone::parse(&international, region).or_else(|_| Phone::parse(number, region)).or_else(|_| Phone::from_e164(&international)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_exchanges_write_them() {
        let table = [
            ("+36301234567", "HU", "+36301234567"),
            ("36301234567", "HU", "+36301234567"),
            ("06 30 123 4567", "HU", "+36301234567"),
            ("79161234567", "RU", "+79161234567"),
            ("89161234567", "RU", "+79161234567"),
            ("+447700900123", "RU", "+447700900123"),
            ("anonymous", "RU", ""),
            ("", "HU", ""),
            ("101", "HU", ""),
            ("client:desk", "HU", ""),
        ];
        for (written, region, expected) in table {
            assert_eq!(dialled(written, region).map(|phone| phone.e164().to_owned()).unwrap_or_default(), expected, "{written}");
        }
    }
}
