# Two words are enough on a fresh machine: `make run` and `make test`. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help run test lint types contracts unit journeys fuzz bench tools messages lock clean

help:  ## what each word does
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(VENV)/.run: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Pliego needs Python 3.11 or newer; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "Python cannot make virtual environments here: apt-get install python3-venv" >&2; rm -rf $(VENV); exit 1; }
	@echo "Installing Pliego into $(VENV) ..." >&2
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable . 2>/dev/null || $(PIP) install --no-deps --editable .
	@# for a service that may not write here, and would compile it all at each start
	@$(BIN)/python -m compileall -q pliego
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements-test.lock
	@echo "Installing what the tests need ..." >&2
	@$(PIP) install --require-hashes -r requirements-test.lock
	@touch $@

run: $(VENV)/.run  ## install if needed, then serve Pliego (PLIEGO_DATA, PLIEGO_HOST, PLIEGO_PORT)
	@exec $(BIN)/pliego serve

test: $(VENV)/.test  ## everything that must pass: lint, types, contracts, unit tests, browser journeys
	@tests/prepare
	@$(MAKE) --no-print-directory lint types contracts unit journeys

lint: $(VENV)/.test  ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test  ## mypy, strict
	PLIEGO_DATA=build/types $(BIN)/mypy

contracts: $(VENV)/.test  ## who may import whom
	$(BIN)/lint-imports

unit: $(VENV)/.test  ## every test but the browser journeys
	$(BIN)/pytest tests --ignore tests/journeys -n 2

journeys: $(VENV)/.test  ## whole walks over HTTP and in Chromium
	$(BIN)/pytest tests/journeys

fuzz: $(VENV)/.test  ## the tests that draw their examples, with many and other ones than `make test` tries
	$(BIN)/pytest --hypothesis-profile fuzz $$(grep -rlE '@given|StateMachine' tests --include='test_*.py') -n 2

bench: $(VENV)/.test  ## speed, as ratios against a named reference in the same run
	$(BIN)/python -m bench

tools: $(VENV)/.test  ## write down what the tools of the toolbox declare
	$(BIN)/python -m pliego.pdf.operations

messages: $(VENV)/.test  ## collect strings to translate, and compile what is translated
	cd pliego && PLIEGO_DATA=../build/types ../$(BIN)/python -m django makemessages --all --no-location --no-obsolete --settings pliego.settings
	@# without the lines that would change every catalogue each time
	@for words in pliego/locale/*/LC_MESSAGES/django.po; do \
	  sed -i -E '/^"(POT-Creation-Date|Report-Msgid-Bugs-To):/d' $$words && msgfmt --check-format -o $${words%.po}.mo $$words || exit 1; done

lock: pyproject.toml  ## resolve the dependencies anew (needs uv)
	uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml -o requirements.lock
	uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --python-version 3.11 --group test -c requirements.lock pyproject.toml -o requirements-test.lock

clean:  ## remove what was installed and built; never the data folder
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache
