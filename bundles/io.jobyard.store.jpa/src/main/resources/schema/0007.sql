-- The layout whose rows are narrow: a job's history in its row, hosts and handlers as numbers, ready and running jobs in tables of
-- their own. There is no way back to the tables of before.
-- The jobs are copied in slices; what copies them, and finds the running ones, is JobCopy.

-- begin

-- Incarnations of before step 2 had no number. Numbers name hosts from now on; the latest of these gets -1.
UPDATE incarnation SET number = -(SELECT COUNT(*) FROM incarnation later WHERE later.number = 0
  AND (later.started_at > incarnation.started_at
    OR later.started_at = incarnation.started_at AND later.id >= incarnation.id))
  WHERE number = 0;
CREATE UNIQUE INDEX incarnation_number ON incarnation (number);

${small.pages};
-- host: the number of the incarnation that runs the job or ran it last.
-- trail: what became of the job, since this step; what came before is in history and, where it was too long, in trail_page.
CREATE TABLE job_copy (
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
  seal ${digest}
)${room.to.grow};

-- What a host runs: ids, one behind the other; more than one part only if they are hundreds.
CREATE TABLE running (
  incarnation INT NOT NULL,
  part INT NOT NULL,
  ids ${bytes} NOT NULL,
  PRIMARY KEY (incarnation, part)
);

CREATE TABLE handler_name (
  id INT NOT NULL PRIMARY KEY,
  version VARCHAR(200) NOT NULL,
  bundle VARCHAR(400) NOT NULL
);

-- The older parts of long trails, the oldest first.
CREATE TABLE trail_page (
  job_id ${id} NOT NULL,
  page INT NOT NULL,
  body VARCHAR(8000) NOT NULL,
  PRIMARY KEY (job_id, page)
);
${full.pages};
-- What is queued, in the order in which it is next.
CREATE TABLE ready (
  lane INT NOT NULL,
  ready_at BIGINT NOT NULL,
  id ${id} NOT NULL
);
CREATE UNIQUE INDEX ready_place ON ready (lane, ready_at, id);
${usual.pages};

CREATE TABLE host_number (
  host VARCHAR(300) NOT NULL PRIMARY KEY,
  number INT NOT NULL
);
INSERT INTO host_number (host, number) SELECT host, MAX(number) FROM incarnation GROUP BY host;

-- How far the copy is: of so many jobs so many, the youngest down to that id.
CREATE TABLE job_copied (
  jobs BIGINT NOT NULL,
  copied BIGINT NOT NULL,
  down_to ${id} NOT NULL
);

-- slice

INSERT INTO job_copy (
    id, submitter, created_at, type, queue, priority, timeout_millis, max_retries, if_dependency_fails, not_before, expires_at, job_key,
    labels, handler_version, limits, estimates, status, reason, run, attempt, changed_at, started_at, completed_at, error, host, ran_in,
    version, pending, losses, cancel_requested, ready_at, due_at, payload, result, dependencies, trail)
  SELECT
    j.id, j.submitter, j.created_at, j.type, j.queue, j.priority, j.timeout_millis, j.max_retries, j.if_dependency_fails, j.not_before,
    j.expires_at, j.job_key, j.labels, j.handler_version, j.limits, j.estimates, j.status, j.reason, j.run, j.attempt, j.changed_at,
    j.started_at, j.completed_at, j.error, CASE WHEN j.lane = 0 THEN i.number ELSE h.number END, j.ran_in, j.version, j.pending,
    j.losses, j.cancel_requested, j.ready_at, j.due_at, j.payload, j.result, j.dependencies, ''
  FROM job j${index job_id}
    LEFT JOIN incarnation i ON i.id = j.incarnation
    LEFT JOIN host_number h ON h.host = j.host
  WHERE j.id < ? AND j.id >= ?;
INSERT INTO ready (lane, ready_at, id)
  SELECT lane, ready_at, id FROM job${index job_id} WHERE id < ? AND id >= ? AND lane > 0;

-- finish

DROP TABLE job_copied;
DROP TABLE host_number;
DROP TABLE job;
${rename} job_copy ${to} job;
CREATE UNIQUE INDEX job_id ON job (id DESC);
