-- What has no key of another program needs no place in the index of those keys, and nobody asks the stream by conversation.
DROP INDEX patients_by_external_key;
CREATE UNIQUE INDEX patients_by_external_key ON patients (clinic_id, external_key) WHERE external_key IS NOT NULL;
DROP INDEX visits_by_external_key;
CREATE UNIQUE INDEX visits_by_external_key ON visits (clinic_id, external_key) WHERE external_key IS NOT NULL;
DROP INDEX happenings_of_conversation;
