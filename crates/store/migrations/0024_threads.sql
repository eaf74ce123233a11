-- What was said before in a thread is found by the names in it, which never change. The index of what is on its way changed with
-- every message that left, each time on another page.
DROP INDEX outbound_going;
