CREATE TABLE printer (
  id            TEXT PRIMARY KEY NOT NULL,
  name          TEXT NOT NULL,
  driver        TEXT NOT NULL,
  address       TEXT NOT NULL UNIQUE, -- normalized URL, always with its port
  model         TEXT,
  printer_group TEXT,
  tags          TEXT NOT NULL,        -- JSON array of strings
  enabled       INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  timeout_ms    INTEGER,
  offline_after INTEGER,
  fingerprint   TEXT,
  alerts        TEXT,                 -- JSON object of what differs from the configuration
  mqtt_commands TEXT                  -- comma-separated; null for those of the configuration
) STRICT;

-- Apart from the printers, so that no query for display reads them.
CREATE TABLE credentials (
  printer  TEXT PRIMARY KEY NOT NULL REFERENCES printer (id) ON DELETE CASCADE,
  api_key  TEXT,
  username TEXT,
  password TEXT
) STRICT;

-- JSON objects, so that a restart announces no job twice.
CREATE TABLE job (
  printer TEXT PRIMARY KEY NOT NULL REFERENCES printer (id) ON DELETE CASCADE,
  running TEXT,
  last    TEXT
) STRICT;

-- The open alerts, so that a restart opens none twice and an acknowledged one stays quiet.
CREATE TABLE alert (
  printer      TEXT NOT NULL REFERENCES printer (id) ON DELETE CASCADE,
  code         TEXT NOT NULL,
  severity     TEXT NOT NULL,
  message      TEXT NOT NULL,
  since        TEXT NOT NULL, -- ISO 8601 in UTC
  acknowledged INTEGER NOT NULL CHECK (acknowledged IN (0, 1)),
  PRIMARY KEY (printer, code)
) STRICT;

-- Retained topics that a broker may hold, so that none is left behind when its printer is removed.
CREATE TABLE retained_topic (
  topic TEXT PRIMARY KEY NOT NULL,
  note  TEXT NOT NULL -- what must be known of its content after a restart; of a discovery topic its entities
) STRICT;

-- Values generated once, such as the suffix of the MQTT client id.
CREATE TABLE setting (
  name  TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT;
