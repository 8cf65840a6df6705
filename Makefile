# Every command. `make run` and `make test` set everything up by themselves; see README.md.
RAW ?= raw
OUT ?= .
export RAW OUT # the shell reads them from there: names with quotes or spaces stay whole
PY := .venv/bin/python
# The first Python that exists; tools/bootstrap.py looks for one that is new enough.
BOOT := $(shell command -v python3 || command -v python3.14 || command -v python3.13 || \
	command -v python3.12 || command -v python3.11)

.DEFAULT_GOAL := help
.PHONY: help venv run test check golden bench flows judge accuracy lock clean

help: ## show this list
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /  make \1|/' | \
		awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'
	@echo "  make run RAW=folder OUT=folder reads and writes elsewhere"

venv: ## set up .venv with the locked packages (done by every other command)
	@if [ -z "$(BOOT)" ]; then echo "Python 3.11 or newer is needed: sudo apt install python3" >&2; \
		exit 1; fi
	@"$(BOOT)" tools/bootstrap.py

run: venv ## process RAW (raw/) into parsed/, sheets/ and report/
	@$(PY) -m sopextract run "$$RAW" -o "$$OUT" || [ $$? -eq 1 ] # 1: ran, and named the failed

test: check ## the same as check

check: venv ## ruff, mypy --strict, import-linter, pytest
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports
	$(PY) -m pytest

golden: venv ## rewrite tests/golden/parsed/; read the diff as code is read
	$(PY) -m tools.golden

bench: venv ## text sheets and PDF pages per second and core, beside other programs
	$(PY) -m tools.bench
	$(PY) -m tools.bench_compare

flows: venv ## route 10,000 random flows and count what no sheet may have (FLOWS="--from 0 --count 500")
	$(PY) -m tools.check_flows $(FLOWS)

judge: venv ## let other programs judge sheets: LibreOffice, OOXML schema, BPMN (needs npm, soffice)
	$(PY) -m tools.judge

accuracy: venv ## accuracy by field against the hand-made records
	$(PY) -m tools.accuracy
	$(PY) -m tools.measure_families

lock: venv ## resolve the dependencies anew (needs uv)
	@UV="$$(command -v uv || echo .venv/bin/uv)"; \
	"$$UV" pip compile --universal --generate-hashes --no-header --python-version 3.11 --upgrade \
		pyproject.toml --extra scan --group pyproject.toml:dev -o requirements.lock

clean: ## remove .venv, caches and what `make run` wrote into this folder
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist \
		sheets report parsed/* parsed/.sopextract
