# Every target has a line of help: make help. CI calls these targets and nothing else.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
.DEFAULT_GOAL := help

GO       ?= go
LISTEN   ?= 127.0.0.1:8080
INDEX    ?= indexes/news
FUZZTIME ?= 10s
# Linking or running a test with the race detector takes up to 1 GB, so two run at a time.
PARALLEL ?= 2
VERSION  ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
# Corpora and pages to measure with. Targets that need them say so if they are missing.
SHARED   ?= ../shared

# nomsgpack leaves out what gin links for MessagePack.
TAGS    := embeddict,nomsgpack
LDFLAGS := -bindnow -X xunwen/internal/cli.version=$(VERSION)
# The programs are position independent, and their C and C++ checks bounds; elfcheck looks at the result.
HARDEN  := -O2 -g -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong
build dist: export CGO_CFLAGS = $(HARDEN)
build dist: export CGO_CXXFLAGS = $(HARDEN) -D_GLIBCXX_ASSERTIONS
# The demo has its own folder, so that it never changes another index.
DEMO    := indexes/demo
SAMPLES := samples/articles.jsonl 'samples/pages/*/*/*.txt'

# Modules of which only data files are used; go build and go test don't download them.
DATA    := github.com/yanyiwu/gojieba github.com/longbridgeapp/opencc

# $(call say,TEXT) announces a step. Durations are those of two idle cores.
say = printf '\n== %s\n' '$(1)'

.PHONY: help run demo modules dictionaries build test lint fuzz bench eval e2e man dist image reproduce

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## serve INDEX (indexes/news) at LISTEN (127.0.0.1:8080)
	exec bin/searchd --index $(INDEX) --listen $(LISTEN)

demo: build ## build, index the sample newspapers, serve at LISTEN (127.0.0.1:8080)
	@$(call say,index: the sample newspapers into $(DEMO) (5 seconds))
	bin/indexer build --out $(DEMO) --synonyms builtin $(SAMPLES)
	$(call say,serve: http://$(LISTEN) until Ctrl-C; try http://$(LISTEN)/search?q=青禾大桥)
	exec bin/searchd --index $(DEMO) --listen $(LISTEN)

modules:
	@$(call say,download: the modules whose data files are used (first time: 1 minute))
	$(GO) mod download $(DATA)

# Copies gojieba's dictionaries and OpenCC's table to where TAGS embeds them from.
dictionaries: modules
	@$(GO) run ./internal/analyzer/dictcopy

build: dictionaries ## bin/indexer and bin/searchd, dictionaries inside
	@$(call say,build: bin/indexer and bin/searchd (first time: 3 minutes; then seconds))
	$(GO) build -trimpath -buildmode=pie -tags $(TAGS) -ldflags '$(LDFLAGS)' -o bin/ ./cmd/...
	$(GO) run ./internal/elfcheck bin/indexer bin/searchd

test: modules ## formatting, vet, all tests with the race detector, the pages in a browser
	@$(call say,browser: Chromium and a Chinese font for the tests of the pages (first time: installs them; 1 minute))
	bash scripts/browser-for-tests
	$(call say,check: gofmt and go vet (first time: 3 minutes))
	unformatted=$$("$$($(GO) env GOROOT)/bin/gofmt" -l client cmd internal web)
	if [ -n "$$unformatted" ]; then echo "run gofmt on:"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(call say,test: all packages with the race detector (7 minutes, first time 10; a line per package as it ends))
	$(GO) test -race -p $(PARALLEL) -timeout 30m ./...

lint: ## gofmt, vet, staticcheck, misspell, line lengths, govulncheck if its database can be reached
	@bash scripts/lint '$(GO)'

fuzz: ## every fuzz target for FUZZTIME (10s)
	@for package in $$($(GO) list ./...); do
	  listed=$$($(GO) test -tags nomsgpack -list '^Fuzz' "$$package")
	  for target in $$(grep '^Fuzz' <<<"$$listed" || true); do
	    echo "$$package $$target"
	    $(GO) test -tags nomsgpack -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) "$$package"
	  done
	done

bench: build ## Go benchmarks; with the corpora of SHARED (../shared) also a build and real queries
	$(GO) test -run '^$$' -bench . -benchmem -p 1 ./...
	if [ -e $(SHARED)/bench/prepare.py ] && [ -d $(SHARED)/corpora ]; then
	  data=$$(mktemp -d)
	  trap 'rm -rf "$$data"' EXIT
	  python3 $(SHARED)/bench/prepare.py $(SHARED)/corpora "$$data"
	  XUNWEN_BENCH="$$data" XUNWEN_CORPORA_INDEX="$$data" $(GO) test -run '^$$' -bench 'News|Visit' -benchtime 1x -p 1 ./internal/eval ./internal/e2e
	  rm -rf "$$data"
	else
	  echo "skipped searching: no queries in $(SHARED)/bench"
	fi
	if compgen -G '$(SHARED)/corpora/*.jsonl.gz' >/dev/null; then
	  out=$$(mktemp -d)
	  trap 'rm -rf "$$out"' EXIT
	  bin/indexer build --out "$$out/news" '$(SHARED)/corpora/*.jsonl.gz'
	else
	  echo "skipped building: no corpora in $(SHARED)/corpora"
	fi

