# Needs Python 3.11 or later and nothing else; everything is installed into .venv.

ifndef PYTHON
PYTHON := $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
endif
PIP = .venv/bin/python -m pip install --quiet --disable-pip-version-check

.PHONY: run demo test test-long bench bench-long screenshots lint

run: .venv/installed
	.venv/bin/python -m sheetflow run

demo: .venv/installed
	.venv/bin/python -m sheetflow demo

# Tests that need PostgreSQL, Dovecot or Chromium are skipped with a sentence if it is missing; with
# TESTS_REQUIRE=postgresql,dovecot,chromium they fail instead.
test: .venv/tests-installed
	.venv/bin/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

# An owner's random edits among leads and jobs: 300 of each of ten owners.
test-long: .venv/tests-installed
	.venv/bin/python -m pytest -n auto tests/sheet/test_random.py --seeds 10 --edits 300

bench: .venv/tests-installed
	.venv/bin/python -m tests.bench

# A ledger of 100,000 leads, and a mailbox of 50,000 messages on a real Dovecot.
bench-long: .venv/tests-installed
	.venv/bin/python -m tests.bench long

# The README's pictures; needs Chromium.
screenshots: .venv/tests-installed
	.venv/bin/python -m tests.screenshots

lint: .venv/tests-installed
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy --strict

.venv/installed: requirements.txt
	@test -n "$(PYTHON)" || { echo "sheetflow needs Python 3.11 or later: install it, or run make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "sheetflow needs Python 3.11 or later, and $(PYTHON) is older or missing"; exit 1; }
	@.venv/bin/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv || \
		{ echo "Python's venv module is missing: on Debian and Ubuntu, apt-get install python3-venv"; exit 1; }
	$(PIP) -r requirements.txt
	@touch $@

.venv/tests-installed: .venv/installed tests/requirements.txt
	$(PIP) -r tests/requirements.txt
	@touch $@
