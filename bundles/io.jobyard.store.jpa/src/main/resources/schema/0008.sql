-- What the seals of all histories come to, by the lives of hosts that have sealed them; each row has a seal of its own.

CREATE TABLE sealed (
  incarnation INT NOT NULL PRIMARY KEY,
  changes BIGINT NOT NULL,
  histories BIGINT NOT NULL,
  total ${digest} NOT NULL,
  seal ${digest} NOT NULL
);

-- Schedules, with how far each is; of one from a file without its definition. All up to decided_at is decided.
CREATE TABLE schedule (
  name VARCHAR(200) NOT NULL PRIMARY KEY,
  version INT NOT NULL,
  definition VARCHAR(32000),
  timing VARCHAR(1000) NOT NULL,
  decided_at BIGINT NOT NULL,
  last_fire_at BIGINT,
  last_job ${id},
  overlapped INT NOT NULL,
  paused_by VARCHAR(600),
  paused_at BIGINT,
  pause_reason VARCHAR(2000),
  paused_until BIGINT,
  backfilled_at BIGINT,
  backfill_to BIGINT,
  backfill_job ${id}
);

-- The job of each fire: at most one, while it is stored.
CREATE TABLE schedule_fire (
  schedule VARCHAR(200) NOT NULL,
  fire_at BIGINT NOT NULL,
  job_id ${id} NOT NULL,
  PRIMARY KEY (schedule, fire_at)
);

ALTER TABLE job ADD COLUMN schedule VARCHAR(200);
ALTER TABLE job ADD COLUMN fire_at BIGINT;
ALTER TABLE job ADD COLUMN deadline_at BIGINT;
ALTER TABLE job ADD COLUMN key_until BIGINT;

-- What runs have used of units; stays when the job is removed.
CREATE TABLE run_use (
  started_at BIGINT NOT NULL,
  job_id ${id} NOT NULL,
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
-- The search index, brought up behind the feed. A block is some hundred jobs: states has a byte for each, terms what else tells them
-- apart, search_id their ids. JobBlock knows how. search_label: at which places of a block a label is, by a number of the label;
-- search_block_label: the labels of a block, for when it goes.
${large.pages};
CREATE TABLE search_block (
  number INT NOT NULL,
  least ${id} NOT NULL,
  greatest ${id} NOT NULL,
  created_from BIGINT NOT NULL,
  created_to BIGINT NOT NULL,
  states ${bytes} NOT NULL,
  terms ${bytes} NOT NULL
);
CREATE TABLE search_id (
  block INT NOT NULL,
  ids ${bytes} NOT NULL
);
CREATE TABLE search_block_label (
  block INT NOT NULL,
  part INT NOT NULL,
  labels ${bytes} NOT NULL,
  PRIMARY KEY (block, part)
);
${full.pages};
CREATE TABLE search_label (
  label BIGINT NOT NULL,
  block INT NOT NULL,
  places ${bytes} NOT NULL
);
${usual.pages};
CREATE UNIQUE INDEX search_block_number ON search_block (number);
CREATE UNIQUE INDEX search_id_block ON search_id (block);
CREATE INDEX search_block_range ON search_block (greatest DESC, least, number, created_from, created_to);
CREATE UNIQUE INDEX search_label_block ON search_label (label, block);
-- One row: up to where the index knows the feed. unfilled: older jobs than that, of those that were there before it, are not in it yet.
CREATE TABLE search_progress (
  id INT NOT NULL PRIMARY KEY,
  feed_cursor VARCHAR(1000) NOT NULL,
  unfilled ${id}
);
-- What is done to many jobs, and how far it is: down to which job.
CREATE TABLE bulk (
  number INT NOT NULL PRIMARY KEY,
  bulk_action VARCHAR(20) NOT NULL,
  filter VARCHAR(32000) NOT NULL,
  new_terms VARCHAR(32000),
  caller VARCHAR(4000) NOT NULL,
  asked_at BIGINT NOT NULL,
  after_job ${id},
  done BIGINT NOT NULL,
  refused BIGINT NOT NULL,
  refusal VARCHAR(2000),
  ended_at BIGINT,
  stopped_by VARCHAR(600)
);

-- Also types, limits and users are paused: before such a name stands what it is of.
ALTER TABLE queue_pause ALTER COLUMN queue SET DATA TYPE VARCHAR(210);

-- A limit that counts values apart stands with the value of the job.
ALTER TABLE job ALTER COLUMN limits SET DATA TYPE VARCHAR(4000);
ALTER TABLE lane ALTER COLUMN limits SET DATA TYPE VARCHAR(4000);
