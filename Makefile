# What people do daily. Set DAYS=12 (or all) for more typical days, CITIES for other cases, BENCHMARKS for some of them.
PYTHON ?= python3
VENV ?= .venv
DAYS ?= 2
CITIES ?= chengde shijiazhuang
BIN = $(VENV)/bin
READY = $(VENV)/.ready
EXCHANGE = tests/exchange/.venv
EXCHANGE_READY = $(EXCHANGE)/.ready
BENCH = benchmarks/.venv
BENCH_READY = $(BENCH)/.ready
RIVAL = benchmarks/rival/.venv
RIVAL_READY = $(RIVAL)/.ready

# What Python has compiled once is kept for the next process, whatever the machine says.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: solve test prove bench docs lint clean

solve: $(READY)
	@echo "Solving $(CITIES) on $(DAYS) typical $(if $(filter 1,$(DAYS)),day,days) and the spell (the cases' own number is 12: make solve DAYS=12)"
	@for city in $(CITIES); do $(BIN)/measures solve $$city --days $(DAYS) || exit $$?; done

test: $(READY)
	$(BIN)/python -m pytest -m "not prove" -p no:cacheprovider -n auto

prove: $(READY)
	@$(MAKE) --silent $(EXCHANGE_READY) || echo "pyam or Frictionless could not be installed: what needs them is listed below as left out"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-prove.lock \
		|| echo "SCIP or Playwright could not be installed: what needs them is listed below as left out"
	$(BIN)/python -m pytest -m prove -rs -p no:cacheprovider

bench: $(BENCH_READY) $(RIVAL_READY)
	@$(BENCH)/bin/python -m benchmarks.run $(BENCHMARKS)

docs: $(READY)
	$(BIN)/python docs/generate.py

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

clean:
	rm -rf $(VENV) $(BENCH) $(RIVAL) $(EXCHANGE) .pytest_cache .hypothesis build *.egg-info

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(BENCH_READY): benchmarks/requirements.lock pyproject.toml
	$(PYTHON) -m venv $(BENCH)
	$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r benchmarks/requirements.lock
	$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(RIVAL_READY): benchmarks/rival/requirements.lock
	$(PYTHON) -m venv $(RIVAL)
	$(RIVAL)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r benchmarks/rival/requirements.lock
	@touch $@

$(EXCHANGE_READY): tests/exchange/requirements.lock
	$(PYTHON) -m venv $(EXCHANGE)
	$(EXCHANGE)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r tests/exchange/requirements.lock
	@touch $@
