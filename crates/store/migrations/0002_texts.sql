-- A clinic's own wording of what the care bot says.
CREATE TABLE texts (
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    text_key TEXT NOT NULL,
    wording TEXT NOT NULL,
    saved_by TEXT NOT NULL REFERENCES staff (id),
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (clinic_id, text_key)
);
