# The one binary, `redress`, on a slim Debian; every role, the migration and the command line are this image.
FROM rust:1.95-bookworm AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked --package redress \
    && cp target/release/redress /usr/local/bin/redress

FROM debian:bookworm-slim
# The two folders are where volumes are mounted: a new one takes over whose they are. No version is pinned, as Debian
# keeps only the newest of each, with its fixes.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && install --directory --owner=10001 --group=10001 --mode=0700 /var/lib/redress/keys /var/lib/redress/vault
COPY --from=build /usr/local/bin/redress /usr/local/bin/redress
ENV REDRESS_CONFIG=/etc/redress/redress.toml
WORKDIR /var/lib/redress
# As a number, so that whoever runs it can see that it is not root.
USER 10001:10001
# Doors; figures.
EXPOSE 8420 9464
ENTRYPOINT ["redress"]
CMD ["--help"]
