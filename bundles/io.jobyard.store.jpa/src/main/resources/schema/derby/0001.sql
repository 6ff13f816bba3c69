-- The first schema, on Derby. A released script never changes; later changes are scripts with the next numbers.
--
-- Every instant is in microseconds since 1970 UTC. An incarnation is a host from its start to its end. The committer, the store's
-- only writing thread, writes every row unless a comment names another writer. "Retention" is the configuration
-- io.jobyard.retention. Words in braces, such as id and small.pages, are replaced: StoreDialect lists them.

-- Incarnations of hosts. Written when a host starts and ends. Never removed, because other tables refer to the number.
CREATE TABLE incarnation (
  id ${id} NOT NULL PRIMARY KEY,
  -- Counts the incarnations in this database, from 1.
  number INT NOT NULL,
  -- Machine name and process id, for example here:4711.
  host VARCHAR(300) NOT NULL,
  started_at BIGINT NOT NULL,
  -- End of the lease. Only hosts that share a database renew it.
  lease_until BIGINT NOT NULL,
  -- Null while the host lives. After a kill, the next incarnation sets it.
  ended_at BIGINT
);
CREATE UNIQUE INDEX incarnation_number ON incarnation (number);

-- Lanes: the properties that ready jobs share. Written when the first job of a lane becomes ready. Never removed.
-- Rows are short, though the columns allow long ones, so the pages have 4 KB.
${full.pages};
CREATE TABLE lane (
  id INT NOT NULL PRIMARY KEY,
  -- SHA-256 over all columns below. The host finds a lane by it.
  digest ${digest} NOT NULL CONSTRAINT lane_digest UNIQUE,
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
${usual.pages};

-- Jobs: terms, state, bookkeeping, short texts and history. Written by every admission and every move. Removed after finishing, by
-- retention or by a user; a job's rows in other tables are removed with it.
-- A row grows by about a third until its job finishes. The free space in a page keeps the row in its page.
${small.pages};
CREATE TABLE job (
  id ${id} NOT NULL,
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

  -- State.
  status VARCHAR(10) NOT NULL,
  reason VARCHAR(20),
  -- Counts all runs; attempt counts those that count against max_retries, and starts again with a retry by a user.
  run INT NOT NULL,
  attempt INT NOT NULL,
  changed_at BIGINT NOT NULL,
  started_at BIGINT,
  completed_at BIGINT,
  error VARCHAR(2000),
  -- Number of the incarnation that runs the job or ran it last.
  host INT,
  -- Queue of the latest run. It stays when the type is routed elsewhere.
  ran_in VARCHAR(200),

  -- Bookkeeping of the host.
  -- Counts the changes, from 1. Every change compares and sets it.
  version INT NOT NULL,
  -- Number of unfinished dependencies.
  pending INT NOT NULL,
  -- Number of runs that ended with the loss of their host.
  losses INT NOT NULL,
  cancel_requested BOOLEAN DEFAULT FALSE NOT NULL,
  -- When the job became ready: its position in the lane.
  ready_at BIGINT,
  -- When the host must act on the job: start, next attempt, expiry or deadline. The job then has a row in timer.
  due_at BIGINT,
  -- See lane.
  begun_with VARCHAR(200),
  canary BOOLEAN DEFAULT FALSE NOT NULL,
  -- Handler version that the payload was made for.
  made_for VARCHAR(200),
  -- First handler version whose payloads have the form of this one, according to the payload migrators at submit.
  payload_form VARCHAR(200),

  -- Texts; null for no text, and for a text over 2,000 characters, which is in job_text.
  payload VARCHAR(2000),
  result VARCHAR(2000),
  -- Ids of the jobs that the job depends on.
  dependencies VARCHAR(2000),
  -- The latest part of the history, one line per change; earlier parts are in trail_page. HistoryText defines the format.
  trail VARCHAR(8000) NOT NULL,
  -- Keyed hash (MAC) over the whole history; null for an unfinished job.
  seal ${digest}
);

-- The jobs that each incarnation runs. Written by the leader at every start and end of a run. The rows of a lost host are removed
-- when the leader has taken back its runs.
CREATE TABLE running (
  -- Number of the incarnation.
  incarnation INT NOT NULL,
  -- From 0. Only an incarnation that runs hundreds of jobs has a second part.
  part INT NOT NULL,
  -- Concatenated job ids.
  ids ${bytes} NOT NULL,
  PRIMARY KEY (incarnation, part)
);

-- Handlers that have got a run. Histories refer to the number. Written at the first run of each handler. Never removed.
CREATE TABLE handler_name (
  id INT NOT NULL PRIMARY KEY,
  version VARCHAR(200) NOT NULL,
  -- Symbolic name and version of the bundle.
  bundle VARCHAR(400) NOT NULL
);

-- Earlier parts of long histories. Written when job.trail becomes too long. Removed with the job.
CREATE TABLE trail_page (
  job_id ${id} NOT NULL,
  -- Version of the job when the part was moved here.
  page INT NOT NULL,
  -- Lines in the format of job.trail.
  body VARCHAR(8000) NOT NULL,
  PRIMARY KEY (job_id, page)
);

-- Queued jobs in starting order. Written when a job is queued. Removed when the job starts, or is cancelled or changed.
${full.pages};
CREATE TABLE ready (
  lane INT NOT NULL,
  ready_at BIGINT NOT NULL,
  id ${id} NOT NULL
);
CREATE UNIQUE INDEX ready_position ON ready (lane, ready_at, id);
${usual.pages};

-- The primary key of job, youngest first: Derby reads an index in one direction only, and lists begin with the youngest job.
CREATE UNIQUE INDEX job_id ON job (id DESC);

-- Texts over 2,000 characters. Written with the row of the job. Removed with the job.
CREATE TABLE job_text (
  job_id ${id} NOT NULL,
  -- P payload, R result, D dependencies.
  kind CHAR(1) NOT NULL,
  content ${long.text} NOT NULL,
  PRIMARY KEY (job_id, kind)
);

-- Log lines of handlers. Written during a run. A job keeps its newest 1,000 lines; they are removed with the job.
CREATE TABLE job_log (
  job_id ${id} NOT NULL,
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
  total ${digest} NOT NULL,
  -- Keyed hash (MAC) over this row.
  seal ${digest} NOT NULL
);

-- Dependencies that are not yet released. Written at the admission of the child. Removed when the parent's end releases the child.
CREATE TABLE edge (
  parent ${id} NOT NULL,
  child ${id} NOT NULL,
  PRIMARY KEY (parent, child)
);

-- Jobs that failed or were cancelled because of another job. Written when the policy for a failed dependency ends the child. Removed
-- when the child is retried, and with either job.
CREATE TABLE blame (
  parent ${id} NOT NULL,
  child ${id} NOT NULL,
  PRIMARY KEY (parent, child)
);

-- Finished jobs with unreleased dependents. Written when a job with many dependents finishes. Removed after the last release.
CREATE TABLE release_marker (
  parent ${id} NOT NULL PRIMARY KEY
);

-- Taken job keys. Written at admission. Removed when the job finishes; with job.key_until, when another job takes the key or the
-- job is removed.
CREATE TABLE live_key (
  submitter VARCHAR(200) NOT NULL,
  job_key VARCHAR(400) NOT NULL,
  job_id ${id} NOT NULL,
  PRIMARY KEY (submitter, job_key)
);

-- Jobs that the host must act on at a time (job.due_at). Written and removed with every change of that time.
CREATE TABLE timer (
  due_at BIGINT NOT NULL,
  job_id ${id} NOT NULL,
  PRIMARY KEY (due_at, job_id)
);

-- Groups of jobs. Written at the admission of a group's first job. Removed with the group's last job.
CREATE TABLE job_group (
  submitter VARCHAR(200) NOT NULL,
  name VARCHAR(200) NOT NULL,
  -- The job that closed the group; null for an open group.
  end_job ${id},
  PRIMARY KEY (submitter, name)
);

-- Members of groups. Written at admission. Removed with the job.
CREATE TABLE group_job (
  submitter VARCHAR(200) NOT NULL,
  name VARCHAR(200) NOT NULL,
  job_id ${id} NOT NULL
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
);

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
  last_job ${id},
  -- Number of consecutive skipped times because an earlier job was unfinished.
  overlapped INT NOT NULL,
  paused_by VARCHAR(600),
  paused_at BIGINT,
  pause_reason VARCHAR(2000),
  paused_until BIGINT,
  -- Backfill: all times up to this one are done, it ends before the second one, and its latest job.
  backfilled_at BIGINT,
  backfill_to BIGINT,
  backfill_job ${id}
);

