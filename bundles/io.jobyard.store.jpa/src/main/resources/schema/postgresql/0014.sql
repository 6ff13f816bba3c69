-- Older hosts go on beside this step.
-- Whether roles must name the type before their members may submit it.
ALTER TABLE host_handler ADD COLUMN privileged BOOLEAN DEFAULT FALSE NOT NULL;
