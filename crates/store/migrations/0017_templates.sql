-- The texts that a provider has approved for an account, each in its language, as the provider last told of it.
CREATE TABLE templates (
    account_id TEXT NOT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    template TEXT NOT NULL,
    PRIMARY KEY (account_id, name, language)
);
-- Which of them says which text of the care bot, and what stands in its gaps. It stays when the provider takes the text away:
-- the desk is told then, instead of a patient not being told.
CREATE TABLE template_uses (
    account_id TEXT NOT NULL,
    text_key TEXT NOT NULL,
    locale TEXT NOT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    assignment TEXT NOT NULL,
    PRIMARY KEY (account_id, text_key, locale)
);
-- What a provider is asked about an account now and then, by one node at a time.
CREATE TABLE lookups (
    account_id TEXT NOT NULL,
    about TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    node TEXT,
    lease_until BIGINT,
    looked_at BIGINT,
    found TEXT,
    PRIMARY KEY (account_id, about)
);
