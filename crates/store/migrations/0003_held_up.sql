-- Messages that a person may have to look at stand on the first page of the day.
CREATE INDEX outbound_held_up ON outbound (clinic_id, created_at, id) WHERE state IN ('held', 'failed', 'uncertain');
