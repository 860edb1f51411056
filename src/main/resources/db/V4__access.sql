-- Who may use the API. An account is a user with a password.
CREATE TABLE account (
  name       TEXT PRIMARY KEY NOT NULL,
  role       TEXT NOT NULL,
  iterations INTEGER NOT NULL, -- of PBKDF2 with HMAC-SHA-512
  salt       TEXT NOT NULL,    -- base64, as the next
  hash       TEXT NOT NULL,
  created_at TEXT NOT NULL     -- ISO 8601 in UTC, as all times
) STRICT;

-- Logins, by the SHA-256 of the random text in the cookie.
CREATE TABLE login_session (
  hash       TEXT PRIMARY KEY NOT NULL,
  account    TEXT NOT NULL REFERENCES account (name) ON DELETE CASCADE,
  expires_at TEXT NOT NULL
) STRICT;

-- Tokens of programs, by the SHA-256 of the token.
CREATE TABLE api_token (
  hash       TEXT PRIMARY KEY NOT NULL,
  id         TEXT NOT NULL UNIQUE,
  name       TEXT NOT NULL,
  scopes     TEXT NOT NULL,    -- comma-separated
  created_at TEXT NOT NULL,
  expires_at TEXT              -- null for never
) STRICT;

-- The last changes and commands, in a ring: a new entry replaces the one in its slot.
CREATE TABLE audit (
  slot   INTEGER PRIMARY KEY NOT NULL,
  number INTEGER NOT NULL,     -- counts all entries ever written
  at     TEXT NOT NULL,
  actor  TEXT NOT NULL,
  origin TEXT NOT NULL,
  action TEXT NOT NULL,
  result TEXT NOT NULL
) STRICT;
