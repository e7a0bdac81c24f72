"""The load: posts every line of a file over some kept connections, as a process of its own; prints what it took as JSON."""

from __future__ import annotations

import http.client
import json
import queue
import sys
import threading
import time
from pathlib import Path


def work(
    port: int, waiting: queue.SimpleQueue[tuple[str, bytes]], token: str, spent: list[float], bad: list[str]
) -> None:
    """Send until nothing waits."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    while True:
        try:
            path, body = waiting.get_nowait()
        except queue.Empty:
            connection.close()
            return
        began = time.perf_counter()
        connection.request("POST", path, body=body, headers=headers)
        answer = connection.getresponse()
        said = answer.read()
        spent.append(time.perf_counter() - began)
        if answer.status >= 300:
            bad.append(f"{answer.status} {said[:200]!r}")


def main() -> None:
    """`python -m bench._client PORT FILE TOKEN CONNECTIONS`"""
    port, place, token, connections = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    waiting: queue.SimpleQueue[tuple[str, bytes]] = queue.SimpleQueue()
    for line in place.read_text(encoding="utf-8").splitlines():
        path, _, body = line.partition("\t")
        waiting.put((path, body.encode()))
    spent: list[float] = []
    bad: list[str] = []
    threads = [threading.Thread(target=work, args=(port, waiting, token, spent, bad)) for _ in range(connections)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps({"seconds": time.perf_counter() - began, "spent": spent, "bad": bad}))


if __name__ == "__main__":
    main()
