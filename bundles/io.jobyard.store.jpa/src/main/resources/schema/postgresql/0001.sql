-- The first schema, on PostgreSQL. A released script never changes; later changes are scripts with the next numbers.
--
-- Every instant is in microseconds since 1970 UTC. An incarnation is a host from its start to its end. The committer, the store's
-- only writing thread, writes every row unless a comment names another writer. "Retention" is the configuration
-- io.jobyard.retention. A fillfactor leaves free space in each page, so that the new version of an updated row fits there.

-- Incarnations of hosts. Written when a host starts and ends. Never removed, because other tables refer to the number.
CREATE TABLE incarnation (
  id BYTEA NOT NULL PRIMARY KEY,
  -- Counts the incarnations in this database, from 1.
  number INT NOT NULL CONSTRAINT incarnation_number UNIQUE,
  -- Machine name and process id, for example here:4711.
  host VARCHAR(300) NOT NULL,
  started_at BIGINT NOT NULL,
  -- End of the lease, by the database's clock. The host renews it.
  lease_until BIGINT NOT NULL,
  -- Null while the host lives. After a kill, another host sets it.
  ended_at BIGINT,
  -- Directory of the host and boot of its machine: no two living hosts have the same.
  place VARCHAR(200) DEFAULT '' NOT NULL,
  -- Hash of the key that seals audit and histories: all living hosts have the same.
  seals_by VARCHAR(128) DEFAULT '' NOT NULL,
  -- Maximum number of concurrent jobs that use a thread.
  room INT DEFAULT 0 NOT NULL,
  -- Maximum number of concurrent jobs of asynchronous handlers.
  async_room INT DEFAULT 0 NOT NULL,
  -- Whether the host is draining, as the host reports.
  draining BOOLEAN DEFAULT FALSE NOT NULL,
  -- Version of the program.
  program VARCHAR(100) DEFAULT '' NOT NULL,
  -- Counts the changes of what the host offers: another value makes the other hosts read host_handler again.
  offers INT DEFAULT 0 NOT NULL,
  -- Whether a user asked the host to drain; null for no request.
  drain_asked BOOLEAN
) WITH (fillfactor = 50);

-- Handlers of each living host. The host's lease thread replaces all of its rows when its handlers change. The next host that starts
-- removes the rows of ended incarnations.
CREATE TABLE host_handler (
  -- Number of the incarnation.
  incarnation INT NOT NULL,
  type VARCHAR(200) NOT NULL,
  version VARCHAR(200) NOT NULL,
  -- Symbolic name and version of the bundle.
  bundle VARCHAR(400) NOT NULL,
  -- Limits that the handler declares for its jobs.
  limits VARCHAR(4000),
  -- JSON Schema of the payloads; null for none.
  schema TEXT,
  -- Whether a role must name the type before its members may submit it.
  privileged BOOLEAN DEFAULT FALSE NOT NULL,
  -- First handler version whose payloads have this handler's form; null if the bundle declares none.
  form VARCHAR(200),
  -- Whether its jobs wait without a thread.
  async BOOLEAN DEFAULT FALSE NOT NULL,
  PRIMARY KEY (incarnation, type, version, bundle)
);

-- Notices of each living host for the others, for example the progress of its runs. Written by the host's lease thread, at most once
-- a second. The next host that starts removes the rows of ended incarnations.
CREATE TABLE host_notice (
  -- Number of the incarnation.
  incarnation INT NOT NULL,
  topic VARCHAR(100) NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (incarnation, topic)
) WITH (fillfactor = 50);

-- Use of the submit rates. Written by every admission of a submitter with a quota; the admission locks the row until its commit.
-- Never removed.
CREATE TABLE quota (
  -- Name of the share.
  name TEXT NOT NULL PRIMARY KEY,
  -- When the bucket is full again.
  full_at BIGINT NOT NULL,
  -- Refill rate of the bucket.
  per_second DOUBLE PRECISION NOT NULL
) WITH (fillfactor = 50);

