-- One organisation. Ids are prefixed text; instants are milliseconds UTC in *_at; civil days are text in *_on.

CREATE TABLE organisation (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- there is one: of two who set it up at the same time, one is told
    seat BIGINT NOT NULL DEFAULT 1 UNIQUE CHECK (seat = 1)
);

CREATE TABLE clinics (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    zone TEXT NOT NULL,
    locale TEXT NOT NULL,
    address TEXT NOT NULL,
    map_url TEXT,
    region TEXT NOT NULL,
    hours TEXT NOT NULL,
    exceptions TEXT NOT NULL,
    quiet_hours TEXT NOT NULL,
    daily_cap BIGINT NOT NULL,
    public_url TEXT
);

CREATE TABLE staff (
    id TEXT NOT NULL PRIMARY KEY,
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    given TEXT NOT NULL,
    family TEXT NOT NULL,
    title TEXT NOT NULL,
    role TEXT NOT NULL,
    locale TEXT NOT NULL,
    email TEXT UNIQUE,
    shifts TEXT NOT NULL,
    provides TEXT NOT NULL,
    employed TEXT NOT NULL,
    password_hash TEXT
);

CREATE TABLE sessions (
    token_hash TEXT NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_of_staff ON sessions (staff_id);

CREATE TABLE absences (
    staff_id TEXT NOT NULL REFERENCES staff (id),
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    PRIMARY KEY (staff_id, from_at)
);

CREATE TABLE chairs (
    id TEXT NOT NULL PRIMARY KEY,
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    name TEXT NOT NULL
);

CREATE TABLE services (
    id TEXT NOT NULL PRIMARY KEY,
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    name TEXT NOT NULL,
    minutes BIGINT NOT NULL,
    buffer_minutes BIGINT NOT NULL,
    providers TEXT NOT NULL,
    chairs TEXT NOT NULL,
    preparation TEXT NOT NULL,
    offered TEXT NOT NULL
);

CREATE TABLE patients (
    id TEXT NOT NULL PRIMARY KEY,
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    given TEXT NOT NULL,
    family TEXT NOT NULL,
    name_key TEXT NOT NULL,
    locale TEXT NOT NULL,
    born_on TEXT,
    guardian_id TEXT REFERENCES patients (id),
    zone TEXT,
    preferred_channel TEXT,
    bots TEXT NOT NULL,
    standing TEXT NOT NULL,
    note TEXT NOT NULL,
    external_key TEXT,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX patients_by_external_key ON patients (clinic_id, external_key);
CREATE INDEX patients_by_name ON patients (name_key, id);
CREATE INDEX patients_by_guardian ON patients (guardian_id);

-- Each word of a name and each ending of a phone number, under the key that search makes of it.
CREATE TABLE patient_keys (
    search_key TEXT NOT NULL,
    patient_id TEXT NOT NULL REFERENCES patients (id),
    PRIMARY KEY (search_key, patient_id)
);
CREATE INDEX patient_keys_of_patient ON patient_keys (patient_id);

CREATE TABLE contact_points (
    id TEXT NOT NULL PRIMARY KEY,
    patient_id TEXT NOT NULL REFERENCES patients (id),
    address TEXT NOT NULL,
    sureness TEXT NOT NULL,
    state TEXT NOT NULL,
    last_inbound_at BIGINT,
    created_at BIGINT NOT NULL,
    UNIQUE (patient_id, address)
);
CREATE INDEX contact_points_by_address ON contact_points (address, created_at, id);

CREATE TABLE consents (
    id TEXT NOT NULL PRIMARY KEY,
    patient_id TEXT NOT NULL REFERENCES patients (id),
    purpose TEXT NOT NULL,
    channel TEXT,
    wording TEXT NOT NULL,
    locale TEXT NOT NULL,
    given_by TEXT NOT NULL,
    through TEXT NOT NULL,
    proof TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    withdrawn_at BIGINT
);
CREATE INDEX consents_of_patient ON consents (patient_id, given_at, id);

CREATE TABLE visits (
    id TEXT NOT NULL PRIMARY KEY,
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    patient_id TEXT NOT NULL REFERENCES patients (id),
    provider_id TEXT NOT NULL REFERENCES staff (id),
    chair_id TEXT REFERENCES chairs (id),
    service_id TEXT NOT NULL REFERENCES services (id),
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    state_detail TEXT NOT NULL,
    late_minutes BIGINT,
    note TEXT NOT NULL,
    booked_at BIGINT NOT NULL,
    chain_id TEXT NOT NULL,
    moves BIGINT NOT NULL,
    version BIGINT NOT NULL,
    external_key TEXT
);
CREATE INDEX visits_by_day ON visits (clinic_id, starts_at, id);
CREATE INDEX visits_by_provider ON visits (provider_id, starts_at, id);
CREATE INDEX visits_by_patient ON visits (patient_id, starts_at, id);
CREATE INDEX visits_by_chain ON visits (chain_id, moves);
CREATE UNIQUE INDEX visits_by_external_key ON visits (clinic_id, external_key);

-- Whoever books takes the day of the provider and of the chair first: two at once stand in line.
CREATE TABLE journal_days (
    owner_id TEXT NOT NULL,
    day_on TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (owner_id, day_on)
);

CREATE TABLE accounts (
    id TEXT NOT NULL PRIMARY KEY,
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    channel TEXT NOT NULL,
    name TEXT NOT NULL,
    handle TEXT NOT NULL,
    settings TEXT NOT NULL,
    reached TEXT NOT NULL,
    state TEXT NOT NULL,
    poll_cursor TEXT,
    trouble TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX accounts_by_channel ON accounts (channel, id);

CREATE TABLE conversations (
    id TEXT NOT NULL PRIMARY KEY,
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    patient_id TEXT UNIQUE REFERENCES patients (id),
    address TEXT UNIQUE,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    state_detail TEXT NOT NULL,
    waiting_since BIGINT,
    urgency TEXT,
    assigned_to TEXT REFERENCES staff (id),
    last_message_at BIGINT NOT NULL,
    preview TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX conversations_by_state ON conversations (clinic_id, state, last_message_at, id);
CREATE INDEX conversations_by_time ON conversations (clinic_id, last_message_at, id);

-- What providers have told us before: the same news twice changes nothing.
CREATE TABLE arrivals (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    repeat_key TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, repeat_key)
);
CREATE INDEX arrivals_by_time ON arrivals (received_at);

CREATE TABLE inbound (
    id TEXT NOT NULL PRIMARY KEY,
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    channel TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    from_address TEXT NOT NULL,
    provider_key TEXT NOT NULL,
    said TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    received_at BIGINT NOT NULL
);
CREATE INDEX inbound_of_conversation ON inbound (conversation_id, id);

CREATE TABLE outbound (
    id TEXT NOT NULL PRIMARY KEY,
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    patient_id TEXT REFERENCES patients (id),
    priority BIGINT NOT NULL,
    account_id TEXT REFERENCES accounts (id),
    state TEXT NOT NULL,
    due_at BIGINT,
    lease_until BIGINT,
    provider_key TEXT,
    message TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX outbound_of_conversation ON outbound (conversation_id, id);
CREATE INDEX outbound_queued ON outbound (due_at, priority, id) WHERE state = 'queued';
CREATE INDEX outbound_held ON outbound (due_at, id) WHERE state = 'held';
CREATE INDEX outbound_sending ON outbound (lease_until, id) WHERE state = 'sending';
CREATE INDEX outbound_by_provider_key ON outbound (account_id, provider_key);
CREATE INDEX outbound_by_time ON outbound (conversation_id, created_at, id);

CREATE TABLE notes (
    id TEXT NOT NULL PRIMARY KEY,
    conversation_id TEXT NOT NULL REFERENCES conversations (id),
    staff_id TEXT NOT NULL REFERENCES staff (id),
    text TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX notes_of_conversation ON notes (conversation_id, id);

CREATE TABLE happenings (
    id TEXT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    by_actor TEXT NOT NULL,
    through TEXT NOT NULL,
    clinic_id TEXT NOT NULL,
    patient_id TEXT,
    visit_id TEXT,
    conversation_id TEXT,
    name TEXT NOT NULL,
    what TEXT NOT NULL
);
CREATE INDEX happenings_of_patient ON happenings (patient_id, id);
CREATE INDEX happenings_of_visit ON happenings (visit_id, id);
CREATE INDEX happenings_of_conversation ON happenings (conversation_id, id);

CREATE TABLE playbooks (
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    playbook TEXT NOT NULL,
    switched TEXT NOT NULL,
    PRIMARY KEY (clinic_id, playbook)
);

CREATE TABLE runs (
    id TEXT NOT NULL PRIMARY KEY,
    playbook TEXT NOT NULL,
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    patient_id TEXT NOT NULL REFERENCES patients (id),
    state TEXT NOT NULL,
    due_at BIGINT,
    run TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX runs_due ON runs (due_at, id) WHERE state = 'waiting';
CREATE INDEX runs_of_patient ON runs (patient_id, playbook, id);
CREATE INDEX runs_of_playbook ON runs (clinic_id, playbook, changed_at, id);

CREATE TABLE run_visits (
    run_id TEXT NOT NULL REFERENCES runs (id),
    visit_id TEXT NOT NULL REFERENCES visits (id),
    PRIMARY KEY (run_id, visit_id)
);
CREATE INDEX run_visits_of_visit ON run_visits (visit_id, run_id);

CREATE TABLE run_traces (
    run_id TEXT NOT NULL REFERENCES runs (id),
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    step TEXT NOT NULL,
    what TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (run_id, number)
);

CREATE TABLE desk_tasks (
    id TEXT NOT NULL PRIMARY KEY,
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    kind TEXT NOT NULL,
    patient_id TEXT REFERENCES patients (id),
    visit_id TEXT REFERENCES visits (id),
    conversation_id TEXT REFERENCES conversations (id),
    run_id TEXT REFERENCES runs (id),
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    state_detail TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX desk_tasks_open ON desk_tasks (clinic_id, due_at, id) WHERE state = 'open';
CREATE INDEX desk_tasks_of_visit ON desk_tasks (visit_id, id);
CREATE INDEX desk_tasks_of_conversation ON desk_tasks (conversation_id, id);

-- What stands behind a link that a patient holds: the token itself is nowhere.
CREATE TABLE links (
    token_hash TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    patient_id TEXT NOT NULL REFERENCES patients (id),
    chain_id TEXT,
    channel TEXT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX links_of_patient ON links (patient_id, purpose);
