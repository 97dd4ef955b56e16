# Everything that a newcomer and the automatic checks need. Wants Python 3.11 or newer and make, nothing else.
#   make demo    install, build the graph, answer the first question, write the network page of Viborg
#   make test    install with what the tests need, run all tests

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
JOBS   ?= 2

.PHONY: help demo test lint format types contracts bench docs wheel clean

help:
	@sed -n 's/^#   //p' Makefile; echo "make lint | types | contracts | bench | docs | wheel | format | clean"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "samgraf needs Python 3.11 or newer; name one with: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)

# The package as its users get it. Installed anew when the sources or the data have changed.
INPUTS := pyproject.toml $(shell find graph ontology data queries -type f -not -path '*/__pycache__/*' -not -name '.*')

$(VENV)/.installed: $(BIN)/python $(INPUTS)
	@test -f $(VENV)/.developing || $(BIN)/python -m pip install --quiet --disable-pip-version-check .
	@touch $@

# The checkout itself, with what tests, lint and benchmarks need. pip reads dependency groups from 25.1 on only,
# so the list is taken from pyproject.toml by Python.
$(VENV)/.developing: $(BIN)/python pyproject.toml
	@$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["dev"], sep="\n")' > $(VENV)/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --requirement $(VENV)/dev.txt
	@touch $@

demo: $(VENV)/.installed
	@$(BIN)/samgraf build > /dev/null
	@echo '$$ samgraf initiatives --involving Viborg'
	@$(BIN)/samgraf initiatives --involving Viborg
	@mkdir -p out
	@$(BIN)/samgraf explore --focus Viborg -o out/viborg.html
	@printf '%s\n' '' 'Next, try:' \
	  '  open out/viborg.html in a browser' \
	  '  $(BIN)/samgraf ask "Hvilke kommuner er med i Midtklyngen?"' \
	  '  $(BIN)/samgraf show DASSOS' \
	  '  $(BIN)/samgraf            (everything else)'

test: $(VENV)/.developing
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile

lint: $(VENV)/.developing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(VENV)/.developing
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(VENV)/.developing
	$(BIN)/mypy

contracts: $(VENV)/.developing
	$(BIN)/lint-imports --no-cache

bench: $(VENV)/.developing
	$(BIN)/python -m benchmarks.cold

# docs/cli.md and docs/queries.md, from the commands and the query files themselves
docs: $(VENV)/.developing
	$(BIN)/python docs/generate.py

wheel: $(VENV)/.developing
	$(BIN)/python -m build --wheel

clean:
	rm -rf $(VENV) build dist out .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