-- The leader, one row: the host that starts jobs. Written by every election and every renewal. Never removed.
CREATE TABLE leader (
  id INT NOT NULL PRIMARY KEY,
  -- Counts the elections.
  epoch BIGINT NOT NULL,
  -- Number of the leader's incarnation; 0 before the first election.
  incarnation INT NOT NULL,
  -- End of the leader's lease, by the database's clock.
  until_at BIGINT NOT NULL
) WITH (fillfactor = 10);
INSERT INTO leader (id, epoch, incarnation, until_at) VALUES (1, 0, 0, 0);

-- Lanes: the properties that ready jobs share. Written when the first job of a lane becomes ready. Never removed.
CREATE TABLE lane (
  id INT NOT NULL PRIMARY KEY,
  -- SHA-256 over all columns below. The host finds a lane by it.
  digest BYTEA NOT NULL CONSTRAINT lane_digest UNIQUE,
  -- Requested queue; null for the queue that the type is routed to.
  queue VARCHAR(200),
  priority INT NOT NULL,
  submitter VARCHAR(200) NOT NULL,
  type VARCHAR(200) NOT NULL,
  -- Allowed handler versions as an OSGi range; null for any.
  handler_version VARCHAR(200),
  -- Handler version of the jobs' first run; null before that run, and after the job has left a canary.
  begun_with VARCHAR(200),
  -- Whether the latest run began as a canary.
  canary BOOLEAN DEFAULT FALSE NOT NULL,
  -- Names of the requested limits. A limit that counts values separately is stored with its value.
  limits VARCHAR(4000),
  -- Whether the jobs have estimates (job.estimates).
  estimated BOOLEAN DEFAULT FALSE NOT NULL,
  -- Whether several runs of the job ended with the loss of their host. Suspect jobs run one at a time.
  suspect BOOLEAN DEFAULT FALSE NOT NULL
);

