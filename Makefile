# Two commands matter: `make run` and `make test`. Everything below a first run needs only Python 3.11 or newer.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PYTHONDONTWRITEBYTECODE ?=

.PHONY: help install run demo check test unit journeys modules bench models reproducible field lock clean

help:
	@echo "make run      install what is missing, build, serve, print the address"
	@echo "make test     everything the continuous integration checks"
	@echo "make check    style, types and import rules alone"
	@echo "make bench    all benchmarks; writes docs/performance.md"
	@echo "make models   rebuild the plant's models from their specifications and bake the light of its rooms"
	@echo "make reproducible   rebuild two models and compare them with the committed ones, byte by byte"
	@echo "make field    compute the cabinet's air and the tables of exposure anew (about half an hour)"

install: $(VENV)/installed client/dist/built

$(VENV)/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else "Python 3.11 or newer is needed; this is %d.%d. Name another: make PYTHON=python3.12 ..." % v[:2])'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

client/node_modules/installed: client/package-lock.json $(VENV)/installed
	cd client && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

CLIENT := $(shell find client/src client/public -type f 2>/dev/null) $(wildcard client/*.html client/*.ts client/*.json)
client/dist/built: client/node_modules/installed $(CLIENT)
	cd client && npm run --silent build
	@touch $@

run: install
	@$(BIN)/resilience run

demo: install
	@$(BIN)/resilience demo

check: install
	$(BIN)/ruff check src tests benchmarks scripts
	$(BIN)/ruff format --check src tests benchmarks scripts
	$(BIN)/mypy
	$(BIN)/mypy benchmarks
	$(BIN)/lint-imports
	cd client && npm run --silent lint

unit: install
	@scripts/need postgresql
	$(BIN)/python -m pytest tests --ignore=tests/journeys -n 2 --dist loadfile
	cd client && npm run --silent test

modules: install
	@for module in src/resilience/modules/*/module.yaml; do \
	  $(BIN)/resilience check $$(basename $$(dirname $$module)) || exit 1; done

journeys: install
	@scripts/need chromium
	$(BIN)/python -m pytest tests/journeys

test: check unit modules journeys

bench: install
	@scripts/need chromium
	$(BIN)/python -m benchmarks

models: client/node_modules/installed
	scripts/models
	scripts/bake

reproducible: client/node_modules/installed
	scripts/models --compare vial desk

field: install
	$(BIN)/python -m resilience.twins.flow
	$(BIN)/python -m resilience.twins.air.tables

lock: $(VENV)/installed
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate --extra dev pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) client/dist client/node_modules .mypy_cache .ruff_cache .pytest_cache
