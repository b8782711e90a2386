# Everything from a fresh clone: python 3.11 or later, make and the package index are all that is needed.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
DEMO := samples/columns-errors.pdf
BOOK := out/demo.xlsx

.PHONY: setup demo test check bench mutants samples messages readme pictures clean distclean

setup: $(STAMP)

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更高版本（可用 make PYTHON=python3.12）"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

# The sample holds planted errors, so check must exit with exactly 1.
demo: $(STAMP)
	@mkdir -p $(dir $(BOOK))
	@status=0; $(BIN)/budgetaudit check $(DEMO) --xlsx $(BOOK) || status=$$?; \
	if [ $$status -ne 1 ]; then echo "演示失败：样例里埋了错误，check 应以 1 退出，实际是 $$status"; exit 1; fi
	@echo "演示完成：$(DEMO) 里埋下的错误已找到（check 以 1 退出）。工作簿：$(BOOK)"

test: $(STAMP)
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not corpus"

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP)
	$(BIN)/python tests/bench.py
	$(BIN)/python -m tests.bench_scan

# Plants errors in documents and counts what the audit finds of them; minutes.
mutants: $(STAMP)
	@mkdir -p out
	$(BIN)/python -m tests.mutants --json out/mutants.json

samples: $(STAMP)
	$(BIN)/python -m samples.generator

# The English catalogue: takes in the strings of the code, drops those that are gone, compiles, tells what lacks English.
messages: $(STAMP)
	$(BIN)/python -m tests.lang.messages

# The help pages and numbers of rules between the marks in README.md, as the program has them now.
readme: $(STAMP)
	$(BIN)/python -m tests.readme

# The pictures of README.md: a sample's report and a page of it, marked.
pictures: $(STAMP)
	$(BIN)/python -m tests.pictures

clean:
	rm -rf out build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find . -name __pycache__ -not -path './.venv/*' -type d -prune -exec rm -rf {} +

distclean: clean
	rm -rf .venv