-- Jobs: terms, state, bookkeeping, short texts and history. Written by every admission and every move. Removed after finishing, by
-- retention or by a user; a job's rows in other tables are removed with it.
-- A commit starts or ends neighbours together, before any old version can be pruned. The free space in a page therefore holds a
-- second version of each of its rows. The primary key is the only index over a running job, so its end is a heap-only update.
CREATE TABLE job (
  id BYTEA NOT NULL CONSTRAINT job_id PRIMARY KEY,
  submitter VARCHAR(200) NOT NULL,
  created_at BIGINT NOT NULL,

  -- Terms.
  type VARCHAR(200) NOT NULL,
  -- Requested queue; null for the queue that the type is routed to.
  queue VARCHAR(200),
  priority INT NOT NULL,
  timeout_millis BIGINT NOT NULL,
  max_retries INT NOT NULL,
  -- Policy for a dependency that fails: fail, cancel or run.
  if_dependency_fails VARCHAR(10) NOT NULL,
  -- Policies of single dependencies: the policy's first letter and the id, separated by commas.
  dependency_policies VARCHAR(4000),
  not_before BIGINT,
  -- The job fails if it has not started by then.
  expires_at BIGINT,
  -- The job fails if it has not finished by then.
  deadline_at BIGINT,
  job_key VARCHAR(400),
  -- The key stays taken until then, even after the job has finished; null if the end of the job frees the key.
  key_until BIGINT,
  labels VARCHAR(32000),
  -- See lane.
  handler_version VARCHAR(200),
  limits VARCHAR(4000),
  -- Expected use of each run, for example tokens=812.0,usd=0.5.
  estimates VARCHAR(1000),
  -- The schedule that submitted the job, and the scheduled time.
  schedule VARCHAR(200),
  fire_at BIGINT,
  -- The group that the job belongs to, and the group that the job closes.
  job_group VARCHAR(200),
  ends_group VARCHAR(200),

  -- What most starts and ends do not change is before what they change: the write-ahead log has an updated row only from its first
  -- changed column on.

  -- Texts; null for no text, and for a text over 2,000 characters, which is in job_text.
  payload VARCHAR(2000),
  -- Ids of the jobs that the job depends on.
  dependencies VARCHAR(2000),

  -- Bookkeeping of the host.
  -- Handler version that the payload was made for.
  made_for VARCHAR(200),
  -- First handler version whose payloads have the form of this one, according to the payload migrators at submit.
  payload_form VARCHAR(200),
  -- When the job became ready: its position in the lane.
  ready_at BIGINT,
  -- When the host must act on the job: start, next attempt, expiry or deadline. The job then has a row in timer.
  due_at BIGINT,
  -- Number of unfinished dependencies.
  pending INT NOT NULL,
  -- Number of runs that ended with the loss of their host.
  losses INT NOT NULL,
  cancel_requested BOOLEAN DEFAULT FALSE NOT NULL,

  -- State.
  status VARCHAR(10) NOT NULL,
  reason VARCHAR(20),
  changed_at BIGINT NOT NULL,
  started_at BIGINT,
  completed_at BIGINT,
  -- Counts all runs; attempt counts those that count against max_retries, and starts again with a retry by a user.
  run INT NOT NULL,
  attempt INT NOT NULL,
  -- Counts the changes, from 1. Every change compares and sets it.
  version INT NOT NULL,
  -- Number of the incarnation that runs the job or ran it last.
  host INT,
  -- Lane of a queued job; null for any other job.
  lane INT,
  -- Queue of the latest run. It stays when the type is routed elsewhere.
  ran_in VARCHAR(200),
  -- See lane.
  begun_with VARCHAR(200),
  canary BOOLEAN DEFAULT FALSE NOT NULL,
  error VARCHAR(2000),

  -- See payload.
  result VARCHAR(2000),
  -- The latest part of the history, one line per change; earlier parts are in trail_page. HistoryText defines the format.
  trail VARCHAR(8000) NOT NULL,
  -- Keyed hash (MAC) over the whole history; null for an unfinished job.
  seal BYTEA
) WITH (fillfactor = 40);
ALTER TABLE job ALTER COLUMN trail SET STORAGE MAIN;
CREATE INDEX job_lane ON job (lane, ready_at, id) WHERE lane IS NOT NULL;

-- Queued jobs in starting order: a table on Derby. The view has no condition on lane, because every query has one and the planner
-- would count both.
CREATE VIEW ready AS SELECT lane, ready_at, id FROM job;

-- The jobs that each incarnation runs. Written by the leader at every start and end of a run. The rows of a lost host are removed
-- when the leader has taken back its runs.
CREATE TABLE running (
  -- Number of the incarnation.
  incarnation INT NOT NULL,
  -- From 0. Only an incarnation that runs hundreds of jobs has a second part.
  part INT NOT NULL,
  -- Concatenated job ids.
  ids BYTEA NOT NULL,
  PRIMARY KEY (incarnation, part)
) WITH (toast_tuple_target = 8160);
ALTER TABLE running ALTER COLUMN ids SET STORAGE EXTERNAL;

-- Handlers that have got a run. Histories refer to the number. Written at the first run of each handler. Never removed.
CREATE TABLE handler_name (
  id INT NOT NULL PRIMARY KEY,
  version VARCHAR(200) NOT NULL,
  -- Symbolic name and version of the bundle.
  bundle VARCHAR(400) NOT NULL,
  CONSTRAINT handler_name_once UNIQUE (version, bundle)
);

-- Earlier parts of long histories. Written when job.trail becomes too long. Removed with the job.
CREATE TABLE trail_page (
  job_id BYTEA NOT NULL,
  -- Version of the job when the part was moved here.
  page INT NOT NULL,
  -- Lines in the format of job.trail.
  body VARCHAR(8000) NOT NULL,
  PRIMARY KEY (job_id, page)
);

-- Texts over 2,000 characters. Written with the row of the job. Removed with the job.
CREATE TABLE job_text (
  job_id BYTEA NOT NULL,
  -- P payload, R result, D dependencies.
  kind CHAR(1) NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (job_id, kind)
);

