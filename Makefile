# The verbs of daily work; `make help` explains each.

HOST ?= 127.0.0.1
PORT ?= 8000
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# Tests of the `transformers` extra need its packages; they are installed where such tests are.
DEV_LOCK := $(if $(wildcard tests/disclosure/embedding/test_sentence_transformers.py),requirements-transformers.lock,requirements-dev.lock)

.PHONY: help serve test test-corpus lint bench docs web lock clean
.DEFAULT_GOAL := help

help: ## Explain the verbs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

serve: .venv/.installed ## Answer questions at http://HOST:PORT (default 127.0.0.1:8000)
	$(BIN)/budget-qa ingest || test $$? -eq 3
	exec $(BIN)/budget-qa serve --host $(HOST) --port $(PORT)

test: .venv/.installed-dev ## Run all tests, the browser's included, but for the whole corpus
	$(BIN)/python -m pytest -n 2 --dist loadscope -m "not whole_corpus"

test-corpus: .venv/.installed-dev ## Run the tests that read the shared corpus, all of it
	$(BIN)/python -m pytest -m "corpus or whole_corpus"

lint: .venv/.installed-dev ## Check style, formatting, types and the direction of imports
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/.installed-dev ## Measure speed and memory against the budgets
	$(BIN)/python -m bench

docs: .venv/.installed-dev ## Regenerate the reference tables in docs/ from the code
	$(BIN)/python docs/generate.py

web: ## Rebuild the chat's files in qa_service/web/static/widget from web/ (needs Node)
	npm --prefix web ci --no-audit --no-fund
	npm --prefix web run build

lock: .venv/.installed-dev ## Resolve the lock files anew from pyproject.toml
	sh scripts/lock.sh

clean: ## Remove what the verbs made, but not the data in var/
	rm -rf .venv build dist artifacts *.egg-info .pytest_cache .mypy_cache .ruff_cache \
		.hypothesis .import_linter_cache web/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "需要Python 3.11或更新版本（python3 -m venv可用）" >&2; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.installed: requirements.lock pyproject.toml | .venv/bin/python
	$(PIP) -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	touch $@

.venv/.installed-dev: $(DEV_LOCK) pyproject.toml | .venv/bin/python
	$(PIP) -r $(DEV_LOCK)
	$(PIP) --no-deps --no-build-isolation -e .
	touch .venv/.installed $@
