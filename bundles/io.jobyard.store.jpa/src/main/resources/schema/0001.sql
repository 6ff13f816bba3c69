-- The first schema. Instants are microseconds since 1970 UTC. A step once released never changes; what comes later is a step of its own.

CREATE TABLE incarnation (
  id ${id} NOT NULL PRIMARY KEY,
  host VARCHAR(300) NOT NULL,
  started_at BIGINT NOT NULL,
  lease_until BIGINT NOT NULL,
  ended_at BIGINT
);

-- What ready jobs share; digest stands for all its other columns.
CREATE TABLE lane (
  id INT NOT NULL PRIMARY KEY,
  digest ${digest} NOT NULL CONSTRAINT lane_digest UNIQUE,
  queue VARCHAR(200),
  priority INT NOT NULL,
  submitter VARCHAR(200) NOT NULL,
  type VARCHAR(200) NOT NULL,
  handler_version VARCHAR(200),
  limits VARCHAR(1000),
  estimated BOOLEAN DEFAULT FALSE NOT NULL,
  suspect BOOLEAN DEFAULT FALSE NOT NULL
);

-- lane: the lane's number while queued, 0 while running, null otherwise.
CREATE TABLE job (
  id ${id} NOT NULL,
  submitter VARCHAR(200) NOT NULL,
  created_at BIGINT NOT NULL,
  type VARCHAR(200) NOT NULL,
  queue VARCHAR(200),
  priority INT NOT NULL,
  timeout_millis BIGINT NOT NULL,
  max_retries INT NOT NULL,
  if_dependency_fails VARCHAR(10) NOT NULL,
  not_before BIGINT,
  expires_at BIGINT,
  job_key VARCHAR(400),
  labels VARCHAR(32000),
  handler_version VARCHAR(200),
  limits VARCHAR(1000),
  estimates VARCHAR(1000),
  status VARCHAR(10) NOT NULL,
  reason VARCHAR(20),
  run INT NOT NULL,
  attempt INT NOT NULL,
  changed_at BIGINT NOT NULL,
  started_at BIGINT,
  completed_at BIGINT,
  error VARCHAR(2000),
  host VARCHAR(300),
  version INT NOT NULL,
  pending INT NOT NULL,
  losses INT NOT NULL,
  cancel_requested BOOLEAN DEFAULT FALSE NOT NULL,
  incarnation ${id},
  lane INT,
  ready_at BIGINT,
  due_at BIGINT,
  payload VARCHAR(2000),
  result VARCHAR(2000),
  dependencies VARCHAR(2000)
);

-- The primary key, the youngest first: Derby reads an index in one direction only, and lists begin with the youngest.
CREATE UNIQUE INDEX job_id ON job (id DESC);
CREATE INDEX job_lane ON job (lane, ready_at, id);

-- Texts too long for the row: kind P payload, R result, D dependencies.
CREATE TABLE job_text (
  job_id ${id} NOT NULL,
  kind CHAR(1) NOT NULL,
  content ${long.text} NOT NULL,
  PRIMARY KEY (job_id, kind)
);

CREATE TABLE edge (
  parent ${id} NOT NULL,
  child ${id} NOT NULL,
  PRIMARY KEY (parent, child)
);

-- Parents that are final and have edges left.
CREATE TABLE release_marker (
  parent ${id} NOT NULL PRIMARY KEY
);

CREATE TABLE live_key (
  submitter VARCHAR(200) NOT NULL,
  job_key VARCHAR(400) NOT NULL,
  job_id ${id} NOT NULL,
  PRIMARY KEY (submitter, job_key)
);

CREATE TABLE timer (
  due_at BIGINT NOT NULL,
  job_id ${id} NOT NULL,
  PRIMARY KEY (due_at, job_id)
);

CREATE TABLE history (
  job_id ${id} NOT NULL,
  seq INT NOT NULL,
  happened_at BIGINT NOT NULL,
  who VARCHAR(200) NOT NULL,
  from_status VARCHAR(10),
  to_status VARCHAR(10) NOT NULL,
  reason VARCHAR(20),
  host VARCHAR(300),
  run INT NOT NULL,
  attempt INT NOT NULL,
  why VARCHAR(2000) NOT NULL,
  handler_version VARCHAR(200),
  bundle VARCHAR(400),
  PRIMARY KEY (job_id, seq)
);

-- How far limits and queues are drawn: the bucket of a unit is full again at full_at, as it fills by per_second. Unit *: shut until then.
CREATE TABLE limit_level (
  name VARCHAR(210) NOT NULL,
  unit VARCHAR(32) NOT NULL,
  full_at BIGINT NOT NULL,
  per_second DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (name, unit)
);

CREATE TABLE queue_pause (
  queue VARCHAR(200) NOT NULL PRIMARY KEY,
  who VARCHAR(200) NOT NULL,
  since BIGINT NOT NULL,
  reason VARCHAR(2000),
  until_at BIGINT
);

-- What handlers wrote, numbered by line; the newest lines of each job.
CREATE TABLE job_log (
  job_id ${id} NOT NULL,
  line INT NOT NULL,
  written_at BIGINT NOT NULL,
  run INT NOT NULL,
  content VARCHAR(2000) NOT NULL,
  PRIMARY KEY (job_id, line)
);

-- The types that a handler has ever served.
CREATE TABLE handler_type (
  type VARCHAR(200) NOT NULL PRIMARY KEY,
  first_served_at BIGINT NOT NULL
);

-- What operators did and were refused, by lives of the host; each row's seal covers the one before it.
CREATE TABLE audit (
  incarnation ${id} NOT NULL,
  number BIGINT NOT NULL,
  happened_at BIGINT NOT NULL,
  who VARCHAR(400) NOT NULL,
  action VARCHAR(100) NOT NULL,
  target VARCHAR(400) NOT NULL,
  detail VARCHAR(2000) NOT NULL,
  seal ${digest} NOT NULL,
  PRIMARY KEY (incarnation, number)
);
