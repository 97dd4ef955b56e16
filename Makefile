# Everything that a newcomer and the automatic checks need. Wants Python 3.11 or newer and make, nothing else.
#   make demo    install, build the graph, answer the first question, write the network page of Viborg
#   make test    install with what the tests need, run the tests (make test-long: those that take longer)

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
# One more test process than processors: tests wait for pages, servers and limits of time.
JOBS   ?= $(shell expr $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2) + 1)

.PHONY: help demo test test-long lock lowest lint format types contracts scripts bench soak docs site-docs wheel clean

help:
	@sed -n 's/^#   //p' Makefile; echo "make test-long | lint | types | contracts | bench | soak | docs | site-docs | wheel | format | lock | lowest | clean"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "samgraf needs Python 3.11 or newer; name one with: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)

# The package as its users get it. Installed anew when the sources or the data have changed.
INPUTS := pyproject.toml $(shell find graph ontology data queries -type f -not -path '*/__pycache__/*' -not -name '.*')

$(VENV)/.installed: $(BIN)/python $(INPUTS)
	@test -f $(VENV)/.developing || $(BIN)/python -m pip install --quiet --disable-pip-version-check .
	@touch $@

# The checkout itself, with what tests, lint and benchmarks need: exactly the releases that were tested.
$(VENV)/.developing: $(BIN)/python pyproject.toml requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# The newest releases that pyproject.toml allows, written down; nothing is installed. pip reads dependency groups from 25.1 on
# only, so the list is taken from pyproject.toml by Python.
lock: $(BIN)/python
	@$(BIN)/python -c 'import tomllib; p = tomllib.load(open("pyproject.toml", "rb")); print(*p["project"]["dependencies"], *(d for e in p["project"]["optional-dependencies"].values() for d in e), *p["dependency-groups"]["dev"], sep="\n")' > $(VENV)/wanted.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --dry-run --ignore-installed --requirement $(VENV)/wanted.txt --report $(VENV)/newest.json
	@$(BIN)/python -c 'import json; found = (i["metadata"] for i in json.load(open("$(VENV)/newest.json", encoding="utf-8"))["install"]); print("# The releases that the tests run with; written by: make lock", *sorted((m["name"] + "==" + m["version"] for m in found), key=str.lower), sep="\n")' > $(VENV)/newest.txt
	@mv $(VENV)/newest.txt requirements-dev.lock

# The lowest releases that pyproject.toml allows, in an environment of their own; make lowest LOWEST=DIR
LOWEST ?= $(VENV)-lowest
lowest: $(BIN)/python
	rm -rf $(LOWEST) && $$($(BIN)/python -c 'import sys; print(sys._base_executable)') -m venv $(LOWEST)
	@$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["dependencies"], sep="\n")' | sed 's/>=/==/' > $(LOWEST)/wanted.txt
	$(LOWEST)/bin/python -m pip install --quiet --disable-pip-version-check . --requirement $(LOWEST)/wanted.txt

# The workspace is named, so that nothing but the answers is told.
demo: export SAMGRAF_WORKSPACE = $(CURDIR)
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

# Python may keep what it has compiled: the tests start the command some thousand times.
test: export PYTHONDONTWRITEBYTECODE =
test: $(VENV)/.developing
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder -m "not long"

# Every case of what a shorter test has some of, and other engines and browsers.
test-long: export PYTHONDONTWRITEBYTECODE =
test-long: $(VENV)/.developing
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder -m long

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

# The page's script modules: linter and type check. Only for those who work on them; the page itself needs no npm.
SCRIPTS := tests/publish/explorer/js
scripts:
	cd $(SCRIPTS) && npm ci --silent --no-audit --no-fund && npm run --silent lint && npm run --silent types

bench: $(VENV)/.developing
	$(BIN)/python -m benchmarks.cold
	$(BIN)/python -m benchmarks.growth
	$(BIN)/python -m benchmarks.reading
	$(BIN)/python -m benchmarks.change

# The bars of reliability, in full (hours); make soak SHARE=0.1 runs a tenth
SHARE ?= 1
SEED  ?= 1
soak: $(VENV)/.developing
	$(BIN)/python -m benchmarks.soak --share $(SHARE) --seed $(SEED)

# docs/cli.md and docs/queries.md, from the commands and the query files themselves
docs: $(VENV)/.developing
	$(BIN)/python docs/generate.py

# The documentation as a site, in out/docs, by an environment of its own; a warning or a dead link fails
$(VENV)-docs/.installed: $(BIN)/python pyproject.toml
	$$($(BIN)/python -c 'import sys; print(sys._base_executable)') -m venv $(VENV)-docs
	@$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["docs"], sep="\n")' > $(VENV)-docs/wanted.txt
	$(VENV)-docs/bin/python -m pip install --quiet --disable-pip-version-check --requirement $(VENV)-docs/wanted.txt
	@touch $@

site-docs: $(VENV)-docs/.installed
	NO_MKDOCS_2_WARNING=1 $(VENV)-docs/bin/mkdocs build --strict

wheel: $(VENV)/.developing
	$(BIN)/python -m build --wheel --no-isolation

clean:
	rm -rf $(VENV) $(VENV)-docs $(VENV)-lowest build dist out .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
