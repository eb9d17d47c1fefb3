# Works from a clean clone with Python 3.11 or later, cargo and make. Everything goes into .venv.
VENV := .venv
ENGINES := .venv-engines
BIN := $(CURDIR)/$(VENV)/bin
PYTHON ?= python3
export VIRTUAL_ENV := $(CURDIR)/$(VENV)
export PATH := $(BIN):$(PATH)

RUST := $(shell find src -name '*.rs' -o -name '*.tsv' -o -name '*.toml') Cargo.toml Cargo.lock pyproject.toml
PYFILES := $(wildcard python tests/python benches recipes tools)
CORPUS ?= python/fangan/samples/texts

.PHONY: help venv build demo docs site metrics test test-rust test-python test-engines test-notebooks lint format stubtest bench \
	bench-comparison bench-formats clean

help: ## What can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

venv: $(VENV)/.ready ## The virtual environment with every tool

# pip is upgraded first: the one that Python 3.11 brings fails on some packages.
$(VENV)/.ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -c "import tomllib; p = tomllib.load(open('pyproject.toml', 'rb'))['project']; x = p['optional-dependencies']; x.pop('engines'); print('\n'.join(d for d in p['dependencies'] + sum(x.values(), []) if not d.startswith('fangan')))" > $(VENV)/requirements.txt
	$(BIN)/python -m pip install --quiet -r $(VENV)/requirements.txt
	touch $@

build: $(VENV)/.built ## The extension, optimised, into .venv

$(VENV)/.built: $(VENV)/.ready $(RUST)
	$(BIN)/maturin develop --release --quiet
	touch $@

demo: build ## Parse the bundled samples; tables to the screen, Parquet and charts to out/
	$(BIN)/python -m fangan.demo

docs: build ## Fill in anew what the READMEs and the notebooks show
	$(BIN)/python -m pytest -q --nbmake --overwrite -o addopts= notebooks
	$(BIN)/python tools/build_docs.py
	$(BIN)/python tools/build_pictures.py

site: build ## The documentation as a site, English and Chinese, into site/; fails on warnings and broken links
	$(BIN)/python tools/build_site.py

metrics: build ## Measure the extraction, write docs/metrics.md; METRICS="pages=gold:texts …" for more sets
	$(BIN)/python tools/build_metrics.py $(METRICS)

test: lint test-rust site test-python stubtest test-notebooks ## Everything that must hold

test-rust: ## The core without features, then with the tables
	cargo test --quiet
	cargo test --quiet --features frames

test-python: build ## pytest, with the examples of the docstrings
	$(BIN)/python -m pytest -q

test-engines: build $(ENGINES)/.ready ## The recipes for Spark (needs Java 17) and Daft, in a virtual environment of their own
	PYTHONPATH=$(CURDIR)/python $(ENGINES)/bin/python -m pytest -q tests/python/test_engines.py tests/python/test_batches.py

# Engines are large and hold other packages back, so they stay out of the environment for everything else.
$(ENGINES)/.ready: pyproject.toml
	$(PYTHON) -m venv $(ENGINES)
	$(ENGINES)/bin/python -m pip install --quiet --upgrade pip
	$(ENGINES)/bin/python -c "import tomllib; p = tomllib.load(open('pyproject.toml', 'rb'))['project']; print('\n'.join(p['dependencies'] + p['optional-dependencies']['engines']))" > $(ENGINES)/requirements.txt
	$(ENGINES)/bin/python -m pip install --quiet -r $(ENGINES)/requirements.txt pytest
	touch $@

test-notebooks: build ## Run the notebooks from end to end
	@if ls notebooks/*.ipynb >/dev/null 2>&1; then $(BIN)/python -m pytest -q --nbmake -o addopts= notebooks; \
	else echo "no notebooks"; fi

lint: $(VENV)/.ready ## Formatting and warnings, Rust and Python
	cargo fmt --check
	cargo clippy --quiet --all-targets -- -D warnings
	cargo clippy --quiet --all-features --lib -- -D warnings
	$(BIN)/ruff check $(PYFILES)
	$(BIN)/ruff format --check $(PYFILES)

format: $(VENV)/.ready ## Format everything
	cargo fmt
	$(BIN)/ruff check --fix $(PYFILES)
	$(BIN)/ruff format $(PYFILES)

stubtest: build ## Stubs against the module that runs; types of the Python code
	$(BIN)/mypy
	$(BIN)/python -m mypy.stubtest --mypy-config-file pyproject.toml --allowlist tests/stubtest.txt fangan

bench: build ## Rust stages, then MB/s from Python on CORPUS=folder, beside another pipeline in PEER=folder
	cargo bench --bench stages
	$(BIN)/python benches/bench_python.py $(CORPUS) $(if $(PEER),--peer $(PEER))

bench-comparison: build ## Similarity and text reuse over thousands of plans: seconds, memory, recall of the indexes
	$(BIN)/python benches/bench_comparison.py

bench-formats: build ## Documents and MB a second for each format, memory, growth to 200,000; PEER=folder, FLOOR="program patterns"
	$(BIN)/python benches/bench_formats.py $(if $(filter-out python/%,$(CORPUS)),--corpus $(CORPUS)) $(if $(PEER),--peer $(PEER)) $(if $(FLOOR),--floor $(FLOOR))

clean: ## Remove what was made
	rm -rf $(VENV) $(ENGINES) out site dist target .cache
