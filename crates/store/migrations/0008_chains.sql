-- A clinic of a big chain finds its patients without reading those of the others.
CREATE TABLE keys_of_clinics (
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    search_key TEXT NOT NULL,
    patient_id TEXT NOT NULL REFERENCES patients (id),
    PRIMARY KEY (clinic_id, search_key, patient_id)
);
INSERT INTO keys_of_clinics (clinic_id, search_key, patient_id)
    SELECT clinic_id, search_key, patient_id FROM patient_keys JOIN patients ON patients.id = patient_id;
DROP TABLE patient_keys;
ALTER TABLE keys_of_clinics RENAME TO patient_keys;
CREATE INDEX patient_keys_of_patient ON patient_keys (patient_id, search_key);
-- And reads them by name from any place of its own list.
DROP INDEX patients_by_name;
CREATE INDEX patients_by_name ON patients (clinic_id, name_key, id);
