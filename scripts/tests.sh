#!/usr/bin/env bash
# Runs the tests: `quick` all of them once, `full` the whole matrix, a second PostgreSQL and long fuzzing as well.
set -euo pipefail
cd "$(dirname "$0")/.."
how=$1
shift
run=(.venv/bin/python -m pytest)
rm -f .coverage .coverage.*
if [ "$how" = quick ]; then
  # Two processes, each with a database of its own; what the tests cover is measured by the full run.
  exec "${run[@]}" -m "not full" -n "${TEST_JOBS:-2}" --dist loadscope "$@"
fi
export HYPOTHESIS_PROFILE=full
programs=$(bash scripts/postgres15.sh)
"${run[@]}" --cov --cov-report= "$@"
echo "== coverage"
.venv/bin/python -m coverage report --fail-under=95
echo "== coverage of rules/, by branch"
.venv/bin/python -m coverage report --include='src/gumruk/rules/*'
echo "== the database tests on an installed PostgreSQL"
"$programs/postgres" --version
GUMRUK_POSTGRES=$programs GUMRUK_STATE=.state/installed-postgres "${run[@]}" tests/contexts -q -m "not full" "$@"