eval: build ## accuracy of page reading and ranking, with the data of SHARED (../shared)
	@parsed=$$(mktemp)
	trap 'rm -f "$$parsed"' EXIT
	if [ -e $(SHARED)/pages/score.py ]; then
	  bin/indexer parse '$(SHARED)/pages/*.txt' > "$$parsed"
	  python3 $(SHARED)/pages/score.py $(SHARED)/pages/truth.jsonl "$$parsed"
	  for kind in mixed interleaved; do
	    if [ -e $(SHARED)/pages/$$kind/truth.jsonl ]; then
	      bin/indexer parse "$(SHARED)/pages/$$kind/*.txt" > "$$parsed"
	      python3 $(SHARED)/pages/score.py $(SHARED)/pages/$$kind/truth.jsonl "$$parsed"
	    fi
	  done
	  XUNWEN_PAGES=$$(realpath $(SHARED)/pages) $(GO) test -count 1 -run Eval -v ./internal/source/page
	else
	  echo "skipped reading pages: none in $(SHARED)/pages"
	fi
	if [ -e $(SHARED)/html2/score.py ]; then
	  bin/indexer parse '$(SHARED)/html2/*html' '$(SHARED)/html/*.html' > "$$parsed" || true # some are refused
	  python3 $(SHARED)/html2/score.py "$$parsed"
	else
	  echo "skipped reading web pages: none in $(SHARED)/html2"
	fi
	if [ -e $(SHARED)/cases/reading/want.jsonl ]; then
	  XUNWEN_READING=$$(realpath $(SHARED)/cases/reading) $(GO) test -count 1 -run EvalReading -v ./internal/source
	else
	  echo "skipped small inputs: none in $(SHARED)/cases/reading"
	fi
	if [ -e $(SHARED)/cases/search.jsonl ]; then
	  XUNWEN_CASES=$$(realpath $(SHARED)/cases/search.jsonl) $(GO) test -count 1 -run EvalCases -v ./internal/eval
	else
	  echo "skipped cases: none in $(SHARED)/cases"
	fi
	if [ -d $(SHARED)/corpora ]; then
	  XUNWEN_CORPORA=$$(realpath $(SHARED)/corpora) $(GO) test -count 1 -run Eval -v -timeout 60m ./...
	else
	  echo "skipped ranking: no corpora in $(SHARED)/corpora"
	fi

e2e: test ## the long tests: axe-core, random requests, kills, faults, memory, swaps, a million requests, fuzzing
	axe=$$(bash scripts/axe-for-tests)
	XUNWEN_AXE="$$axe" $(GO) test -count 1 -run '^TestAxe$$' -v -timeout 30m ./internal/e2e
	$(GO) test -count 1 -run '^TestRandomRequests$$' -v -timeout 30m ./internal/e2e -random 20000
	$(GO) test -count 1 -run 'TestKilledAtAnyMoment|TestWritingFails' -v -timeout 60m ./internal/e2e -kills 75 -limits 60
	$(GO) test -count 1 -run 'InLittleMemory|InASmallCgroup' -v -timeout 60m ./internal/e2e -memories 12
	$(GO) test -count 1 -run '^TestHostileFiles$$' -v -timeout 60m ./internal/e2e
	$(GO) test -count 1 -run TestEveryFlippedBit -v -timeout 60m ./internal/index -flips 500
	$(GO) test -count 1 -run TestStepsAnswer -v -timeout 60m ./internal/build -steps 320
	$(GO) test -count 1 -run '^TestManySwaps$$' -v -timeout 60m ./internal/e2e -swaps 120
	XUNWEN_OPENSEARCH=start $(GO) test -count 1 -v -timeout 60m ./internal/opensearch/...
	XUNWEN_OPENSEARCH=start $(GO) test -count 1 -run Cluster -v -timeout 60m ./internal/e2e
	XUNWEN_LOAD=1000000 $(GO) test -count 1 -run '^TestLoad$$' -v -timeout 60m ./internal/e2e
	$(MAKE) fuzz FUZZTIME=2s

man: build ## bin/man: manual pages of both programs
	@for program in indexer searchd; do bin/$$program man bin/man; done

dist: dictionaries ## dist/: tarball, .deb, .rpm for machines without Go, SBOMs, SHA256SUMS, signed with SIGNING_KEY
	@SIGNING_KEY='$(SIGNING_KEY)' bash scripts/dist '$(GO)' '$(TAGS)' '$(VERSION)'

image: ## a container image of the tarball in dist/, where Podman or Docker is running
	@bash scripts/image '$(VERSION)' "$$($(GO) env GOARCH)"

reproduce: ## make dist twice, from two checkouts at different times, and compare the results
	@bash scripts/reproduce '$(MAKE)'
