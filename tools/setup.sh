#!/usr/bin/env bash
# Finds out what the build needs and this machine lacks, and installs it. For run.sh and test.sh.
#
# On Debian a missing package is installed with apt-get, nothing is ever removed, and nothing is
# asked of apt when all packages are there. Elsewhere the packages are named and the caller ends
# with status 2. All talk goes to stderr, so that stdout belongs to the program that is run.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
logs="$root/build/logs"

build_packages=(
  g++ cmake ninja-build git tzdata
  libboost-dev libboost-iostreams-dev libeigen3-dev libspdlog-dev libfmt-dev libyaml-cpp-dev
  nlohmann-json3-dev libcli11-dev libhowardhinnant-date-dev zlib1g-dev
)
test_packages=(
  libgtest-dev libgmock-dev librapidcheck-dev libvalijson-dev libbenchmark-dev libxml2-utils python3
)

say() { printf 'headroom: %s\n' "$*" >&2; }

# The log of a stage that failed, whole if short.
show_log() {
  say "the end of $1:"
  tail -n 60 "$1" >&2
}

os_release() { cat "${HEADROOM_OS_RELEASE:-/etc/os-release}" 2>/dev/null || true; }

is_debian() { os_release | grep -qx 'ID=debian'; }

# The packages of the named sets ("build", "tests", "clang"), one a line.
packages_of() {
  local set
  for set in "$@"; do
    case "$set" in
      build) printf '%s\n' "${build_packages[@]}" ;;
      tests) printf '%s\n' "${test_packages[@]}" ;;
      clang) printf '%s\n' clang "libclang-rt-$(clang_version)-dev" ;;
    esac
  done
}

# The version that the distribution's package "clang" stands for: 14 on Debian 12.
clang_version() {
  local version=''
  if is_debian; then
    version="$(dpkg-query -W -f '${Depends}' clang 2>/dev/null | first_clang || true)"
    # Not installed: ask what would be. Its other fields name versions of long ago.
    if [[ -z $version ]]; then
      version="$(apt-cache show clang 2>/dev/null | grep '^Depends:' | first_clang || true)"
    fi
  fi
  echo "${version:-14}"
}

first_clang() { grep -o 'clang-[0-9]*' | head -n 1 | tr -dc '0-9'; }

missing_packages() {
  local packages
  mapfile -t packages < <(packages_of "$@")
  comm -23 <(printf '%s\n' "${packages[@]}" | sort) \
    <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${packages[@]}" 2>/dev/null |
      sed -n 's/^installed //p' | sort)
}

apt() {
  local as_root=()
  if [[ $EUID -ne 0 ]]; then as_root=(sudo); fi
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 "$@"
}

