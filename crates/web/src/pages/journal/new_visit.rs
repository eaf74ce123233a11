//! A new visit in three steps: who, what with whom, when. Every step is an address, so nothing is lost on the way back.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use clinic::journal::{Slot, Wanted};
use clinic::patients::Patient;
use clinic::services::{Chair, Offered, Service};
use clinic::staff::{Employed, Provides, Right, StaffMember};
use desk::ActError;
use kernel::{Date, PatientId, Refusal, ServiceId, StaffId, Timestamp, format};
use store::Tx;

use super::view::{DayOfSlots, Found, FreeSlot, NewVisitPage};
use crate::Place;
use crate::fault::Fault;
use crate::forms::{Choice, Faults, day_typed};
use crate::pages::inbox::facts;
use crate::query::{Asked, Filled};
use crate::responder::shown_as;
use crate::session::SignedIn;
use crate::site::Site;
use crate::slot_word::SlotWord;
use crate::telling::days_after;

/// Free times of two weeks.
const DAYS_AHEAD: u32 = 14;
const SLOTS: usize = 120;

/// What can be chosen from.
struct Offer {
    services: Vec<Service>,
    staff: Vec<StaffMember>,
    chairs: Vec<Chair>,
    patient: Option<Patient>,
}

pub async fn open(State(site): State<Site>, me: SignedIn, Asked(asked): Asked) -> Result<Response, Fault> {
    shown(&site, &me, &asked, None).await
}

/// The form as it was sent, with the times that are free now and why the visit was not booked.
pub async fn refused(site: &Site, me: &SignedIn, form: &Filled, refusal: Refusal) -> Result<Response, Fault> {
    shown(site, me, form, Some(refusal)).await
}

async fn shown(site: &Site, me: &SignedIn, form: &Filled, refusal: Option<Refusal>) -> Result<Response, Fault> {
    me.actor().may(Right::ChangeJournal)?;
    let patient: Option<PatientId> = form.maybe_given("patient")?;
    let service: Option<ServiceId> = form.maybe_given("service")?;
    let provider: Option<StaffId> = form.maybe_given("provider")?;
    let from = form.day("from");
    let refusal = refusal.or_else(|| from.as_ref().err().cloned());
    let from = from.ok().flatten().unwrap_or_else(|| me.today()).max(me.today());
    let offer = offer(site, me, patient).await?;
    let days = match (service, &offer.patient) {
        (Some(service), Some(_)) => days(site, me, &offer, (service, provider, from)).await?,
        _ => Vec::new(),
    };
    let candidates = facts::candidates(site, me, form.text("find")).await?;
    let found = candidates.into_iter().map(|one| Found { id: one.patient.to_string(), name: one.name, detail: one.detail });
    let chosen = |id: Option<String>, list: Vec<Choice>| Choice::choose(list, &id.unwrap_or_default());
    let words = me.words();
    let status = refusal.as_ref().map_or(StatusCode::OK, |refusal| Fault::from(refusal.clone()).status);
    let view = NewVisitPage {
        page: me.page(site, Place::Journal, "journal-new-title").await?,
        find: form.text("find").to_owned(),
        found: found.collect(),
        patient: offer.patient.as_ref().map(|patient| card(me, patient)),
        services: chosen(service.map(|id| id.to_string()), offer.services()),
        providers: chosen(provider.map(|id| id.to_string()), offer.providers(words.say("journal-anybody"))),
        from: from.to_string(),
        from_typed: if form.day("from").is_err() { form.text("from").to_owned() } else { day_typed(from, me.locale()) },
        days,
        note: form.text("note").to_owned(),
        faults: refusal.map(|refusal| Faults::of(&refusal, words)).unwrap_or_default(),
    };
    shown_as(status, &view)
}

async fn offer(site: &Site, me: &SignedIn, patient: Option<PatientId>) -> Result<Offer, Fault> {
    let clinic = me.clinic.id;
    let read = move |tx: &mut Tx<'_>, _: Timestamp| {
        let patient = match patient {
            Some(id) => Some(store::patients::find(tx, id)?.ok_or_else(ActError::not_found)?),
            None => None,
        };
        let staff = store::staff::all(tx)?;
        let treats =
            |member: &StaffMember| member.clinic == clinic && member.provides == Provides::Treatment && member.employed == Employed::Yes;
        let offered = |service: &Service| service.offered == Offered::Yes;
        Ok(Offer {
            services: store::clinics::services(tx, clinic)?.into_iter().filter(offered).collect(),
            staff: staff.into_iter().filter(treats).collect(),
            chairs: store::clinics::chairs(tx, clinic)?,
            patient,
        })
    };
    Ok(site.desk().look(read).await?)
}

impl Offer {
    fn services(&self) -> Vec<Choice> {
        let services = self.services.iter().map(|service| Choice::new(service.id.to_string(), service.name.clone()));
        std::iter::once(Choice::new("", "—")).chain(services).collect()
    }

    fn providers(&self, anybody: String) -> Vec<Choice> {
        let providers = self.staff.iter().map(|member| Choice::new(member.id.to_string(), member.title.clone()));
        std::iter::once(Choice::new("", anybody)).chain(providers).collect()
    }

    /// 'Dr Gromov · chair 2'
    fn place(&self, me: &SignedIn, slot: &Slot) -> String {
        let provider = self.staff.iter().find(|member| member.id == slot.provider).map(|member| member.title.clone());
        let chair = self.chairs.iter().find(|chair| Some(chair.id) == slot.chair);
        let chair = chair.map(|chair| me.telling().chair(&chair.name));
        provider.into_iter().chain(chair).collect::<Vec<_>>().join(" · ")
    }
}

async fn days(
    site: &Site,
    me: &SignedIn,
    offer: &Offer,
    (service, provider, from): (ServiceId, Option<StaffId>, Date),
) -> Result<Vec<DayOfSlots>, Fault> {
    let mut wanted = Wanted::between(from, days_after(from, DAYS_AHEAD));
    wanted.provider = provider;
    let slots = desk::find_slots(site.desk(), me.actor(), service, wanted).await?;
    let telling = me.telling();
    let mut days: Vec<DayOfSlots> = Vec::new();
    for slot in slots.iter().take(SLOTS) {
        let day = format::date_long(slot.starts_at.date(telling.zone), me.locale());
        let free = FreeSlot { value: SlotWord(*slot).to_string(), time: telling.time(slot.starts_at), place: offer.place(me, slot) };
        match days.last_mut().filter(|last| last.day == day) {
            Some(last) => last.slots.push(free),
            None => days.push(DayOfSlots { day, slots: vec![free] }),
        }
    }
    Ok(days)
}

fn card(me: &SignedIn, patient: &Patient) -> Found {
    let born = patient.born_on.map(|born| format::date_with_year(born, me.locale()));
    Found { id: patient.id.to_string(), name: patient.name.full(me.locale()), detail: born.unwrap_or_default() }
}
