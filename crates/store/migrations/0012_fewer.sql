-- A message moves on twice before it has gone, and PostgreSQL writes it into every index each time: its thread has one that
-- serves for its time as well. What is about no visit needs no place among the visits.
DROP INDEX outbound_by_time;
DROP INDEX happenings_of_visit;
CREATE INDEX happenings_of_visit ON happenings (visit_id, id) WHERE visit_id IS NOT NULL;
