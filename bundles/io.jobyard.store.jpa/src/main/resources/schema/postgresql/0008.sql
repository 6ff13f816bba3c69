-- What a PostgreSQL database begins with: all that the common steps 1 to 8 make, as PostgreSQL has it best. A step once
-- released never changes. What each table holds is told in the common steps.

CREATE TABLE incarnation (
  id BYTEA NOT NULL PRIMARY KEY,
  host VARCHAR(300) NOT NULL,
  started_at BIGINT NOT NULL,
  lease_until BIGINT NOT NULL,
  ended_at BIGINT,
  number INT NOT NULL CONSTRAINT incarnation_number UNIQUE,
  place VARCHAR(200) DEFAULT '' NOT NULL,
  seals_by VARCHAR(128) DEFAULT '' NOT NULL,
  room INT DEFAULT 0 NOT NULL,
  draining BOOLEAN DEFAULT FALSE NOT NULL,
  program VARCHAR(100) DEFAULT '' NOT NULL,
  offers INT DEFAULT 0 NOT NULL,
  drain_asked BOOLEAN -- null: nobody has asked this life
) WITH (fillfactor = 50);

-- What the handlers of each living host do. Changed as a whole, and then incarnation.offers counts on.
CREATE TABLE host_handler (
  incarnation INT NOT NULL,
  type VARCHAR(200) NOT NULL,
  version VARCHAR(200) NOT NULL,
  bundle VARCHAR(400) NOT NULL,
  limits VARCHAR(4000),
  schema TEXT,
  PRIMARY KEY (incarnation, type, version, bundle)
);

-- What each living host tells the others of a topic, such as how far its runs are.
CREATE TABLE host_notice (
  incarnation INT NOT NULL,
  topic VARCHAR(100) NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (incarnation, topic)
) WITH (fillfactor = 50);

-- How far the rates at submit are drawn, by the names of their shares; whoever lets jobs of a share in holds its row meanwhile.
CREATE TABLE quota (
  name TEXT NOT NULL PRIMARY KEY,
  full_at BIGINT NOT NULL,
  per_second DOUBLE PRECISION NOT NULL
) WITH (fillfactor = 50);

-- Always one row: the host that starts jobs, and until when it is taken to do so. Each election counts the epoch on.
CREATE TABLE steward (
  id INT NOT NULL PRIMARY KEY,
  epoch BIGINT NOT NULL,
  incarnation INT NOT NULL,
  until_at BIGINT NOT NULL
) WITH (fillfactor = 10);
INSERT INTO steward (id, epoch, incarnation, until_at) VALUES (1, 0, 0, 0);

CREATE TABLE lane (
  id INT NOT NULL PRIMARY KEY,
  digest BYTEA NOT NULL CONSTRAINT lane_digest UNIQUE,
  queue VARCHAR(200),
  priority INT NOT NULL,
  submitter VARCHAR(200) NOT NULL,
  type VARCHAR(200) NOT NULL,
  handler_version VARCHAR(200),
  limits VARCHAR(4000),
  estimated BOOLEAN DEFAULT FALSE NOT NULL,
  suspect BOOLEAN DEFAULT FALSE NOT NULL
);

-- lane: while queued. Of the two indexes only the key has a running job, whose end then is an update within its page.
CREATE TABLE job (
  id BYTEA NOT NULL CONSTRAINT job_id PRIMARY KEY,
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
  deadline_at BIGINT,
  key_until BIGINT,
  job_key VARCHAR(400),
  labels VARCHAR(32000),
  handler_version VARCHAR(200),
  limits VARCHAR(4000),
  estimates VARCHAR(1000),
  schedule VARCHAR(200),
  fire_at BIGINT,
  status VARCHAR(10) NOT NULL,
  reason VARCHAR(20),
  run INT NOT NULL,
  attempt INT NOT NULL,
  changed_at BIGINT NOT NULL,
  started_at BIGINT,
  completed_at BIGINT,
  error VARCHAR(2000),
  host INT,
  ran_in VARCHAR(200),
  version INT NOT NULL,
  pending INT NOT NULL,
  losses INT NOT NULL,
  cancel_requested BOOLEAN DEFAULT FALSE NOT NULL,
  ready_at BIGINT,
  due_at BIGINT,
  payload VARCHAR(2000),
  result VARCHAR(2000),
  dependencies VARCHAR(2000),
  trail VARCHAR(8000) NOT NULL,
  seal BYTEA,
  lane INT
) WITH (fillfactor = 70);
ALTER TABLE job ALTER COLUMN trail SET STORAGE MAIN;

