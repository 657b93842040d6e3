# Southerly needs Python 3.11 or newer and make; everything else goes into .venv.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
DATA ?= ../shared
DEMO := southerly-graph

.PHONY: demo test oracles lint types check lock docs bench neo4j clean

demo: $(VENV)/installed ## Build the bundled corpus of real reports and show the first answers
	$(BIN)/southerly --graph $(DEMO) demo

test: $(VENV)/installed-dev ## Run the tests; those with a real Neo4j need Java 17 and Maven, or an empty one at $$NEO4J_URI
	$(BIN)/python -m pytest -m "not oracle"

oracles: $(VENV)/installed-dev ## Check against the real data in DATA, which users do not have
	SOUTHERLY_DATA="$(abspath $(DATA))" $(BIN)/python -m pytest -m oracle tests/oracles

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed-dev ## Check types on the built wheel, as a user's checker sees it
	rm -rf build/types && $(BIN)/python -m build --quiet --outdir build/types/dist .
	$(BIN)/python -m pip install --quiet --no-deps --target build/types/wheel build/types/dist/*.whl
	@# Not from this folder: a dependency that imports __main__ would get ours.
	cd build/types && MYPYPATH=wheel $(abspath $(BIN))/python -m mypy --config-file $(CURDIR)/pyproject.toml -p southerly

check: lint types test

docs: $(VENV)/installed-dev ## Write the parts of docs that the code itself knows
	$(BIN)/python docs/build_reference.py
	$(BIN)/python docs/build_sparql.py

bench: $(VENV)/installed-dev
	$(BIN)/python bench/ingest.py

neo4j: $(VENV)/installed-dev ## Run a Neo4j to try things with, on ports of its own; needs Java 17 and Maven
	$(BIN)/python tests/neo4j/server.py

lock: $(VENV)/installed-dev ## Pin every dependency, with hashes
	$(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-emit-index-url --output-file requirements.lock pyproject.toml
	$(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-emit-index-url --all-extras --group dev --output-file requirements-dev.lock pyproject.toml

clean:
	rm -rf $(VENV) build dist *.egg-info

$(VENV)/pip: 
	@test -n "$(PYTHON)" || { echo "Southerly needs Python 3.11 or newer, and none was found. Install one, or run: make PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/installed: requirements.lock pyproject.toml $(VENV)/pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/installed-dev: requirements-dev.lock $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	@touch $@
