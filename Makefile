# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2

PYTHON ?= python3
BIN := .venv/bin
LOCALES := mainport/locale
PO := $(wildcard $(LOCALES)/*/LC_MESSAGES/django.po)
MO := $(PO:.po=.mo)
export MAINPORT_DATA_DIR ?= $(CURDIR)/data
BACKUP ?= backups/mainport.zip

.DEFAULT_GOAL := help
.PHONY: help run test test-unit check bench backup restore upgrade-check spark lock messages docs clean

help: ## Say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

# --- Set-up ---

.venv/installed: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

.venv/developer: requirements-dev.lock .venv/installed
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.lock
	touch $@

# What comes as source is built with what requirements.lock pins.
.venv/spark: requirements-spark.lock .venv/installed
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --require-hashes \
		--requirement requirements-spark.lock
	touch $@

%.mo: %.po | .venv/installed
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

# --- Use ---

run: .venv/installed $(MO) ## Build all, load the Groningen agenda with its indicators and demo data, and serve it on http://localhost:8000
	$(BIN)/mainport migrate
	$(BIN)/mainport agenda load groningen-2022-2026 --if-empty
	$(BIN)/mainport monitor indicators load --with-feeds
	$(BIN)/mainport demo load
	$(BIN)/mainport agenda index
	$(BIN)/mainport catalogue index --embed --seconds 20
	$(BIN)/mainport demo logins
	$(BIN)/mainport serve --with-worker

backup: .venv/installed ## Write the database and the files to $(BACKUP)
	mkdir -p $(dir $(BACKUP))
	$(BIN)/mainport backup --out $(BACKUP)

restore: .venv/installed ## Put back what $(BACKUP) holds, over what is there
	$(BIN)/mainport migrate
	$(BIN)/mainport restore $(BACKUP) --yes

spark: .venv/spark ## Install the second engine of `mainport region aggregate` (450 MB; needs Java 17)

upgrade-check: .venv/installed ## Say whether this version may run on this database
	$(BIN)/mainport upgrade-check

# --- Development ---

test: .venv/developer $(MO) ## Run every test that this machine can run
	$(BIN)/pytest --numprocesses auto

test-unit: .venv/developer $(MO) ## Run the tests that need no database
	$(BIN)/pytest tests/unit

check: .venv/developer $(MO) ## Style, types, imports, templates, migrations, generated docs, licences
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	git ls-files -z 'mainport/web/templates/*.html' | xargs -0 $(BIN)/djade --check --target-version 5.2
	$(BIN)/mainport django check
	MAINPORT_URL=https://mainport.example SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
		$(BIN)/mainport django check --deploy --fail-level WARNING
	$(BIN)/mainport django makemigrations --check --dry-run
	$(BIN)/mainport docs build --check
	$(BIN)/mainport api schema | diff - mainport/api/openapi.json
	$(BIN)/reuse lint --quiet || $(BIN)/reuse lint
	$(BIN)/pytest --quiet tests/verification/test_licences.py tests/verification/test_messages.py

bench: .venv/developer $(MO) ## Measure, beside a peer in the same run
	for script in bench/*.py; do $(BIN)/python $$script || exit 1; done

lock: .venv/developer ## Renew the lock files
	$(BIN)/uv pip compile --quiet pyproject.toml --group build --generate-hashes --universal --python-version 3.11 \
		--output-file requirements.lock
	$(BIN)/uv pip compile --quiet pyproject.toml --group build --group dev --generate-hashes --universal \
		--python-version 3.11 --constraints requirements.lock --output-file requirements-dev.lock
	$(BIN)/uv pip compile --quiet pyproject.toml --extra spark --generate-hashes --universal \
		--python-version 3.11 --constraints requirements-dev.lock --output-file requirements-spark.lock

messages: ## Collect the texts to translate (needs Debian's package gettext)
	cd mainport && ../$(BIN)/mainport django makemessages --locale nl --no-wrap --add-location file

docs: .venv/developer $(MO) ## Write the generated reference anew
	$(BIN)/mainport docs build
	$(BIN)/mainport api schema --out mainport/api/openapi.json

clean: ## Remove what was built; the data stay
	rm -rf .venv node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache $(MO)