CREATE INDEX job_lane ON job (lane, ready_at, id) WHERE lane IS NOT NULL;
-- Whoever reads it names lanes; a condition here would count twice in the planner's eyes.
CREATE VIEW ready AS SELECT lane, ready_at, id FROM job;

CREATE TABLE running (
  incarnation INT NOT NULL,
  part INT NOT NULL,
  ids BYTEA NOT NULL,
  PRIMARY KEY (incarnation, part)
) WITH (toast_tuple_target = 8160);
ALTER TABLE running ALTER COLUMN ids SET STORAGE EXTERNAL;

CREATE TABLE handler_name (
  id INT NOT NULL PRIMARY KEY,
  version VARCHAR(200) NOT NULL,
  bundle VARCHAR(400) NOT NULL,
  CONSTRAINT handler_name_once UNIQUE (version, bundle)
);

CREATE TABLE trail_page (
  job_id BYTEA NOT NULL,
  page INT NOT NULL,
  body VARCHAR(8000) NOT NULL,
  PRIMARY KEY (job_id, page)
);

CREATE TABLE sealed (
  incarnation INT NOT NULL PRIMARY KEY,
  changes BIGINT NOT NULL,
  histories BIGINT NOT NULL,
  total BYTEA NOT NULL,
  seal BYTEA NOT NULL
) WITH (fillfactor = 10);

CREATE TABLE job_text (
  job_id BYTEA NOT NULL,
  kind CHAR(1) NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (job_id, kind)
);

CREATE TABLE edge (
  parent BYTEA NOT NULL,
  child BYTEA NOT NULL,
  PRIMARY KEY (parent, child)
);

CREATE TABLE blame (
  parent BYTEA NOT NULL,
  child BYTEA NOT NULL,
  PRIMARY KEY (parent, child)
);

CREATE TABLE release_marker (
  parent BYTEA NOT NULL PRIMARY KEY
);

CREATE TABLE live_key (
  submitter VARCHAR(200) NOT NULL,
  job_key VARCHAR(400) NOT NULL,
  job_id BYTEA NOT NULL,
  PRIMARY KEY (submitter, job_key)
);

CREATE TABLE run_use (
  started_at BIGINT NOT NULL,
  job_id BYTEA NOT NULL,
  run INT NOT NULL,
  unit VARCHAR(32) NOT NULL,
  amount DOUBLE PRECISION NOT NULL,
  estimate DOUBLE PRECISION,
  submitter VARCHAR(200) NOT NULL,
  type VARCHAR(200) NOT NULL,
  model VARCHAR(200),
  labels VARCHAR(32000),
  PRIMARY KEY (started_at, job_id, run, unit)
);

CREATE INDEX run_use_by_job ON run_use (job_id, run);

CREATE TABLE schedule (
  name VARCHAR(200) NOT NULL PRIMARY KEY,
  version INT NOT NULL,
  definition VARCHAR(32000),
  timing VARCHAR(1000) NOT NULL,
  decided_at BIGINT NOT NULL,
  last_fire_at BIGINT,
  last_job BYTEA,
  overlapped INT NOT NULL,
  paused_by VARCHAR(600),
  paused_at BIGINT,
  pause_reason VARCHAR(2000),
  paused_until BIGINT,
  backfilled_at BIGINT,
  backfill_to BIGINT,
  backfill_job BYTEA
) WITH (fillfactor = 50);

