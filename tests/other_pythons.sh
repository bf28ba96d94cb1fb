#!/bin/sh
# usage: other_pythons.sh TESTED PYTHON…
# Builds the four issues and runs the whole-way and press tests on each Python from 3.11 on that is there, one of a
# release, and not the one already TESTED; none is begun after the second OTHERS_UNTIL. Its environment stays in .venv/ beside the first, and only wheels go into it.
set -eu
tested=$1
shift
version() { "$1" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null; }
done_with=" $(version "$tested") "
for python in "$@"; do
    command -v "$python" >/dev/null || continue
    "$python" -c 'import sys, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null || continue
    version=$(version "$python")
    case "$done_with" in *" $version "*) continue ;; esac
    done_with="$done_with$version "
    if [ "$(date +%s)" -gt "${OTHERS_UNTIL:-9999999999}" ]; then
        echo "== Python $version: no time left, call make others =="
        continue
    fi
    venv=".venv/python-$version"
    echo "== Python $version =="
    if [ ! -e "$venv/.ready" ] || [ pyproject.toml -nt "$venv/.ready" ]; then
        [ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
        tests/set_up.sh python "$venv" --only-binary :all: --editable ".[check]"
        touch "$venv/.ready"
    fi
    for issue in issues/*/; do
        "$venv/bin/layout" build "$issue" -o "$venv/issues/$(basename "$issue").pdf" --no-cache 2>"$venv/said" || {
            cat "$venv/said" >&2
            exit 1
        }
    done
    "$venv/bin/python" -m pytest -p no:cacheprovider -n auto -m "not slow" tests/test_whole_way.py tests/press
done
