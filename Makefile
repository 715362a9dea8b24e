# Two commands for everybody: `make run` and `make test`. Everything is set up on the way.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
WEB_SOURCES := $(shell find web/src web/public web/index.html web/vite.config.ts web/tsconfig.json -type f 2>/dev/null)

.PHONY: run dev test bench web openapi lock lint types contracts python-tests web-checks clean

run: .venv/.run web/dist/index.html  ## set up everything, load the demo, serve http://localhost:8000
	@$(BIN)/jinzita serve --demo

dev: .venv/.dev web/node_modules/.ready  ## both servers with reload: http://localhost:5173
	@(cd web && npm run --silent dev & echo $$! > ../.venv/vite.pid); \
	$(BIN)/jinzita serve --demo --reload; pkill -P $$(cat .venv/vite.pid) 2>/dev/null; kill $$(cat .venv/vite.pid) 2>/dev/null; true

test: lint types contracts web-checks python-tests  ## everything, as the landing runs it

bench: .venv/.dev  ## one table of speed, each figure beside its floor; SCALE=0.1 for a quick look
	@$(BIN)/python -m bench

lint: .venv/.dev
	$(BIN)/ruff check . && $(BIN)/ruff format --check --quiet .

types: .venv/.dev
	$(BIN)/mypy jinzita

contracts: .venv/.dev
	$(BIN)/lint-imports

web-checks: web/dist/index.html
	cd web && npm run --silent lint && npm run --silent types && npm run --silent test

python-tests: .venv/.dev web/dist/index.html
	$(BIN)/pytest -n 2 -q

openapi: .venv/.dev web/node_modules/.ready  ## the API's document and the browser's client made from it
	$(BIN)/jinzita openapi web/openapi.json && cd web && npm run --silent generate

web: web/dist/index.html

web/dist/index.html: web/node_modules/.ready $(WEB_SOURCES)
	cd web && npm run --silent build && touch dist/index.html

# Node comes from PyPI where the machine has none that is new enough.
web/node_modules/.ready: web/package-lock.json .venv/.made
	@node -e 'const [a,b]=process.versions.node.split(".").map(Number);process.exit(a>22||(a==22&&b>=12)||(a==20&&b>=19)?0:1)' 2>/dev/null \
	  || $(BIN)/pip install -q --require-hashes -r requirements/node.txt
	cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || (echo "Jinzita needs Python 3.11 or newer" && exit 1)
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.run: .venv/.made requirements/run.txt pyproject.toml
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: .venv/.run requirements/dev.txt
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

lock: .venv/.made  ## renew the lock files
	$(BIN)/pip install -q uv
	cd requirements && for part in run node; do ../$(BIN)/uv pip compile -q --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header $$part.in -o $$part.txt; done
	cd requirements && ../$(BIN)/uv pip compile -q --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header -c run.txt dev.in -o dev.txt

clean:  ## remove what was built (never data/)
	rm -rf .venv web/node_modules web/dist
