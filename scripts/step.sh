#!/usr/bin/env bash
# Runs one step of set-up under its name; says how long it took.
echo "== $1"
shift
began=$SECONDS
"$@"
code=$?
[ $code != 0 ] || [ $((SECONDS - began)) -lt 3 ] || echo "   $((SECONDS - began)) seconds"
exit $code
