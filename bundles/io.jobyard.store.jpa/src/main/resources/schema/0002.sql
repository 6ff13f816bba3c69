-- Older hosts can run with this step.
--
-- Adds samples of the numbers of jobs, which charts show over days and months.

-- Samples. The leader writes one per minute, and removes those of a minute after a day and those of an hour after 90 days.
${large.pages};
CREATE TABLE job_sample (
  -- minute, or hour for the average over an hour.
  step VARCHAR(6) NOT NULL,
  taken_at BIGINT NOT NULL,
  -- One line per queue and type. SampleText defines the format.
  counts VARCHAR(8000) NOT NULL,
  PRIMARY KEY (step, taken_at)
);
${usual.pages};
