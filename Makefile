# Every command is `make` and one word; the set-up happens by itself. The steps live in .ci/.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv/bin
# Two: the least that the time limits are measured on.
WORKERS ?= 2
PYTEST := $(VENV)/python -m pytest -n $(WORKERS) --dist loadscope
CATALOGUES := $(wildcard hub/locale/*/LC_MESSAGES/*.po)

# Material for MkDocs prints a warning about MkDocs 2, which we do not use.
export NO_MKDOCS_2_WARNING := 1

# An environment that was moved, or whose Python is gone, is out of date whatever its age.
ifneq ($(shell $(VENV)/python -c 'print(open(".venv/home").read())' 2>/dev/null),$(CURDIR))
.PHONY: .venv/ready
endif

.venv/ready: requirements.lock pyproject.toml hatch_build.py $(CATALOGUES)
	@.ci/setup

.PHONY: help
help: ## cette aide / this help
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 20

.PHONY: site
site: .venv/ready ## construit le site dans site/ / builds the site into site/
	@$(VENV)/hub build
	@echo
	@echo "Le site est prêt. Ouvrez dans un navigateur : file://$(CURDIR)/site/index.html"
	@echo "Pour le voir changer pendant que vous écrivez : make serve"
	@echo "The site is ready. Open it in a browser (address above); to see it change as you write: make serve"

.PHONY: serve
serve: .venv/ready ## montre le site et suit les changements / shows the site and follows changes
	@$(VENV)/hub serve

.PHONY: check
check: .venv/ready ## vérifie le code et le contenu / checks the code and the content
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy --strict
	$(VENV)/lint-imports
	$(VENV)/hub check $(if $(GITHUB_ACTIONS),--format github)

.PHONY: test
test: .venv/ready ## lance les tests, moins de 15 minutes / runs the tests, under 15 minutes
	HUB_CHROMIUM="$$(.ci/chromium)" $(PYTEST)

.PHONY: test-long
test-long: .venv/ready ## lance tous les tests, sans échantillon / runs all the tests, nothing sampled
	HUB_CHROMIUM="$$(.ci/chromium)" HUB_TEST_LONG=1 $(PYTEST)

.PHONY: bench
bench: .venv/ready ## mesure les performances / measures the performance
	.ci/peers
	$(VENV)/python -m benchmarks
	HUB_CHROMIUM="$$(.ci/chromium)" $(VENV)/python -m benchmarks.search --notes 1000 10000
	$(VENV)/python -m benchmarks.history
	$(VENV)/python -m benchmarks.archive
	$(VENV)/python -m benchmarks.privacy
	$(VENV)/python -m benchmarks.serve

.PHONY: messages
messages: .venv/ready ## met à jour les catalogues de traduction / updates the translation catalogues
	@mkdir -p .cache
	$(VENV)/pybabel -q extract -F babel.cfg -k _ -k N_ -k ngettext:1,2 --add-location=file --sort-by-file \
		--project=cop-hub -o .cache/hub.pot hub plugins
	$(VENV)/pybabel -q update -D hub -i .cache/hub.pot -d hub/locale -l fr --init-missing \
		--ignore-pot-creation-date --no-fuzzy-matching --width 120

.PHONY: lock
lock: .venv/ready ## réécrit requirements.lock (UPGRADE=1 : versions récentes) / rewrites it (UPGRADE=1: newest versions)
	.ci/lock $(if $(UPGRADE),--upgrade)

.PHONY: audit
audit: .venv/ready ## cherche les failles connues des dépendances / looks for known vulnerabilities of dependencies
	.ci/audit

.PHONY: clean
clean: ## efface ce que make a produit / removes what make has made
	rm -rf .venv .cache site public build dist __pycache__ .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find hub plugins tests benchmarks -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
	find hub -name '*.mo' -delete 2>/dev/null || true
