-- SQLite makes a table of three words of a list anew for every row that is written, to see whether the row belongs into the
-- index; words that stand one beside the other it only compares.
DROP INDEX outbound_held_up;
CREATE INDEX outbound_held_up ON outbound (clinic_id, created_at, id) WHERE state = 'held' OR state = 'failed' OR state = 'uncertain';
