# The front door: `make` alone says what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: setup build run test test-unit lint format coverage bench bench-full bench-server parity clean help
.PHONY: docker-up docker-down docker-logs
.PHONY: check-backup check-rolling check-container check-deploy check-many check-api check-openapi check-recognise check-webhooks check-websocket check-bad-requests check-page check-readme check-client soak

# The least share of Sources/'s lines that the tests must run, in percent.
COVERAGE_MIN ?= 85
# What is held to the format in .swift-format.
SWIFT_FILES := Sources Tests Plugins bench Package.swift

setup: ## Install what this machine lacks: Debian packages and ONNX Runtime's library
	@scripts/setup

build: setup ## Build lik, optimised
	swift build -c release --product lik

run: build ## Build lik, get a model pack and start the server
	@scripts/run

test: setup ## Build and run all tests, with coverage; gets PostgreSQL, Redis and Chromium for them
	@scripts/setup --tests || echo "Tests that need PostgreSQL, Redis or Chromium are left out where these are missing." >&2
	@scripts/test

test-unit: setup ## Build and run the tests that need neither PostgreSQL nor Redis nor Chromium
	@LIK_TEST_SERVERS=off scripts/test

lint: ## Check the Swift files' format
	swift format lint --strict --recursive $(SWIFT_FILES)

format: ## Bring the Swift files into the format
	swift format --in-place --recursive $(SWIFT_FILES)

coverage: ## Print the tests' line coverage of Sources/; fail below COVERAGE_MIN percent
	@scripts/coverage --fresh || $(MAKE) --no-print-directory test
	@scripts/coverage --files --min $(COVERAGE_MIN)

bench: setup ## Time Lik against InsightFace's Python, dlib, scikit-learn, SciPy and faiss on this machine
	@bench/run
	@bench/grouping
	@bench/search --people 20000 --queries 200

bench-full: setup ## Time and score the grouping of 100,000 faces, and search a million; takes an hour and more
	@bench/grouping --faces 100000 --rounds 1 --library
	@bench/grouping --faces 100000 --quality
	@bench/search

bench-server: setup ## Measure the server: answers a second, memory
	@bench/server

check-api: build ## Hold a fresh server to the fixed API
	@scripts/check-api

check-readme: build ## Run the examples of README and docs/ as they stand there
	@scripts/check-readme

check-client: build ## Hold the Python client to its types, to openapi.yaml and to a real server
	@scripts/check-client

check-openapi: build ## Look for answers that openapi.yaml does not describe
	@scripts/check-openapi
	@scripts/check-openapi --keys

check-recognise: build ## Compare 20 clients of /api/identify with the pipeline's own pace; time wrong keys
	@swift build -c release --product measure
	@scripts/check-recognise

check-webhooks: build ## Let a webhook's receiver be away for a minute, answer badly or slowly; kill the server meanwhile
	@scripts/check-webhooks

check-websocket: build ## Watch a task with 300 clients, some of which never read
	@scripts/check-websocket

check-bad-requests: build ## Send what no client should; fill the disk; take the models away
	@scripts/check-bad-requests

check-page: build ## Use the web page in Chromium: from upload to deletion, every view through axe, what it costs
	@scripts/check-page

soak: build ## Kill the server at 50 random moments and compare what it ends with
	@scripts/soak

docker-up: ## Start Lik with PostgreSQL and Redis in containers
	@scripts/docker-up

docker-down: ## Stop the containers; their data stay
	docker compose down

docker-logs: ## Show what the containers say, as it comes
	docker compose logs --follow --tail 100

check-many: build ## Run three servers and three workers on one library and disturb them
	@scripts/check-many

check-backup: build ## Back a library up while it takes uploads, wipe and restore it; copy it there and back
	@scripts/check-backup

check-rolling: build ## Restart servers one by one behind HAProxy and under load: no request may fail
	@scripts/check-rolling

check-deploy: ## Hold compose.yaml and deploy/kubernetes to Docker Compose's and Kubernetes' own rules
	@scripts/check-deploy

check-container: ## Carry out the Dockerfile in a Debian of its own and run the server from there; takes long
	@scripts/check-container

parity: setup ## Compare Lik's results with those of InsightFace, dlib, scikit-learn and CompreFace's client
	@scripts/parity

clean: ## Remove everything that was built or fetched into .build
	rm -rf .build

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
