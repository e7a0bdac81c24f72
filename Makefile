# Everything a newcomer or a machine needs, one word each. `make help` lists them.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
STAMP := .state/stamps
export PYTHONPATH := src
export DJANGO_SETTINGS_MODULE := gumruk.site.settings

.PHONY: help run test test-full check format lock demo law clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: $(STAMP)/run $(STAMP)/assets ## set up and run the site with demonstration data
	@echo "== database" && $(BIN)/python -m gumruk.cli.main migrate
	@echo "== demonstration data" && $(BIN)/python -m gumruk.cli.main demo
	@$(BIN)/python -m gumruk.cli.main serve

test: $(STAMP)/test $(STAMP)/assets $(STAMP)/browser ## set up and run all tests once
	$(BIN)/python -m pytest --cov --cov-report=term -m "not full" $(ARGS)

test-full: $(STAMP)/test $(STAMP)/assets $(STAMP)/browser ## the whole matrix: what CI runs
	$(BIN)/python -m pytest --cov --cov-report=term $(ARGS)

check: $(STAMP)/dev ## format, lint, types, imports, migrations, sizes
	$(BIN)/ruff format --check src tests scripts
	$(BIN)/ruff check src tests scripts
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m gumruk.cli.main manage makemigrations --check --dry-run
	$(BIN)/python scripts/sizes.py

format: $(STAMP)/dev ## put the code into its form
	$(BIN)/ruff format src tests scripts
	$(BIN)/ruff check --fix src tests scripts

demo: $(STAMP)/run ## load demonstration data
	@$(BIN)/python -m gumruk.cli.main migrate && $(BIN)/python -m gumruk.cli.main demo

lock: $(STAMP)/dev ## pin newer packages, with hashes
	cd requirements && for name in run test dev; do input=$$name.in; [ $$name = run ] && input=../pyproject.toml; \
	  ../$(BIN)/pip-compile -q -U --generate-hashes --no-emit-options --strip-extras --no-header -o $$name.txt $$input || exit 1; done

clean: ## remove what set-up made (the embedded database too)
	@[ ! -x $(BIN)/python ] || bin/gumruk stop
	rm -rf .venv .state build node_modules assets/node_modules src/gumruk/web/static/vendor

$(STAMP)/browser: | $(STAMP)/test
	@bash scripts/browser.sh $(BIN)/python && touch $@

# What the pages are made of: packages from npm, compiled once; again only when a source changed.
$(STAMP)/assets: scripts/assets.py assets/package-lock.json $(wildcard assets/scss/*.scss assets/scss/*/*.scss) | $(BIN)/python
	@echo "== pages (styles, fonts, scripts)" && mkdir -p $(STAMP) && $(BIN)/python scripts/assets.py && touch $@

$(BIN)/python:
	@bash scripts/prepare.sh $(PYTHON)

$(STAMP)/%: requirements/%.txt scripts/compile_languages.py $(wildcard src/gumruk/locale/*/LC_MESSAGES/django.po) | $(BIN)/python
	@echo "== packages ($*)" && mkdir -p $(STAMP)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/$*.txt \
	  || { echo "The packages could not be installed. Is the disk full, or the package index out of reach?"; exit 1; }
	@$(BIN)/python scripts/compile_languages.py
	@touch $@
