//! The organisation, its clinics, chairs and services.

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
