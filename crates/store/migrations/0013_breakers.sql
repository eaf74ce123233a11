-- Accounts whose provider has not answered lately, for all nodes. An account that works has no row.
CREATE TABLE breakers (
    account_id TEXT NOT NULL PRIMARY KEY,
    breaker TEXT NOT NULL
);
