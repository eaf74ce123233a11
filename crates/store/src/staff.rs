//! The people of the clinic, their absences and their signed-in browsers.

use kernel::{ClinicId, PersonName, Secret, SessionId, StaffId, Timestamp};

use clinic::staff::StaffMember;

use crate::columns::{at, json, read_at, read_word, text, word};
use crate::{Row, StoreError, Tx, Value};

const SAVE: &str = "INSERT INTO staff
    (id, clinic_id, given, family, title, role, locale, email, shifts, provides, employed)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT (id) DO UPDATE SET clinic_id = excluded.clinic_id, given = excluded.given, family = excluded.family,
    title = excluded.title, role = excluded.role, locale = excluded.locale, email = excluded.email, shifts = excluded.shifts,
    provides = excluded.provides, employed = excluded.employed";
const ONE: &str = "SELECT id, clinic_id, given, family, title, role, locale, email, shifts, provides, employed
    FROM staff WHERE id = $1";
const ALL: &str = "SELECT id, clinic_id, given, family, title, role, locale, email, shifts, provides, employed
    FROM staff ORDER BY family, given, id";
const OF_CLINIC: &str = "SELECT id, clinic_id, given, family, title, role, locale, email, shifts, provides, employed
    FROM staff WHERE clinic_id = $1 ORDER BY family, given, id";
const NAMES: &str = "SELECT id, given, family FROM staff ORDER BY id";
const BY_EMAIL: &str = "SELECT id, clinic_id, given, family, title, role, locale, email, shifts, provides, employed, password_hash
    FROM staff WHERE email = $1";
const SET_PASSWORD: &str = "UPDATE staff SET password_hash = $2 WHERE id = $1";
const TELEPHONE: &str = "SELECT extension FROM staff_telephones WHERE staff_id = $1";
const SET_TELEPHONE: &str = "INSERT INTO staff_telephones (staff_id, extension) VALUES ($1, $2)
    ON CONFLICT (staff_id) DO UPDATE SET extension = excluded.extension";
const END_TELEPHONE: &str = "DELETE FROM staff_telephones WHERE staff_id = $1";
const ADD_ABSENCE: &str = "INSERT INTO absences (staff_id, from_at, until_at) VALUES ($1, $2, $3)
    ON CONFLICT (staff_id, from_at) DO UPDATE SET until_at = excluded.until_at";
const ABSENCES: &str = "SELECT absences.staff_id, absences.from_at, absences.until_at
    FROM absences JOIN staff ON staff.id = absences.staff_id
    WHERE staff.clinic_id = $1 AND absences.until_at > $2 AND absences.from_at < $3
    ORDER BY absences.from_at, absences.staff_id";
const ADD_SESSION: &str = "INSERT INTO sessions (token_hash, id, staff_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)";
const SESSION: &str = "SELECT staff.id, clinic_id, given, family, title, role, locale, email, shifts, provides, employed
    FROM sessions JOIN staff ON staff.id = sessions.staff_id
    WHERE sessions.token_hash = $1 AND sessions.expires_at > $2";
const END_SESSION: &str = "DELETE FROM sessions WHERE token_hash = $1";
const END_SESSIONS_OF: &str = "DELETE FROM sessions WHERE staff_id = $1";
const END_OLD_SESSIONS: &str = "DELETE FROM sessions WHERE expires_at <= $1";

/// The telephone of their own, as their exchange calls it.
pub fn telephone(tx: &mut Tx<'_>, member: StaffId) -> Result<Option<String>, StoreError> {
    tx.optional(TELEPHONE, &[Value::text(member)], |row| row.get("extension"))
}

/// None: from now on the clinic's rings.
pub fn set_telephone(tx: &mut Tx<'_>, member: StaffId, extension: Option<&str>) -> Result<(), StoreError> {
    let done = match extension {
        Some(extension) => tx.execute(SET_TELEPHONE, &[Value::text(member), extension.into()]),
        None => tx.execute(END_TELEPHONE, &[Value::text(member)]),
    };
    done.map(drop)
}

pub fn save(tx: &mut Tx<'_>, member: &StaffMember) -> Result<(), StoreError> {
    let params = [
        Value::text(member.id),
        Value::text(member.clinic),
        member.name.given().into(),
        member.name.family().into(),
        member.title.as_str().into(),
        word(&member.role),
        word(&member.locale),
        text(member.email.as_ref()),
        json(&member.shifts),
        word(&member.provides),
        word(&member.employed),
    ];
    tx.execute(SAVE, &params).map(drop)
}

