-- Versions of handlers. begun_with: the one that the job began with; null before its first run, and once it has left a canary.
-- canary: whether its latest run began as a canary's. made_for: the version that the payload was made for. payload_form: the first
-- version whose payloads have the form of this one, as far as migrators said at the submit.
ALTER TABLE job ADD COLUMN begun_with VARCHAR(200);
ALTER TABLE job ADD COLUMN canary BOOLEAN DEFAULT FALSE NOT NULL;
ALTER TABLE job ADD COLUMN made_for VARCHAR(200);
ALTER TABLE job ADD COLUMN payload_form VARCHAR(200);

-- Jobs in flight stand in lanes of their own, by the version that they began with.
ALTER TABLE lane ADD COLUMN begun_with VARCHAR(200);
ALTER TABLE lane ADD COLUMN canary BOOLEAN DEFAULT FALSE NOT NULL;

-- The first version whose payloads have the form of the handler's own; null if its bundle says nothing.
ALTER TABLE host_handler ADD COLUMN form VARCHAR(200);
