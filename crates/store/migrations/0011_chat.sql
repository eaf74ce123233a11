-- Browsers in which somebody has opened the chat of the clinic's website. The token itself is nowhere: only its hash is kept.
CREATE TABLE chat_visitors (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    origin TEXT NOT NULL,
    locale TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    -- the one before: whoever did not hear of the new one may come with it for a while
    former_hash TEXT,
    renewed_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX chat_visitors_token ON chat_visitors (token_hash);
CREATE INDEX chat_visitors_former ON chat_visitors (former_hash) WHERE former_hash IS NOT NULL;
CREATE INDEX chat_visitors_seen ON chat_visitors (seen_at);
-- Who asked to be called, with the words to which they agreed. Kept as proof, whatever becomes of the browser.
CREATE TABLE callbacks (
    message_id TEXT NOT NULL PRIMARY KEY,
    visitor_id TEXT NOT NULL,
    name TEXT NOT NULL,
    phone TEXT NOT NULL,
    wanted_at BIGINT,
    wording TEXT NOT NULL,
    wording_said TEXT NOT NULL,
    locale TEXT NOT NULL,
    consented_at BIGINT NOT NULL
);
CREATE INDEX callbacks_of_visitor ON callbacks (visitor_id, message_id);
-- Whose thread a browser belongs to.
CREATE INDEX inbound_from_website ON inbound (from_address, id) WHERE channel = 'web';
-- What no browser has fetched yet goes elsewhere after a while.
CREATE INDEX outbound_unfetched ON outbound (id) WHERE state = 'accepted' AND substr(provider_key, 1, 4) = 'web:';
