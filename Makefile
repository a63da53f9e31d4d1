# Two commands do it all: `make run` and `make test`. `make` alone lists the rest.
.DEFAULT_GOAL := help
SHELL := /bin/bash
UV := var/tools/bin/uv
PY := .venv/bin/python
SERVER := .venv/.served
STAMP := .venv/.synced
PORT ?= 8000
PART ?=
GB ?=
MINUTES ?= 3
USERS ?= 60
COUNT ?= 20000
SEED ?= 1

# Where the machine has a list of certificates, it is asked: a city's own proxy is in it, and in uv's own list it is not.
ifneq ($(wildcard /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt),)
export UV_SYSTEM_CERTS ?= 1
endif

help:  ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(UV):
	@python3 -m venv var/tools
	@var/tools/bin/python -m pip install --quiet --disable-pip-version-check "uv==0.13.9" \
	  || { echo "!! Packages cannot be fetched. Is this machine connected? Behind a proxy of the house: HTTPS_PROXY=http://…"; exit 1; }
	@rm -rf var/tools/lib/python3*/site-packages/{pip,setuptools,pkg_resources,_distutils_hack,distutils-precedence}*  # uv does what they did

# What serves; `make run` needs no more. Packages of the tests go with it, so their mark goes too.
$(SERVER): $(UV) requirements/base.txt pyproject.toml
	@test -x $(PY) || $(UV) venv --quiet --python "$$(python3 tools/find_python.py)" .venv
	@rm -f $(STAMP)
	@VIRTUAL_ENV=.venv $(UV) pip sync --quiet --require-hashes requirements/base.txt \
	  || { echo "!! Not all packages could be fetched. What came is kept: run the same command again when the connection is back."; exit 1; }
	@VIRTUAL_ENV=.venv $(UV) pip install --quiet --no-deps --editable .
	@touch $@

$(STAMP): $(UV) requirements/dev.txt pyproject.toml
	@test -x $(PY) || $(UV) venv --quiet --python "$$(python3 tools/find_python.py)" .venv
	@VIRTUAL_ENV=.venv $(UV) pip sync --quiet --require-hashes requirements/dev.txt
	@VIRTUAL_ENV=.venv $(UV) pip install --quiet --no-deps --editable .
	@touch $(SERVER) $@

# The law is compiled from gettsim in an environment of its own, which the web server never loads.
var/law/.synced: $(UV) requirements/law.txt
	@test -x var/law/venv/bin/python || $(UV) venv --quiet --python "$$(python3 tools/find_python.py)" var/law/venv
	@VIRTUAL_ENV=var/law/venv $(UV) pip sync --quiet --require-hashes requirements/law.txt
	@touch $@

# What builds and checks a release: wheel, list of parts, manifests, migrations. `make run` does without it.
var/release/.synced: $(UV) requirements/release.txt
	@test -x var/release/venv/bin/python || $(UV) venv --quiet --python "$$(python3 tools/find_python.py)" var/release/venv
	@VIRTUAL_ENV=var/release/venv $(UV) pip sync --quiet --require-hashes requirements/release.txt
	@touch $@

setup: $(STAMP) built  ## Install everything into this folder

built: var/law/.synced
	@$(PY) tools/compile_messages.py
	@.venv/bin/tragnetz law build --if-needed

run: $(SERVER) built  ## Start the demo city on http://127.0.0.1:8000
	@.venv/bin/tragnetz demo --port $(PORT)

fresh: $(SERVER) built  ## Start the demo city with its history invented anew up to today
	@.venv/bin/tragnetz demo --fresh --port $(PORT)

test: check unit  ## All checks and tests

quick: check setup  ## All checks, and the tests but the slow ones (tests/slow.py): for each step of a change
	$(PY) -m pytest -m "not slow"

# Each check uses one core, so two run at a time. Types take longest, so they begin; no check needs the law that is
# compiled for the tests beside them.
check: $(STAMP)  ## Format, lint, types, floors, migrations
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target types built cities texts migrations floors lint

lint:
	.venv/bin/ruff format --check src tests tools
	.venv/bin/ruff check src tests tools

types:
	.venv/bin/mypy

floors:
	.venv/bin/lint-imports

cities:
	.venv/bin/tragnetz city check cities/herne cities/auental

migrations:
	$(PY) manage.py makemigrations --check --dry-run

texts:
	$(PY) tools/extract_messages.py --check

unit: setup browser tesseract var/release/.synced
	$(PY) -m pytest

# The shell without windows does for tests, at half the work of a whole chromium, which does, too.
browser:
	@command -v chromium-headless-shell >/dev/null || { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] \
	  && apt-get update -qq && apt-get install -y -qq chromium-headless-shell >/dev/null; } \
	  || command -v chromium >/dev/null || apt-get install -y -qq chromium >/dev/null 2>&1 \
	  || echo "!! No chromium here: THE BROWSER TESTS WILL BE SKIPPED. Install Debian's chromium-headless-shell to run them."

