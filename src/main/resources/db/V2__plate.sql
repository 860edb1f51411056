-- What the bridge knows of each plate, which no printer reports.
CREATE TABLE plate (
  printer       TEXT PRIMARY KEY NOT NULL REFERENCES printer (id) ON DELETE CASCADE,
  state         TEXT NOT NULL,
  since         TEXT NOT NULL, -- ISO 8601 in UTC
  has_material  INTEGER NOT NULL CHECK (has_material IN (0, 1)),
  print         TEXT,          -- JSON object
  occupied_at   TEXT,          -- ISO 8601 in UTC, as the next
  cooling_since TEXT
) STRICT;
