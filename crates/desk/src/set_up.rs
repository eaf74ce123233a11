//! The first run: the organisation, its first clinic and its owner.
//!
//! Whoever is first becomes the owner, so it takes a code that only the one who started the program has seen. There is one
//! organisation: of two set-ups at the same instant the later one is refused.

use std::collections::BTreeMap;
use std::fmt;

use kernel::{ClinicId, Hours, Locale, OrganisationId, PersonName, QuietHours, Refusal, Secret, StaffId, Time, Zone, one_line};
use store::StoreError;

use clinic::actors::{Actor, Origin};
use clinic::clinics::Clinic;
use clinic::staff::{Employed, Provides, Role, StaffMember};

use crate::access::{Session, passwords};
use crate::{ActError, Desk};

/// The form of the first run.
#[derive(Clone)]
pub struct SetUp {
    pub code: Secret,
    pub organisation: String,
    pub clinic: FirstClinic,
    pub owner: Owner,
}

#[derive(Clone)]
pub struct FirstClinic {
    pub name: String,
    pub zone: Zone,
    pub locale: Locale,
    pub address: String,
    pub region: String,
    pub hours: Hours,
    pub public_url: Option<String>,
}

#[derive(Clone)]
pub struct Owner {
    pub name: PersonName,
    pub email: String,
    pub password: Secret,
    pub locale: Locale,
}

/// The code of this run. None, if everything is set up.
pub async fn set_up_code(desk: &Desk) -> Result<Option<Secret>, ActError> {
    let there = desk.look(|tx, _| Ok(store::clinics::organisation(tx)?)).await?;
    Ok(there.is_none().then(|| desk.doors().make_set_up_code(&mut desk.chance())))
}

/// The owner is signed in at once.
pub async fn set_up(desk: &Desk, form: SetUp) -> Result<Session, ActError> {
    if desk.look(|tx, _| Ok(store::clinics::organisation(tx)?)).await?.is_some() {
        return Err(done());
    }
    if !desk.doors().is_set_up_code(form.code.expose()) {
        return Err(Refusal::new("set-up.code").at("code").into());
    }
    let (now, mut chance) = (desk.now(), desk.chance());
    let organisation = one_line(&form.organisation, 200).map_err(|refusal| refusal.at("organisation"))?;
    let clinic = clinic(form.clinic, ClinicId::new(now, &mut chance)).checked()?;
    let owner = owner(&form.owner, &clinic, StaffId::new(now, &mut chance)).checked()?;
    if owner.email.is_none() {
        return Err(Refusal::new("staff.email").at("email").into());
    }
    passwords::check(&form.owner.password, &owner)?;
    let hash = passwords::hash(desk, form.owner.password).await?;
    let done_first = desk.act(Actor::Program, Origin::Desk, move |act| {
        if store::clinics::organisation(act.tx)?.is_some() {
            return Err(done());
        }
        let id = OrganisationId::new(act.now, &mut act.chance);
        store::clinics::add_organisation(act.tx, id, &organisation, act.now)?;
        store::clinics::save_clinic(act.tx, &clinic)?;
        store::staff::save(act.tx, &owner)?;
        store::staff::set_password(act.tx, owner.id, &hash)?;
        act.begin_session(owner.id)
    });
    match done_first.await {
        Err(ActError::Store(StoreError::Conflict { on })) if on.starts_with("organisation") => Err(done()),
        outcome => outcome,
    }
}

fn done() -> ActError {
    Refusal::new("set-up.done").into()
}

/// What the form does not ask has sensible beginnings and is changed in the settings.
fn clinic(form: FirstClinic, id: ClinicId) -> Clinic {
    let FirstClinic { name, zone, locale, address, region, hours, public_url } = form;
    let quiet_hours = QuietHours { from: Time::constant(20, 0, 0, 0), until: Time::constant(8, 0, 0, 0) };
    Clinic {
        id,
        name,
        zone,
        locale,
        address,
        map_url: None,
        region,
        hours,
        exceptions: BTreeMap::new(),
        quiet_hours,
        // the day before a visit the reminder may climb to a second channel
        daily_cap: 2,
        public_url,
    }
}

fn owner(form: &Owner, clinic: &Clinic, id: StaffId) -> StaffMember {
    StaffMember {
        id,
        clinic: clinic.id,
        name: form.name.clone(),
        title: form.name.full(form.locale),
        role: Role::Owner,
        locale: form.locale,
        email: Some(form.email.clone()),
        shifts: clinic.hours.clone(),
        provides: Provides::Nothing,
        employed: Employed::Yes,
    }
}

impl fmt::Debug for SetUp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("SetUp(***)")
    }
}
