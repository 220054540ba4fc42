# The two commands that matter: `make run` and `make test`. Both set up first what is not set up yet.
SHELL := bash
.DEFAULT_GOAL := help
GREENROOM := .venv/bin/greenroom
unexport PYTHONDONTWRITEBYTECODE # else what changed since set-up is compiled at every start
WORKERS := $(shell [ "$$(nproc 2>/dev/null || echo 1)" -gt 1 ] && printf %s "-n 2")
# Tests are handed out one by one, the long ones first; those that share what they started stay together.
TESTS := .venv/bin/python -m pytest tests -q $(WORKERS) $(if $(WORKERS),--dist loadgroup --no-loadscope-reorder)

.PHONY: help run suite test setup serve smoke planted chance differences races mutants trust bench check quick units fifth part explored killed format clean

help: ## what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup ## set up, then the main job: the four tests of the plan against the embedded reference
	@$(GREENROOM) run -t seed $(WORKERS) $(ARGS)

suite: setup ## every scenario of every promise against the embedded reference
	@$(GREENROOM) run -n 3 $(ARGS)

test: setup check units planted fifth chance part explored killed ## set up, then all tests of the project, with every planted bug, and with the troubles, differences, acts and mutants due today

setup: ## packages into .venv, a headless browser, the embedded database; once
	@tools/setup

serve: setup ## the reference with some people and rooms, for hands-on use
	@$(GREENROOM) serve

smoke: setup ## one scenario a problem, for a deployment gate
	@$(GREENROOM) run -t smoke $(ARGS)

check: setup ## style, types, and the arrows between the rooms
	@.venv/bin/ruff check -q .
	@.venv/bin/ruff format -q --check .
	@.venv/bin/mypy --no-error-summary
	@said=$$(.venv/bin/lint-imports --cache-dir .greenroom/imports 2>&1) || { printf '%s\n' "$$said"; exit 1; }

quick: check ## style, types, and every test that starts neither a reference nor a browser; about a minute
	@$(TESTS) -m "not integration"

units: setup ## tests of the harness, the reference and the reports
	@$(TESTS)

planted: setup ## every planted bug must be caught by a scenario of the promise it breaks
	@.venv/bin/python -m tests.planted

trust: setup ## every trouble must lead to the verdict that is due, never red for it and never green (a quarter of an hour)
	@.venv/bin/python -m tests.trust $(ARGS)

fifth: setup ## a fifth of the troubles, chosen by the date
	@.venv/bin/python -m tests.trust --fifth

chance: setup ## forty scenarios in which trouble comes by chance: nobody may be red for it
	@.venv/bin/python -m tests.trust.by_chance --sample 40

differences: setup ## every planted difference must be conformant, and its bugs caught (half an hour)
	@.venv/bin/python -m tests.differences

part: setup ## the differences that are due today
	@.venv/bin/python -m tests.differences --part

explored: setup ## two minutes of acts that no scenario describes, by the seed of the day
	@.venv/bin/python -m tests.explore.today

races: setup ## every planted race must be caught in every one of 50 runs (half an hour)
	@.venv/bin/python -m tests.planted.repeat

mutants: setup ## changes of the reference that nobody chose: which does the suite see (hours; ARGS="--sample 30")
	@.venv/bin/python -m tests.mutants $(ARGS)

killed: setup ## mutants that a scenario has killed, those due today, have to be killed again
	@.venv/bin/python -m tests.mutants.today

bench: setup ## how long things take: start-up, a scenario, the harness's own share
	@.venv/bin/python -m tests.bench

format: setup ## put the code into its form
	@.venv/bin/ruff check -q --fix . ; .venv/bin/ruff format -q .

clean: ## remove what set-up and runs made
	@rm -rf .venv .greenroom reports/* *.egg-info
