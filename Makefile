# The whole workflow. `make demo` and `make test` set up everything they need by themselves.
# Nothing here needs more than Python 3.11+, make and git.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help install demo run test lint types tests crash format clean

help: ## Show what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

install: $(INSTALLED) ## Set up .venv with the pinned dependencies (nothing happens when nothing changed)

$(INSTALLED): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Paperboy needs Python 3.11 or newer with its venv module (Debian: apt-get install python3 python3-venv)"; exit 1; }
	@echo "Setting up $(VENV) with the pinned dependencies (the first time takes about a minute) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: install ## Try it: a real day's digest, delivered to a Telegram on this machine (DIGEST=path takes another)
	@$(BIN)/paperboy demo $(if $(DIGEST),--digest '$(DIGEST)')

run: install ## Run the bot on Telegram (TELEGRAM_TOKEN=… make run)
	@$(BIN)/paperboy run

test: lint types tests ## Check everything: style, types, tests

lint: install
	@echo "Checking style ..."
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --check --quiet .

types: install
	@echo "Checking types ..."
	@$(BIN)/mypy --no-error-summary

tests: install
	@echo "Running the tests ..."
	@$(BIN)/python -m pytest -q

bench: install ## Measure, side by side with what else there is (make bench ONLY=matching)
	@test -e $(VENV)/.bench || $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,bench]'
	@touch $(VENV)/.bench
	@$(BIN)/python -m benchmarks $(ONLY)

crash: install ## Kill the bot at random instants, feed it faults and floods, and count (a quarter of an hour)
	@$(BIN)/python -m tests.bot.crash

format: install ## Put the code into the project's format
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

clean: ## Remove what was built here
	rm -rf $(VENV) build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
