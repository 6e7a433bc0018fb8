# Two commands matter: `make run` and `make test`. Everything they need goes into .venv; nothing global changes.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.PHONY: help setup run test check browser bench eval train lock clean

help:            ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

setup: $(STAMP)  ## the environment in .venv, from the hashed lock; a second time it does nothing

$(STAMP): requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit("Balie needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 setup") if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || (echo "Python's venv module is missing. On Debian or Ubuntu: apt-get install python3-venv" >&2; rm -rf $(VENV); exit 1)
	@echo "Installing the pinned requirements into $(VENV) (a minute at most, once) ..."
	@if command -v uv >/dev/null 2>&1; then VIRTUAL_ENV=$(VENV) uv pip install --quiet --compile-bytecode --require-hashes -r requirements-dev.txt; \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt; fi
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m compileall -q server || true
	@touch $(STAMP)

run: setup       ## the demo pharmacy on http://127.0.0.1:8080
	@$(BIN)/python -m server run

check: setup     ## format, lint, types and the quick tests (within a minute)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/pytest -m "not browser and not slow"

test: setup      ## everything that is deterministic, the browser too where Chromium is present
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/pytest

bench: setup     ## the figures that speed claims rest on, as tables
	@$(BIN)/python -m bench.pipeline
	@$(BIN)/python -m bench.triage
	@$(BIN)/python -m bench.model
	@$(BIN)/python -m bench.startup
	@$(BIN)/python -m bench.hostile

eval: setup      ## how well it reads and writes, as tables in docs/quality.md; fails when a figure is under its floor
	@$(BIN)/python -m bench.quality

train: setup     ## rebuilds the small classifier and the list of common words from bench/corpus, reproducibly
	@$(BIN)/python -m bench.common_words
	@$(BIN)/python -m bench.train_classifier
	@$(BIN)/python -m bench.train_vectors

lock: setup      ## compiles requirements*.in into the hashed locks (needs uv)
	@uv pip compile --universal --python-version 3.11 --generate-hashes --quiet requirements.in -o requirements.txt
	@uv pip compile --universal --python-version 3.11 --generate-hashes --quiet requirements-dev.in -o requirements-dev.txt

clean:           ## removes the environment and the demo's data
	rm -rf $(VENV) var
