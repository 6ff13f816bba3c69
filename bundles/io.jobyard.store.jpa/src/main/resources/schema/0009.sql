-- What becomes of a job by single ones of its dependencies: a letter and an id for each that has a policy of its own.

ALTER TABLE job ADD COLUMN dependency_policies VARCHAR(4000);
