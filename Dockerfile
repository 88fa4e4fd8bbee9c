# Lik in a container, for x86-64 and 64-bit ARM. Its steps are the project's own scripts.
#
#   docker build -t lik .
#   docker run --rm -p 8080:8080 -v lik:/var/lib/lik lik

FROM swift:6.3-bookworm AS build
WORKDIR /src
# What changes rarely comes first, so that it is kept between builds.
COPY scripts/setup scripts/setup
ENV LIK_LIB=/opt/lik-build/lib
RUN scripts/setup && rm -rf /var/lib/apt/lists/*
COPY Package.swift ./
COPY Plugins Plugins
COPY Sources Sources
COPY Tests Tests
COPY bench bench
COPY web web
COPY openapi.yaml ./
COPY scripts scripts
RUN scripts/stage /opt/lik

FROM debian:12-slim
COPY scripts/setup /tmp/setup
RUN /tmp/setup --run && rm -rf /var/lib/apt/lists/* /tmp/setup \
    && useradd --system --uid 10001 --user-group --home-dir /var/lib/lik --no-create-home lik \
    && install -d -o lik -g lik -m 700 /var/lib/lik /var/lib/lik/data /var/lib/lik/models
COPY --from=build /opt/lik /opt/lik
COPY deploy/container/health /opt/lik/bin/health

ENV PATH=/opt/lik/bin:$PATH \
    HOME=/var/lib/lik \
    LIK_DATA=/var/lib/lik/data \
    LIK_MODELS=/var/lib/lik/models \
    LIK_ONNXRUNTIME=/opt/lik/lib/libonnxruntime.so \
    LIK_LOG_FORMAT=json
USER 10001:10001
VOLUME /var/lib/lik
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=6s --start-period=20s CMD ["health"]
ENTRYPOINT ["lik"]
CMD ["serve"]
