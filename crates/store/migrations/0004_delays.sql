-- When each loop of each node has last ended a round well: what stands still is seen from every node.
CREATE TABLE rounds (
    node TEXT NOT NULL,
    loop_name TEXT NOT NULL,
    ended_at BIGINT NOT NULL,
    PRIMARY KEY (node, loop_name)
);

-- Since when an account does not work.
ALTER TABLE accounts ADD COLUMN troubled_at BIGINT;
