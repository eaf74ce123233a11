-- A message waits in the lane of its account and rank: what is due is found there however much waits behind it.
CREATE INDEX outbound_lanes ON outbound (account_id, priority, due_at, id) WHERE state = 'queued';
-- What has yet to go in a thread holds back what was said after it.
CREATE INDEX outbound_going ON outbound (conversation_id, created_at, id) WHERE state IN ('queued', 'sending');
-- Only what a channel has taken has a name there.
DROP INDEX outbound_by_provider_key;
CREATE INDEX outbound_by_provider_key ON outbound (account_id, provider_key) WHERE provider_key IS NOT NULL;
