-- A migration of a future release; known to a test only.
ALTER TABLE printer ADD COLUMN location TEXT;
UPDATE printer SET location = 'attic' WHERE id = 'mk4';
