#!/bin/sh
# Starts the bridge with the options of the app and the broker of Home Assistant. Variables for tests: DATA, SUPERVISOR,
# BRIDGE and MQTT_WAIT, the seconds to wait for a broker.
set -eu

data=${DATA:-/data}
supervisor=${SUPERVISOR:-http://supervisor}
bridge=${BRIDGE:-/app/bin/printer2mqtt}
options=$data/options.json

fail() {
  printf 'printer2mqtt: %s\n' "$1" >&2
  exit 3
}

option() { jq -r --arg key "$1" '.[$key] // empty' "$options"; }
list() { jq -r --arg key "$1" '.[$key] // [] | join(",")' "$options"; }
service() { printf '%s' "$answer" | jq -r --arg key "$1" '.data[$key] // empty'; }

# Sets the variables of the broker that Home Assistant knows, such as the app Mosquitto broker. At the start of the machine
# it may not be ready yet.
use_broker_of_home_assistant() {
  tries=$((${MQTT_WAIT:-60} / 5 + 1))
  while :; do
    # The token is not in the arguments, which other processes can read.
    answer=$(printf 'header = "Authorization: Bearer %s"\n' "${SUPERVISOR_TOKEN:-}" |
      curl -sS --max-time 10 -K - "$supervisor/services/mqtt") || answer=
    host=$(service host 2>/dev/null) || host=
    if [ -n "$host" ]; then break; fi
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || fail 'Home Assistant has no MQTT broker; install the app "Mosquitto broker", or set mqtt_url'
    sleep 5
  done
  scheme=mqtt
  [ "$(service ssl)" != true ] || scheme=mqtts
  port=$(service port)
  export PRINTER2MQTT_MQTT_URL="$scheme://$host:${port:-1883}"
  set_if_given PRINTER2MQTT_MQTT_USERNAME "$(service username)"
  set_if_given PRINTER2MQTT_MQTT_PASSWORD "$(service password)"
}

set_if_given() {
  [ -z "$2" ] || export "$1=$2"
}

[ -r "$options" ] || fail "no readable $options; this program is for Home Assistant"

export PRINTER2MQTT_HTTP_HOST=0.0.0.0
export PRINTER2MQTT_HTTP_PORT=8080
export PRINTER2MQTT_DATABASE_PATH="$data/printer2mqtt.db"
# Home Assistant itself, whose ingress passes on the address of the browser.
export PRINTER2MQTT_HTTP_PROXY_TRUSTED=172.30.32.1
set_if_given PRINTER2MQTT_HTTP_INGRESS_ROLES "$(list roles)"
set_if_given PRINTER2MQTT_COMMANDS_MQTT "$(list commands)"
set_if_given PRINTER2MQTT_LOG_LEVEL "$(option log_level)"

url=$(option mqtt_url)
if [ -n "$url" ]; then
  export PRINTER2MQTT_MQTT_URL="$url"
  set_if_given PRINTER2MQTT_MQTT_USERNAME "$(option mqtt_username)"
  set_if_given PRINTER2MQTT_MQTT_PASSWORD "$(option mqtt_password)"
else
  use_broker_of_home_assistant
fi

# Last, so that they can replace what is above. A value may have any character but a line break.
count=$(jq '.settings // [] | length' "$options")
index=0
while [ "$index" -lt "$count" ]; do
  key=$(jq -r ".settings[$index].key" "$options" | tr '[:lower:].' '[:upper:]_')
  export "PRINTER2MQTT_$key=$(jq -r ".settings[$index].value" "$options")"
  index=$((index + 1))
done

# The bridge and its libraries must not be able to act for the app at the Supervisor.
unset SUPERVISOR_TOKEN HASSIO_TOKEN
if [ "$(id -u)" -eq 0 ]; then
  # The user of the image.
  user=10001
  chown "$user:$user" "$data"
  find "$data" -maxdepth 1 -name 'printer2mqtt*' -exec chown -R "$user:$user" {} +
  exec setpriv --reuid="$user" --regid="$user" --clear-groups "$bridge" run
fi
exec "$bridge" run
