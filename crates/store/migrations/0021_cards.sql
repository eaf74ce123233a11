-- Counts what has changed of a card, of where somebody can be reached and of what they permitted, so that whoever has read a card
-- sees by one number whether it is still the same.
ALTER TABLE patients ADD COLUMN card_version BIGINT NOT NULL DEFAULT 0;