-- The job of each scheduled time: the key allows one at most. Written at admission. Removed with the job.
CREATE TABLE schedule_fire (
  schedule VARCHAR(200) NOT NULL,
  fire_at BIGINT NOT NULL,
  job_id ${id} NOT NULL,
  PRIMARY KEY (schedule, fire_at)
);

-- Steps and waits of jobs. Written during a run and at the end of a wait. Removed with the job.
CREATE TABLE job_step (
  job_id ${id} NOT NULL,
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
  job_id ${id} NOT NULL,
  -- The position and the first run of the step identify it even after a retry dropped it.
  number INT NOT NULL,
  run INT NOT NULL,
  -- C children, V value.
  kind CHAR(1) NOT NULL,
  content ${long.text} NOT NULL,
  PRIMARY KEY (job_id, number, run, kind)
);

-- The waits that submitted each child job. Written at the beginning of the wait. Removed with the child.
CREATE TABLE step_child (
  child ${id} NOT NULL,
  job_id ${id} NOT NULL,
  -- Position of the wait, and the run that began it.
  number INT NOT NULL,
  run INT NOT NULL,
  PRIMARY KEY (child, job_id, number, run)
);
CREATE INDEX step_child_parent ON step_child (job_id);

-- Signals that jobs received. Written when a signal is sent. Removed with the job.
CREATE TABLE job_signal (
  job_id ${id} NOT NULL,
  number INT NOT NULL,
  name VARCHAR(200) NOT NULL,
  given_at BIGINT NOT NULL,
  given_by VARCHAR(600) NOT NULL,
  -- Whether content describes a failure.
  failed BOOLEAN DEFAULT FALSE NOT NULL,
  -- Whether the signal has ended a wait.
  taken BOOLEAN DEFAULT FALSE NOT NULL,
  -- The value as JSON.
  content ${long.text} NOT NULL,
  PRIMARY KEY (job_id, number)
);

