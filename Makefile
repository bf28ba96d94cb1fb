# make issue   all set-up, then the sample issue to out/
# make test    all set-up, then every test
# make others  what tells Pythons apart, on every other Python at hand
# make docs    the documentation site to out/docs/
# make fuzz    files as strangers send them, tried for TIME seconds; what is faulty is kept in tests/fuzz/cases/
# All take seconds when nothing has changed: what is set up is remembered in .venv/ by stamps.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What WeasyPrint draws with, and what the tests read the PDF back with.
DRAWING := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
READING := chromium fontconfig ghostscript libatomic1 mupdf-tools poppler-utils qpdf

# Other Pythons, on which CI sets the samples and looks into files of others: those of them that are there.
OTHERS ?= /usr/bin/python3 python3.11 python3.12 python3.13 $(wildcard $(HOME)/.pyenv/versions/3.1[1-9]*/bin/python3)

.PHONY: issue test others docs lint types imports benchmark fuzz clean

issue: $(VENV)/.ready
	@echo "== building issues/2026-11 =="
	@mkdir -p out
	$(BIN)/layout build issues/2026-11 -o out/2026-11.pdf

test: $(VENV)/.ready-to-test
	@echo "== running every test =="
	$(BIN)/python -m pytest -n auto $(PYTEST)

others: $(VENV)/.ready-to-test
	@tests/other_pythons.sh $(BIN)/python $(OTHERS)

docs: $(VENV)/.ready-to-test
	@echo "== writing the documentation to out/docs =="
	$(BIN)/sphinx-build -q -W -b html docs out/docs

lint: $(VENV)/.ready-to-test
	@echo "== ruff: lint and format =="
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.ready-to-test
	@echo "== mypy --strict =="
	$(BIN)/mypy

imports: $(VENV)/.ready-to-test
	@echo "== import-linter: the layers =="
	$(BIN)/lint-imports --no-cache

benchmark: $(VENV)/.ready-to-test
	$(BIN)/python -m pytest tests/benchmark --benchmark-enable --benchmark-only

TIME ?= 600

fuzz: $(VENV)/.ready-to-test
	PYTHONPATH=tests $(BIN)/python -m fuzz --time $(TIME) --seed $(shell date +%s) --keep

clean:
	rm -rf $(VENV) out

$(VENV)/.system: Makefile
	@tests/set_up.sh system $(PYTHON) $(VENV) $(DRAWING)
	@touch $@

$(VENV)/.ready: pyproject.toml $(VENV)/.system
	@echo "== installing the package into $(VENV) =="
	@tests/set_up.sh python $(VENV) --editable ".[all]"
	@touch $@

$(VENV)/.ready-to-test: $(VENV)/.ready
	@tests/set_up.sh system $(PYTHON) $(VENV) $(READING)
	@echo "== installing what the tests use =="
	@tests/set_up.sh python $(VENV) --editable ".[dev]"
	@touch $@
