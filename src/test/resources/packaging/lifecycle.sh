#!/bin/sh
# Installs, upgrades, refuses to downgrade, removes and purges a package on a writable copy of this system, which is gone at
# the end: lifecycle.sh OLD.deb NEW.deb. Must run as root in a mount namespace of its own.
set -eu

fail() {
  printf 'FAILED: %s\n' "$1"
  exit 1
}

work=$(mktemp -d)
mount -t tmpfs tmpfs "$work" || exit 77
mkdir "$work/changes" "$work/internal" "$work/system"
mount -t overlay overlay -o "lowerdir=/,upperdir=$work/changes,workdir=$work/internal" "$work/system" || exit 77
mount --bind /dev "$work/system/dev"
mount -t proc proc "$work/system/proc"
mkdir -p "$work/system/run" && mount -t tmpfs tmpfs "$work/system/run"
cp "$1" "$work/system/old.deb"
cp "$2" "$work/system/new.deb"

in_system() { chroot "$work/system" env DEBIAN_FRONTEND=noninteractive "$@"; }
# Java is there, but not as a package. Nothing of this copy has to survive a power cut, and nobody reads its manuals.
install_package() { in_system dpkg --force-depends --force-unsafe-io --no-triggers -i "/$1.deb"; }
has() { [ "$(in_system stat -c '%a %U %G' "$1")" = "$2" ] || fail "$1 is $(in_system stat -c '%a %U %G' "$1"), expected $2"; }

install_package old
has /etc/printer2mqtt/config.json '640 root printer2mqtt'
has /etc/printer2mqtt '755 root printer2mqtt'
has /var/lib/printer2mqtt '750 printer2mqtt printer2mqtt'
has /var/cache/printer2mqtt '755 printer2mqtt printer2mqtt'
[ -L "$work/system/etc/systemd/system/multi-user.target.wants/printer2mqtt.service" ] || fail 'not enabled'

printf 'data' >"$work/system/var/lib/printer2mqtt/printer2mqtt.db"
printf '{"http": {"port": 8099}}' >"$work/system/etc/printer2mqtt/config.json"
touch "$work/system/var/cache/printer2mqtt/printer2mqtt-1.jsa"
install_package new
[ "$(cat "$work/system/var/lib/printer2mqtt/printer2mqtt.db")" = data ] || fail 'the upgrade lost data'
grep -q 8099 "$work/system/etc/printer2mqtt/config.json" || fail 'the upgrade replaced the configuration'
[ ! -e "$work/system/var/cache/printer2mqtt/printer2mqtt-1.jsa" ] || fail 'the archive of the old jar is still there'

# Twice must do no harm: dpkg repeats scripts after a failure.
in_system dpkg-reconfigure -fnoninteractive printer2mqtt 2>/dev/null || install_package new

if install_package old >"$work/downgrade.txt" 2>&1; then fail 'the downgrade was not refused'; fi
grep 'The way back' "$work/downgrade.txt" || fail 'the downgrade says no way back'
in_system dpkg -s printer2mqtt | grep -q '^Status: install ok installed' || fail 'the downgrade broke the installed version'

in_system dpkg -r printer2mqtt
[ -e "$work/system/var/lib/printer2mqtt/printer2mqtt.db" ] || fail 'remove deleted data'
[ ! -e "$work/system/var/cache/printer2mqtt" ] || fail 'remove left the cache'
install_package old
[ "$(cat "$work/system/var/lib/printer2mqtt/printer2mqtt.db")" = data ] || fail 'the way back lost data'

in_system dpkg -P printer2mqtt
for trace in /etc/printer2mqtt /etc/default/printer2mqtt /var/lib/printer2mqtt /var/cache/printer2mqtt /usr/share/printer2mqtt \
  /usr/bin/printer2mqtt /etc/systemd/system/multi-user.target.wants/printer2mqtt.service /etc/systemd/system/printer2mqtt.service; do
  if [ -e "$work/system$trace" ] || [ -L "$work/system$trace" ]; then fail "purge left $trace"; fi
done
if grep -q printer2mqtt "$work/system/etc/passwd" "$work/system/etc/group"; then fail 'purge left the user'; fi
[ -z "$(find "$work/system/var/lib/systemd" -name '*printer2mqtt*')" ] || fail 'purge left the state of the unit'
echo 'all steps passed'
