# `make run` and `make test` are all that a newcomer needs. Both make the virtual environment on first use.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := pip install -q --disable-pip-version-check
LOCK := requirements/locked.txt

# Each begins with half of the tests in their order; who is done takes of the other's, so that none is idle at the end.
WORKERS := -n 2 --dist worksteal

# What the runs with other versions leave out: the browser and the probes do not depend on them, and the shipped data
# goes through the three commands of `make run` instead.
OTHER_VERSIONS := $(WORKERS) --without-browser --ignore=tests/probing --ignore=tests/data

.PHONY: run test coverage fuzz test-newest test-lowest lint lock golden docs bench dist clean

run: $(VENV)/installed
	@$(BIN)/landscape check
	@$(BIN)/landscape gaps
	@$(BIN)/landscape build

test: $(VENV)/installed-test node_modules/.installed
	$(BIN)/pytest $(WORKERS)

# The suite with every line and branch counted, also those that only another process runs; fails below `fail_under`.
# Each process counts into a file of its own. A run that was stopped leaves some, none of which counts in the next.
COUNTED := build/coverage
coverage: $(VENV)/installed-test node_modules/.installed
	@rm -rf $(COUNTED) && mkdir -p $(COUNTED)
	COVERAGE_FILE=$(CURDIR)/$(COUNTED)/data $(BIN)/pytest $(WORKERS) --cov

# `make run` and the suite without its browser tests, with the newest versions that pyproject.toml allows and with the lowest.
test-newest test-lowest: test-%: $(VENV)-%/installed
	$(VENV)-$*/bin/landscape check
	$(VENV)-$*/bin/landscape gaps >/dev/null
	$(VENV)-$*/bin/landscape build --output build/site-$*
	PYTHONHASHSEED=0 $(VENV)-$*/bin/python -m pytest $(OTHER_VERSIONS) $(OTHER)

# Files that nobody would write, for some minutes (MINUTES), then the property tests with new random examples, ROUNDS times over. What this finds becomes a plain test with the example
# written out, since `make test` draws the same examples every time and may never meet it again.
fuzz: ROUNDS ?= 5
fuzz: MINUTES ?= 5
fuzz: $(VENV)/installed-test
	$(BIN)/python -m tests.fuzz --minutes $(MINUTES) $(if $(SEED),--seed $(SEED))
	@seed=$(SEED); for round in $$(seq $(ROUNDS)); do \
	  seed=$${seed:-$$($(BIN)/python -c 'import secrets; print(secrets.randbelow(2**32))')}; \
	  echo "round $$round of $(ROUNDS), seed $$seed"; \
	  $(BIN)/pytest -q -m hypothesis --hypothesis-profile=fuzz --hypothesis-seed=$$seed $(FUZZ) || \
	    { echo "found with: make fuzz SEED=$$seed ROUNDS=1; write the example into a plain test"; exit 1; }; \
	  seed=; \
	done

lint: $(VENV)/installed-test node_modules/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	PYTHONPATH=src $(BIN)/lint-imports --no-cache >/dev/null || PYTHONPATH=src $(BIN)/lint-imports --no-cache
	@if [ -x node_modules/.bin/eslint ]; then npm run --silent lint; \
	elif [ -n "$$CI$$NO_SKIPS" ]; then echo "npm is needed to lint the scripts" >&2; exit 1; \
	else echo "SKIPPED: the scripts are not linted, since npm is not here"; fi

# Choose the newest versions for `make run` and `make test` anew; run both, and the linters, before committing them.
lock: | $(VENV)/bin/python
	@for file in locked hashed lowest; do $(BIN)/python requirements/versions.py $$file || exit; done

# Write what the commands print today as the golden files; read the difference before committing it.
golden: $(VENV)/installed-test
	$(BIN)/pytest -q tests/cli/test_golden.py tests/test_revisions.py --update-golden

# Make the pages that are derived from the code anew.
docs: $(VENV)/installed
	$(BIN)/python -m interop_landscape.reference site_templates/reference

bench: $(VENV)/installed-test
	$(BIN)/python -m benchmarks.measure
	$(BIN)/python -m benchmarks.plan_share
	$(BIN)/python -m benchmarks.worst

dist: $(VENV)/installed-test
	rm -rf dist
	$(BIN)/python -m hatchling build -t wheel

clean:
	rm -rf node_modules $(VENV) $(VENV)-newest $(VENV)-lowest dist build site .pytest_cache .mypy_cache .ruff_cache .hypothesis

# The linters of scripts and workflows, and the accessibility rules that the tests hold the pages against.
node_modules/.installed: package.json package-lock.json
	@if command -v npm >/dev/null; then npm ci --silent --no-fund --no-audit; else \
	  echo "npm is not here: linting scripts, and the tests of accessibility and of workflows, will be skipped"; fi
	@mkdir -p node_modules
	@touch $@

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml $(LOCK) | $(VENV)/bin/python
	$(BIN)/$(PIP_INSTALL) -c $(LOCK) -e .
	@touch $@

$(VENV)/installed-test: pyproject.toml $(LOCK) | $(VENV)/bin/python
	$(BIN)/$(PIP_INSTALL) -c $(LOCK) -e '.[test,lint,zensical]'
	@touch $@ $(VENV)/installed

# Made anew each time, so that nothing of an older choice stays; what is newest changes while no file does.
.PHONY: $(VENV)-newest/installed
$(VENV)-newest/installed:
	$(PYTHON) -m venv --clear $(VENV)-newest
	$(VENV)-newest/bin/$(PIP_INSTALL) -e '.[test,zensical]'

$(VENV)-lowest/installed: pyproject.toml requirements/lowest.txt
	$(PYTHON) -m venv --clear $(VENV)-lowest
	$(VENV)-lowest/bin/$(PIP_INSTALL) -c requirements/lowest.txt -e '.[test,zensical]'
	@touch $@
