-- The first schema, on SQLite. A released script never changes; later changes are scripts with the next numbers.
--
-- Every instant is in microseconds since 1970 UTC. An incarnation is a host from its start to its end. The committer, the store's
-- only writing thread, writes every row unless a comment names another writer. "Retention" is the configuration
-- io.jobyard.retention. Tables are strict, so a later step needs a script of its own for SQLite. A table of short rows that are found by their
-- key is stored in the order of that key, WITHOUT ROWID. Truths are 0 and 1.

-- Incarnations of hosts. Written when a host starts and ends. Never removed, because other tables refer to the number.
CREATE TABLE incarnation (
  id BLOB NOT NULL PRIMARY KEY,
  -- Counts the incarnations in this database, from 1.
  number INTEGER NOT NULL,
  -- Machine name and process id, for example here:4711.
  host TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  -- End of the lease. Only hosts that share a database renew it.
  lease_until INTEGER NOT NULL,
  -- Null while the host lives. After a kill, the next incarnation sets it.
  ended_at INTEGER
) STRICT;
CREATE UNIQUE INDEX incarnation_number ON incarnation (number);

-- Lanes: the properties that ready jobs share. Written when the first job of a lane becomes ready. Never removed.
CREATE TABLE lane (
  id INTEGER NOT NULL PRIMARY KEY,
  -- SHA-256 over all columns below. The host finds a lane by it.
  digest BLOB NOT NULL CONSTRAINT lane_digest UNIQUE,
  -- Requested queue; null for the queue that the type is routed to.
  queue TEXT,
  priority INTEGER NOT NULL,
  submitter TEXT NOT NULL,
  type TEXT NOT NULL,
  -- Allowed handler versions as an OSGi range; null for any.
  handler_version TEXT,
  -- Handler version of the jobs' first run; null before that run, and after the job has left a canary.
  begun_with TEXT,
  -- Whether the latest run began as a canary.
  canary INTEGER DEFAULT 0 NOT NULL,
  -- Names of the requested limits. A limit that counts values separately is stored with its value.
  limits TEXT,
  -- Whether the jobs have estimates (job.estimates).
  estimated INTEGER DEFAULT 0 NOT NULL,
  -- Whether several runs of the job ended with the loss of their host. Suspect jobs run one at a time.
  suspect INTEGER DEFAULT 0 NOT NULL
) STRICT;

