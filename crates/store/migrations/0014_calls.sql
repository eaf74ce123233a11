-- Telephone calls: all that was told of each, under the name that its exchange gives it.
CREATE TABLE calls (
    id TEXT NOT NULL PRIMARY KEY,
    clinic_id TEXT NOT NULL REFERENCES clinics (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    call_key TEXT NOT NULL,
    -- NULL where the number is withheld
    conversation_id TEXT REFERENCES conversations (id),
    state TEXT NOT NULL,
    told TEXT NOT NULL,
    began_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX calls_by_key ON calls (account_id, call_key);
CREATE INDEX calls_of_conversation ON calls (conversation_id, id);
-- What rings now is asked for by every open page.
CREATE INDEX calls_ringing ON calls (clinic_id, began_at) WHERE state = 'ringing';
-- How often somebody was rung up in vain: after a few times nobody tries again by themselves.
ALTER TABLE desk_tasks ADD COLUMN tries BIGINT NOT NULL DEFAULT 0;
