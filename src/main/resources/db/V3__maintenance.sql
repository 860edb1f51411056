-- Both or neither is null.
ALTER TABLE printer ADD COLUMN maintenance_note TEXT;
ALTER TABLE printer ADD COLUMN maintenance_since TEXT; -- ISO 8601 in UTC
