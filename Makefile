# Eight words: run demo test check generate bench docs clean. CI says the same words. Two more for several servers:
# cluster soak.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   := .venv
BIN    := $(VENV)/bin
HOME_DIR ?= home
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: run demo test check generate bench docs clean cluster soak

run: .stamps/base .stamps/pages ## the demo library on this machine; prints the kiosk's address
	$(BIN)/shelfway demo --home $(HOME_DIR)

demo: .stamps/base .stamps/pages ## throw the demo home away, make it afresh and serve it
	rm -rf $(HOME_DIR)
	$(BIN)/shelfway demo --home $(HOME_DIR)

test: .stamps/dev .stamps/system .stamps/pages ## install what tests need, then run every test
	$(BIN)/python tests/what_is_missing.py
	cd web && npm test
	$(BIN)/pytest -n 2 --dist loadgroup -m "not browser" -q
	$(BIN)/pytest -m browser -q

check: .stamps/dev .stamps/web ## format, lint, types, layers, generated files, licences
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m wire.generate --check
	$(BIN)/python -m unity_bridge.generate --check
	$(BIN)/python -m unity_bridge.metas --check
	$(BIN)/python -m demo.make --check
	$(BIN)/python docs/generate.py --check
	cd web && npm run check

generate: .stamps/dev ## everything that is generated and kept in git
	$(BIN)/python -m wire.generate
	$(BIN)/python -m unity_bridge.generate
	$(BIN)/python -m unity_bridge.metas
	$(BIN)/python -m demo.make
	$(BIN)/python docs/generate.py

bench: .stamps/dev .stamps/pages ## the figures; results are appended to bench/results
	$(BIN)/python bench/all.py

docs: .stamps/dev ## the reference pages
	$(BIN)/python docs/generate.py

cluster: .stamps/base .stamps/pages .stamps/redis ## Redis, two servers and a balancer on this machine; Ctrl-C ends all
	$(BIN)/python -m demo.cluster --home $(HOME_DIR)

soak: .stamps/dev .stamps/system ## half an hour of servers and Redis killed under load; fails when anything was lost or doubled
	$(BIN)/python -m tests.chaos.soak --minutes 30

clean: ## everything that can be made again; never a home
	rm -rf .stamps $(VENV) web/node_modules server/pages build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache

.stamps/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Shelfway needs Python 3.11 or newer"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@mkdir -p .stamps && touch $@

.stamps/base: .stamps/venv pyproject.toml
	$(BIN)/pip install -q -e '.[speech,labels,see]'
	@touch $@

.stamps/redis: .stamps/base
	$(BIN)/pip install -q -e '.[speech,labels,see,redis]'
	@touch $@

.stamps/dev: .stamps/base # torch first and pinned: a range would bring gigabytes of CUDA
	$(BIN)/pip install -q 'torch==2.13.0'
	$(BIN)/pip install -q -e '.[speech,labels,see,s3,whisper,onnx,sherpa,llm,tts,diffusion,redis,traces,dev]'
	$(BIN)/pip install -q --no-deps 'torchaudio==2.11.0' 'torchcodec==0.17.0' # Coqui TTS asks whether they are there
	rm -rf $(VENV)/lib/python3.*/site-packages/torchaudio/lib # their CUDA half; speaking needs none of it
	@touch $@

.stamps/system: tests/install_system.sh
	sh tests/install_system.sh
	@mkdir -p .stamps && touch $@

.stamps/web: web/package.json web/package-lock.json
	cd web && npm ci --no-audit --no-fund --loglevel=error
	@mkdir -p .stamps && touch $@

.stamps/pages: .stamps/web $(shell find web/src web/public web/index.html web/vite.config.ts web/tsconfig.json -type f 2>/dev/null)
	cd web && npm run build --silent
	@mkdir -p .stamps && touch $@
