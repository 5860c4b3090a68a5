#!/bin/bash
# postgres.sh start DIR   starts a throw-away PostgreSQL on a free port of 127.0.0.1 and prints its URL
# postgres.sh stop DIR    stops it and removes DIR
# Works as root, who may not run it and drops to user postgres, and as anybody else.
# PGBIN=… chooses another version. Nothing it holds survives a crash: that makes it fast.
set -euo pipefail
PGBIN=${PGBIN:-$(ls -d /usr/lib/postgresql/*/bin 2> /dev/null | sort -V | tail -1)}
[ -x "$PGBIN/initdb" ] || { echo 'postgres.sh: PostgreSQL is not installed' >&2; exit 1; }

as_owner() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=postgres --regid=postgres --init-groups --inh-caps=-all -- "$@"
    else
        "$@"
    fi
}

start() {
    install -d -m 755 "$1"
    cd "$1"
    if [ "$(id -u)" = 0 ]; then chown postgres: .; fi
    as_owner test -w "$PWD" || { echo "postgres.sh: user postgres can't enter $PWD; its parent folders need chmod a+x" >&2; exit 1; }
    local port
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    as_owner "$PGBIN/initdb" -D "$PWD/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync > "$PWD/initdb.log"
    cat >> "$PWD/data/postgresql.conf" << CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$PWD'
fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = 128MB
max_connections = 400
CONF
    # The server's output goes to a file: a pipe would be held open and its reader wait for ever.
    as_owner "$PGBIN/pg_ctl" -D "$PWD/data" -l "$PWD/postgres.log" -w -t 30 start > /dev/null
    echo "postgres://postgres@127.0.0.1:$port/postgres"
}

stop() {
    cd "$1"
    local folder=$PWD
    as_owner "$PGBIN/pg_ctl" -D "$folder/data" -m immediate -w stop > /dev/null
    cd /
    rm -rf "$folder"
}

case ${1:-}:$# in
    start:2 | stop:2) "$1" "$2" ;;
    *) echo 'postgres.sh start|stop DIR' >&2; exit 2 ;;
esac
