# Targets of LabelLoop; `make` lists them.

MVN := mvn -B --no-transfer-progress
DATA ?= ../shared/datasets
MODELS ?= ../shared/models

.DEFAULT_GOAL := help
.PHONY: help format check test demo clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-20s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

format: ## format all Java code
	$(MVN) -q spotless:apply

check: ## compile with every check, without tests
	$(MVN) -q -DskipTests verify

test: ## all tests: unit, PostgreSQL, Temporal, detector
	$(MVN) verify

demo: ## the whole loop on drawn scenes
	./labelloop demo

clean: ## remove what was built
	$(MVN) -q clean
