#!/bin/sh
# Finds the programs that some tests drive, a browser and PostgreSQL; where there is none
# and it may, installs Debian's. The tests start PostgreSQL themselves, on loopback.
set -u

browser() {
    for name in chromium chromium-browser google-chrome; do
        if command -v "$name" >/dev/null 2>&1; then
            return 0
        fi
    done
    return 1
}

database() {
    for folder in /usr/lib/postgresql/*/bin; do
        if [ -x "$folder/initdb" ]; then
            return 0
        fi
    done
    return 1
}

# Runs a command as root, where nobody has to be asked for a password.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    as_root true || return 1
    as_root apt-get -qq update || return 1
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq --yes --no-install-recommends install "$@"
}

browser || install chromium >/dev/null 2>&1
if ! browser; then
    echo "No Chromium here, and none could be installed: the journeys in a browser will be skipped." >&2
fi
database || install postgresql >/dev/null 2>&1
if ! database; then
    echo "No PostgreSQL here, and none could be installed: its tests will be skipped." >&2
fi
