-- What the seals of all histories come to, by the lives of hosts that have sealed them; each row has a seal of its own.

CREATE TABLE sealed (
  incarnation INT NOT NULL PRIMARY KEY,
  changes BIGINT NOT NULL,
  histories BIGINT NOT NULL,
  total ${digest} NOT NULL,
  seal ${digest} NOT NULL
);
