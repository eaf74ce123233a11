//! The organisation, its clinics, chairs and services.

use std::rc::Rc;

use kernel::{ChairId, ClinicId, OrganisationId, ServiceId, Timestamp};

use clinic::clinics::Clinic;
use clinic::services::{Chair, Service};

use crate::columns::{at, json, read_word, text, word};
use crate::{Row, StoreError, Tx, Value};

const ADD_ORGANISATION: &str = "INSERT INTO organisation (id, name, created_at) VALUES ($1, $2, $3)";
const ORGANISATION: &str = "SELECT id, name FROM organisation ORDER BY created_at, id LIMIT 1";
const TAKE_TURNS: &str = "UPDATE organisation SET name = name";
const SAVE_CLINIC: &str = "INSERT INTO clinics
    (id, name, zone, locale, address, map_url, region, hours, exceptions, quiet_hours, daily_cap, public_url)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, zone = excluded.zone, locale = excluded.locale, address = excluded.address,
    map_url = excluded.map_url, region = excluded.region, hours = excluded.hours, exceptions = excluded.exceptions,
    quiet_hours = excluded.quiet_hours, daily_cap = excluded.daily_cap, public_url = excluded.public_url";
const CLINICS: &str = "SELECT id, name, zone, locale, address, map_url, region, hours, exceptions, quiet_hours, daily_cap, public_url
    FROM clinics ORDER BY name, id";
const CLINIC: &str = "SELECT id, name, zone, locale, address, map_url, region, hours, exceptions, quiet_hours, daily_cap, public_url
    FROM clinics WHERE id = $1";
const SAVE_CHAIR: &str = "INSERT INTO chairs (id, clinic_id, name) VALUES ($1, $2, $3)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name";
const CHAIRS: &str = "SELECT id, clinic_id, name FROM chairs WHERE clinic_id = $1 ORDER BY name, id";
const SAVE_SERVICE: &str = "INSERT INTO services
    (id, clinic_id, name, minutes, buffer_minutes, providers, chairs, preparation, offered)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, minutes = excluded.minutes, buffer_minutes = excluded.buffer_minutes,
    providers = excluded.providers, chairs = excluded.chairs, preparation = excluded.preparation, offered = excluded.offered";
const SERVICES: &str = "SELECT id, clinic_id, name, minutes, buffer_minutes, providers, chairs, preparation, offered
    FROM services WHERE clinic_id = $1 ORDER BY name, id";
const SERVICE: &str = "SELECT id, clinic_id, name, minutes, buffer_minutes, providers, chairs, preparation, offered
    FROM services WHERE id = $1";

pub fn add_organisation(tx: &mut Tx<'_>, id: OrganisationId, name: &str, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(ADD_ORGANISATION, &[Value::text(id), name.into(), at(now)]).map(drop)
}

/// None until the first run has set it up.
pub fn organisation(tx: &mut Tx<'_>) -> Result<Option<(OrganisationId, String)>, StoreError> {
    tx.optional(ORGANISATION, &[], |row| Ok((row.parse("id")?, row.get("name")?)))
}

/// Acts that decide by what all rows of a table say together come one after another, on PostgreSQL too.
pub fn take_turns(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    tx.execute(TAKE_TURNS, &[]).map(drop)
}

pub fn save_clinic(tx: &mut Tx<'_>, clinic: &Clinic) -> Result<(), StoreError> {
    let params = [
        Value::text(clinic.id),
        clinic.name.as_str().into(),
        clinic.zone.name().into(),
        word(&clinic.locale),
        clinic.address.as_str().into(),
        text(clinic.map_url.as_ref()),
        clinic.region.as_str().into(),
        json(&clinic.hours),
        json(&clinic.exceptions),
        json(&clinic.quiet_hours),
        clinic.daily_cap.into(),
        text(clinic.public_url.as_ref()),
    ];
    tx.execute(SAVE_CLINIC, &params).map(drop)
}

pub fn clinics(tx: &mut Tx<'_>) -> Result<Vec<Clinic>, StoreError> {
    tx.query(CLINICS, &[], read_clinic)
}

pub fn clinic(tx: &mut Tx<'_>, id: ClinicId) -> Result<Option<Clinic>, StoreError> {
    tx.recall_one(CLINIC, &[Value::text(id)], read_clinic)
}

/// The same for whoever asks again and again in one transaction.
pub fn shared_clinic(tx: &mut Tx<'_>, id: ClinicId) -> Result<Rc<Option<Clinic>>, StoreError> {
    tx.infer(CLINIC, &[Value::text(id)], |tx| clinic(tx, id))
}

fn read_clinic(row: &Row<'_>) -> Result<Clinic, StoreError> {
    Ok(Clinic {
        id: row.parse("id")?,
        name: row.get("name")?,
        zone: read_word(row, "zone")?,
        locale: read_word(row, "locale")?,
        address: row.get("address")?,
        map_url: row.get("map_url")?,
        region: row.get("region")?,
        hours: row.json("hours")?,
        exceptions: row.json("exceptions")?,
        quiet_hours: row.json("quiet_hours")?,
        daily_cap: row.get("daily_cap")?,
        public_url: row.get("public_url")?,
    })
}

pub fn save_chair(tx: &mut Tx<'_>, chair: &Chair) -> Result<(), StoreError> {
    tx.execute(SAVE_CHAIR, &[Value::text(chair.id), Value::text(chair.clinic), chair.name.as_str().into()]).map(drop)
}

pub fn chairs(tx: &mut Tx<'_>, clinic: ClinicId) -> Result<Vec<Chair>, StoreError> {
    tx.query(CHAIRS, &[Value::text(clinic)], |row| {
        Ok(Chair { id: row.parse::<ChairId>("id")?, clinic: row.parse("clinic_id")?, name: row.get("name")? })
    })
}

pub fn save_service(tx: &mut Tx<'_>, service: &Service) -> Result<(), StoreError> {
    let params = [
        Value::text(service.id),
        Value::text(service.clinic),
        service.name.as_str().into(),
        service.minutes.into(),
        service.buffer_minutes.into(),
        json(&service.providers),
        json(&service.chairs),
        service.preparation.as_str().into(),
        word(&service.offered),
    ];
    tx.execute(SAVE_SERVICE, &params).map(drop)
}

pub fn services(tx: &mut Tx<'_>, clinic: ClinicId) -> Result<Vec<Service>, StoreError> {
    tx.query(SERVICES, &[Value::text(clinic)], read_service)
}

pub fn service(tx: &mut Tx<'_>, id: ServiceId) -> Result<Option<Service>, StoreError> {
    tx.recall_one(SERVICE, &[Value::text(id)], read_service)
}

fn read_service(row: &Row<'_>) -> Result<Service, StoreError> {
    Ok(Service {
        id: row.parse("id")?,
        clinic: row.parse("clinic_id")?,
        name: row.get("name")?,
        minutes: row.get("minutes")?,
        buffer_minutes: row.get("buffer_minutes")?,
        providers: row.json("providers")?,
        chairs: row.json("chairs")?,
        preparation: row.get("preparation")?,
        offered: read_word(row, "offered")?,
    })
}
