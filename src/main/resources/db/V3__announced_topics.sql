-- Retained topics that a broker may hold of us, so that none is left behind when its printer goes.
CREATE TABLE announced_topic (
  topic TEXT PRIMARY KEY NOT NULL
) STRICT;
