# Everything a newcomer or a machine needs, one word each. `make help` lists them.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
STAMP := .state/stamps
export PYTHONPATH := src
export DJANGO_SETTINGS_MODULE := gumruk.site.settings
export PYTHON

.PHONY: help run test test-full check format lock demo bench docs clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: export GUMRUK_LOG_LEVEL ?= WARNING
run: port-is-free $(STAMP)/run $(STAMP)/assets ## set up and run the site with demonstration data
	@bash scripts/step.sh "database" $(BIN)/python -m gumruk.cli.main migrate
	@bash scripts/step.sh "demonstration data" $(BIN)/python -m gumruk.cli.main demo --quiet
	@echo "== site and worker" && exec $(BIN)/python -m gumruk.cli.main serve

test: $(STAMP)/test $(STAMP)/assets $(STAMP)/browser ## set up and run all tests once
	@bash scripts/tests.sh quick $(ARGS)

test-full: $(STAMP)/test $(STAMP)/assets $(STAMP)/browser ## the whole matrix: what CI runs
	@bash scripts/tests.sh full $(ARGS)

check: $(STAMP)/dev ## format, lint, types, imports, migrations, words, locks, docs, sizes
	@bash scripts/check.sh

format: $(STAMP)/dev ## put the code into its form
	$(BIN)/ruff format src tests scripts bench
	$(BIN)/ruff check --fix src tests scripts bench

demo: $(STAMP)/run ## load demonstration data
	@$(BIN)/python -m gumruk.cli.main migrate && $(BIN)/python -m gumruk.cli.main demo

bench: $(STAMP)/run ## measure what we claim, against its peers (their packages go into .venv-bench)
	@bash scripts/bench.sh $(ARGS)

docs: $(STAMP)/run ## write the reference pages that are made from the code
	@$(BIN)/python scripts/settings_page.py && $(BIN)/python scripts/glossary.py

lock: $(STAMP)/dev ## pin newer packages, with hashes
	cd requirements && for name in run test dev bench; do input=$$name.in; [ $$name = run ] && input=../pyproject.toml; \
	  ../$(BIN)/pip-compile -q -U --generate-hashes --no-emit-options --strip-extras --no-header -o $$name.txt $$input || exit 1; done

clean: ## remove what set-up made (the embedded database too)
	@[ ! -x $(BIN)/python ] || bin/gumruk stop --forget
	rm -rf .venv .venv-bench .state build node_modules assets/node_modules src/gumruk/web/static/vendor

.PHONY: port-is-free
port-is-free:
	@bash scripts/port.sh

$(STAMP)/browser: | $(STAMP)/test
	@bash scripts/browser.sh $(BIN)/python && touch $@

# What the pages are made of: packages from npm, compiled once; again only when a source changed.
$(STAMP)/assets: scripts/assets.py assets/package-lock.json $(wildcard assets/scss/*.scss assets/scss/*/*.scss) | $(BIN)/python
	@echo "== pages (styles, fonts, scripts)" && mkdir -p $(STAMP) && $(BIN)/python scripts/assets.py && touch $@

$(BIN)/python:
	@bash scripts/prepare.sh $(PYTHON)

$(STAMP)/%: requirements/%.txt scripts/compile_languages.py $(wildcard src/gumruk/locale/*/LC_MESSAGES/django.po) | $(BIN)/python
	@mkdir -p $(STAMP) && bash scripts/packages.sh $* $(BIN)/python && $(BIN)/python scripts/compile_languages.py && touch $@