tesseract:
	@command -v tesseract >/dev/null || { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] \
	  && apt-get update -qq && apt-get install -y -qq tesseract-ocr tesseract-ocr-deu >/dev/null; } \
	  || echo "!! No tesseract here: LETTERS AS PICTURES WILL NOT BE TESTED. Install tesseract-ocr-deu to run them."

bench: setup  ## Measure against the numbers of the product (one part: PART=law|pages|calendar|waits|casework|directory|outbox|names|trust|figures|outcomes|reporting|backup; GB=10 for the back-up)
	TRAGNETZ_BACKUP_GB=$(GB) $(PY) -m tests.benchmarks $(PART)

var/load/.synced: $(UV) requirements/load.txt
	@test -x var/load/venv/bin/python || $(UV) venv --quiet --python "$$(python3 tools/find_python.py)" var/load/venv
	@VIRTUAL_ENV=var/load/venv $(UV) pip sync --quiet --require-hashes requirements/load.txt
	@touch $@

load: setup var/load/.synced  ## A working day of 100,000 cases on real processes (MINUTES=30 USERS=60), then count what was promised
	$(PY) -m tests.load --minutes $(MINUTES) --users $(USERS)

chaos: setup var/load/.synced  ## The same site while database, processes, disk and clock fail, one after the other
	$(PY) -m tests.load.chaos

fuzz: setup  ## Send hostile forms and requests and print figures (COUNT=20000 SEED=1), then throw other values at all properties
	TRAGNETZ_FUZZ=$(COUNT) TRAGNETZ_FUZZ_SEED=$(SEED) $(PY) -m pytest tests/fuzz tests/api/test_fuzz.py -n 0 -s
	TRAGNETZ_DICE=1 $(PY) -m pytest -m hypothesis

mutants: setup  ## Look whether tests notice a changed line of what must hold (PART=access|audit|booking|… SAMPLE=20 SEED=1)
	$(PY) tools/mutate.py $(PART) $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(SEED),--seed $(SEED))

pictures: setup browser  ## Renew the pictures of README and handbook (docs/images) by the journeys that make them
	TRAGNETZ_SCREENSHOTS=1 $(PY) -m pytest -q $$(grep -l "shoot(" tests/journeys/test_*.py)

messages: setup  ## Collect the portal's texts for translation
	$(PY) tools/extract_messages.py

format: setup  ## Format the code
	.venv/bin/ruff format src tests tools
	.venv/bin/ruff check --fix src tests tools

lock: $(UV)  ## Renew the locked versions
	$(UV) pip compile --universal --python-version 3.12 --generate-hashes --group dev --quiet --no-annotate \
	  --custom-compile-command "make lock" pyproject.toml -o requirements/dev.txt
	$(UV) pip compile --universal --python-version 3.12 --generate-hashes --quiet --no-annotate \
	  --custom-compile-command "make lock" --constraint requirements/dev.txt pyproject.toml -o requirements/base.txt
	$(UV) pip compile --universal --python-version 3.12 --generate-hashes --quiet --no-annotate \
	  --custom-compile-command "make lock" --constraint requirements/dev.txt --excludes requirements/law-without.in requirements/law.in \
	  -o requirements/law.txt
	$(UV) pip compile --universal --python-version 3.12 --generate-hashes --quiet --no-annotate \
	  --custom-compile-command "make lock" requirements/load.in -o requirements/load.txt
	$(UV) pip compile --universal --python-version 3.12 --generate-hashes --quiet --no-annotate \
	  --custom-compile-command "make lock" requirements/release.in -o requirements/release.txt

wheel: var/release/.synced  ## Build the wheel; the same commit gives the same bytes
	@SOURCE_DATE_EPOCH="$$(git log -1 --format=%ct)" var/release/venv/bin/python -m hatchling build -t wheel
	@sha256sum dist/*.whl

sbom: setup var/release/.synced  ## List all parts with versions, hashes and licences (CycloneDX): dist/tragnetz.cdx.json
	@var/release/venv/bin/python tools/print_sbom.py dist/tragnetz.cdx.json

audit: var/release/.synced  ## Ask the vulnerability service about all locked packages
	@$(PY) tools/audit.py

upgrade: setup var/release/.synced  ## Try an upgrade from an earlier release and back (FROM=commit CASES=1000)
	@$(PY) tools/try_upgrade.py $(FROM) --cases $(or $(CASES),1000)

clean:  ## Remove what was built and the demo's database
	rm -rf .venv var

.PHONY: help setup built run test quick check lint types floors cities migrations texts unit browser tesseract fuzz mutants bench load chaos pictures messages format lock wheel sbom audit upgrade clean
