# One word each: run the quick start, run the tests, build the release binary.
.PHONY: run test build bench format

run: build
	scripts/quickstart

test:
	scripts/setup tests
	scripts/check

build:
	scripts/setup
	swift build -c release --product gage --static-swift-stdlib

bench: build
	swift build -c release --product StorageBenchmark --static-swift-stdlib
	scripts/bench

format:
	scripts/format
