#!/usr/bin/env bash
# Installs one locked list of packages; a failure is told in one sentence, with the place of its full log.
set -u
name=$1
python=$2
began=$SECONDS
log=.state/packages-$name.log
mkdir -p .state
echo "== packages ($name)"
if PIP_DISABLE_PIP_VERSION_CHECK=1 "$python" -m pip install --no-input --progress-bar off --require-hashes \
    -r "requirements/$name.txt" >"$log" 2>&1; then
  echo "   $(grep -c '^ *[a-zA-Z0-9_.-]*==' "requirements/$name.txt") packages in $((SECONDS - began)) seconds"
  exit 0
fi
said() { grep -Eqi "$1" "$log"; }
if said 'No space left on device'; then
  echo "The disk is full: free some space and run the same command again."
elif said "command '[^']*(gcc|cc|clang|g\+\+)' failed|unable to execute '[^']*cc'|Python\.h|[Cc]ompiler.*(not found|required|cannot)|No such file or directory: '(gcc|cc|cargo|rustc)'"; then
  echo "A package has no build for this machine and no compiler was found: sudo apt-get install -y build-essential python3-dev"
elif said 'Failed to establish a new connection|Temporary failure in name resolution|Name or service not known|ReadTimeout|ConnectTimeout|ProxyError|Could not fetch URL|No matching distribution found|Network is unreachable'; then
  echo "The package index could not be reached. Is the network up? Behind a proxy, set HTTPS_PROXY; with an index of your own, PIP_INDEX_URL."
elif said 'THESE PACKAGES DO NOT MATCH THE HASHES'; then
  echo "A package differs from the one that was locked; nothing was installed. Check the package index you use."
elif said 'Permission denied'; then
  echo "The environment cannot be written by $(id -un). Run as the user who made it, or remove it: make clean"
else
  tail -n 3 "$log"
  echo "The packages could not be installed."
fi
echo "The full log is $log."
exit 1