-- Stream output of handlers, one row per piece. Written during a run. Removed with the job.
CREATE TABLE job_stream (
  job_id ${id} NOT NULL,
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
  job_id ${id} NOT NULL,
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
  after_job ${id},
  -- Number of changed jobs, number of refused ones, and the reason of one refusal.
  done BIGINT NOT NULL,
  refused BIGINT NOT NULL,
  refusal VARCHAR(2000),
  ended_at BIGINT,
  stopped_by VARCHAR(600)
);

-- Submit requests with an idempotency key. Written with the admission. Removed after until_at.
CREATE TABLE request (
  submitter VARCHAR(200) NOT NULL,
  request_key VARCHAR(200) NOT NULL,
  -- Hash of the request. The host refuses a different request with the same key.
  fingerprint VARCHAR(64) NOT NULL,
  done_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL,
  -- The answer, one line per job.
  answers ${long.text} NOT NULL,
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
  incarnation ${id} NOT NULL,
  -- Counts the rows of the incarnation, from 1.
  number BIGINT NOT NULL,
  happened_at BIGINT NOT NULL,
  who VARCHAR(400) NOT NULL,
  action VARCHAR(100) NOT NULL,
  target VARCHAR(400) NOT NULL,
  detail VARCHAR(2000) NOT NULL,
  -- Keyed hash (MAC) over this row and the previous seal; the first row continues the previous incarnation's last row.
  seal ${digest} NOT NULL,
  PRIMARY KEY (incarnation, number)
);

-- The feed: the changes of each commit, for listeners and other hosts. Written by every commit. Retention removes the oldest rows by
-- age and by total size.
${large.pages};
CREATE TABLE feed (
  -- Number of the incarnation.
  incarnation INT NOT NULL,
  -- Counts the rows of the incarnation, from 1.
  number BIGINT NOT NULL,
  committed_at BIGINT NOT NULL,
  -- Total bytes of all bodies ever written, including this one.
  total BIGINT NOT NULL,
  -- FeedBody defines the format.
  body ${bytes} NOT NULL
);
${usual.pages};
CREATE UNIQUE INDEX feed_number ON feed (incarnation, number);

-- Progress of feed followers, for example webhooks. Written as a follower proceeds. Never removed.
CREATE TABLE follower (
  name VARCHAR(200) NOT NULL PRIMARY KEY,
  -- A cursor of the feed.
  place VARCHAR(1000) NOT NULL
);

-- The search index: blocks of some hundred jobs. The indexing thread writes all five search tables, after the commits it reads in
-- the feed. It removes a block after moving the block's jobs to another one, and rebuilds the index if search_progress is empty.
${large.pages};
CREATE TABLE search_block (
  number INT NOT NULL,
  -- Least and greatest job id, earliest and latest creation.
  least ${id} NOT NULL,
  greatest ${id} NOT NULL,
  created_from BIGINT NOT NULL,
  created_to BIGINT NOT NULL,
  -- One byte per job: status and reason. JobBlock defines this format, and those of terms and search_id.ids.
  states ${bytes} NOT NULL,
  -- Type, queue, submitter and the other searchable terms of each job.
  terms ${bytes} NOT NULL
);

-- Job ids of a block, in the order of its states. Written and removed with the block.
CREATE TABLE search_id (
  block INT NOT NULL,
  ids ${bytes} NOT NULL
);

-- Labels of a block, to find its rows in search_label. Written and removed with the block.
CREATE TABLE search_block_label (
  block INT NOT NULL,
  part INT NOT NULL,
  -- Concatenated label hashes.
  labels ${bytes} NOT NULL,
  PRIMARY KEY (block, part)
);

-- Positions of a label in a block. Written and removed with the block.
${full.pages};
CREATE TABLE search_label (
  -- Hash of a label or a group.
  label BIGINT NOT NULL,
  block INT NOT NULL,
  -- Positions of the jobs in the block.
  places ${bytes} NOT NULL
);
${usual.pages};
CREATE UNIQUE INDEX search_block_number ON search_block (number);
CREATE UNIQUE INDEX search_id_block ON search_id (block);
CREATE INDEX search_block_range ON search_block (greatest DESC, least, number, created_from, created_to);
CREATE UNIQUE INDEX search_label_block ON search_label (label, block);

-- Progress of the search index, one row. Written with every change of the index. Removed to rebuild the index.
CREATE TABLE search_progress (
  id INT NOT NULL PRIMARY KEY,
  -- The index contains the feed up to this cursor.
  feed_cursor VARCHAR(1000) NOT NULL,
  -- While the index is filled: jobs older than this one are missing in it. Null for a full index.
  unfilled ${id}
);
