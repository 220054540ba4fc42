# All that a run needs: packages, a headless browser, the embedded database.
#
#   docker build -t greenroom .
#   docker run --rm -v "$PWD/reports:/greenroom/reports" greenroom run -t seed
#   docker run --rm --env-file staging.env -v "$PWD/targets:/greenroom/targets" \
#     -v "$PWD/reports:/greenroom/reports" greenroom run -t smoke --target staging
#
# It runs as root, for which Greenroom starts the browser without a sandbox of its own: the container is one.
FROM python:3.11.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1

# Debian keeps the newest version of a package only: one that is pinned can't be installed any more some weeks later.
# hadolint ignore=DL3008
RUN apt-get update -q \
    && apt-get install -y -q --no-install-recommends ca-certificates chromium-headless-shell make \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /greenroom

# What set-up looks at comes first: packages are installed anew only when this changes.
COPY pyproject.toml setup.py requirements.lock Makefile README.md LICENSE conftest.py ./
COPY tools/ tools/
COPY greenroom/ greenroom/
COPY fixtures/ fixtures/
COPY steps/ steps/
COPY scenarios/ scenarios/
COPY reference/ reference/
RUN make setup

COPY docs/ docs/
COPY features/ features/
COPY targets/ targets/

ENV PATH=/greenroom/.venv/bin:$PATH
ENTRYPOINT ["greenroom"]
CMD ["--help"]
