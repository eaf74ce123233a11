-- As whoever writes from there calls themselves: another name some day is a hint that the number is somebody else's.
ALTER TABLE contact_points ADD COLUMN called TEXT;
-- Somebody who types codes that are none guesses.
CREATE TABLE code_tries (
    account_id TEXT NOT NULL,
    address TEXT NOT NULL,
    tried_at BIGINT NOT NULL
);
CREATE INDEX code_tries_by_account ON code_tries (account_id, tried_at);
