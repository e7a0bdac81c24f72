#!/usr/bin/env bash
# Every check that needs no database. All of them run; the names of those that failed are told at the end.
set -u
cd "$(dirname "$0")/.."
export PYTHONPATH=src DJANGO_SETTINGS_MODULE=gumruk.site.settings
bin=.venv/bin
failed=()
check() {
  local name=$1
  shift
  echo "== $name"
  "$@" || failed+=("$name")
}
check "format" $bin/ruff format --check src tests scripts bench
check "lint" $bin/ruff check src tests scripts bench
check "templates" $bin/djlint src/gumruk --lint --quiet
check "types" $bin/mypy
check "import contracts" $bin/lint-imports
check "migrations" $bin/python -m gumruk.cli.main manage makemigrations --check --dry-run
check "translations" $bin/python scripts/check_words.py
check "locks" $bin/python scripts/check_locks.py
check "texts" $bin/python scripts/check_texts.py
check "sizes" $bin/python scripts/sizes.py
if [ ${#failed[@]} -gt 0 ]; then
  printf '\nNot right: %s\n' "$(IFS=,; echo "${failed[*]}")"
  exit 1
fi
