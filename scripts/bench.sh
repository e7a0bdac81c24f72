#!/usr/bin/env bash
# Runs one bench or all, in an environment of its own with the packages that we compare ourselves to.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ ! -x .venv-bench/bin/python ]; then
  bash scripts/prepare.sh "${PYTHON:-python3}" .venv-bench
  bash scripts/packages.sh bench .venv-bench/bin/python || { rm -rf .venv-bench; exit 1; }
fi
if [ $# -gt 0 ]; then
  exec .venv-bench/bin/python -m "bench.$1" "${@:2}"
fi
for one in bench/*.py; do
  name=$(basename "$one" .py)
  case $name in _*|plain_app) continue;; esac
  echo "== $name"
  .venv-bench/bin/python -m "bench.$name"
done
