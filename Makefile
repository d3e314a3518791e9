# What people do daily. Set DAYS=12 (or all) for more typical days, CITIES for other cases.
PYTHON ?= python3
VENV ?= .venv
DAYS ?= 2
CITIES ?= chengde shijiazhuang
BIN = $(VENV)/bin
READY = $(VENV)/.ready

.PHONY: solve test prove docs lint clean

solve: $(READY)
	@echo "Solving $(CITIES) on $(DAYS) typical days and the stress spell (the cases' own number is 12: make solve DAYS=12)"
	@for city in $(CITIES); do $(BIN)/measures solve $$city --days $(DAYS) || exit $$?; done

test: $(READY)
	$(BIN)/python -m pytest -m "not prove" -p no:cacheprovider

prove: $(READY)
	$(BIN)/python -m pytest -m prove -rs -p no:cacheprovider

docs: $(READY)
	$(BIN)/python docs/generate.py

lint:
	ruff check .
	ruff format --check .
	mypy

clean:
	rm -rf $(VENV) .pytest_cache .hypothesis build *.egg-info

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
