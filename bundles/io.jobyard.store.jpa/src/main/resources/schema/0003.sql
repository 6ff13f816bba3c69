-- Histories and pauses name those who speak for others too: ann, by administrator root.

ALTER TABLE history ALTER COLUMN who SET DATA TYPE VARCHAR(600);
ALTER TABLE queue_pause ALTER COLUMN who SET DATA TYPE VARCHAR(600);
