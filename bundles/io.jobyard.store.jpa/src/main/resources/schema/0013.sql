-- Requests that are done once, while they are kept. answers: a line for each job.
CREATE TABLE request (
  submitter VARCHAR(200) NOT NULL,
  request_key VARCHAR(200) NOT NULL,
  fingerprint VARCHAR(64) NOT NULL,
  done_at BIGINT NOT NULL,
  until_at BIGINT NOT NULL,
  answers ${long.text} NOT NULL,
  PRIMARY KEY (submitter, request_key)
);
CREATE INDEX request_until ON request (until_at);

-- How far those are who make jobs of events. place: a cursor.
CREATE TABLE follower (
  name VARCHAR(200) NOT NULL PRIMARY KEY,
  place VARCHAR(1000) NOT NULL
);
