# `make help` names what there is; whatever it is, .venv is set up first.

PY := .venv/bin/python
READY := .venv/.ready
BENCH := .venv/.bench

.PHONY: help demo test test-all lint types imports course mutants tests coverage fuzz bench fix clean

help:
	@echo "make demo      grade three sample submissions and show what students see"
	@echo "make test      lint, types, import contracts, links, the course's own proof, all short tests"
	@echo "make test-all  the share of lines that are tested, what suites notice of small changes,"
	@echo "               the tests that are long by nature, a longer look for bytes that harm"
	@echo "make fuzz      any bytes at every entrance, for many minutes, new ones each time"
	@echo "make bench     the tables of docs/performance.md; hours, for its last one"
	@echo "make fix       format and mend what ruff can"
	@echo "make clean     remove .venv and caches"

$(READY): pyproject.toml constraints.txt tools/setup.py
	@python3 tools/setup.py

$(BENCH): $(READY)
	@python3 tools/setup.py bench

demo: $(READY)
	@$(PY) examples/demo.py

test: lint types imports course tests

# What `make test` leaves out.
test-all: coverage mutants
	$(PY) -m pytest -n 2 -m long
	HYPOTHESIS_PROFILE=long $(PY) -m pytest -k fuzz tests/grader

lint: $(READY)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m tools.texts

types: $(READY)
	$(PY) -m mypy

imports: $(READY)
	.venv/bin/lint-imports --no-cache

course: $(READY)
	.venv/bin/grade sync --check
	.venv/bin/grade check --plain
	.venv/bin/grade check --contract --plain

mutants: $(READY)
	.venv/bin/grade check --mutants --plain

# Two at a time: most tests wait for other processes. A file's tests share what they have made.
tests: $(READY)
	$(PY) -m pytest -n 2 --dist loadfile

# The same, with each line counted: that takes half as long again.
coverage: $(READY)
	$(PY) -m coverage erase
	$(PY) -m coverage run -m pytest -n 2 --dist loadfile
	$(PY) -m coverage combine -q
	$(PY) -m coverage report --skip-covered

fix: $(READY)
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

clean:
	rm -rf .venv .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

fuzz: $(READY)
	HYPOTHESIS_PROFILE=fuzz $(PY) -m pytest -k fuzz tests/grader

bench: $(BENCH)
	$(PY) -m benchmarks.run
	$(PY) -m benchmarks.parts
	$(PY) -m benchmarks.watch
	$(PY) -m benchmarks.lessons
	$(PY) -m benchmarks.nbgrader
	$(PY) -m benchmarks.peers
	$(PY) -m benchmarks.dashboard
	$(PY) -m benchmarks.classes
