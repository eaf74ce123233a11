-- What patients and the clinic send each other. The same bytes are kept once, by their SHA-256. They lie here and not in files
-- beside, so that one backup holds all and every node sees them; in parts, so that no act holds up the others for long.
CREATE TABLE files (
    hash TEXT NOT NULL PRIMARY KEY,
    file_type TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    width BIGINT,
    height BIGINT,
    -- a small picture for the thread
    preview BYTEA,
    -- touched whenever the same file comes again: what nobody uses any more goes after a while
    kept_at BIGINT NOT NULL
);
CREATE INDEX files_by_age ON files (kept_at);
CREATE TABLE file_parts (
    hash TEXT NOT NULL REFERENCES files (hash),
    number BIGINT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (hash, number)
);
CREATE TABLE message_files (
    message_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    why TEXT,
    hash TEXT REFERENCES files (hash),
    due_at BIGINT,
    attempts BIGINT NOT NULL,
    PRIMARY KEY (message_id, number)
);
CREATE INDEX message_files_waiting ON message_files (due_at, message_id, number) WHERE state = 'waiting';
CREATE INDEX message_files_of_file ON message_files (hash) WHERE hash IS NOT NULL;
-- An address at which a file can be fetched by whoever holds it, for a while. The token itself is nowhere.
CREATE TABLE file_links (
    token_hash TEXT NOT NULL PRIMARY KEY,
    message_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX file_links_old ON file_links (expires_at);
