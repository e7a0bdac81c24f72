#!/usr/bin/env bash
# Finds or installs Debian's PostgreSQL 15 beside the embedded one and prints the folder of its programs.
# Where the system ships a later one, that is taken; of several, the oldest that we support.
set -u
oldest() {
  find /usr/lib/postgresql -maxdepth 3 -path '*/bin/initdb' 2>/dev/null | sort -V | awk -F/ '$5 >= 15' | head -n 1
}
found=$(oldest)
if [ -z "$found" ]; then
  as_root=""
  [ "$(id -u)" = 0 ] || { sudo -n true 2>/dev/null && as_root="sudo"; }
  if [ "$(id -u)" = 0 ] || [ -n "$as_root" ]; then
    # No cluster of its own is made or started: we start the programs ourselves, in a folder of ours.
    $as_root mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" | $as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
    $as_root apt-get update -qq >/dev/null && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null
    found=$(oldest)
  fi
fi
[ -n "$found" ] || { echo "The full tests need an installed PostgreSQL 15 or later: sudo apt-get install -y postgresql" >&2; exit 1; }
dirname "$found"
