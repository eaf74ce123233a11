-- Where this database stood when it was last worked with, and how far it had come. One that was restored from a backup
-- stands elsewhere, or has gone back.
CREATE TABLE whereabouts (
    seat BIGINT NOT NULL PRIMARY KEY CHECK (seat = 1),
    place TEXT NOT NULL,
    beat BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
-- The hours of which a restored backup knows nothing.
CREATE TABLE restores (
    found_at BIGINT NOT NULL PRIMARY KEY,
    lost_from BIGINT NOT NULL
);
-- What may have gone in those hours has no time of its own: it waits for a person.
CREATE INDEX outbound_restored ON outbound (clinic_id, created_at, id) WHERE state = 'held' AND due_at IS NULL;
-- Of several nodes one fetches the messages of an account.
CREATE TABLE polling (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id),
    node TEXT NOT NULL,
    lease_until BIGINT NOT NULL
);
-- Nodes whose clocks have gone wrong while they worked, by the database's own clock.
CREATE TABLE wrong_clocks (
    node TEXT NOT NULL PRIMARY KEY,
    ahead_by BIGINT NOT NULL,
    since_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
