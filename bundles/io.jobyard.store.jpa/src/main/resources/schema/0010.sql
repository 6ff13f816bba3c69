-- Limits and queues that were made while a host ran: a line for each key and its value, as a file has them.
CREATE TABLE limit_definition (
  kind VARCHAR(10) NOT NULL,
  name VARCHAR(64) NOT NULL,
  version INT NOT NULL,
  settings VARCHAR(16000) NOT NULL,
  PRIMARY KEY (kind, name)
);
