# Every way to run, check and ship the platform. `make help` lists them; each is one line or a call into bin/.
PORT ?= 8000
PY := .venv/bin/python
export PATH := $(CURDIR)/.venv/bin:$(PATH)

.DEFAULT_GOAL := help
.PHONY: help install install-dev run test test-services check bench shots pictures docs chromium

help:  ## lists the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## */\1\t/' | expand -t 16

install:
	@bin/install

install-dev:
	@bin/install dev

run: install  ## serves the embedded site with a demo edition on http://127.0.0.1:8000 (PORT=8123 make run); Ctrl-C stops it
	@DEBUG=1 SITE_URL=$${SITE_URL:-http://127.0.0.1:$(PORT)} exec $(PY) manage.py serve --prepare --port $(PORT)

test: install-dev  ## unit, architecture and browser tests; needs no service
	@$(PY) -m pytest -n 2 --dist loadfile -m "not services" $(ARGS)

test-services: install-dev  ## the suite and a real worker on PostgreSQL and Redis (DATABASE_URL, REDIS_URL, else private servers)
	@$(PY) bin/test-services $(ARGS)

check: install-dev  ## lint, types, import contracts, migrations, templates
	@bin/check

shots: install-dev  ## pictures of every page type at 390 and 1440 px, into shots/
	@bin/shots

pictures: install-dev  ## the pictures of the README, from shots/
	@$(PY) bin/pictures

bench: install-dev  ## speed as ratios: vote ÷ naive view ÷ no-op, on this machine
	@$(PY) -m bench $(ARGS)

docs: install-dev  ## writes the generated parts of docs/ and .env.example anew
	@$(PY) manage.py docs

chromium:  ## installs Chromium and Chinese fonts for the browser tests (Debian, as root)
	@bin/apt chromium fonts-noto-cjk
