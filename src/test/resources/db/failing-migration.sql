-- Fails after it has changed something; known to a test only.
ALTER TABLE printer ADD COLUMN location TEXT;
DELETE FROM credentials;
INSERT INTO nowhere (id) VALUES (1);
