# make demo: everything set up, and the main job run on a sample city. make test: everything set up, all checks passed.
# Both need Python 3.11 or newer and make, nothing else.

PYTHON ?= python3
BIN := .venv/bin
# Where Python is told to keep no compiled files, each command would compile all it loads anew: that is half of its time.
# What is installed is compiled by all processors: pip would do it with one. Some packages bring files that are no Python.
COMPILED := $(BIN)/python -m compileall -qq -j 0 .venv/lib || true; \
	$(BIN)/python -m compileall -q app reports audit access inventory config
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile

.PHONY: demo serve test tests lint bench kills agree cases vulnerabilities pictures lock clean

demo: .venv/run-ready
	$(BIN)/thirteen demo

# Serves the sample city on this machine alone; make demo says with which logins.
serve: .venv/run-ready
	$(BIN)/thirteen --data-dir sample-city/thirteen-data serve

# Generated cases are the same at every run; `make agree` looks for new ones. The checks of lint run beside the tests, as
# the longest of them keeps one processor busy alone. Compiled tests are kept, so that each is compiled once for all.
test: .venv/test-ready
	@$(MAKE) --no-print-directory --jobs=2 lint tests

tests: .venv/test-ready
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n auto --dist worksteal

lint: .venv/test-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The figures of benchmarks/RESULTS.md: nearly two hours, and about 35 GB of disk.
bench: .venv/test-ready
	$(BIN)/python -m benchmarks.run

# Kills each command that writes before, within and after its writes: nothing is lost or half-visible. About 40 minutes.
kills: .venv/test-ready
	$(BIN)/python -m tests.kills

# Holds SQL, the decision table and Casbin against the separate reference on 300 generated cities, and audits that go on
# from the one before against audits of everything over 60 sequences of changes.
agree: .venv/test-ready
	$(BIN)/python -m tests.agree_on_cities 300
	$(BIN)/python -m tests.agree_on_changes 60

# Shows what comes of the small inputs that once went wrong, where ../shared/cases is there, above what is expected.
cases: .venv/test-ready
	$(BIN)/python -m tests.cases

# Holds the pinned packages against known vulnerabilities, without asking anybody: OSV names the archive of advisories on
# Python packages that the OSV project publishes (all.zip), fetched beforehand.
vulnerabilities: .venv/test-ready
	$(BIN)/python -m tests.vulnerabilities $(OSV)

# Takes the pictures of the pages of help anew, of a small sample city that it serves meanwhile; needs chromium.
pictures: .venv/test-ready
	$(BIN)/pytest -m pictures tests/browser/test_pictures.py

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it with PYTHON=...")'
	$(PYTHON) -m venv .venv

.venv/run-ready: requirements.txt pyproject.toml app/assets/package-lock.json app/assets/build_hook.py | .venv/bin/python
	$(INSTALL) --require-hashes -r requirements.txt
	$(INSTALL) --no-deps --no-build-isolation -e .
	@$(COMPILED)
	@touch $@

.venv/test-ready: requirements-dev.txt pyproject.toml app/assets/package-lock.json app/assets/build_hook.py | .venv/bin/python
	$(INSTALL) --require-hashes -r requirements-dev.txt
	$(INSTALL) --no-deps --no-build-isolation -e .
	@$(COMPILED)
	@touch $@ .venv/run-ready

# Pins versions and hashes anew, without the name of an index (needs uv).
LOCK := uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet
lock:
	$(LOCK) --group dev --output-file requirements-dev.txt
	$(LOCK) --constraint requirements-dev.txt --output-file requirements.txt

clean:
	rm -rf .venv sample-city app/static/vendor .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
