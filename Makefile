# The two commands of a fresh machine are `make demo` and `make test`; the rest is for those who build.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check
DEMO := BRAID_DATA=$(CURDIR)/var/demo

.PHONY: install install-dev demo demo-reset serve test check bench bench-nation bench-compare bench-smoke format docs lock messages journeys coverage mutate search spark

install: $(VENV)/installed  ## the program in .venv, nothing else

$(VENV)/installed: requirements/base.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) --require-hashes -r requirements/base.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

install-dev: $(VENV)/installed-dev  ## the tools of make test, a browser included

$(VENV)/installed-dev: requirements/dev.txt requirements/docs.txt $(VENV)/installed
	@$(PIP) --require-hashes -r requirements/dev.txt
	@$(PIP) --require-hashes -r requirements/docs.txt
	@sh bench/programs.sh
	@touch $@

demo: install  ## the invented region on http://127.0.0.1:$(PORT)
	@$(DEMO) $(BIN)/braid demo --port $(PORT)

demo-reset: install  ## the same, made afresh
	@$(DEMO) $(BIN)/braid demo --reset --port $(PORT)

serve: install  ## a real installation in var/
	@$(BIN)/braid serve --port $(PORT)

check: install-dev  ## lint, types, storeys, templates, translations, migrations: under a minute
	@$(BIN)/ruff check --quiet --output-format concise .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/lint-imports --no-cache > build-imports.log 2>&1 || { cat build-imports.log; rm -f build-imports.log; exit 1; }; rm -f build-imports.log
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/djlint src --lint --quiet
	@$(BIN)/yamllint --strict src/braid/packs/data
	@$(BIN)/typos
	@BRAID_DATA=$${TMPDIR:-/tmp}/braid-check $(BIN)/python -m django makemigrations --check --dry-run --settings braid.site.settings > /dev/null
	@$(BIN)/python -m tests.messages check
	@echo "check: all well"

test: check  ## every check and every test, under 25 minutes on two cores
	@$(BIN)/python -m pytest --numprocesses 2 --dist worksteal --quiet tests -m "not journey and not spark"
	@$(MAKE) --no-print-directory journeys docs bench-smoke
	@echo "test: all well"

search: install-dev  ## every property on examples that no run has seen; ONLY=path
	@$(BIN)/python -m pytest --numprocesses 2 --quiet --hypothesis-profile search -m "not journey and not spark" $(or $(ONLY),$(shell grep -rl "^from hypothesis" tests --include="test_*.py"))

spark: install-dev  ## every word of the vocabulary on Spark, alone and over two workers; needs Java 17
	@$(PIP) -r requirements/spark.txt
	@$(BIN)/python -m pytest --quiet tests -m spark

mutate: install-dev  ## small faults put into the policy and the consent rules: do their tests find them?
	@rm -rf mutants && $(BIN)/mutmut run > build-mutants.log 2>&1 || { cat build-mutants.log; exit 1; }; rm -f build-mutants.log
	@$(BIN)/mutmut results; $(BIN)/mutmut export-cicd-stats > /dev/null && cat mutants/mutmut-cicd-stats.json

coverage: install-dev  ## which branches no test takes; twice as long as the tests alone
	@$(BIN)/python -m pytest --numprocesses 2 --dist worksteal --cov --cov-report= --quiet tests -m "not journey and not spark"
	@$(BIN)/coverage report --skip-covered --sort=cover

journeys: install-dev  ## only the browser
	@$(BIN)/python -m pytest --numprocesses 2 --dist worksteal --quiet -m journey tests/journeys $(shell grep -rl "^pytestmark = pytest.mark.journey" tests --include="test_*.py")

bench: install-dev  ## figures, as ratios to a peer or a floor of the same run: SIZE=unit|office|region ONLY="caseload,figures"
	@$(BIN)/python -m bench $(addprefix --size ,$(SIZE)) --only "$(ONLY)"

bench-nation: install-dev  ## the figures of a nation from facts alone, beside SQL by hand, pandas and POSTGRES=address
	@$(BIN)/python -m bench.nation --postgres "$(POSTGRES)"

bench-compare: install-dev  ## fails where a ratio of the last run is a fifth above the run before, or BASE=file
	@$(BIN)/python -m bench --compare $(BASE)

bench-smoke: install-dev
	@$(BIN)/python -m bench --smoke
	@$(BIN)/python -m bench.nation --smoke > /dev/null

docs: install-dev  ## the documentation site, without a warning
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict --site-dir build/docs

format: install-dev
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet . ; $(BIN)/djlint src --reformat --quiet || true

messages: install-dev  ## collect the strings of every room into its catalogues, compile them
	@$(BIN)/python -m tests.messages update

lock:  ## lock requirements anew (needs uv), releases at least two weeks old
	@for set in base dev docs spark; do uv pip compile --quiet --universal --no-strip-extras --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --exclude-newer "$$(date -d '-14 days' +%F)" requirements/$$set.in -o requirements/$$set.txt; done
