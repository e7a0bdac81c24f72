#!/usr/bin/env bash
# Finds or installs the browser that the journeys drive, or names what is missing.
set -u
python=$1
command -v chromium >/dev/null || command -v chromium-browser >/dev/null && exit 0
echo "== browser for the journeys"
as_root=""
[ "$(id -u)" = 0 ] || { sudo -n true 2>/dev/null && as_root="sudo"; }
if [ "$(id -u)" = 0 ] || [ -n "$as_root" ]; then
  $as_root apt-get update -qq >/dev/null && $as_root apt-get install -y -qq chromium >/dev/null && exit 0
fi
"$python" -m playwright install chromium >/dev/null 2>&1 && exit 0
echo "The journeys need a browser: sudo apt-get install -y chromium"
exit 1