-- Log lines of handlers. Written during a run. A job keeps its newest 1,000 lines; they are removed with the job.
CREATE TABLE job_log (
  job_id BYTEA NOT NULL,
  line INT NOT NULL,
  written_at BIGINT NOT NULL,
  run INT NOT NULL,
  content VARCHAR(2000) NOT NULL,
  PRIMARY KEY (job_id, line)
);

-- Totals of the sealed histories, one row per incarnation. Written when a job finishes, is retried or is removed. Never removed.
CREATE TABLE sealed (
  -- Number of the incarnation.
  incarnation INT NOT NULL PRIMARY KEY,
  -- Counts the changes of this row.
  changes BIGINT NOT NULL,
  -- Number of seals in the total.
  histories BIGINT NOT NULL,
  -- Sum of the seals (job.seal), modulo 2^256.
  total BYTEA NOT NULL,
  -- Keyed hash (MAC) over this row.
  seal BYTEA NOT NULL
) WITH (fillfactor = 10);

-- Dependencies that are not yet released. Written at the admission of the child. Removed when the parent's end releases the child.
CREATE TABLE edge (
  parent BYTEA NOT NULL,
  child BYTEA NOT NULL,
  PRIMARY KEY (parent, child)
);

-- Jobs that failed or were cancelled because of another job. Written when the policy for a failed dependency ends the child. Removed
-- when the child is retried, and with either job.
CREATE TABLE blame (
  parent BYTEA NOT NULL,
  child BYTEA NOT NULL,
  PRIMARY KEY (parent, child)
);

-- Finished jobs with unreleased dependents. Written when a job with many dependents finishes. Removed after the last release.
CREATE TABLE release_marker (
  parent BYTEA NOT NULL PRIMARY KEY
);

-- Taken job keys. Written at admission. Removed when the job finishes; with job.key_until, when another job takes the key or the
-- job is removed.
CREATE TABLE live_key (
  submitter VARCHAR(200) NOT NULL,
  job_key VARCHAR(400) NOT NULL,
  job_id BYTEA NOT NULL,
  PRIMARY KEY (submitter, job_key)
);

-- Jobs that the host must act on at a time (job.due_at). Written and removed with every change of that time.
CREATE TABLE timer (
  due_at BIGINT NOT NULL,
  job_id BYTEA NOT NULL,
  PRIMARY KEY (due_at, job_id)
);

-- Groups of jobs. Written at the admission of a group's first job. Removed with the group's last job.
CREATE TABLE job_group (
  submitter VARCHAR(200) NOT NULL,
  name VARCHAR(200) NOT NULL,
  -- The job that closed the group; null for an open group.
  end_job BYTEA,
  PRIMARY KEY (submitter, name)
);

-- Members of groups. Written at admission. Removed with the job.
CREATE TABLE group_job (
  submitter VARCHAR(200) NOT NULL,
  name VARCHAR(200) NOT NULL,
  job_id BYTEA NOT NULL
);
CREATE UNIQUE INDEX group_job_position ON group_job (submitter, name, job_id);

-- Use of limits and queues. Written as jobs start and report use. Removed when nothing is used any more.
CREATE TABLE limit_level (
  -- Kind and name, for example "queue llm". A name that begins with + holds the amount that started jobs have not yet used.
  name VARCHAR(210) NOT NULL,
  -- Counted unit; * for a limit that is closed until full_at.
  unit VARCHAR(32) NOT NULL,
  -- When the bucket is full again. With +: until when the warning threshold counts as reported.
  full_at BIGINT NOT NULL,
  -- Refill rate of the bucket. With +: the amount.
  per_second DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (name, unit)
) WITH (fillfactor = 50);

-- Limits and queues that users defined at run time. Written and removed by the commands for them.
CREATE TABLE limit_definition (
  -- limit or queue.
  kind VARCHAR(10) NOT NULL,
  name VARCHAR(64) NOT NULL,
  -- Counts the changes, from 1. Every change compares and sets it.
  version INT NOT NULL,
  -- One key and value per line, as in a configuration file.
  settings VARCHAR(16000) NOT NULL,
  PRIMARY KEY (kind, name)
);

