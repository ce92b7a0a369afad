# Two commands: `make demo` and `make test`. Both begin with what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export HF_HUB_OFFLINE = 1

.DEFAULT_GOAL := help

help:  ## what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(VENV)/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Signpost needs Python 3.11 or newer; set PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing (about a minute the first time) …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev,models]'
	@touch $@

install: $(VENV)/installed  ## make the virtual environment

demo: $(VENV)/installed  ## a local workspace with an invented team; prints its address
	@SIGNPOST_DATA=$(CURDIR)/.signpost $(BIN)/signpost demo $(DEMO)

build: $(VENV)/installed  ## build the index
	@SIGNPOST_DATA=$(CURDIR)/.signpost $(BIN)/signpost build

check: $(VENV)/installed-dev  ## lint, types, import directions, own words, rules, library, docs
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/mypy
	@SIGNPOST_DATA=$(CURDIR)/.signpost $(BIN)/signpost rules check
	@SIGNPOST_DATA=$(CURDIR)/.signpost $(BIN)/signpost corpus check
	@$(BIN)/python -m pytest -q -p no:cacheprovider tests/house

test: check  ## everything: the checks, then all tests, warnings as errors
	@$(BIN)/python -m pytest -q tests/bot/slack
	@$(BIN)/python -m pytest -q --ignore=tests/bot/slack

train: $(VENV)/installed-dev  ## tune the encoder on the library's own ways of asking (half an hour); see docs/encoder.md
	@$(BIN)/python -m bot.training index/encoder

coverage: $(VENV)/installed-dev  ## every line and branch of rules/ is run by its tests, or this fails
	@$(BIN)/coverage run -m pytest -q -p no:cacheprovider tests/rules rules
	@$(BIN)/coverage report

clean:  ## remove what was built
	rm -rf .signpost .pytest_cache .mypy_cache .ruff_cache

.PHONY: help install demo build check test train coverage clean
