#!/bin/sh
# Installs printer2mqtt as a service on a Raspberry Pi or another computer with Debian, Ubuntu or Raspberry Pi OS:
#
#   curl -fsSL https://github.com/printer2mqtt/printer2mqtt/releases/latest/download/install.sh | sudo sh
#   sudo sh install.sh 0.2.0                        # this version
#   sudo sh install.sh ./printer2mqtt_0.2.0_all.deb # a file that is here, without a network for it
#
# Running it again installs the newest version, or nothing if it is there. It downloads the package and SHA256SUMS of the
# release and installs nothing whose checksum differs. PRINTER2MQTT_RELEASES names another server.
set -eu

releases=${PRINTER2MQTT_RELEASES:-https://github.com/printer2mqtt/printer2mqtt/releases}

fail() {
  printf 'install.sh: %s\n' "$1" >&2
  exit 1
}

check_system() {
  command -v apt-get >/dev/null || fail 'found no apt-get, expected Debian, Ubuntu or Raspberry Pi OS; on other systems start the jar with Java 17'
  [ "$(id -u)" -eq 0 ] || fail 'found an ordinary user, expected root; run it with sudo'
  machine=$(uname -m)
  case $machine in
    armv6* | armv5*)
      fail "found a processor of type $machine (Raspberry Pi 1 or the first Zero), expected ARMv7 or later; no Java 17 runs on it" ;;
  esac
  architecture=$(dpkg --print-architecture)
  case $architecture in
    amd64 | arm64 | armhf | i386) ;;
    *) fail "found the architecture $architecture, expected amd64, arm64, armhf or i386; the database has no library for it" ;;
  esac
  memory=$(sed -n 's/^MemTotal: *\([0-9]*\) kB$/\1/p' /proc/meminfo)
  [ "${memory:-1048576}" -ge 400000 ] || printf 'This computer has %d MB of memory; the bridge and the system need about 400.\n' "$((memory / 1024))" >&2
}

download() {
  if command -v curl >/dev/null; then
    curl -fsSL --retry 2 --connect-timeout 10 --max-time 600 -o "$2" "$1" || fail "cannot download $1"
  elif command -v wget >/dev/null; then
    wget -q --tries 3 --timeout 30 -O "$2" "$1" || fail "cannot download $1"
  else
    fail 'found neither curl nor wget; install one of them with apt-get'
  fi
}

# Sets $deb to the package of a release, after its checksum was checked.
download_release() {
  if [ -n "$1" ]; then url=$releases/download/v${1#v}; else url=$releases/latest/download; fi
  download "$url/SHA256SUMS" "$work/SHA256SUMS"
  line=$(grep -E '^[0-9a-f]{64} [ *]printer2mqtt_[0-9A-Za-z.+~-]+_all\.deb$' "$work/SHA256SUMS") ||
    fail "$url/SHA256SUMS names no package printer2mqtt_…_all.deb"
  [ "$(printf '%s\n' "$line" | wc -l)" -eq 1 ] || fail "$url/SHA256SUMS names several packages"
  deb=$work/${line##*[ *]}
  download "$url/${deb##*/}" "$deb"
  printf '%s  %s\n' "${line%% *}" "$deb" | sha256sum -c - >/dev/null 2>&1 ||
    fail "the checksum of $url/${deb##*/} is not that of SHA256SUMS; nothing was installed"
}

install_deb() {
  version=$(dpkg-deb -f "$deb" Version 2>/dev/null) || fail "$deb is not a Debian package"
  installed=$(dpkg-query -W -f '${Version} ${db:Status-Status}' printer2mqtt 2>/dev/null) || installed=
  if [ "$installed" = "$version installed" ]; then
    printf 'printer2mqtt %s is installed already.\n' "$version"
    return 0
  fi
  # The user of apt cannot read a folder of root.
  chmod 755 "$work"
  export DEBIAN_FRONTEND=noninteractive
  java -version >/dev/null 2>&1 || apt-get update -q
  apt-get install -y -q --no-install-recommends "$deb"
}

# All of it is read before anything runs, so a broken download does nothing.
main() {
  [ "$#" -le 1 ] || fail "found $# arguments, expected a version, the path of a .deb, or nothing"
  check_system
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  case ${1:-} in
    *.deb)
      [ -f "$1" ] || fail "no file $1"
      deb=$work/${1##*/}
      cp "$1" "$deb"
      ;;
    *) download_release "${1:-}" ;;
  esac
  install_deb
}

main "$@"
