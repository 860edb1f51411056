-- Prints that ended. No key of the printer, so that they outlive it. All times are milliseconds since 1970.
CREATE TABLE job_history (
  id            INTEGER PRIMARY KEY AUTOINCREMENT, -- the order of recording; never used twice
  printer       TEXT NOT NULL,
  name          TEXT NOT NULL,
  printer_group TEXT,
  first_seen    INTEGER NOT NULL,                  -- identifies the print of a printer
  started       INTEGER,
  ended         INTEGER,
  recorded      INTEGER NOT NULL,
  at            INTEGER NOT NULL,                  -- the end, or if that was not seen, when it was noticed
  job_id        TEXT,
  file          TEXT,
  result        TEXT NOT NULL,
  progress      REAL,
  duration      INTEGER,                           -- seconds
  filament      TEXT,
  UNIQUE (printer, first_seen)
) STRICT;

-- Holds all that statistics need, in their order.
CREATE INDEX job_history_statistics ON job_history (printer, at, result, duration);

CREATE TABLE state_history (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  printer       TEXT NOT NULL,
  name          TEXT NOT NULL,
  printer_group TEXT,
  at            INTEGER NOT NULL,
  from_state    TEXT NOT NULL,
  to_state      TEXT NOT NULL,
  reason        TEXT
) STRICT;

CREATE INDEX state_history_printer ON state_history (printer);

-- Which print runs at each printer, so that its end is recorded once, however often the bridge is restarted.
CREATE TABLE print (
  printer    TEXT PRIMARY KEY NOT NULL REFERENCES printer (id) ON DELETE CASCADE,
  first_seen INTEGER NOT NULL,
  started    INTEGER
) STRICT;
