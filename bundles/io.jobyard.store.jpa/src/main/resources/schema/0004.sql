-- Which jobs ended because of which: the parent ended badly, and no retry has given the child another life since.
-- What ended before this step is not in it.

CREATE TABLE blame (
  parent ${id} NOT NULL,
  child ${id} NOT NULL,
  PRIMARY KEY (parent, child)
);