install_on_debian() {
  local missing log="$logs/install.log"
  mapfile -t missing < <(missing_packages "$@")
  [[ ${#missing[@]} -gt 0 ]] || return 0
  if [[ $EUID -ne 0 ]] && ! command -v sudo >/dev/null; then
    say "packages are missing; neither root nor sudo is at hand. As root, run:"
    say "  apt-get update && apt-get install ${missing[*]}"
    return 2
  fi
  mkdir -p "$logs"
  say "installing ${missing[*]}"
  if ! apt update >"$log" 2>&1; then
    show_log "$log"
    say "apt-get update failed"
    return 2
  fi
  # The lists may name another version of clang now than was guessed without them.
  mapfile -t missing < <(missing_packages "$@")
  if ! apt install -y --no-install-recommends --no-remove "${missing[@]}" >>"$log" 2>&1; then
    show_log "$log"
    say "apt-get could not install ${missing[*]}"
    return 2
  fi
}

# What the browser tests of the pages need and this machine lacks, by the name of the package. A
# program that works counts, wherever it is from.
missing_for_pages() {
  local version name
  version="$(node --version 2>/dev/null || nodejs --version 2>/dev/null || true)"
  if ! [[ $version =~ ^v([0-9]+)\.([0-9]+) ]] ||
    ((BASH_REMATCH[1] < 18 || (BASH_REMATCH[1] == 18 && BASH_REMATCH[2] < 15))); then
    echo nodejs
  fi
  command -v npm >/dev/null || echo npm
  for name in ${CHROMIUM:+"$CHROMIUM"} chromium chromium-browser google-chrome; do
    if "$name" --version >/dev/null 2>&1; then return 0; fi
  done
  echo chromium
}

# provide_pages: installs it where that can be done without asking. Never fails: without it the
# browser tests are skipped, and this says why.
provide_pages() {
  local missing log="$logs/install-pages.log" as_root=()
  mapfile -t missing < <(missing_for_pages)
  [[ ${#missing[@]} -gt 0 ]] || return 0
  if ! is_debian; then
    say "the browser tests of pages will be skipped: install ${missing[*]}"
    return 0
  fi
  if [[ $EUID -ne 0 ]]; then as_root=(sudo -n); fi
  if ! "${as_root[@]}" true 2>/dev/null; then
    say "the browser tests of pages will be skipped; as root, run:"
    say "  apt-get update && apt-get install ${missing[*]}"
    return 0
  fi
  mkdir -p "$logs"
  say "installing ${missing[*]} for the browser tests of pages"
  if ! apt update >"$log" 2>&1 ||
    ! apt install -y --no-install-recommends --no-remove "${missing[@]}" >>"$log" 2>&1; then
    say "the browser tests of pages will be skipped; apt-get could not install ${missing[*]}:"
    say "  $(grep -m 1 '^E:' "$log" || echo "see $log")"
  fi
}

# The packages by name, for the systems where this script installs nothing.
name_packages() {
  say "install these packages, then call this script again:"
  say "  Debian, Ubuntu: $(packages_of "$@" | tr '\n' ' ')"
  local fedora="gcc-c++ cmake ninja-build git tzdata boost-devel eigen3-devel spdlog-devel"
  fedora+=" fmt-devel yaml-cpp-devel json-devel cli11-devel date-devel zlib-devel"
  local arch="gcc cmake ninja git tzdata boost eigen spdlog fmt yaml-cpp nlohmann-json cli11"
  arch+=" chrono-date zlib"
  local brew="cmake ninja git boost eigen spdlog fmt yaml-cpp nlohmann-json cli11"
  brew+=" howard-hinnant-date zlib"
  if [[ " $* " == *' tests '* ]]; then
    fedora+=" gtest-devel gmock-devel rapidcheck-devel valijson-devel google-benchmark-devel"
    fedora+=" libxml2 python3"
    arch+=" gtest rapidcheck valijson benchmark libxml2 python"
    brew+=" googletest rapidcheck valijson google-benchmark libxml2 python"
  fi
  if [[ " $* " == *' clang '* ]]; then
    fedora+=" clang compiler-rt"
    arch+=" clang compiler-rt"
    brew+=" llvm"
  fi
  say "  Fedora:         $fedora"
  say "  Arch:           $arch"
  say "  Homebrew:       $brew"
  say "CMake must be 3.25 or newer, g++ 12 or newer, Boost 1.74 or newer."
}

# provide SET...: afterwards the build tools are there. Returns 2 when they cannot be.
provide() {
  if is_debian; then
    install_on_debian "$@"
    return
  fi
  local tool
  for tool in cmake ninja c++; do
    if ! command -v "$tool" >/dev/null; then
      say "$tool is missing, and this is not Debian: nothing is installed here"
      name_packages "$@"
      return 2
    fi
  done
}

# Compiles again only what changed, also across fresh clones, where ccache is at hand.
launcher_options() {
  command -v ccache >/dev/null || return 0
  export CCACHE_BASEDIR="${CCACHE_BASEDIR:-$root}" CCACHE_NOHASHDIR="${CCACHE_NOHASHDIR:-1}"
  launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
}
launcher=()
launcher_options

# configure SETS FOLDER CMAKE-OPTION...: SETS are the package sets to name if it fails.
configure() {
  local sets="$1" folder="$2" log
  shift 2
  log="$logs/$(basename "$folder")-configure.log"
  mkdir -p "$logs"
  say "configuring ${folder#"$root/"}"
  if ! (cd "$root" && cmake -B "$folder" "${launcher[@]}" "$@") >"$log" 2>&1 </dev/null; then
    show_log "$log"
    # shellcheck disable=SC2086  # the sets are words
    if ! is_debian; then name_packages $sets; fi
    return 2
  fi
}

# build FOLDER TARGET: silent when there is nothing to do.
build() {
  local folder="$1" target="$2" log
  log="$logs/$(basename "$folder")-build.log"
  mkdir -p "$logs"
  if cmake --build "$folder" --target "$target" -- -n 2>/dev/null | grep -q 'no work to do'; then
    return 0
  fi
  say "building ${folder#"$root/"} (the first time takes minutes)"
  if ! cmake --build "$folder" --target "$target" >"$log" 2>&1 </dev/null; then
    show_log "$log"
    say "the build failed; its whole log is $log"
    return 2
  fi
}
