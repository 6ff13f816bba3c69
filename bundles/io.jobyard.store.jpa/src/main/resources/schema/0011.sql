-- What jobs keep from one run to the next.

-- Steps, and waits, by their place. dropped_after: the job's latest run when a retry dropped it; 0 for one that counts.
-- awaits: the signal that ends a wait; signal: the number of the one that did.
CREATE TABLE job_step (
  job_id ${id} NOT NULL,
  dropped_after INT NOT NULL,
  number INT NOT NULL,
  name VARCHAR(200) NOT NULL,
  kind VARCHAR(10) NOT NULL,
  run INT NOT NULL,
  started_at BIGINT NOT NULL,
  ended_at BIGINT,
  due_at BIGINT,
  awaits VARCHAR(200),
  signal INT NOT NULL,
  failed BOOLEAN DEFAULT FALSE NOT NULL,
  children VARCHAR(2000),
  content VARCHAR(2000),
  characters INT NOT NULL,
  PRIMARY KEY (job_id, dropped_after, number)
);

-- What is too long for the row: kind C children, V value. A place and the run that stored it first are those of one step.
CREATE TABLE step_text (
  job_id ${id} NOT NULL,
  number INT NOT NULL,
  run INT NOT NULL,
  kind CHAR(1) NOT NULL,
  content ${long.text} NOT NULL,
  PRIMARY KEY (job_id, number, run, kind)
);

-- Which wait, of which job, began for a job. Goes with that one.
CREATE TABLE step_child (
  child ${id} NOT NULL,
  job_id ${id} NOT NULL,
  number INT NOT NULL,
  run INT NOT NULL,
  PRIMARY KEY (child, job_id, number, run)
);
CREATE INDEX step_child_parent ON step_child (job_id);

-- What was told to jobs. taken: whether it ended a wait.
CREATE TABLE job_signal (
  job_id ${id} NOT NULL,
  number INT NOT NULL,
  name VARCHAR(200) NOT NULL,
  given_at BIGINT NOT NULL,
  given_by VARCHAR(600) NOT NULL,
  failed BOOLEAN DEFAULT FALSE NOT NULL,
  taken BOOLEAN DEFAULT FALSE NOT NULL,
  content ${long.text} NOT NULL,
  PRIMARY KEY (job_id, number)
);

-- What handlers emitted. up_to: how many characters the job's stream has with this piece.
CREATE TABLE job_stream (
  job_id ${id} NOT NULL,
  number BIGINT NOT NULL,
  run INT NOT NULL,
  emitted_at BIGINT NOT NULL,
  up_to BIGINT NOT NULL,
  content VARCHAR(32000) NOT NULL,
  PRIMARY KEY (job_id, number)
);