pub fn find(tx: &mut Tx<'_>, id: StaffId) -> Result<Option<StaffMember>, StoreError> {
    tx.recall_one(ONE, &[Value::text(id)], read)
}

pub fn all(tx: &mut Tx<'_>) -> Result<Vec<StaffMember>, StoreError> {
    tx.query(ALL, &[], read)
}

pub fn of_clinic(tx: &mut Tx<'_>, clinic: ClinicId) -> Result<Vec<StaffMember>, StoreError> {
    tx.query(OF_CLINIC, &[Value::text(clinic)], read)
}

/// How everybody is called, without what else is known of them: a page of a big chain asks for nothing more.
pub fn names(tx: &mut Tx<'_>) -> Result<Vec<(StaffId, PersonName)>, StoreError> {
    tx.query(NAMES, &[], |row| Ok((row.parse("id")?, read_name(row)?)))
}

/// Who signs in with this address, and the hash that their password must fit.
pub fn by_email(tx: &mut Tx<'_>, email: &str) -> Result<Option<(StaffMember, Option<Secret>)>, StoreError> {
    tx.optional(BY_EMAIL, &[email.into()], |row| Ok((read(row)?, row.get::<Option<String>>("password_hash")?.map(Secret::new))))
}

pub fn set_password(tx: &mut Tx<'_>, id: StaffId, hash: &Secret) -> Result<(), StoreError> {
    tx.execute(SET_PASSWORD, &[Value::text(id), hash.expose().into()]).map(drop)
}

fn read_name(row: &Row<'_>) -> Result<PersonName, StoreError> {
    PersonName::new(&row.get::<String>("given")?, &row.get::<String>("family")?).map_err(|_| row.misfit("given", "is not a name"))
}

fn read(row: &Row<'_>) -> Result<StaffMember, StoreError> {
    let name = read_name(row)?;
    Ok(StaffMember {
        id: row.parse("id")?,
        clinic: row.parse("clinic_id")?,
        name,
        title: row.get("title")?,
        role: read_word(row, "role")?,
        locale: read_word(row, "locale")?,
        email: row.get("email")?,
        shifts: row.json("shifts")?,
        provides: read_word(row, "provides")?,
        employed: read_word(row, "employed")?,
    })
}

pub fn add_absence(tx: &mut Tx<'_>, staff: StaffId, from: Timestamp, until: Timestamp) -> Result<(), StoreError> {
    tx.execute(ADD_ABSENCE, &[Value::text(staff), at(from), at(until)]).map(drop)
}

/// Who is away at some time between the two instants.
pub fn absences(
    tx: &mut Tx<'_>,
    clinic: ClinicId,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<(StaffId, Timestamp, Timestamp)>, StoreError> {
    tx.query(ABSENCES, &[Value::text(clinic), at(from), at(until)], |row| {
        Ok((row.parse("staff_id")?, read_at(row, "from_at")?, read_at(row, "until_at")?))
    })
}

/// A signed-in browser.
#[derive(Debug, Clone, Copy)]
pub struct NewSession {
    pub id: SessionId,
    pub staff: StaffId,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

pub fn add_session(tx: &mut Tx<'_>, token_hash: &str, session: NewSession) -> Result<(), StoreError> {
    let NewSession { id, staff, created_at, expires_at } = session;
    tx.execute(ADD_SESSION, &[token_hash.into(), Value::text(id), Value::text(staff), at(created_at), at(expires_at)]).map(drop)
}

/// Who is signed in with the token of this hash.
pub fn signed_in(tx: &mut Tx<'_>, token_hash: &str, now: Timestamp) -> Result<Option<StaffMember>, StoreError> {
    tx.optional(SESSION, &[token_hash.into(), at(now)], read)
}

pub fn end_session(tx: &mut Tx<'_>, token_hash: &str) -> Result<(), StoreError> {
    tx.execute(END_SESSION, &[token_hash.into()]).map(drop)
}

pub fn end_sessions_of(tx: &mut Tx<'_>, staff: StaffId) -> Result<(), StoreError> {
    tx.execute(END_SESSIONS_OF, &[Value::text(staff)]).map(drop)
}

pub fn end_old_sessions(tx: &mut Tx<'_>, now: Timestamp) -> Result<u64, StoreError> {
    tx.execute(END_OLD_SESSIONS, &[at(now)])
}
