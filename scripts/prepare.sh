#!/usr/bin/env bash
# Makes the Python environment of this checkout, or says in one sentence what is missing.
set -u
python=${1:-python3}
place=${2:-.venv}
command -v "$python" >/dev/null || { echo "Python is missing: sudo apt-get install -y python3-venv"; exit 1; }
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "Python 3.11 or later is needed; this is $("$python" --version). Another one: make run PYTHON=python3.12"; exit 1; }
"$python" -c 'import ensurepip, venv' 2>/dev/null || { echo "The package python3-venv is missing: sudo apt-get install -y python3-venv"; exit 1; }
[ -w . ] || { echo "This folder cannot be written by $(id -un). Use a copy of your own, or run as its owner."; exit 1; }
free=$(df -Pk . | awk 'NR==2 {print $4}')
[ "$free" -gt 1500000 ] || { echo "The disk is nearly full: 1.5 GB are needed here, $((free / 1024)) MB are free."; exit 1; }
echo "== Python environment"
"$python" -m venv "$place" || { rm -rf "$place"; echo "The Python environment could not be made in $place."; exit 1; }
