#!/bin/sh
# Resolves the three lock files from pyproject.toml: what serves, what tests, and what tests with
# the `transformers` extra. They name no package index: pip's own configuration says where to look.
set -eu
cd "$(dirname "$0")/.."

export CUSTOM_COMPILE_COMMAND="make lock"
compile() {
    .venv/bin/pip-compile --quiet --strip-extras --allow-unsafe --annotation-style=line \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
        --output-file "$@" pyproject.toml
}

compile requirements.lock
compile requirements-dev.lock --extra dev --constraint requirements.lock
compile requirements-transformers.lock --extra dev --extra transformers --extra transformers-dev \
    --constraint requirements-dev.lock

# The build of torch that was found here (+cpu) need not be the one that is found elsewhere.
sed -i -E 's/^(torch==[0-9.]+)\+[a-z0-9]+/\1/' requirements-transformers.lock
