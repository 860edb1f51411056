#!/bin/sh
# Creates the passwords of the broker and the token of the API in the volumes of docker-compose.yml. Runs before each start
# of the containers and keeps what exists.
#
#   setup.sh create            what docker compose up does; values in /import replace new ones, never existing ones
#   setup.sh show              prints token and passwords
#   setup.sh metrics-token     creates a token for Prometheus that may only read
#
# Each reader has a volume of its own, and its files belong to the user of that container and have mode 600.
set -eu
umask 077

# Other values are for tests.
secrets=${SECRETS:-/secrets}
config=${CONFIG:-/mosquitto/config}
import=${IMPORT:-/import}
api=${API:-http://printer2mqtt:8080}

bridge=10001 mosquitto=1883 prometheus=65534 grafana=472
new=

# Gives what is in a folder to the user of its reader. In a test there are no such users.
own() {
  [ "$(id -u)" -ne 0 ] || chown -R "$2:$2" "$secrets/$1"
}

# Puts standard input in place of a file, as a whole.
replace() {
  cat >"$1.part"
  mv -f "$1.part" "$1"
}

# Creates the secret $1, a path below $secrets, unless it exists.
secret() {
  [ ! -s "$secrets/$1" ] || return 0
  if [ -s "$import/${1##*/}" ]; then
    tr -d '\r\n' <"$import/${1##*/}" | replace "$secrets/$1"
  else
    head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n' | replace "$secrets/$1"
  fi
  new="$new ${1##*/}"
}

# Gives each of the accounts $1, $3, ... the password of the secret after it. Accounts that you added stay.
accounts() {
  file=$secrets/broker/passwords
  [ -f "$file" ] || : >"$file"
  cp "$file" "$file.next"
  while [ $# -gt 0 ]; do
    if ! grep -q "^$1:" "$file" || [ -n "$(find "$secrets/$2" -newer "$file")" ]; then
      { grep -v "^$1:" "$file.next" || true; } | replace "$file.others"
      printf '%s:%s\n' "$1" "$(cat "$secrets/$2")" >"$file.account"
      mosquitto_passwd -U "$file.account"
      cat "$file.others" "$file.account" | replace "$file.next"
      rm "$file.others" "$file.account"
    fi
    shift 2
  done
  cmp -s "$file.next" "$file" || mv -f "$file.next" "$file"
  rm -f "$file.next"
}

create() {
  mkdir -p "$secrets/bridge" "$secrets/broker" "$secrets/clients" "$secrets/prometheus" "$secrets/grafana"
  secret bridge/http_token
  secret bridge/mqtt_password
  secret clients/mqtt_reader_password
  secret broker/health_password
  secret grafana/grafana_password
  accounts printer2mqtt bridge/mqtt_password reader clients/mqtt_reader_password health broker/health_password
  # The broker reads only rules that belong to its user and that nobody else can read.
  replace "$secrets/broker/acl" <"$config/acl"
  # Options of the health check, so that no password is in its command line.
  printf '%s\n' "-u health" "-P $(cat "$secrets/broker/health_password")" | replace "$secrets/broker/mosquitto_sub"
  own bridge "$bridge"
  own broker "$mosquitto"
  own prometheus "$prometheus"
  own grafana "$grafana"
  [ -z "$new" ] || echo "created:$new"
  echo "to print the token of the API and the passwords: docker compose run --rm setup show"
}

show() {
  printf 'API token                      %s\n' "$(cat "$secrets/bridge/http_token")"
  printf 'broker user reader, password   %s\n' "$(cat "$secrets/clients/mqtt_reader_password")"
  printf 'Grafana user admin, password   %s\n' "$(cat "$secrets/grafana/grafana_password")"
}

metrics_token() {
  file=$secrets/prometheus/token
  [ ! -s "$file" ] || return 0
  answer=$(wget -q -O - --header "Authorization: Bearer $(cat "$secrets/bridge/http_token")" \
    --header 'Content-Type: application/json' --post-data '{"name":"Prometheus","scopes":["read"]}' "$api/api/tokens")
  token=$(printf '%s' "$answer" | sed -n 's/.*"token":"\([^"]*\)".*/\1/p')
  [ -n "$token" ] || { echo "the bridge created no token: $answer"; exit 1; }
  printf '%s' "$token" | replace "$file"
  own prometheus "$prometheus"
}

case ${1-} in
  create) create ;;
  show) show ;;
  metrics-token) metrics_token ;;
  *)
    echo "found \"${1-}\", expected create, show or metrics-token" >&2
    exit 2
    ;;
esac
