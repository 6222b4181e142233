#!/usr/bin/env bash
# Install the program once a job: the action's own checkout, in an environment of its own. Whatever comes from a registry
# is a wheel whose hash is in the repository, what builds the program included.
set -euo pipefail

environment="$RUNNER_TEMP/interop-landscape"
if [ ! -x "$environment/bin/landscape" ]; then
  "$PYTHON" -m venv "$environment"
  install=("$environment/bin/pip" install --quiet --disable-pip-version-check)
  "${install[@]}" --require-hashes --only-binary :all: -r "$GITHUB_ACTION_PATH/requirements/hashed.txt"
  "${install[@]}" --no-index --no-deps --no-build-isolation "$GITHUB_ACTION_PATH"
fi
"$environment/bin/landscape" --version
