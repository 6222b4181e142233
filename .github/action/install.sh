#!/usr/bin/env bash
# Install the program once a job: the action's own checkout, or the release VERSION, in an environment of its own.
set -euo pipefail

environment="$RUNNER_TEMP/interop-landscape"
if [ ! -x "$environment/bin/landscape" ]; then
  "$PYTHON" -m venv "$environment"
  "$environment/bin/pip" install --quiet --disable-pip-version-check "${VERSION:+interop-landscape==}${VERSION:-$GITHUB_ACTION_PATH}"
fi
"$environment/bin/landscape" --version