-- Pauses. Written by a pause. Removed by a resume.
CREATE TABLE queue_pause (
  -- Name of a queue; for another target, its kind and name, for example type:echo.
  queue VARCHAR(210) NOT NULL PRIMARY KEY,
  who VARCHAR(600) NOT NULL,
  since BIGINT NOT NULL,
  reason VARCHAR(2000),
  -- When the pause ends without a resume; null for never.
  until_at BIGINT
);

-- Types that a handler has ever served. Written when a type is first served. Never removed.
CREATE TABLE handler_type (
  type VARCHAR(200) NOT NULL PRIMARY KEY,
  -- For people who look at the table: the host does not read it.
  first_served_at BIGINT NOT NULL
);

-- Schedules and their progress. Written at every scheduled time and by the commands for schedules. Removed with the schedule.
CREATE TABLE schedule (
  name VARCHAR(200) NOT NULL PRIMARY KEY,
  -- Counts the changes, from 1. Every change compares and sets it.
  version INT NOT NULL,
  -- JSON; null for a schedule that a file defines.
  definition VARCHAR(32000),
  -- The timing that the decisions so far used.
  timing VARCHAR(1000) NOT NULL,
  -- The host has decided on all scheduled times up to this one.
  decided_at BIGINT NOT NULL,
  -- The latest scheduled time that got a job, and that job.
  last_fire_at BIGINT,
  last_job BYTEA,
  -- Number of consecutive skipped times because an earlier job was unfinished.
  overlapped INT NOT NULL,
  paused_by VARCHAR(600),
  paused_at BIGINT,
  pause_reason VARCHAR(2000),
  paused_until BIGINT,
  -- Backfill: all times up to this one are done, it ends before the second one, and its latest job.
  backfilled_at BIGINT,
  backfill_to BIGINT,
  backfill_job BYTEA
) WITH (fillfactor = 50);

-- The job of each scheduled time: the key allows one at most. Written at admission. Removed with the job.
CREATE TABLE schedule_fire (
  schedule VARCHAR(200) NOT NULL,
  fire_at BIGINT NOT NULL,
  job_id BYTEA NOT NULL,
  PRIMARY KEY (schedule, fire_at)
);

-- Steps and waits of jobs. Written during a run and at the end of a wait. Removed with the job.
CREATE TABLE job_step (
  job_id BYTEA NOT NULL,
  -- 0 for a current step. For a step that a retry dropped, the number of the job's latest run then.
  dropped_after INT NOT NULL,
  -- Position among the steps of the job, from 1.
  number INT NOT NULL,
  name VARCHAR(200) NOT NULL,
  -- The kind of step or wait (StepKind).
  kind VARCHAR(10) NOT NULL,
  -- The run that stored the step first.
  run INT NOT NULL,
  started_at BIGINT NOT NULL,
  -- Null for an open wait.
  ended_at BIGINT,
  -- When a wait ends at the latest.
  due_at BIGINT,
  -- The signal that ends a wait.
  awaits VARCHAR(200),
  -- Number of the signal that ended the wait; 0 for none.
  signal INT NOT NULL,
  -- Whether content describes a failure.
  failed BOOLEAN DEFAULT FALSE NOT NULL,
  -- The awaited jobs; null for none, and for a list over 2,000 characters, which is in step_text.
  children VARCHAR(2000),
  -- The value as JSON; null for none, and for a value over 2,000 characters, which is in step_text.
  content VARCHAR(2000),
  -- Length of the value; 0 for none.
  characters INT NOT NULL,
  PRIMARY KEY (job_id, dropped_after, number)
);

-- Values and lists of steps over 2,000 characters. Written with the row of the step. Removed with the job.
CREATE TABLE step_text (
  job_id BYTEA NOT NULL,
  -- The position and the first run of the step identify it even after a retry dropped it.
  number INT NOT NULL,
  run INT NOT NULL,
  -- C children, V value.
  kind CHAR(1) NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (job_id, number, run, kind)
);