-- Jobs: terms, state, bookkeeping, short texts and history. Written by every admission and every move. Removed after finishing, by
-- retention or by a user; a job's rows in other tables are removed with it.
CREATE TABLE job (
  id BLOB NOT NULL,
  submitter TEXT NOT NULL,
  created_at INTEGER NOT NULL,

  -- Terms.
  type TEXT NOT NULL,
  -- Requested queue; null for the queue that the type is routed to.
  queue TEXT,
  priority INTEGER NOT NULL,
  timeout_millis INTEGER NOT NULL,
  max_retries INTEGER NOT NULL,
  -- Policy for a dependency that fails: fail, cancel or run.
  if_dependency_fails TEXT NOT NULL,
  -- Policies of single dependencies: the policy's first letter and the id, separated by commas.
  dependency_policies TEXT,
  not_before INTEGER,
  -- The job fails if it has not started by then.
  expires_at INTEGER,
  -- The job fails if it has not finished by then.
  deadline_at INTEGER,
  job_key TEXT,
  -- The key stays taken until then, even after the job has finished; null if the end of the job frees the key.
  key_until INTEGER,
  labels TEXT,
  -- See lane.
  handler_version TEXT,
  limits TEXT,
  -- Expected use of each run, for example tokens=812.0,usd=0.5.
  estimates TEXT,
  -- The schedule that submitted the job, and the scheduled time.
  schedule TEXT,
  fire_at INTEGER,
  -- The group that the job belongs to, and the group that the job closes.
  job_group TEXT,
  ends_group TEXT,

  -- State.
  status TEXT NOT NULL,
  reason TEXT,
  -- Counts all runs; attempt counts those that count against max_retries, and starts again with a retry by a user.
  run INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  started_at INTEGER,
  completed_at INTEGER,
  error TEXT,
  -- Number of the incarnation that runs the job or ran it last.
  host INTEGER,
  -- Queue of the latest run. It stays when the type is routed elsewhere.
  ran_in TEXT,

  -- Bookkeeping of the host.
  -- Counts the changes, from 1. Every change compares and sets it.
  version INTEGER NOT NULL,
  -- Number of unfinished dependencies.
  pending INTEGER NOT NULL,
  -- Number of runs that ended with the loss of their host.
  losses INTEGER NOT NULL,
  cancel_requested INTEGER DEFAULT 0 NOT NULL,
  -- Lane of a queued job; null for any other job.
  lane INTEGER,
  -- When the job became ready: its position in the lane.
  ready_at INTEGER,
  -- When the host must act on the job: start, next attempt, expiry or deadline. The job then has a row in timer.
  due_at INTEGER,
  -- See lane.
  begun_with TEXT,
  canary INTEGER DEFAULT 0 NOT NULL,
  -- Handler version that the payload was made for.
  made_for TEXT,
  -- First handler version whose payloads have the form of this one, according to the payload migrators at submit.
  payload_form TEXT,

  -- Texts; null for no text, and for a text over 2,000 characters, which is in job_text.
  payload TEXT,
  result TEXT,
  -- Ids of the jobs that the job depends on.
  dependencies TEXT,
  -- The latest part of the history, one line per change; earlier parts are in trail_page. HistoryText defines the format.
  trail TEXT NOT NULL,
  -- Keyed hash (MAC) over the whole history; null for an unfinished job.
  seal BLOB
) STRICT;

-- The jobs that each incarnation runs. Written by the leader at every start and end of a run. The rows of a lost host are removed
-- when the leader has taken back its runs.
CREATE TABLE running (
  -- Number of the incarnation.
  incarnation INTEGER NOT NULL,
  -- From 0. Only an incarnation that runs hundreds of jobs has a second part.
  part INTEGER NOT NULL,
  -- Concatenated job ids.
  ids BLOB NOT NULL,
  PRIMARY KEY (incarnation, part)
) STRICT;

-- Handlers that have got a run. Histories refer to the number. Written at the first run of each handler. Never removed.
CREATE TABLE handler_name (
  id INTEGER NOT NULL PRIMARY KEY,
  version TEXT NOT NULL,
  -- Symbolic name and version of the bundle.
  bundle TEXT NOT NULL
) STRICT;

-- Earlier parts of long histories. Written when job.trail becomes too long. Removed with the job.
CREATE TABLE trail_page (
  job_id BLOB NOT NULL,
  -- Version of the job when the part was moved here.
  page INTEGER NOT NULL,
  -- Lines in the format of job.trail.
  body TEXT NOT NULL,
  PRIMARY KEY (job_id, page)
) STRICT;

CREATE UNIQUE INDEX job_id ON job (id);
CREATE INDEX job_lane ON job (lane, ready_at, id) WHERE lane IS NOT NULL;

-- Queued jobs in starting order: a table on Derby.
CREATE VIEW ready AS SELECT lane, ready_at, id FROM job WHERE lane IS NOT NULL;

-- Texts over 2,000 characters. Written with the row of the job. Removed with the job.
CREATE TABLE job_text (
  job_id BLOB NOT NULL,
  -- P payload, R result, D dependencies.
  kind TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (job_id, kind)
) STRICT;

-- Log lines of handlers. Written during a run. A job keeps its newest 1,000 lines; they are removed with the job.
CREATE TABLE job_log (
  job_id BLOB NOT NULL,
  line INTEGER NOT NULL,
  written_at INTEGER NOT NULL,
  run INTEGER NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (job_id, line)
) STRICT;

