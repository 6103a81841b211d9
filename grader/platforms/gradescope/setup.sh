#!/usr/bin/env bash
# Installs wxb when Gradescope builds the image: as root, once, with a network. Whatever is missing
# ends it with a sentence, so that no autograder comes out of it that would mark wrongly.
set -euo pipefail

root="${WXB_AUTOGRADER:-/autograder}"
source="$root/source"

say() { echo "wxb: $*" >&2; }

# A Python that wxb runs on, newest first.
find_python() {
    local name
    for name in python3.14 python3.13 python3.12 python3.11 python3 python; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

has() { "$python" -c "$1" >/dev/null 2>&1; }

if ! find_python >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3 || true
fi
if ! python="$(find_python)"; then
    say "Python 3.11 or newer is needed, and this image has $(python3 --version 2>/dev/null || echo none)."
    say "On Gradescope's page Configure Autograder choose the base image Ubuntu 24.04 or newer, whose"
    say "Python is 3.12. To stay with Ubuntu 22.04, put these lines at the top of setup.sh instead:"
    say "    apt-get update && apt-get install -y software-properties-common"
    say "    add-apt-repository -y ppa:deadsnakes/ppa && apt-get install -y python3.12 python3.12-venv"
    exit 1
fi

missing=()
has 'import ensurepip, venv' || missing+=("$(basename "$(readlink -f "$python")")-venv")
has 'import ctypes.util, sys; sys.exit(not ctypes.util.find_library("seccomp"))' ||
    missing+=(libseccomp2)
if ((${#missing[@]})); then
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        say "These packages of the system are missing: ${missing[*]}."
        exit 1
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}"
fi

# Not in source/, which is the owner's alone.
"$python" -m venv "$root/wxb"
cd "$source"
"$root/wxb/bin/python" -m pip install -q --disable-pip-version-check \
    -r requirements.txt -c constraints.txt

# Gradescope copies run_autograder out of source/, so nobody else has to read what lies there.
mkdir -p "$root/results"
chmod -R go= "$source" "$root/results"
exec "$root/wxb/bin/python" -I -m grader.platforms.gradescope.prove "$root"