CREATE TABLE schedule_fire (
  schedule VARCHAR(200) NOT NULL,
  fire_at BIGINT NOT NULL,
  job_id BYTEA NOT NULL,
  PRIMARY KEY (schedule, fire_at)
);

CREATE TABLE timer (
  due_at BIGINT NOT NULL,
  job_id BYTEA NOT NULL,
  PRIMARY KEY (due_at, job_id)
);

-- Histories that are older than the trails: only a store that began on Derby has any.
CREATE TABLE history (
  job_id BYTEA NOT NULL,
  seq INT NOT NULL,
  happened_at BIGINT NOT NULL,
  who VARCHAR(600) NOT NULL,
  from_status VARCHAR(10),
  to_status VARCHAR(10) NOT NULL,
  reason VARCHAR(20),
  host VARCHAR(300),
  run INT NOT NULL,
  attempt INT NOT NULL,
  why VARCHAR(2000) NOT NULL,
  number BIGINT GENERATED BY DEFAULT AS IDENTITY,
  handler_version VARCHAR(200),
  bundle VARCHAR(400),
  PRIMARY KEY (job_id, seq)
);

-- Bodies stay in their pages, as they are.
CREATE TABLE feed (
  incarnation INT NOT NULL,
  number BIGINT NOT NULL,
  committed_at BIGINT NOT NULL,
  total BIGINT NOT NULL,
  body BYTEA NOT NULL,
  CONSTRAINT feed_number PRIMARY KEY (incarnation, number)
) WITH (toast_tuple_target = 8160);
ALTER TABLE feed ALTER COLUMN body SET STORAGE EXTERNAL;

-- What is done to many jobs.
CREATE TABLE bulk (
  number INT NOT NULL PRIMARY KEY,
  bulk_action VARCHAR(20) NOT NULL,
  filter VARCHAR(32000) NOT NULL,
  new_terms VARCHAR(32000),
  caller VARCHAR(4000) NOT NULL,
  asked_at BIGINT NOT NULL,
  after_job BYTEA,
  done BIGINT NOT NULL,
  refused BIGINT NOT NULL,
  refusal VARCHAR(2000),
  ended_at BIGINT,
  stopped_by VARCHAR(600)
) WITH (fillfactor = 50);

-- The search index. What it holds stays as it is, beside the rows.
CREATE TABLE search_block (
  number INT NOT NULL PRIMARY KEY,
  least BYTEA NOT NULL,
  greatest BYTEA NOT NULL,
  created_from BIGINT NOT NULL,
  created_to BIGINT NOT NULL,
  states BYTEA NOT NULL,
  terms BYTEA NOT NULL
) WITH (fillfactor = 70);
ALTER TABLE search_block ALTER COLUMN states SET STORAGE EXTERNAL;
ALTER TABLE search_block ALTER COLUMN terms SET STORAGE EXTERNAL;
CREATE INDEX search_block_range ON search_block (greatest DESC, least, number, created_from, created_to);

CREATE TABLE search_id (
  block INT NOT NULL PRIMARY KEY,
  ids BYTEA NOT NULL
);
ALTER TABLE search_id ALTER COLUMN ids SET STORAGE EXTERNAL;

CREATE TABLE search_label (
  label BIGINT NOT NULL,
  block INT NOT NULL,
  places BYTEA NOT NULL,
  CONSTRAINT search_label_block PRIMARY KEY (label, block)
);

CREATE TABLE search_block_label (
  block INT NOT NULL,
  part INT NOT NULL,
  labels BYTEA NOT NULL,
  PRIMARY KEY (block, part)
);

CREATE TABLE search_progress (
  id INT NOT NULL PRIMARY KEY,
  feed_cursor VARCHAR(1000) NOT NULL,
  unfilled BYTEA
) WITH (fillfactor = 10);

CREATE TABLE limit_level (
  name VARCHAR(210) NOT NULL,
  unit VARCHAR(32) NOT NULL,
  full_at BIGINT NOT NULL,
  per_second DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (name, unit)
) WITH (fillfactor = 50);

