-- What must be known of a topic after a restart; for a discovery topic its entities, so that vanished ones are removed.
ALTER TABLE announced_topic ADD COLUMN note TEXT NOT NULL DEFAULT '';