-- The waits that submitted each child job. Written at the beginning of the wait. Removed with the child.
CREATE TABLE step_child (
  child BYTEA NOT NULL,
  job_id BYTEA NOT NULL,
  -- Position of the wait, and the run that began it.
  number INT NOT NULL,
  run INT NOT NULL,
  PRIMARY KEY (child, job_id, number, run)
);
CREATE INDEX step_child_parent ON step_child (job_id);

-- Signals that jobs received. Written when a signal is sent. Removed with the job.
CREATE TABLE job_signal (
  job_id BYTEA NOT NULL,
  number INT NOT NULL,
  name VARCHAR(200) NOT NULL,
  given_at BIGINT NOT NULL,
  given_by VARCHAR(600) NOT NULL,
  -- Whether content describes a failure.
  failed BOOLEAN DEFAULT FALSE NOT NULL,
  -- Whether the signal has ended a wait.
  taken BOOLEAN DEFAULT FALSE NOT NULL,
  -- The value as JSON.
  content TEXT NOT NULL,
  PRIMARY KEY (job_id, number)
);

-- Stream output of handlers, one row per piece. Written during a run. Removed with the job.
CREATE TABLE job_stream (
  job_id BYTEA NOT NULL,
  number BIGINT NOT NULL,
  run INT NOT NULL,
  emitted_at BIGINT NOT NULL,
  -- Length of the job's stream up to the end of this piece, in characters.
  up_to BIGINT NOT NULL,
  content VARCHAR(32000) NOT NULL,
  PRIMARY KEY (job_id, number)
);

-- Use of units by runs. Written during a run. Removed by retention; the rows outlive their job.
CREATE TABLE run_use (
  -- When the run began.
  started_at BIGINT NOT NULL,
  job_id BYTEA NOT NULL,
  run INT NOT NULL,
  unit VARCHAR(32) NOT NULL,
  amount DOUBLE PRECISION NOT NULL,
  -- The amount that the job expected; null for none.
  estimate DOUBLE PRECISION,
  -- Copies from the job, which may be removed earlier.
  submitter VARCHAR(200) NOT NULL,
  type VARCHAR(200) NOT NULL,
  model VARCHAR(200),
  labels VARCHAR(32000),
  PRIMARY KEY (started_at, job_id, run, unit)
);
CREATE INDEX run_use_by_job ON run_use (job_id, run);

-- Bulk operations on all jobs of a filter, and their progress. Written by the bulk commands and after each slice of jobs. The newest
-- 1,000 finished ones are kept.
CREATE TABLE bulk (
  number INT NOT NULL PRIMARY KEY,
  bulk_action VARCHAR(20) NOT NULL,
  -- JSON: the filter, the terms that a change sets, and the user who asked, with that user's permissions.
  filter VARCHAR(32000) NOT NULL,
  new_terms VARCHAR(32000),
  caller VARCHAR(4000) NOT NULL,
  asked_at BIGINT NOT NULL,
  -- The last processed job. Older jobs follow. Null before the first.
  after_job BYTEA,
  -- Number of changed jobs, number of refused ones, and the reason of one refusal.
  done BIGINT NOT NULL,
  refused BIGINT NOT NULL,
  refusal VARCHAR(2000),
  ended_at BIGINT,
  stopped_by VARCHAR(600)
) WITH (fillfactor = 50);

-- Submit requests with an idempotency key. Written with the admission. Removed after until_at.
CREATE TABLE request (
  submitter VARCHAR(200) NOT NULL,
  request_key VARCHAR(200) NOT NULL,
  -- Hash of the request. The host refuses a different request with the same key.
  fingerprint VARCHAR(64) NOT NULL,
  done_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL,
  -- The answer, one line per job.
  answers TEXT NOT NULL,
  PRIMARY KEY (submitter, request_key)
);
CREATE INDEX request_until ON request (until_at);

