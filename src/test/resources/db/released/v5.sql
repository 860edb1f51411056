-- A database of schema version 5 as the bridge of that version wrote it. Never changes.
CREATE TABLE account (
  name       TEXT PRIMARY KEY NOT NULL,
  role       TEXT NOT NULL,
  iterations INTEGER NOT NULL,
  salt       TEXT NOT NULL,
  hash       TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
INSERT INTO "account" VALUES('anna','admin',1000,'c2FsdA==','aGFzaA==','2026-05-03T10:00:00Z');
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
CREATE TABLE api_token (
  hash       TEXT PRIMARY KEY NOT NULL,
  id         TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL,
  scopes     TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT
) STRICT;
INSERT INTO "api_token" VALUES('11ff','t1','node-red','read,control','2026-05-03T10:00:00Z',NULL);
CREATE TABLE audit (
  slot   INTEGER PRIMARY KEY NOT NULL,
  number INTEGER NOT NULL,
  at     TEXT NOT NULL,
  actor  TEXT NOT NULL,
  origin TEXT NOT NULL,
  action TEXT NOT NULL,
  result TEXT NOT NULL
) STRICT;
INSERT INTO "audit" VALUES(0,1,'2026-05-03T10:00:00Z','anna','127.0.0.1','POST /api/printers','ok');
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
CREATE TABLE job_history (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  printer       TEXT NOT NULL,
  name          TEXT NOT NULL,
  printer_group TEXT,
  first_seen    INTEGER NOT NULL,
  started       INTEGER,
  ended         INTEGER,
  recorded      INTEGER NOT NULL,
  at            INTEGER NOT NULL,
  job_id        TEXT,
  file          TEXT,
  result        TEXT NOT NULL,
  progress      REAL,
  duration      INTEGER,
  filament      TEXT,
  UNIQUE (printer, first_seen)
) STRICT;
INSERT INTO "job_history" VALUES(41,'mk4-left','MK4 left','shelf-a',1777600000000,1777600000000,1777603600000,1777603600000,1777603600000,'7','benchy.gcode','finished',100.0,3600,NULL);
CREATE TABLE login_session (
  hash       TEXT PRIMARY KEY NOT NULL,
  account    TEXT NOT NULL REFERENCES account (name) ON DELETE CASCADE,
  expires_at TEXT NOT NULL
) STRICT;
INSERT INTO "login_session" VALUES('00ff','anna','2036-05-03T10:00:00Z');
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
CREATE TABLE print (
  printer    TEXT PRIMARY KEY NOT NULL REFERENCES printer (id) ON DELETE CASCADE,
  first_seen INTEGER NOT NULL,
  started    INTEGER
) STRICT;
INSERT INTO "print" VALUES('mk4-left',1777600000000,1777600000000);
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
INSERT INTO "state_history" VALUES(12,'voron','Voron',NULL,1777600000000,'idle','offline','timeout');
CREATE INDEX job_history_statistics ON job_history (printer, at, result, duration);
CREATE INDEX state_history_printer ON state_history (printer);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('job_history',41);
INSERT INTO "sqlite_sequence" VALUES('state_history',12);
PRAGMA user_version = 5;
