-- What each commit changed, one row or a few, for those who follow and for commits whose answer is lost: FeedBody knows the bodies.
-- incarnation: its number. total: the bytes of all bodies ever written, up to and with this one. Cut at its beginning.

${large.pages};
CREATE TABLE feed (
  incarnation INT NOT NULL,
  number BIGINT NOT NULL,
  committed_at BIGINT NOT NULL,
  total BIGINT NOT NULL,
  body ${bytes} NOT NULL
);
${usual.pages};

CREATE UNIQUE INDEX feed_number ON feed (incarnation, number);

-- The rows of the history need no order among all jobs any more.

DROP INDEX history_number;