-- Users. Written by the commands for users. Never removed, only disabled.
CREATE TABLE user_account (
  name VARCHAR(200) NOT NULL PRIMARY KEY,
  -- Counts the changes, from 1. Every change compares and sets it.
  version INT NOT NULL,
  -- A slow hash of the password, with its parameters.
  password_rounds INT NOT NULL,
  password_salt VARCHAR(100) NOT NULL,
  password_hash VARCHAR(100) NOT NULL,
  created_at BIGINT NOT NULL,
  created_by VARCHAR(600) NOT NULL,
  -- When the password was set.
  password_at BIGINT NOT NULL,
  -- Null for an enabled user.
  disabled_at BIGINT
);

-- Access tokens. Written when a token is made, used or revoked. Never removed, so that no later token gets the same name.
CREATE TABLE access_token (
  -- SHA-256 of the secret, which is stored nowhere.
  hash VARCHAR(64) NOT NULL PRIMARY KEY,
  owner VARCHAR(200) NOT NULL,
  name VARCHAR(100) NOT NULL,
  -- Null for all permissions of the owner.
  permissions VARCHAR(2000),
  created_at BIGINT NOT NULL,
  created_by VARCHAR(600) NOT NULL,
  expires_at BIGINT,
  -- Accurate to the minute.
  used_at BIGINT,
  revoked_at BIGINT,
  UNIQUE (owner, name)
);

-- Sessions of signed-in users. Written at sign-in and during use. Removed at sign-out; a later sign-in removes expired ones.
CREATE TABLE user_session (
  -- SHA-256 of the cookie.
  hash VARCHAR(64) NOT NULL PRIMARY KEY,
  -- A user or the local administrator.
  kind VARCHAR(20) NOT NULL,
  user_name VARCHAR(200) NOT NULL,
  -- Version of the user at sign-in, because a change of the user ends the session; 0 for the local administrator.
  version INT NOT NULL,
  -- Network address at sign-in.
  address VARCHAR(100) NOT NULL,
  started_at BIGINT NOT NULL,
  -- Accurate to the minute.
  used_at BIGINT NOT NULL
);

-- The audit: actions of operators, refused and allowed. Written with the action and at each host start. Removed by retention.
CREATE TABLE audit (
  -- Id (not number) of the incarnation.
  incarnation BYTEA NOT NULL,
  -- Counts the rows of the incarnation, from 1.
  number BIGINT NOT NULL,
  happened_at BIGINT NOT NULL,
  who VARCHAR(400) NOT NULL,
  action VARCHAR(100) NOT NULL,
  target VARCHAR(400) NOT NULL,
  detail VARCHAR(2000) NOT NULL,
  -- Keyed hash (MAC) over this row and the previous seal; the first row continues the previous incarnation's last row.
  seal BYTEA NOT NULL,
  PRIMARY KEY (incarnation, number)
);

-- The feed: the changes of each commit, for listeners and other hosts. Written by every commit. Retention removes the oldest rows by
-- age and by total size.
CREATE TABLE feed (
  -- Number of the incarnation.
  incarnation INT NOT NULL,
  -- Counts the rows of the incarnation, from 1.
  number BIGINT NOT NULL,
  committed_at BIGINT NOT NULL,
  -- Total bytes of all bodies ever written, including this one.
  total BIGINT NOT NULL,
  -- FeedBody defines the format.
  body BYTEA NOT NULL,
  CONSTRAINT feed_number PRIMARY KEY (incarnation, number)
) WITH (toast_tuple_target = 8160);
-- Bodies stay uncompressed in their pages.
ALTER TABLE feed ALTER COLUMN body SET STORAGE EXTERNAL;

-- Progress of feed followers, for example webhooks. Written as a follower proceeds. Never removed.
CREATE TABLE follower (
  name VARCHAR(200) NOT NULL PRIMARY KEY,
  -- A cursor of the feed.
  place VARCHAR(1000) NOT NULL
);

