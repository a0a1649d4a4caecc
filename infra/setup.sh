#!/bin/sh
# Makes .venv from a bare Python 3.11 or newer: uv by pip, everything else by uv, exactly as requirements.lock has it.
# What pip is told about its package index (variables, pip.conf) is told to uv as well, so a mirror works unchanged.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

usable() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
complete() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }

find_python() {
    incomplete=""
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14}; do
        usable "$candidate" || continue
        if complete "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
        incomplete=$candidate
    done
    if [ -n "$incomplete" ]; then
        say "$incomplete 缺少 venv 或 ensurepip 模块。Debian/Ubuntu 上请先执行: apt install python3-venv"
        say "$incomplete comes without venv or ensurepip. On Debian or Ubuntu first run: apt install python3-venv"
    else
        say "未找到 Python 3.11 或更新版本。请先安装，或用 make setup PYTHON=/路径/python3 指定。"
        say "No Python 3.11 or newer was found. Install one, or name it: make setup PYTHON=/path/to/python3"
    fi
    exit 1
}

# A setting of pip's, from PIP_… or its configuration files; empty when unset.
of_pip() {
    .venv/bin/python -m pip config list | sed -n "s/^[^=]*\.$1='\(.*\)'\$/\1/p" | tail -n 1
}

has_pip() { .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null 2>&1; }

if ! { usable .venv/bin/python && has_pip; }; then
    python=$(find_python)
    say "[1/4] .venv ($("$python" --version))"
    "$python" -m venv --clear .venv
fi

say "[2/4] uv"
awk '/^[^ ]/ { wanted = /^uv==/ } wanted' requirements.lock >.venv/uv.lock
.venv/bin/python -m pip install --quiet --require-hashes --requirement .venv/uv.lock

export UV_PYTHON_DOWNLOADS=never VIRTUAL_ENV="$PWD/.venv"
index=${PIP_INDEX_URL:-$(of_pip index-url)}
trusted=${PIP_TRUSTED_HOST:-$(of_pip trusted-host)}
certificates=${PIP_CERT:-$(of_pip cert)}
links=${PIP_FIND_LINKS:-$(of_pip find-links)}
[ -z "$index" ] || export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$index}"
[ -z "$trusted" ] || export UV_INSECURE_HOST="${UV_INSECURE_HOST:-$trusted}"
[ -z "$certificates" ] || export SSL_CERT_FILE="${SSL_CERT_FILE:-$certificates}"
set --
for link in $links; do set -- "$@" --find-links "$link"; done
[ -z "${PIP_NO_INDEX:-$(of_pip no-index)}" ] || set -- "$@" --no-index

say "[3/4] requirements.lock"
# Compiled once, here: where bytecode may not be written later, every start would compile a thousand files anew.
.venv/bin/uv pip sync --compile-bytecode --require-hashes "$@" requirements.lock
say "[4/4] societas"
.venv/bin/uv pip install --quiet --no-deps --no-build-isolation --no-index --editable .
