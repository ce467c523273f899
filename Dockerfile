# The HTTP API in a container:
#
#   docker build -t gage .
#   docker run -p 8000:8000 -v gage-data:/app/data --env-file .env gage
#
# BASE_IMAGE is what it runs on, BUILD_IMAGE what it is built with. The target `runtime` takes a binary that is there
# already, as BINARY in the build context, and needs neither a Swift image nor BuildKit.
ARG BASE_IMAGE=debian:bookworm-slim
ARG BUILD_IMAGE=swift:6.3-bookworm

FROM ${BASE_IMAGE} AS base
# A base image without apt has to bring the libraries itself.
RUN if command -v apt-get >/dev/null; then \
        apt-get update && \
        apt-get install -y --no-install-recommends \
            ca-certificates libcurl4 libsqlite3-0 libssl3 libstdc++6 libyaml-0-2 zlib1g && \
        rm -rf /var/lib/apt/lists/*; \
    fi && \
    echo 'gage:x:10001:10001::/app:/usr/sbin/nologin' >>/etc/passwd && \
    echo 'gage:x:10001:' >>/etc/group && \
    mkdir -p /app/data && \
    chown -R 10001:10001 /app
WORKDIR /app
ENV TAU_BENCH_DATA_DIR=/app/data/official/tau-bench
USER 10001:10001
VOLUME /app/data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=5s CMD ["gage", "serve", "--check"]
# SIGTERM interrupts runs so that they can be gone on with.
STOPSIGNAL SIGTERM
ENTRYPOINT ["gage"]
CMD ["serve", "--host", "0.0.0.0", "--output-dir", "data/runs", "--data-dir", "data"]

FROM base AS runtime
ARG BINARY=gage
COPY ${BINARY} /usr/local/bin/gage

FROM ${BUILD_IMAGE} AS build
RUN apt-get update && \
    apt-get install -y --no-install-recommends \
        libcurl4-openssl-dev libsqlite3-dev libssl-dev libyaml-dev pkg-config zlib1g-dev && \
    rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN swift build -c release --product gage --static-swift-stdlib && \
    cp .build/release/gage /usr/local/bin/gage

FROM base
COPY --from=build /usr/local/bin/gage /usr/local/bin/gage
