#!/usr/bin/env bash
# Fetches the chart library of the HTML pages anew, with npm, into third_party/uplot.
#
#   tools/refresh_uplot.sh             the version that third_party/uplot/README.md names
#   tools/refresh_uplot.sh 1.6.32      another one
#
# The package must have the integrity that npm's registry gives for it. The files are replaced all
# together or not at all. Needs npm, openssl and tar; building headroom needs none of it.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
folder="$root/third_party/uplot"
readme="$folder/README.md"

say() { printf 'refresh_uplot: %s\n' "$*" >&2; }
fail() {
  say "$*; nothing was changed"
  exit 1
}

if [[ $# -gt 1 || "${1:-}" == -* ]]; then
  say "usage: tools/refresh_uplot.sh [VERSION]"
  exit 2
fi
for tool in npm openssl tar sha256sum; do
  command -v "$tool" >/dev/null || fail "$tool is missing"
done

pinned="$(sed -n 's/.*Version \([0-9][0-9.]*[0-9]\),.*/\1/p' "$readme" | head -n 1)"
[[ -n $pinned ]] || fail "$readme names no version"
version="${1:-$pinned}"
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || fail "\"$version\" is no version such as $pinned"

# On the same file system, so that the last step is a renaming.
new="$(mktemp -d "$root/third_party/.uplot.XXXXXX")"
# Also where this ends between the two renamings, a folder is there.
clean_up() {
  if [[ ! -e $folder && -d "$new/old" ]]; then mv "$new/old" "$folder"; fi
  rm -rf "$new"
}
trap clean_up EXIT
mkdir "$new/fetched" "$new/uplot"

expected="$(npm view "uplot@$version" dist.integrity)" ||
  fail "npm could not ask the registry for uplot $version"
[[ $expected == sha512-* ]] || fail "the registry gives no sha512 for uplot $version: \"$expected\""
npm pack --silent --pack-destination "$new/fetched" "uplot@$version" >/dev/null ||
  fail "npm could not fetch uplot $version"
package="$new/fetched/uplot-$version.tgz"
[[ -f $package ]] || fail "npm left no uplot-$version.tgz"
found="sha512-$(openssl dgst -sha512 -binary "$package" | openssl base64 -A)"
[[ $found == "$expected" ]] || fail "the package has the integrity $found, expected $expected"

tar -xzf "$package" -C "$new/fetched" || fail "the package could not be unpacked"
for file in LICENSE dist/uPlot.iife.min.js dist/uPlot.min.css; do
  [[ -s "$new/fetched/package/$file" ]] || fail "uplot $version has no $file"
  install -m 644 "$new/fetched/package/$file" "$new/uplot/$(basename "$file")"
done
(cd "$new/uplot" && sha256sum LICENSE uPlot.iife.min.js uPlot.min.css >SHA256SUMS)
sed "s/Version ${pinned//./\\.},/Version $version,/" "$readme" >"$new/uplot/README.md"

changed=()
for file in "$new/uplot"/*; do
  cmp -s "$file" "$folder/$(basename "$file")" || changed+=("$(basename "$file")")
done
if [[ ${#changed[@]} -eq 0 ]]; then
  say "third_party/uplot holds uplot $version already; nothing differs"
  exit 0
fi
mv "$folder" "$new/old"
mv "$new/uplot" "$folder" || fail "third_party/uplot could not be replaced"
say "uplot $pinned -> $version, integrity ${expected:0:20}... as the registry says"
say "changed in third_party/uplot: ${changed[*]}"
say "next: tools/test.sh -R 'pages|html_page', and look at a page of headroom run --html"
