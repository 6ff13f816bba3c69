-- What becomes of a job by single ones of its dependencies: a letter and an id for each that has a policy of its own.

ALTER TABLE job ADD COLUMN dependency_policies VARCHAR(4000);

-- Groups: a row each, and one for each of their jobs. end_job: the job that has closed it.

ALTER TABLE job ADD COLUMN job_group VARCHAR(200);
ALTER TABLE job ADD COLUMN ends_group VARCHAR(200);
CREATE TABLE job_group (
  submitter VARCHAR(200) NOT NULL,
  name VARCHAR(200) NOT NULL,
  end_job ${id},
  PRIMARY KEY (submitter, name)
);
CREATE TABLE group_job (
  submitter VARCHAR(200) NOT NULL,
  name VARCHAR(200) NOT NULL,
  job_id ${id} NOT NULL
);
CREATE UNIQUE INDEX group_job_place ON group_job (submitter, name, job_id);
