-- Alerts that are open, so that a restart opens none twice and an acknowledged one stays quiet.
CREATE TABLE alert (
  printer      TEXT NOT NULL REFERENCES printer (id) ON DELETE CASCADE,
  code         TEXT NOT NULL,
  severity     TEXT NOT NULL,
  message      TEXT NOT NULL,
  since        TEXT NOT NULL, -- ISO 8601 in UTC
  acknowledged INTEGER NOT NULL CHECK (acknowledged IN (0, 1)),
  PRIMARY KEY (printer, code)
) STRICT;

-- What one printer wants differently from section alerts of the configuration: JSON, null for nothing.
ALTER TABLE printer ADD COLUMN alerts TEXT;
