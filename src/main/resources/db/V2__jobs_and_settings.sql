-- Which print runs on each printer, and how the one before ended: JSON, null for none.
CREATE TABLE job_memory (
  printer TEXT PRIMARY KEY NOT NULL REFERENCES printer (id) ON DELETE CASCADE,
  running TEXT,
  last    TEXT
) STRICT;

-- What the program decides once and keeps, such as the end of its MQTT client id.
CREATE TABLE setting (
  name  TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT;
