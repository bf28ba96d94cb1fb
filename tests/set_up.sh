#!/bin/sh
# usage: set_up.sh system PYTHON VENV PACKAGE…   installs the Debian packages that are missing, where it may, and makes
#                                                the virtual environment
#        set_up.sh python VENV WHAT…             installs into it with pip
# What cannot be done is said in a sentence, with what to do.
set -eu
what=$1
shift

refuse() {
    echo "$1" >&2
    exit 1
}

if [ "$what" = python ]; then
    venv=$1
    shift
    log="$venv/pip.log"
    if ! "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@" >"$log" 2>&1; then
        grep -q -i -E 'no space left' "$log" &&
            refuse "pip cannot install: the disk is full; make room and call make again ($log)."
        grep -q -i -E 'connection|resolve|timed out|unreachable|no matching distribution|SSLError|proxy' "$log" &&
            refuse "pip cannot reach its package index: look at the network or pip's settings and call make again ($log)."
        refuse "pip cannot install: $(grep -m1 -i '^error' "$log" || tail -n 1 "$log") ($log)."
    fi
    exit 0
fi

python=$1 venv=$2
shift 2
is_recent() { "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; }
if command -v "$python" >/dev/null && ! is_recent; then
    refuse "Python 3.11 or newer is needed and $python is $("$python" -V 2>&1): install one and call make PYTHON=python3.11."
fi

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
        refuse "System packages are missing that may not be installed from here: run sudo apt-get install$missing (or what they are called on this system) and call make again."
    fi
    echo "== installing system packages:$missing =="
    log=$(mktemp)
    if ! { $root apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends $missing; } >"$log" 2>&1; then
        refuse "apt-get cannot install$missing: look at the network or its sources and call make again ($log)."
    fi
    rm -f "$log"
fi
is_recent || refuse "Python 3.11 or newer is needed and $python is $("$python" -V 2>&1): install one and call make PYTHON=python3.11."
if [ ! -x "$venv/bin/python" ]; then
    echo "== making the virtual environment $venv =="
    "$python" -m venv "$venv"
fi
