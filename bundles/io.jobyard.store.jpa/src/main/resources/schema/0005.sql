-- The queue of the latest run, which stays when the type is routed elsewhere. What ran before this step does not know it.

ALTER TABLE job ADD COLUMN ran_in VARCHAR(200);
