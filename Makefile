PORT ?= 8000
DATA_DIR ?= var/demo
VENV := .venv
TEMPLATES_FLOOR := 96
PY := $(VENV)/bin/python
PYTHON := $(shell for name in python3.13 python3.12 python3.11 python3; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
DJADE := git ls-files -z 'templates/*.html' | xargs -0 -r $(VENV)/bin/djade --target-version 5.2
LOCK := $(VENV)/bin/uv pip compile -q --universal --python-version=3.11 --generate-hashes

.PHONY: demo test test-anyday check coverage bench fmt lock messages pictures clean
.PHONY: check-format check-lint check-types check-imports
.PHONY: check-templates check-migrations check-texts check-deployment

demo: export DEMO = 1
demo: export DATA_DIR := $(abspath $(DATA_DIR))
demo: export PORT := $(PORT)
demo: $(VENV)/base.stamp
ifeq ($(RESET),1)
	@if [ -f "$(DATA_DIR)/.demo" ]; then rm -rf "$(DATA_DIR)"; elif [ -e "$(DATA_DIR)" ]; then \
		echo "$(DATA_DIR) was not made by the demo, so it is not deleted."; exit 1; fi
endif
	@if [ -d locale ]; then $(VENV)/bin/pybabel -q compile -d locale -D django; fi
	@$(PY) manage.py migrate -v 0
	@$(PY) manage.py createcachetable -v 0
	@$(PY) manage.py demo_load
	@$(PY) manage.py demo_run --port $(PORT)

test: $(VENV)/dev.stamp
	@sh .ci/packages
	@$(PY) -m tests.run

test-anyday: $(VENV)/dev.stamp
	@$(PY) -m tests.anyday

check: check-format check-lint check-types check-imports check-clock check-templates check-migrations check-texts check-deployment

check-format: $(VENV)/dev.stamp
	$(VENV)/bin/ruff format --check .

check-lint: $(VENV)/dev.stamp
	$(VENV)/bin/ruff check .

check-types: $(VENV)/dev.stamp
	$(VENV)/bin/mypy

check-imports: $(VENV)/dev.stamp
	$(VENV)/bin/lint-imports

check-clock: $(VENV)/dev.stamp
	$(PY) -m tests.real_clock

check-templates: $(VENV)/dev.stamp
	$(DJADE) --check

check-migrations: $(VENV)/dev.stamp
	$(PY) manage.py makemigrations --check --dry-run

check-texts: $(VENV)/dev.stamp
	$(PY) manage.py catalogues --check

check-deployment: $(VENV)/dev.stamp
	SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))') \
		ALLOWED_HOSTS=planner.example.org TRUSTED_PROXY_COUNT=1 EMAIL_URL=smtp://mail.example.org \
		RECORD_HEADS_FILE="$${TMPDIR:-/tmp}/record-heads.txt" \
		$(PY) manage.py check --deploy --fail-level WARNING

# The floor of the code, with its branches, is in pyproject.toml; that of the templates' lines is here.
coverage: $(VENV)/dev.stamp
	@sh .ci/packages
	@$(VENV)/bin/coverage erase
	$(VENV)/bin/coverage run -m pytest -q -n 2 -m "not browser and not postgres"
	@$(VENV)/bin/coverage combine -q
	@$(VENV)/bin/coverage report --include='templates/*' --fail-under=$(TEMPLATES_FLOOR); templates=$$?; \
	$(VENV)/bin/coverage report --include='*.py' && exit $$templates

bench: $(VENV)/dev.stamp
	@$(PY) -m tests.benchmarks

fmt: $(VENV)/dev.stamp
	$(VENV)/bin/ruff check --fix-only -q .
	$(VENV)/bin/ruff format .
	$(DJADE) || $(DJADE) --check

lock: $(VENV)/dev.stamp
	$(LOCK) --output-file=requirements/base.txt requirements/base.in
	$(LOCK) --output-file=requirements/dev.txt requirements/dev.in

pictures: $(VENV)/dev.stamp
	PICTURES=docs/pictures $(PY) -m pytest -q tests/browser/test_story.py tests/browser/test_matching_story.py

messages: $(VENV)/dev.stamp
	$(PY) manage.py catalogues

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(VENV)/base.stamp: requirements/base.txt
$(VENV)/dev.stamp: requirements/dev.txt
$(VENV)/%.stamp:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed."; exit 1; }
	@test -x $(PY) || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Could not make a virtual environment: on Debian, install python3-venv."; exit 1; }
	@echo "Installing requirements/$*.txt"
	@$(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/$*.txt
	@touch $@
