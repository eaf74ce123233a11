-- What is queued or being sent is on its way: one word for both, told apart by the lease, so that no index changes when a message
-- is claimed.
UPDATE outbound SET state = 'going' WHERE state = 'queued' OR state = 'sending';
DROP INDEX outbound_queued;
DROP INDEX outbound_lanes;
CREATE INDEX outbound_lanes ON outbound (account_id, priority, due_at, id) WHERE state = 'going';
DROP INDEX outbound_going;
CREATE INDEX outbound_going ON outbound (conversation_id, created_at, id) WHERE state = 'going';
-- What was claimed together stands in one row, by which it is found when whoever claimed it does not come back.
DROP INDEX outbound_sending;
CREATE TABLE claims (
    id TEXT NOT NULL PRIMARY KEY,
    lease_until BIGINT NOT NULL,
    messages TEXT NOT NULL
);
CREATE INDEX claims_by_end ON claims (lease_until, id);
INSERT INTO claims (id, lease_until, messages)
    SELECT id, lease_until, '["' || id || '"]' FROM outbound WHERE state = 'going' AND lease_until IS NOT NULL;
