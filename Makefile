# Verbs of the house. Each installs what it needs first; `make help` lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
TSX := node --import tsx
ARGS ?=

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

node_modules/.package-lock.json: package-lock.json
	@echo 'install: packages from the lock file'
	@npm ci --no-audit --no-fund --loglevel=error
	@touch $@

.gen/source.sha256: node_modules/.package-lock.json scripts/bindings/schema.json scripts/bindings/pin.mjs scripts/bindings/generate.mjs
	@node scripts/bindings/get.mjs
	@touch $@

.PHONY: install
install: .gen/source.sha256 ## packages and generated bindings

.PHONY: synth
synth: install ## the main job: homelab/ becomes Terraform JSON, Ansible, catalogue and pictures in cdktf.out
	@node scripts/synth/main.cjs $(ARGS)

.PHONY: rehearse
rehearse: synth ## the whole house with the real Terraform, offline: no hardware, no credentials
	@$(TSX) rehearsal/main.ts $(ARGS)

.PHONY: docs
docs: synth ## renews the committed copies of catalogue and pictures in docs/generated
	@mkdir -p docs/generated
	@cp cdktf.out/docs/* docs/generated/

.PHONY: test
test: install ## every test there is
	@node scripts/test/main.mjs

.PHONY: test-fast
test-fast: install ## every test except those that boot a machine
	@node scripts/test/main.mjs --fast

.PHONY: bench
bench: install ## what synth costs beside the floor
	@$(TSX) scripts/bench/main.ts $(ARGS)

.PHONY: clean
clean: ## removes what can be made again; state and secrets stay
	@rm -rf cdktf.out .cdktf.out.* .gen .cache
