# The everyday commands. Each target sets up .venv by itself; only Python 3.11 or newer (with venv) and make are needed.
#   make fact q="dprk ammunition"    make console    make test    make lint    make bench

.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

PYTHONS = $(PYTHON) python3.13 python3.12 python3.11 python3 python
PY = .venv/bin/python
PIP = $(PY) -m pip --disable-pip-version-check --no-input
export ONRECORD_DATA_DIR ?= .data

.PHONY: help fact console test lint bench format lock clean

help:
	@sed -n 's/^#   //p' Makefile

# What the bot needs to run, nothing else.
.venv/.runtime: requirements.lock
	@echo "Setting up .venv (once; needs the internet) …" >&2
	@found=; for python in $(PYTHONS); do \
	  if "$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "No Python 3.11 or newer with venv found. Debian, Ubuntu: apt install python3-venv. Or: make PYTHON=/path/to/python …" >&2; exit 1; \
	fi; \
	[ -x $(PY) ] && $(PY) -c '' 2>/dev/null || "$$found" -m venv --clear .venv
	@$(PIP) install --quiet --require-hashes -r requirements.lock
	@touch $@

# And what testing, linting and measuring need.
.venv/.dev: .venv/.runtime requirements-dev.lock pyproject.toml
	@echo "Adding the tools for tests and lint …" >&2
	@$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

fact: .venv/.runtime
	@q='$(subst ','\'',$(q))'; $(PY) -m bot fact -- "$$q" || [ $$? -eq 1 ]  # 1: nothing on record, which is an answer, too

console: .venv/.runtime
	@$(PY) -m bot console

test: .venv/.dev
	@$(PY) -m pytest $(args)

lint: .venv/.dev
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	$(PY) -m bot import --check facts

format: .venv/.dev
	$(PY) -m ruff check --fix
	$(PY) -m ruff format

bench: .venv/.dev
	@$(PY) -m benchmarks $(args)

# Renew the lock files within the bounds of pyproject.toml; without uv in .venv the newest one is fetched.
lock: .venv/.dev
	@$(PY) -m uv --version >/dev/null 2>&1 || $(PIP) install --quiet uv
	@for target in "requirements.lock" "requirements-matrix.lock --extra matrix" "requirements-dev.lock --extra matrix --extra pictures --group dev"; do \
	  set -- $$target; file=$$1; shift; \
	  $(PY) -m uv pip compile --quiet --generate-hashes --universal --python-version 3.11 pyproject.toml "$$@" -o "$$file" || exit 1; \
	done

clean:
	rm -rf .venv .data .mypy_cache .ruff_cache .pytest_cache .hypothesis
