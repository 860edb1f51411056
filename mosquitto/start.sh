#!/bin/sh
# Creates the broker's password file from the secrets of docker-compose.yml, then starts the broker in this process.
set -eu
passwords=/mosquitto/data/passwords
umask 077
{
  printf 'printer2mqtt:%s\n' "$(cat /run/secrets/mqtt_password)"
  printf 'reader:%s\n' "$(cat /run/secrets/mqtt_reader_password)"
} > "$passwords.new"
mosquitto_passwd -U "$passwords.new"
mv "$passwords.new" "$passwords"
chown mosquitto: "$passwords" /mosquitto/data 2>/dev/null || true
exec mosquitto -c /mosquitto/config/mosquitto.conf
