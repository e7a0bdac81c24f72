#!/usr/bin/env bash
# Says before the long set-up that the site could not listen where it is told to.
port=${GUMRUK_PORT:-8000}
address=${GUMRUK_ADDRESS:-127.0.0.1}
case $port in *[!0-9]*|'') echo "GUMRUK_PORT must be a number; it is \"$port\"."; exit 2;; esac
[ "$address" != 0.0.0.0 ] || address=127.0.0.1
if (exec 3<>"/dev/tcp/$address/$port") 2>/dev/null; then
  echo "Port $port is taken. Stop what uses it, or choose another: GUMRUK_PORT=8080 make run"
  exit 2
fi
