#!/bin/sh
# usage: set_up.sh system PYTHON VENV PACKAGE…
# Installs the Debian packages that are missing, where it may, and makes the virtual environment.
set -eu
shift
python=$1 venv=$2
shift 2

missing=
for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    missing="$missing python3-venv"
fi
if [ -n "$missing" ]; then
    root=
    if [ "$(id -u)" != 0 ]; then
        if sudo -n true 2>/dev/null; then root="sudo -n"; else root=none; fi
    fi
    if [ "$root" = none ] || ! command -v apt-get >/dev/null; then
        echo "These system packages are missing and cannot be installed from here:$missing" >&2
        echo "Install them (on Debian or Ubuntu: sudo apt-get install$missing) and call make again." >&2
        exit 1
    fi
    echo "== installing system packages:$missing =="
    $root apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Python 3.11 or newer is needed; $python is $("$python" -V 2>&1). Try: make PYTHON=python3.11" >&2
    exit 1
fi
if [ ! -x "$venv/bin/python" ]; then
    echo "== making the virtual environment $venv =="
    "$python" -m venv "$venv"
fi
