# Two commands are enough: `make crawl SITE=https://example.ly` and `make test`. Each sets up what it needs.
VENV    := .venv
BIN     := $(VENV)/bin
ARCHIVE := data
PYTHON  := $(shell for p in python3 python3.11 python3.12 python3.13 python3.14; do \
             $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

# uv installs in seconds what takes pip minutes; where it cannot be had or cannot reach the packages, pip does it.
define install
$(BIN)/uv pip install --quiet --python $(1)/bin/python $(2) || \
    $(1)/bin/python -m pip install --quiet --disable-pip-version-check $(2)
endef

.PHONY: help crawl demo serve test faults browser postgres check eval bench clean

help:
	@echo "make crawl SITE=https://example.ly   archive a site into $(ARCHIVE)/; again: only what is new"
	@echo "make demo                            serve a made-up newsroom on this machine and crawl it"
	@echo "make serve                           read it in a browser on this machine"
	@echo "make test                            all checks and tests"
	@echo "make faults                          kill -9, full disks and jumping clocks, thirty times each"
	@echo "make eval PAGES=folder               accuracy against other tools, on pages with gold answers"
	@echo "make bench                           pages a second against bare Scrapy; re-parsing; dates"

crawl: $(VENV)/.installed
	@test -n "$(SITE)" || { echo "which site? make crawl SITE=https://example.ly" >&2; exit 2; }
	$(BIN)/warraq crawl $(SITE) --archive $(ARCHIVE) $(ARGS)

demo: $(VENV)/.installed
	$(BIN)/python -m tests.newsroom --crawl

test: $(VENV)/.installed-dev browser postgres
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

browser: # the tests of the reading room drive a real one; Playwright's own builds are not needed
	@{ command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null || { \
	    echo "no Chromium yet: installing Debian's" >&2; \
	    test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
	    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	} || { echo "the tests of the reading room need Chromium: sudo apt-get install chromium" >&2; exit 1; }

postgres: # the tests of the archive on PostgreSQL start a server of their own
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || { \
	    echo "no PostgreSQL yet: installing Debian's" >&2; \
	    test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
	    apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql >/dev/null; \
	} || { echo "the tests of PostgreSQL need its server: sudo apt-get install postgresql" >&2; exit 1; }

serve: $(VENV)/.installed
	$(BIN)/warraq serve --archive $(ARCHIVE)

faults: $(VENV)/.installed-dev
	FAULTS=30 $(BIN)/python -m pytest tests/faults --durations=0

eval: $(VENV)/.installed .eval-venv/.installed
	@test -n "$(PAGES)" || { echo "which pages? make eval PAGES=folder (with gold/ and html/)" >&2; exit 2; }
	$(BIN)/python benchmarks/accuracy.py $(PAGES)

bench: $(VENV)/.installed
	$(BIN)/python -m benchmarks.crawl
	$(BIN)/python -m benchmarks.reparse
	$(BIN)/python -m benchmarks.again
	$(BIN)/python -m benchmarks.dates
	$(BIN)/python -m benchmarks.duplicates
	$(BIN)/python -m benchmarks.search --articles 50000

clean:
	rm -rf $(VENV) .eval-venv

$(VENV)/.venv: requirements/setup.txt
	@test -n "$(PYTHON)" || { echo "Warraq needs Python 3.11 or newer; none was found" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/setup.txt
	@touch $@

$(VENV)/.installed: $(VENV)/.venv requirements.txt pyproject.toml
	$(call install,$(VENV),-r requirements.txt)
	$(call install,$(VENV),--no-deps --editable .)
	$(BIN)/python -m compileall -q archiver spiders pipelines
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements/dev.txt
	$(call install,$(VENV),-r requirements/dev.txt)
	@touch $@

.eval-venv/.installed: $(VENV)/.venv requirements/eval.txt
	$(PYTHON) -m venv .eval-venv
	$(call install,.eval-venv,--no-deps -r requirements/eval.txt)
	@touch $@
