#!/bin/sh
# Creates the secrets that docker-compose.yml mounts. Existing ones are kept.
set -eu
cd "$(dirname "$0")/.."
mkdir -p secrets
chmod 700 secrets
for name in http_token mqtt_password mqtt_reader_password; do
  if [ ! -s "secrets/$name" ]; then
    (umask 077; head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n' > "secrets/$name")
    # The containers read them with their own user ids.
    chmod 644 "secrets/$name"
    echo "created secrets/$name"
  fi
done
