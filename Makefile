# Targets of LabelLoop; `make` lists them.

MVN := mvn -B --no-transfer-progress
DATA ?= ../shared/datasets
MODELS ?= ../shared/models
FIXTURES ?= ../shared/fixtures

.DEFAULT_GOAL := help
.PHONY: help format check test test-page test-full chaos demo histories screenshots clean classes \
  bench-evaluation bench-label-errors bench-prediction bench-sandbox bench-training-step bench-training \
  bench-orchestration bench-two-workers bench-review bench-review-load

# A Java program with the test classes of a module, in the process environment of ./labelloop.
THREADS ?= 2
PYTHON ?= python3
JAVA_ENV := GOMP_SPINCOUNT=10000 MALLOC_MMAP_THRESHOLD_=8000000000 MALLOC_TRIM_THRESHOLD_=16000000000
java = $(JAVA_ENV) java -Dai.djl.offline=true -Dai.djl.pytorch.num_threads=$(THREADS) \
  -cp $(subst $(eval) ,:,$(foreach m,$(1) activities workflows,$(m)/target/test-classes:$(m)/target/classes)):$$(cat $(1)/target/test.classpath)

# Before a command: on servers of its own (SERVER=dev), or on a Temporal server with PostgreSQL.
SERVER ?= dev
POSTGRES_SERVER := worker/target/temporal-postgres
on = $(if $(filter postgres,$(1)),deploy/local/temporal-postgres stop $(POSTGRES_SERVER) && \
  rm -rf $(POSTGRES_SERVER) && TEMPORAL_PORT=27233 deploy/local/temporal-postgres run $(POSTGRES_SERVER))

# Chaos: servers, then minutes at least, the first seed, seeds at least.
chaos = $(call on,$(1)) env $(call java,worker) dev.labelloop.worker.durability.ChaosRun $(2)

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-20s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

format: ## format all Java code
	$(MVN) -q spotless:apply

check: ## compile with every check, without tests
	$(MVN) -q -DskipTests verify

test: ## all tests: unit, PostgreSQL, Temporal, detector
	$(MVN) verify

test-page: ## the pages in Chromium; installs Chromium and Node (Debian) where they are missing; ACCEPT=1 takes new screenshots, SLOWER=4 slows the browser
	.ci/install-browser
	CI=true NODE=$$(.ci/node) $(MVN) -pl worker -am -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dtest='dev.labelloop.worker.page.*Test' '-Dtest.jvm.args=$(if $(ACCEPT),-Dpage.accept=true) $(if $(SLOWER),-Dpage.slower=$(SLOWER))' test

test-full: test classes ## all tests, large evaluations, 8 seeds of chaos, and what needs servers on Temporal with PostgreSQL
	$(MVN) -pl activities -am -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dtest=PycocotoolsTest -Dpycocotools.images=5000 test
	$(call on,postgres) $(MVN) -pl worker -am -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dtest='WorkersTest,DeploymentTest,SharedWorkersTest' test
	$(call chaos,dev,10 1 8)
	$(call chaos,postgres,0 1 2)

demo: ## the whole loop on drawn scenes
	./labelloop demo

classes:
	$(MVN) -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test.classpath

histories: ## record anew the histories that workflow code is replayed against
	$(MVN) -q -pl workflows test-compile dependency:build-classpath -Dmdep.outputFile=target/test.classpath
	$(call java,workflows) dev.labelloop.campaign.HistoryRecorder workflows/src/test/resources/histories

screenshots: ## take the pictures of docs/operations.md anew; CHROMIUM
	docs/pictures/take

PEERS := activities/target/python/peers
bench-evaluation: classes ## COCO evaluation against pycocotools and faster peers; FIXTURES, PYTHON, PAIRS
	./labelloop --version
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/pip install -q pycocotools faster-coco-eval
	-$(PEERS)/bin/pip install -q hotcoco vernier
	$(PEERS)/bin/python activities/src/test/bench/evaluation.py \
	  $(FIXTURES)/coco-eval/generate.py activities/target/bench-evaluation $(or $(PAIRS),5)

bench-prediction: classes ## images a second against ONNX Runtime; MODELS, THREADS, TURNS
	$(call java,activities) dev.labelloop.activities.detector.yolox.PredictionBenchmark \
	  $(MODELS)/yolox-nano-coco $(THREADS) $(or $(TURNS),9)

bench-sandbox: classes ## prediction in a process of its own against in this; DATA, MODELS, THREADS, TURNS
	$(call java,activities) dev.labelloop.activities.sandbox.SandboxBenchmark \
	  $(MODELS)/yolox-nano-coco/yolox_nano_416_coco.safetensors \
	  $(DATA)/vehicles-openimages/images $(or $(TURNS),9)

bench-training-step: classes ## a training step against PyTorch's; PYTHON with torch, THREADS
	$(MVN) -q -DskipTests package
	$(PYTHON) activities/src/test/bench/training_step.py --threads $(THREADS)

bench-training: classes ## mAP after training on real pictures; DATA, MODELS, TASK, SEEDS
	$(call java,worker) dev.labelloop.worker.solo.TrainingBenchmark \
	  $(DATA) $(MODELS) $(or $(TASK),all) $(or $(SEEDS),1 2 3)

bench-label-errors: classes ## faults put into real labels that are found; DATA, MODELS, TASK, SEED
	$(call java,worker) dev.labelloop.worker.solo.LabelErrorBenchmark \
	  $(DATA) $(MODELS) $(or $(TASK),all) $(or $(SEED),1)

chaos: classes ## campaigns under seeded schedules of disturbances; MINUTES, SEED, SEEDS, LONG=1, SERVER
	$(call chaos,$(SERVER),$(or $(MINUTES),$(if $(LONG),60,10)) $(or $(SEED),1) $(or $(SEEDS),$(if $(LONG),30,1)))

bench-orchestration: classes ## what a round of 10 k to 1 M images costs without a detector; IMAGES, SERVER
	$(call on,$(SERVER)) env $(call java,worker) -Xmx1536m dev.labelloop.worker.scale.OrchestrationBenchmark \
	  $(or $(IMAGES),10000 100000 1000000)

bench-two-workers: classes ## one prediction worker against two; SERVER
	$(call on,$(SERVER)) env $(call java,worker) dev.labelloop.worker.scale.TwoWorkersBenchmark

bench-review: classes ## clicks, keys, latency and frames of the review page on real photos; DATA, IMAGES, SEED
	.ci/install-browser
	NODE=$$(.ci/node) $(call java,worker) dev.labelloop.worker.page.ReviewBenchmark \
	  $(or $(IMAGES),500) $(or $(SEED),1) $(DATA)/vehicles-openimages

bench-review-load: classes ## reviewers at once on loopback: latency, lost or double answers; REVIEWERS, IMAGES
	$(call java,worker) dev.labelloop.worker.page.LoadBenchmark $(or $(REVIEWERS),50) $(or $(IMAGES),2000)

clean: ## remove what was built
	$(MVN) -q clean
