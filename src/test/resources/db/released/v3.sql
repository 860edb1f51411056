-- A database of schema version 3 as the bridge of that version wrote it. Never changes.
CREATE TABLE alert (
  printer      TEXT NOT NULL REFERENCES printer (id) ON DELETE CASCADE,
  code         TEXT NOT NULL,
  severity     TEXT NOT NULL,
  message      TEXT NOT NULL,
  since        TEXT NOT NULL,
  acknowledged INTEGER NOT NULL CHECK (acknowledged IN (0, 1)),
  PRIMARY KEY (printer, code)
) STRICT;
INSERT INTO "alert" VALUES('voron','offline','error','offline since 10:00','2026-05-01T10:00:00Z',1);
CREATE TABLE credentials (
  printer  TEXT PRIMARY KEY NOT NULL REFERENCES printer (id) ON DELETE CASCADE,
  api_key  TEXT,
  username TEXT,
  password TEXT
) STRICT;
INSERT INTO "credentials" VALUES('mk4-left','a-plain-key',NULL,NULL);
INSERT INTO "credentials" VALUES('voron',NULL,'maker','a-plain-password');
CREATE TABLE job (
  printer TEXT PRIMARY KEY NOT NULL REFERENCES printer (id) ON DELETE CASCADE,
  running TEXT,
  last    TEXT
) STRICT;
INSERT INTO "job" VALUES('mk4-left',NULL,NULL);
CREATE TABLE plate (
  printer       TEXT PRIMARY KEY NOT NULL REFERENCES printer (id) ON DELETE CASCADE,
  state         TEXT NOT NULL,
  since         TEXT NOT NULL,
  has_material  INTEGER NOT NULL CHECK (has_material IN (0, 1)),
  print         TEXT,
  occupied_at   TEXT,
  cooling_since TEXT
) STRICT;
INSERT INTO "plate" VALUES('mk4-left','ready','2026-05-01T10:00:00Z',1,NULL,'2026-05-01T09:00:00Z',NULL);
CREATE TABLE printer (
  id            TEXT PRIMARY KEY NOT NULL,
  name          TEXT NOT NULL,
  driver        TEXT NOT NULL,
  address       TEXT NOT NULL UNIQUE,
  model         TEXT,
  printer_group TEXT,
  tags          TEXT NOT NULL,
  enabled       INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  timeout_ms    INTEGER,
  offline_after INTEGER,
  fingerprint   TEXT,
  alerts        TEXT,
  mqtt_commands TEXT
, maintenance_note TEXT, maintenance_since TEXT) STRICT;
INSERT INTO "printer" VALUES('mk4-left','MK4 left','prusalink','http://192.0.2.20:80','MK4','shelf-a','["petg"]',1,3000,3,NULL,'{"offline":{"after":600}}','pause,resume',NULL,NULL);
INSERT INTO "printer" VALUES('voron','Voron','moonraker','http://192.0.2.21:7125',NULL,NULL,'[]',0,NULL,NULL,NULL,NULL,NULL,'nozzle','2026-05-02T10:00:00Z');
CREATE TABLE retained_topic (
  topic TEXT PRIMARY KEY NOT NULL,
  note  TEXT NOT NULL
) STRICT;
INSERT INTO "retained_topic" VALUES('printer2mqtt/printers/voron/state','');
CREATE TABLE setting (
  name  TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT;
INSERT INTO "setting" VALUES('client_id_suffix','k3x9ab');
PRAGMA user_version = 3;
