# Start with `make demo`, then `make test`. `make` alone lists all targets.
# Needs Python 3.11 (newer ones are untried), make and pip; everything else is installed into .venv in this folder.
# Paths are relative, because make cannot handle absolute paths with spaces.

SHELL := /bin/sh
BIN := .venv/bin
READY := .venv/.stamp
NODE_READY := tests/support/clients/node_modules/.stamp
# What the clients need from Debian: the command, and the package that has it.
DEBIAN = node:nodejs npm:npm calcurse:calcurse tmux:tmux chromium:chromium nginx:nginx-light apache2:apache2-bin \
	soffice:libreoffice-calc-nogui soffice:libreoffice-writer-nogui
PYTHONS = $(if $(PYTHON),"$(PYTHON)",python3.14 python3.13 python3.12 python3.11 python3)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test clients fuzz requirements fix bench clean which-python

# Make the environment again if the checkout was moved, its Python is gone, or PYTHON names another one.
ifneq (yes,$(shell { read -r dir && read -r python; } 2>/dev/null <$(READY) && [ "$$dir" = "$$(pwd -P)" ] \
	&& $(BIN)/python -c '' 2>/dev/null && { [ -z "$(PYTHON)" ] || [ "$$python" = "$(PYTHON)" ]; } && echo yes))
.PHONY: $(READY)
endif

# Shell: set $python to the first interpreter that runs and is new enough, or print what to do.
# Each interpreter is run, because version managers leave commands in PATH that fail.
define find_python
python=; for name in $(PYTHONS); do \
	if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then python=$$name; break; fi; \
done; \
if [ -z "$$python" ]; then \
	if [ -n "$(PYTHON)" ]; then \
		echo 'make: "$(PYTHON)" is not a working Python 3.11 or newer: name one that is, as in "make PYTHON=python3.12 test", or leave PYTHON out.' >&2; \
	else \
		echo 'make: wavectl needs Python 3.11 or newer and found none: install it (Debian: apt-get install python3 python3-venv) or name it, as in "make PYTHON=/opt/python/bin/python3 test".' >&2; \
	fi; exit 1; \
fi
endef

# Shell: make the environment $$env with pip in it, also on Debian, where Python may come without ensurepip.
define make_environment
if "$$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then \
	"$$python" -m venv --clear "$$env" || exit 1; \
elif "$$python" -m pip --python "$$python" --version >/dev/null 2>&1; then \
	"$$python" -m venv --clear --without-pip "$$env" || exit 1; \
	set -- "$$python" -m pip --python "$$env/bin/python" install --quiet pip; $(fetch); \
else \
	echo "make: $$python has neither venv with ensurepip nor pip 22.3 or newer: install one of them (Debian: apt-get install python3-venv)." >&2; exit 1; \
fi
endef

# Shell: run the pip command in "$$@" quietly; if it fails, print its output and say whether the network is the cause.
define fetch
"$$@" >"$$env/pip.log" 2>&1 || { \
	cat "$$env/pip.log" >&2; \
	if grep -E -q 'Retrying|Failed to establish|Max retries|[Tt]imed out|ConnectionError|ProxyError' "$$env/pip.log"; then \
		echo 'make: the packages could not be fetched: this step needs the network once, so check the connection (or proxy) and run make again.' >&2; \
	else \
		echo 'make: the packages could not be installed; the lines above say why.' >&2; \
	fi; exit 1; }
endef

help: ## print this list
	@echo 'Usage: make TARGET    (PYTHON=… names the interpreter; by default the newest found)'
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  %-13s %s\n", $$1, $$2 }' Makefile

demo: $(READY) ## check the waves, print the housing timeline, write the calendar feeds into feeds/
	$(BIN)/wavectl validate
	$(BIN)/wavectl timeline housing
	$(BIN)/wavectl export-ics

test: $(READY) ## run all checks that need only Python
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -m 'not clients' -n auto --dist worksteal

clients: $(READY) ## run the tests that need other programs: calendars, editor, office, terminal, browser, web servers
	@PATH="$$PATH:/usr/sbin"; missing=; \
	for tool in $(DEBIAN); do command -v $${tool%:*} >/dev/null || missing="$$missing $${tool#*:}"; done; \
	/usr/bin/python3 -c 'import uno' 2>/dev/null || missing="$$missing python3-uno"; \
	[ -z "$$missing" ] || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends $$missing fonts-dejavu-core tzdata >/dev/null; \
		else false; fi || { \
			echo "make: of the programs that these tests run, some are missing. Install them (Debian: sudo apt-get install$$missing)." >&2; exit 1; }; }
	@$(MAKE) --no-print-directory $(NODE_READY)
	WAVECTL_CLIENTS=all $(BIN)/python -m pytest -m clients -n auto --dist loadfile

fuzz: $(READY) ## try many more generated texts, plans, files, kills and writers (takes half an hour)
	WAVECTL_FUZZ=yes $(BIN)/python -m pytest -m 'not clients' -n auto --dist worksteal \
		tests/actions tests/cli/test_actions_export.py tests/cli/test_actions_import.py tests/dates tests/plan \
		tests/publishing/ical tests/robustness tests/spreadsheet tests/yamlfile

requirements: ## pin the newest versions of all packages in requirements/dev.txt
	@$(find_python); env=build/uv; mkdir -p build; $(make_environment); \
	set -- "$$env/bin/python" -m pip install --quiet uv; $(fetch)
	build/uv/bin/uv pip compile pyproject.toml --quiet --group dev --extra docx --universal --python-version 3.11 --upgrade \
		--generate-hashes --custom-compile-command 'make requirements' --output-file requirements/dev.txt

fix: $(READY) ## format the code and fix what ruff can fix
	$(BIN)/ruff check --fix --exit-zero
	$(BIN)/ruff format

bench: $(READY) ## measure the budgets of speed and memory
	$(BIN)/python benchmarks/run.py

clean: ## remove everything that make has created, the environment too
	rm -rf .venv build dist feeds tests/support/clients/node_modules .coverage \
		.hypothesis .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

which-python:
	@$(find_python); echo "$$python"

# A working environment is updated in place, so that a change of pyproject.toml takes only seconds. Python compiles what it
# imports; pip would compile everything.
$(READY): requirements/dev.txt pyproject.toml
	@$(find_python); env=.venv; \
	if ! { read -r dir && read -r made_with; } 2>/dev/null <$@ || [ "$$dir" != "$$(pwd -P)" ] || ! $(BIN)/python -c '' 2>/dev/null \
		|| { [ -n "$(PYTHON)" ] && [ "$$made_with" != "$(PYTHON)" ]; }; then \
		echo "Making the environment .venv with $$("$$python" --version); this takes a minute, once."; \
		$(make_environment); \
	else echo 'Bringing the environment .venv up to date.'; fi; \
	set -- $(BIN)/python -m pip install --quiet --no-compile --no-deps --require-hashes --requirement requirements/dev.txt; $(fetch); \
	set -- $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .; $(fetch); \
	{ pwd -P; echo "$$python"; } >$@

$(NODE_READY): tests/support/clients/package.json tests/support/clients/package-lock.json
	@echo 'Installing the clients that run in node.'
	@cd tests/support/clients && npm ci --no-audit --no-fund || { \
		echo 'make: npm could not install the clients; the lines above say why (it needs the network once).' >&2; exit 1; }
	@touch $@
