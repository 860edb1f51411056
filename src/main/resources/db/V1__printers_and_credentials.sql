-- Registered printers. Their credentials stand in a table of their own, so that no query for display carries them.
CREATE TABLE printer (
  id            TEXT PRIMARY KEY NOT NULL,
  name          TEXT NOT NULL,
  driver        TEXT NOT NULL,
  address       TEXT NOT NULL, -- normalised URL, always with its port
  slot          TEXT,          -- for drivers with several printers behind one address
  model         TEXT,
  printer_group TEXT,
  tags          TEXT NOT NULL, -- JSON array of texts
  enabled       INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  timeout_ms    INTEGER,
  offline_after INTEGER,
  fingerprint   TEXT
) STRICT;

CREATE UNIQUE INDEX printer_address ON printer (address, coalesce(slot, ''));

CREATE TABLE credentials (
  printer  TEXT PRIMARY KEY NOT NULL REFERENCES printer (id) ON DELETE CASCADE,
  api_key  TEXT,
  username TEXT,
  password TEXT
) STRICT;
