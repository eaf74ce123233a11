-- The words of a message never change: apart from it, each of its steps is a short row to write.
CREATE TABLE outbound_words (
    message_id TEXT NOT NULL PRIMARY KEY,
    words TEXT NOT NULL
);
-- What is there already keeps its words where it has them: among everything else.
INSERT INTO outbound_words (message_id, words) SELECT id, message FROM outbound;
-- Each message that leaves is a row of the stream, and speaks of no visit.
DROP INDEX happenings_of_visit;
CREATE INDEX happenings_of_visit ON happenings (visit_id, id) WHERE visit_id IS NOT NULL;