-- Totals of the sealed histories, one row per incarnation. Written when a job finishes, is retried or is removed. Never removed.
CREATE TABLE sealed (
  -- Number of the incarnation.
  incarnation INTEGER NOT NULL PRIMARY KEY,
  -- Counts the changes of this row.
  changes INTEGER NOT NULL,
  -- Number of seals in the total.
  histories INTEGER NOT NULL,
  -- Sum of the seals (job.seal), modulo 2^256.
  total BLOB NOT NULL,
  -- Keyed hash (MAC) over this row.
  seal BLOB NOT NULL
) STRICT;

-- Dependencies that are not yet released. Written at the admission of the child. Removed when the parent's end releases the child.
CREATE TABLE edge (
  parent BLOB NOT NULL,
  child BLOB NOT NULL,
  PRIMARY KEY (parent, child)
) STRICT, WITHOUT ROWID;

-- Jobs that failed or were cancelled because of another job. Written when the policy for a failed dependency ends the child. Removed
-- when the child is retried, and with either job.
CREATE TABLE blame (
  parent BLOB NOT NULL,
  child BLOB NOT NULL,
  PRIMARY KEY (parent, child)
) STRICT, WITHOUT ROWID;

-- Finished jobs with unreleased dependents. Written when a job with many dependents finishes. Removed after the last release.
CREATE TABLE release_marker (
  parent BLOB NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Taken job keys. Written at admission. Removed when the job finishes; with job.key_until, when another job takes the key or the
-- job is removed.
CREATE TABLE live_key (
  submitter TEXT NOT NULL,
  job_key TEXT NOT NULL,
  job_id BLOB NOT NULL,
  PRIMARY KEY (submitter, job_key)
) STRICT, WITHOUT ROWID;

-- Jobs that the host must act on at a time (job.due_at). Written and removed with every change of that time.
CREATE TABLE timer (
  due_at INTEGER NOT NULL,
  job_id BLOB NOT NULL,
  PRIMARY KEY (due_at, job_id)
) STRICT, WITHOUT ROWID;

-- Groups of jobs. Written at the admission of a group's first job. Removed with the group's last job.
CREATE TABLE job_group (
  submitter TEXT NOT NULL,
  name TEXT NOT NULL,
  -- The job that closed the group; null for an open group.
  end_job BLOB,
  PRIMARY KEY (submitter, name)
) STRICT;

-- Members of groups. Written at admission. Removed with the job.
CREATE TABLE group_job (
  submitter TEXT NOT NULL,
  name TEXT NOT NULL,
  job_id BLOB NOT NULL,
  PRIMARY KEY (submitter, name, job_id)
) STRICT, WITHOUT ROWID;

-- Use of limits and queues. Written as jobs start and report use. Removed when nothing is used any more.
CREATE TABLE limit_level (
  -- Kind and name, for example "queue llm". A name that begins with + holds the amount that started jobs have not yet used.
  name TEXT NOT NULL,
  -- Counted unit; * for a limit that is closed until full_at.
  unit TEXT NOT NULL,
  -- When the bucket is full again. With +: until when the warning threshold counts as reported.
  full_at INTEGER NOT NULL,
  -- Refill rate of the bucket. With +: the amount.
  per_second REAL NOT NULL,
  PRIMARY KEY (name, unit)
) STRICT, WITHOUT ROWID;

-- Limits and queues that users defined at run time. Written and removed by the commands for them.
CREATE TABLE limit_definition (
  -- limit or queue.
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  -- Counts the changes, from 1. Every change compares and sets it.
  version INTEGER NOT NULL,
  -- One key and value per line, as in a configuration file.
  settings TEXT NOT NULL,
  PRIMARY KEY (kind, name)
) STRICT;

-- Pauses. Written by a pause. Removed by a resume.
CREATE TABLE queue_pause (
  -- Name of a queue; for another target, its kind and name, for example type:echo.
  queue TEXT NOT NULL PRIMARY KEY,
  who TEXT NOT NULL,
  since INTEGER NOT NULL,
  reason TEXT,
  -- When the pause ends without a resume; null for never.
  until_at INTEGER
) STRICT;

-- Types that a handler has ever served. Written when a type is first served. Never removed.
CREATE TABLE handler_type (
  type TEXT NOT NULL PRIMARY KEY,
  -- For people who look at the table: the host does not read it.
  first_served_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Schedules and their progress. Written at every scheduled time and by the commands for schedules. Removed with the schedule.
CREATE TABLE schedule (
  name TEXT NOT NULL PRIMARY KEY,
  -- Counts the changes, from 1. Every change compares and sets it.
  version INTEGER NOT NULL,
  -- JSON; null for a schedule that a file defines.
  definition TEXT,
  -- The timing that the decisions so far used.
  timing TEXT NOT NULL,
  -- The host has decided on all scheduled times up to this one.
  decided_at INTEGER NOT NULL,
  -- The latest scheduled time that got a job, and that job.
  last_fire_at INTEGER,
  last_job BLOB,
  -- Number of consecutive skipped times because an earlier job was unfinished.
  overlapped INTEGER NOT NULL,
  paused_by TEXT,
  paused_at INTEGER,
  pause_reason TEXT,
  paused_until INTEGER,
  -- Backfill: all times up to this one are done, it ends before the second one, and its latest job.
  backfilled_at INTEGER,
  backfill_to INTEGER,
  backfill_job BLOB
) STRICT;

-- The job of each scheduled time: the key allows one at most. Written at admission. Removed with the job.
CREATE TABLE schedule_fire (
  schedule TEXT NOT NULL,
  fire_at INTEGER NOT NULL,
  job_id BLOB NOT NULL,
  PRIMARY KEY (schedule, fire_at)
) STRICT, WITHOUT ROWID;

-- Steps and waits of jobs. Written during a run and at the end of a wait. Removed with the job.
CREATE TABLE job_step (
  job_id BLOB NOT NULL,
  -- 0 for a current step. For a step that a retry dropped, the number of the job's latest run then.
  dropped_after INTEGER NOT NULL,
  -- Position among the steps of the job, from 1.
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  -- The kind of step or wait (StepKind).
  kind TEXT NOT NULL,
  -- The run that stored the step first.
  run INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  -- Null for an open wait.
  ended_at INTEGER,
  -- When a wait ends at the latest.
  due_at INTEGER,
  -- The signal that ends a wait.
  awaits TEXT,
  -- Number of the signal that ended the wait; 0 for none.
  signal INTEGER NOT NULL,
  -- Whether content describes a failure.
  failed INTEGER DEFAULT 0 NOT NULL,
  -- The awaited jobs; null for none, and for a list over 2,000 characters, which is in step_text.
  children TEXT,
  -- The value as JSON; null for none, and for a value over 2,000 characters, which is in step_text.
  content TEXT,
  -- Length of the value; 0 for none.
  characters INTEGER NOT NULL,
  PRIMARY KEY (job_id, dropped_after, number)
) STRICT;

-- Values and lists of steps over 2,000 characters. Written with the row of the step. Removed with the job.
CREATE TABLE step_text (
  job_id BLOB NOT NULL,
  -- The position and the first run of the step identify it even after a retry dropped it.
  number INTEGER NOT NULL,
  run INTEGER NOT NULL,
  -- C children, V value.
  kind TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (job_id, number, run, kind)
) STRICT;

-- The waits that submitted each child job. Written at the beginning of the wait. Removed with the child.
CREATE TABLE step_child (
  child BLOB NOT NULL,
  job_id BLOB NOT NULL,
  -- Position of the wait, and the run that began it.
  number INTEGER NOT NULL,
  run INTEGER NOT NULL,
  PRIMARY KEY (child, job_id, number, run)
) STRICT, WITHOUT ROWID;
CREATE INDEX step_child_parent ON step_child (job_id);

-- Signals that jobs received. Written when a signal is sent. Removed with the job.
CREATE TABLE job_signal (
  job_id BLOB NOT NULL,
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  given_at INTEGER NOT NULL,
  given_by TEXT NOT NULL,
  -- Whether content describes a failure.
  failed INTEGER DEFAULT 0 NOT NULL,
  -- Whether the signal has ended a wait.
  taken INTEGER DEFAULT 0 NOT NULL,
  -- The value as JSON.
  content TEXT NOT NULL,
  PRIMARY KEY (job_id, number)
) STRICT;

-- Stream output of handlers, one row per piece. Written during a run. Removed with the job.
CREATE TABLE job_stream (
  job_id BLOB NOT NULL,
  number INTEGER NOT NULL,
  run INTEGER NOT NULL,
  emitted_at INTEGER NOT NULL,
  -- Length of the job's stream up to the end of this piece, in characters.
  up_to INTEGER NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (job_id, number)
) STRICT;

-- Use of units by runs. Written during a run. Removed by retention; the rows outlive their job.
CREATE TABLE run_use (
  -- When the run began.
  started_at INTEGER NOT NULL,
  job_id BLOB NOT NULL,
  run INTEGER NOT NULL,
  unit TEXT NOT NULL,
  amount REAL NOT NULL,
  -- The amount that the job expected; null for none.
  estimate REAL,
  -- Copies from the job, which may be removed earlier.
  submitter TEXT NOT NULL,
  type TEXT NOT NULL,
  model TEXT,
  labels TEXT,
  PRIMARY KEY (started_at, job_id, run, unit)
) STRICT;
CREATE INDEX run_use_by_job ON run_use (job_id, run);

-- Bulk operations on all jobs of a filter, and their progress. Written by the bulk commands and after each slice of jobs. The newest
-- 1,000 finished ones are kept.
CREATE TABLE bulk (
  number INTEGER NOT NULL PRIMARY KEY,
  bulk_action TEXT NOT NULL,
  -- JSON: the filter, the terms that a change sets, and the user who asked, with that user's permissions.
  filter TEXT NOT NULL,
  new_terms TEXT,
  caller TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  -- The last processed job. Older jobs follow. Null before the first.
  after_job BLOB,
  -- Number of changed jobs, number of refused ones, and the reason of one refusal.
  done INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  refusal TEXT,
  ended_at INTEGER,
  stopped_by TEXT
) STRICT;

-- Submit requests with an idempotency key. Written with the admission. Removed after until_at.
CREATE TABLE request (
  submitter TEXT NOT NULL,
  request_key TEXT NOT NULL,
  -- Hash of the request. The host refuses a different request with the same key.
  fingerprint TEXT NOT NULL,
  done_at INTEGER NOT NULL,
  until_at INTEGER NOT NULL,
  -- The answer, one line per job.
  answers TEXT NOT NULL,
  PRIMARY KEY (submitter, request_key)
) STRICT;
CREATE INDEX request_until ON request (until_at);

-- Users. Written by the commands for users. Never removed, only disabled.
CREATE TABLE user_account (
  name TEXT NOT NULL PRIMARY KEY,
  -- Counts the changes, from 1. Every change compares and sets it.
  version INTEGER NOT NULL,
  -- A slow hash of the password, with its parameters.
  password_rounds INTEGER NOT NULL,
  password_salt TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  -- When the password was set.
  password_at INTEGER NOT NULL,
  -- Null for an enabled user.
  disabled_at INTEGER
) STRICT;

-- Access tokens. Written when a token is made, used or revoked. Never removed, so that no later token gets the same name.
CREATE TABLE access_token (
  -- SHA-256 of the secret, which is stored nowhere.
  hash TEXT NOT NULL PRIMARY KEY,
  owner TEXT NOT NULL,
  name TEXT NOT NULL,
  -- Null for all permissions of the owner.
  permissions TEXT,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  expires_at INTEGER,
  -- Accurate to the minute.
  used_at INTEGER,
  revoked_at INTEGER,
  UNIQUE (owner, name)
) STRICT;

-- Sessions of signed-in users. Written at sign-in and during use. Removed at sign-out; a later sign-in removes expired ones.
CREATE TABLE user_session (
  -- SHA-256 of the cookie.
  hash TEXT NOT NULL PRIMARY KEY,
  -- A user or the local administrator.
  kind TEXT NOT NULL,
  user_name TEXT NOT NULL,
  -- Version of the user at sign-in, because a change of the user ends the session; 0 for the local administrator.
  version INTEGER NOT NULL,
  -- Network address at sign-in.
  address TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  -- Accurate to the minute.
  used_at INTEGER NOT NULL
) STRICT;

-- The audit: actions of operators, refused and allowed. Written with the action and at each host start. Removed by retention.
CREATE TABLE audit (
  -- Id (not number) of the incarnation.
  incarnation BLOB NOT NULL,
  -- Counts the rows of the incarnation, from 1.
  number INTEGER NOT NULL,
  happened_at INTEGER NOT NULL,
  who TEXT NOT NULL,
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  detail TEXT NOT NULL,
  -- Keyed hash (MAC) over this row and the previous seal; the first row continues the previous incarnation's last row.
  seal BLOB NOT NULL,
  PRIMARY KEY (incarnation, number)
) STRICT;

-- The feed: the changes of each commit, for listeners and other hosts. Written by every commit. Retention removes the oldest rows by
-- age and by total size.
CREATE TABLE feed (
  -- Number of the incarnation.
  incarnation INTEGER NOT NULL,
  -- Counts the rows of the incarnation, from 1.
  number INTEGER NOT NULL,
  committed_at INTEGER NOT NULL,
  -- Total bytes of all bodies ever written, including this one.
  total INTEGER NOT NULL,
  -- FeedBody defines the format.
  body BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX feed_number ON feed (incarnation, number);

-- Progress of feed followers, for example webhooks. Written as a follower proceeds. Never removed.
CREATE TABLE follower (
  name TEXT NOT NULL PRIMARY KEY,
  -- A cursor of the feed.
  place TEXT NOT NULL
) STRICT;

-- The search index: blocks of some hundred jobs. The indexing thread writes all five search tables, after the commits it reads in
-- the feed. It removes a block after moving the block's jobs to another one, and rebuilds the index if search_progress is empty.
CREATE TABLE search_block (
  number INTEGER NOT NULL PRIMARY KEY,
  -- Least and greatest job id, earliest and latest creation.
  least BLOB NOT NULL,
  greatest BLOB NOT NULL,
  created_from INTEGER NOT NULL,
  created_to INTEGER NOT NULL,
  -- One byte per job: status and reason. JobBlock defines this format, and those of terms and search_id.ids.
  states BLOB NOT NULL,
  -- Type, queue, submitter and the other searchable terms of each job.
  terms BLOB NOT NULL
) STRICT;

-- Job ids of a block, in the order of its states. Written and removed with the block.
CREATE TABLE search_id (
  block INTEGER NOT NULL PRIMARY KEY,
  ids BLOB NOT NULL
) STRICT;

-- Labels of a block, to find its rows in search_label. Written and removed with the block.
CREATE TABLE search_block_label (
  block INTEGER NOT NULL,
  part INTEGER NOT NULL,
  -- Concatenated label hashes.
  labels BLOB NOT NULL,
  PRIMARY KEY (block, part)
) STRICT;

-- Positions of a label in a block. Written and removed with the block.
CREATE TABLE search_label (
  -- Hash of a label or a group.
  label INTEGER NOT NULL,
  block INTEGER NOT NULL,
  -- Positions of the jobs in the block.
  places BLOB NOT NULL,
  PRIMARY KEY (label, block)
) STRICT, WITHOUT ROWID;
CREATE INDEX search_block_range ON search_block (greatest DESC, least, number, created_from, created_to);

-- Progress of the search index, one row. Written with every change of the index. Removed to rebuild the index.
CREATE TABLE search_progress (
  id INTEGER NOT NULL PRIMARY KEY,
  -- The index contains the feed up to this cursor.
  feed_cursor TEXT NOT NULL,
  -- While the index is filled: jobs older than this one are missing in it. Null for a full index.
  unfilled BLOB
) STRICT;
