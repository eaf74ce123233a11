-- On which channels a clinic tries a message, one after another; with what stood there before, to take a change back.
CREATE TABLE ladders (
    clinic_id TEXT NOT NULL PRIMARY KEY REFERENCES clinics (id),
    ladder TEXT NOT NULL,
    earlier TEXT NOT NULL,
    version BIGINT NOT NULL
);
-- What an account's provider asks for each country and kind.
CREATE TABLE account_prices (
    account_id TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id),
    prices TEXT NOT NULL
);
-- What a message cost, in millionths of a unit of its money.
ALTER TABLE outbound ADD COLUMN price BIGINT;
ALTER TABLE outbound ADD COLUMN price_currency TEXT;
-- What was taken and waits for word of its delivery, by when it goes to the next rung.
CREATE INDEX outbound_climbing ON outbound (due_at, id) WHERE state = 'accepted' AND due_at IS NOT NULL;
-- The newest cards of a clinic, to count by them whom a ladder reaches.
CREATE INDEX patients_newest ON patients (clinic_id, id);
