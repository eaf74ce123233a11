-- With hundreds of thousands of threads, links and keys nothing that is asked every few seconds may read all of them.
CREATE INDEX conversations_waiting ON conversations (clinic_id, urgency, waiting_since, id) WHERE state = 'waiting';
CREATE INDEX conversations_held ON conversations (assigned_to, id) WHERE state = 'assigned';
CREATE INDEX conversations_snoozed ON conversations (last_message_at, id) WHERE state = 'snoozed';
CREATE INDEX links_by_end ON links (expires_at);
CREATE INDEX sessions_by_end ON sessions (expires_at);
CREATE INDEX happenings_marks ON happenings (clinic_id, id) WHERE visit_id IS NOT NULL;
-- A patient's keys with their text: whether a second word fits is answered by the index alone.
DROP INDEX patient_keys_of_patient;
CREATE INDEX patient_keys_of_patient ON patient_keys (patient_id, search_key);
