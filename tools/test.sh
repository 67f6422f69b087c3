#!/usr/bin/env bash
# Runs every test from a bare clone: installs what is missing, builds, then ctest.
#
#   tools/test.sh                       release build, g++
#   tools/test.sh --preset sanitize     clang++ with address and undefined-behaviour sanitizers
#   tools/test.sh --clang               the chosen preset with clang++
#   tools/test.sh -R Alarm              anything else goes to ctest
#
# The HTML pages are tested in Chromium, with Node.js and two modules from npm. They too are
# installed when they are missing; where that cannot be, those tests are skipped, with the reason.
#
# The last line is `N passed, N failed` or `N passed, N failed, N skipped`. Ends with status 0 when
# every test that ran has passed, 1 when one failed or none ran, 2 when the build was not possible.
set -euo pipefail
# shellcheck source=tools/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

usage() {
  say "$1"
  say "usage: tools/test.sh [--preset release|dev|sanitize] [--clang] [options of ctest]"
  exit 2
}

preset=release
clang=no
ctest_options=()
while [[ $# -gt 0 ]]; do
  case "$1" in
    --preset)
      [[ $# -ge 2 ]] || usage "--preset needs a name"
      preset="$2"
      shift
      ;;
    --preset=*) preset="${1#*=}" ;;
    --clang) clang=yes ;;
    *) ctest_options+=("$1") ;;
  esac
  shift
done

folder="$root/build/$preset"
sets=(build tests)
options=()
case "$preset" in
  release | dev) ;;
  sanitize) clang=implied ;;
  *) usage "no preset is called $preset" ;;
esac
if [[ $clang != no ]]; then sets+=(clang); fi
if [[ $clang == yes ]]; then
  folder="$root/build/$preset-clang"
  options=(-DCMAKE_CXX_COMPILER=clang++)
fi

provide "${sets[@]}" || exit
provide_pages
if [[ ! -f "$folder/build.ninja" ]] ||
  ! grep -qx 'HEADROOM_BUILD_TESTS:[A-Z]*=ON' "$folder/CMakeCache.txt"; then
  configure "${sets[*]}" "$folder" --preset "$preset" "${options[@]}" || exit
fi
build "$folder" all || exit

results="$folder/test-results.xml"
rm -f "$results"
run=(ctest --test-dir "$folder" --parallel "$(getconf _NPROCESSORS_ONLN)" --output-junit "$results"
  --test-output-size-passed 16384 --test-output-size-failed 65536 --no-tests=error
  "${ctest_options[@]}")
# ctest's own status is not asked for: what it wrote down decides, and nothing written is a failure.
if [[ -t 2 ]]; then
  "${run[@]}" --progress >&2 </dev/null || true
else
  say "testing ${folder#"$root/"}"
  "${run[@]}" >"$logs/$(basename "$folder")-test.log" 2>&1 </dev/null || true
fi
exec python3 "$root/tools/test_summary.py" "$results"