CREATE TABLE queue_pause (
  queue VARCHAR(210) NOT NULL PRIMARY KEY,
  who VARCHAR(600) NOT NULL,
  since BIGINT NOT NULL,
  reason VARCHAR(2000),
  until_at BIGINT
);

CREATE TABLE job_log (
  job_id BYTEA NOT NULL,
  line INT NOT NULL,
  written_at BIGINT NOT NULL,
  run INT NOT NULL,
  content VARCHAR(2000) NOT NULL,
  PRIMARY KEY (job_id, line)
);

CREATE TABLE handler_type (
  type VARCHAR(200) NOT NULL PRIMARY KEY,
  first_served_at BIGINT NOT NULL
);

CREATE TABLE audit (
  incarnation BYTEA NOT NULL,
  number BIGINT NOT NULL,
  happened_at BIGINT NOT NULL,
  who VARCHAR(400) NOT NULL,
  action VARCHAR(100) NOT NULL,
  target VARCHAR(400) NOT NULL,
  detail VARCHAR(2000) NOT NULL,
  seal BYTEA NOT NULL,
  PRIMARY KEY (incarnation, number)
);

-- The histories, a row for each change, for people and their tools. TrailText says how a line is written.
CREATE VIEW job_history AS
  SELECT
    CAST(encode(told.id, 'hex') AS UUID) AS job,
    CAST(told.part[1] AS INT) AS version,
    TIMESTAMPTZ 'epoch' + (told.created_at + CAST(told.part[6] AS BIGINT)) * INTERVAL '1 microsecond' AS at,
    COALESCE(replace(replace(replace(replace(told.part[10], '\\', chr(57344)), '\n', chr(10)), '\"', '"'), chr(57344), '\'),
      CASE WHEN told.part[2] = '' THEN told.submitter ELSE 'jobyard' END) AS who,
    CASE told.part[2] WHEN 'wa' THEN 'waiting' WHEN 'qu' THEN 'queued' WHEN 'ru' THEN 'running' WHEN 'co' THEN 'completed'
      WHEN 'fa' THEN 'failed' WHEN 'ca' THEN 'cancelled' END AS from_status,
    CASE told.part[3] WHEN 'wa' THEN 'waiting' WHEN 'qu' THEN 'queued' WHEN 'ru' THEN 'running' WHEN 'co' THEN 'completed'
      WHEN 'fa' THEN 'failed' WHEN 'ca' THEN 'cancelled' END AS to_status,
    replace(told.part[9], '-', ' ') AS reason,
    life.host AS host,
    CAST(told.part[4] AS INT) AS run,
    CAST(told.part[5] AS INT) AS attempt,
    COALESCE(replace(replace(replace(replace(told.part[11], '\\', chr(57344)), '\n', chr(10)), '\"', '"'), chr(57344), '\'), '') AS why,
    handler.version AS handler_version,
    handler.bundle AS bundle
  FROM (
    SELECT job.id, job.created_at, job.submitter, regexp_match(line, '^(\d+) (\w*)>(\w+) (\d+)/(\d+) ([+-]\d+)(?: h(-?\d+))?'
      || '(?: v(-?\d+))?(?: (?!by ")([a-z][a-z-]*))?(?: by "((?:[^"\\]|\\.)*)")?(?: "((?:[^"\\]|\\.)*)")?$') AS part
    FROM job
      LEFT JOIN LATERAL (
        SELECT string_agg(body, '' ORDER BY page) AS body FROM trail_page WHERE trail_page.job_id = job.id
      ) AS older ON TRUE
      CROSS JOIN LATERAL unnest(string_to_array(COALESCE(older.body, '') || job.trail, chr(10))) AS line
    WHERE line <> ''
  ) AS told
    LEFT JOIN incarnation AS life ON life.number = CAST(told.part[7] AS INT)
    LEFT JOIN handler_name AS handler ON handler.id = CAST(told.part[8] AS INT)
  UNION ALL
  SELECT CAST(encode(job_id, 'hex') AS UUID), seq, TIMESTAMPTZ 'epoch' + happened_at * INTERVAL '1 microsecond', who, from_status,
    to_status, reason, host, run, attempt, why, handler_version, bundle
  FROM history;

-- What applications have submitted from SQL and no host has admitted yet.
CREATE TABLE submission (
  number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id UUID NOT NULL,
  submitter TEXT NOT NULL,
  job_key TEXT,
  specification TEXT NOT NULL
);
CREATE INDEX submission_key ON submission (submitter, job_key) WHERE job_key IS NOT NULL;

-- What of it was refused, the newest of all, for people.
CREATE TABLE refused_submission (
  number BIGINT NOT NULL PRIMARY KEY,
  id UUID NOT NULL,
  submitter TEXT NOT NULL,
  refused_at TIMESTAMPTZ NOT NULL,
  why TEXT NOT NULL,
  specification JSONB NOT NULL
);

-- Submits a job in the caller's transaction. The host checks all else when it admits the job. The submitter is who logged in:
-- no SET ROLE changes that. The id is a UUID of version 7, with the microseconds behind its millisecond.
CREATE FUNCTION submit(type TEXT, payload JSONB, options JSONB DEFAULT '{}') RETURNS UUID
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER AS $$
DECLARE
  micros BIGINT := floor(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000);
  own_key TEXT := submit.options ->> 'key';
  job UUID;
BEGIN
  IF submit.type IS NULL OR submit.type !~ '^[A-Za-z0-9._-]{1,200}$' THEN
    RAISE 'type must be 1 to 200 of the characters A-Z a-z 0-9 . _ -' USING ERRCODE = 'invalid_parameter_value';
  ELSIF jsonb_typeof(submit.payload) IS DISTINCT FROM 'object' THEN
    RAISE 'payload must be a JSON object, {} at least' USING ERRCODE = 'invalid_parameter_value';
  ELSIF jsonb_typeof(submit.options) IS DISTINCT FROM 'object' THEN
    RAISE 'options must be a JSON object, such as {"priority": 2}' USING ERRCODE = 'invalid_parameter_value';
  ELSIF jsonb_exists_any(submit.options, ARRAY['type', 'payload', 'name']) THEN
    RAISE 'options must not hold type, payload or name' USING ERRCODE = 'invalid_parameter_value';
  ELSIF length(own_key) > 200 THEN
    RAISE 'key must have 1 to 200 characters' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF own_key IS NOT NULL THEN
    SELECT CAST(encode(live_key.job_id, 'hex') AS UUID) INTO job FROM live_key
      WHERE live_key.submitter = session_user AND live_key.job_key = own_key;
    IF NOT FOUND THEN
      SELECT submission.id INTO job FROM submission
        WHERE submission.submitter = session_user AND submission.job_key = own_key ORDER BY submission.number LIMIT 1;
    END IF;
    IF FOUND THEN
      RETURN job;
    END IF;
  END IF;
  job := CAST(encode(int8send(((micros / 1000) << 16) | 28672 | (micros % 1000 * 4096 / 1000))
    || substring(uuid_send(gen_random_uuid()) FROM 9), 'hex') AS UUID);
  -- NOTIFY makes commits wait for each other: of transactions at the same time one does it. Hosts look for the others.
  IF pg_try_advisory_xact_lock(CAST(CAST('submission' AS regclass) AS BIGINT)) THEN
    PERFORM pg_notify('jobyard_' || relnamespace || '_0', '') FROM pg_class WHERE oid = CAST('submission' AS regclass);
  END IF;
  INSERT INTO submission (id, submitter, job_key, specification) VALUES (job, session_user, own_key,
    CAST(submit.options || jsonb_build_object('type', submit.type, 'payload', submit.payload) AS TEXT));
  RETURN job;
END $$;
REVOKE ALL ON FUNCTION submit(TEXT, JSONB, JSONB) FROM PUBLIC;
-- Nothing that a caller has made is found by it, temporary tables least of all.
DO $$ BEGIN
  EXECUTE format('ALTER FUNCTION submit(TEXT, JSONB, JSONB) SET search_path = pg_catalog, %I, pg_temp', current_schema());
END $$;