-- The search index: blocks of some hundred jobs. The indexing thread writes all five search tables, after the commits it reads in
-- the feed. It removes a block after moving the block's jobs to another one, and rebuilds the index if search_progress is empty.
CREATE TABLE search_block (
  number INT NOT NULL PRIMARY KEY,
  -- Least and greatest job id, earliest and latest creation.
  least BYTEA NOT NULL,
  greatest BYTEA NOT NULL,
  created_from BIGINT NOT NULL,
  created_to BIGINT NOT NULL,
  -- One byte per job: status and reason. JobBlock defines this format, and those of terms and search_id.ids.
  states BYTEA NOT NULL,
  -- Type, queue, submitter and the other searchable terms of each job.
  terms BYTEA NOT NULL
) WITH (fillfactor = 70);
-- The values are compact already, so PostgreSQL does not compress them.
ALTER TABLE search_block ALTER COLUMN states SET STORAGE EXTERNAL;
ALTER TABLE search_block ALTER COLUMN terms SET STORAGE EXTERNAL;
CREATE INDEX search_block_range ON search_block (greatest DESC, least, number, created_from, created_to);

-- Job ids of a block, in the order of its states. Written and removed with the block.
CREATE TABLE search_id (
  block INT NOT NULL PRIMARY KEY,
  ids BYTEA NOT NULL
);
ALTER TABLE search_id ALTER COLUMN ids SET STORAGE EXTERNAL;

-- Labels of a block, to find its rows in search_label. Written and removed with the block.
CREATE TABLE search_block_label (
  block INT NOT NULL,
  part INT NOT NULL,
  -- Concatenated label hashes.
  labels BYTEA NOT NULL,
  PRIMARY KEY (block, part)
);

-- Positions of a label in a block. Written and removed with the block.
CREATE TABLE search_label (
  -- Hash of a label or a group.
  label BIGINT NOT NULL,
  block INT NOT NULL,
  -- Positions of the jobs in the block.
  places BYTEA NOT NULL,
  CONSTRAINT search_label_block PRIMARY KEY (label, block)
);

-- Progress of the search index, one row. Written with every change of the index. Removed to rebuild the index.
CREATE TABLE search_progress (
  id INT NOT NULL PRIMARY KEY,
  -- The index contains the feed up to this cursor.
  feed_cursor VARCHAR(1000) NOT NULL,
  -- While the index is filled: jobs older than this one are missing in it. Null for a full index.
  unfilled BYTEA
) WITH (fillfactor = 10);

-- Histories with one row per change, for people and their tools. HistoryText defines the format of a line.
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
    LEFT JOIN handler_name AS handler ON handler.id = CAST(told.part[8] AS INT);

-- Submissions from SQL that wait for admission. Written by the function submit in the caller's transaction. Removed when the leader
-- admits or refuses the job.
CREATE TABLE submission (
  number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Id of the job.
  id UUID NOT NULL,
  submitter TEXT NOT NULL,
  job_key TEXT,
  -- JSON.
  specification TEXT NOT NULL
);
CREATE INDEX submission_key ON submission (submitter, job_key) WHERE job_key IS NOT NULL;

-- Refused submissions from SQL, for people. Written by the leader. The newest 10,000 are kept.
CREATE TABLE refused_submission (
  number BIGINT NOT NULL PRIMARY KEY,
  id UUID NOT NULL,
  submitter TEXT NOT NULL,
  refused_at TIMESTAMPTZ NOT NULL,
  why TEXT NOT NULL,
  specification JSONB NOT NULL
);

-- Submits a job in the caller's transaction. The host checks the rest when it admits the job. The submitter is the role that logged
-- in, which SET ROLE does not change. The id is a UUID of version 7, with the microseconds after its millisecond.
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
-- The fixed path keeps the function from using objects of the caller, above all temporary tables.
DO $$ BEGIN
  EXECUTE format('ALTER FUNCTION submit(TEXT, JSONB, JSONB) SET search_path = pg_catalog, %I, pg_temp', current_schema());
END $$;
