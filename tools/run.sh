#!/usr/bin/env bash
# Runs scenarios from a bare clone: installs what is missing, builds, then `headroom run` "$@".
#
#   tools/run.sh scenarios/seed/target_tracking.scenario.yaml
#   tools/run.sh my.scenario.yaml --runs 20 -o json
#
# Paths are relative to where you are. stdout is the program's alone.
set -euo pipefail
# shellcheck source=tools/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

if [[ $# -eq 0 ]]; then
  say "usage: tools/run.sh SCENARIO... [options of headroom run]"
  exit 2
fi

folder="$root/build/release"
provide build || exit
if [[ ! -f "$folder/build.ninja" ]]; then
  # Without the tests, whose libraries need not be there; test.sh switches them on.
  configure build "$folder" --preset release \
    -DHEADROOM_BUILD_TESTS=OFF -DHEADROOM_BUILD_BENCHMARKS=OFF || exit
fi
build "$folder" headroom || exit
exec "$folder/bin/headroom" run "$@"
