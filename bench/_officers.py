"""The officers: each opens the queue, opens what stands in it, reads its sections and comes back; a process of its own.

`python -m bench._officers PORT FILE SECONDS THINK` where FILE has one session key a line; prints what each page took as JSON.
"""

from __future__ import annotations

import http.client
import json
import random
import re
import sys
import threading
import time
from pathlib import Path

OPEN = re.compile(rb'data-href="(/[^"]+)"')
SECTIONS = ("", "/items", "/payments", "/timeline")


class Officer:
    """One person with a browser that keeps its connection."""

    def __init__(self, port: int, session: str, seed: int, think: float) -> None:
        self.port, self.session, self.think = port, session, think
        self.chance = random.Random(seed)  # noqa: S311
        self.spent: list[tuple[str, float]] = []
        self.bad: list[str] = []
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def work(self, until: float) -> None:
        time.sleep(self.chance.random() * self.think)  # they do not sit down at one and the same moment
        while time.monotonic() < until:
            rows = OPEN.findall(self._get("queue", "/queue"))
            if not rows:
                self.bad.append("an empty queue")
                return
            place = self.chance.choice(rows[:20]).decode()
            for section in SECTIONS:
                if time.monotonic() < until:
                    self._get("declaration" if not section else section.strip("/"), place + section)

    def _get(self, name: str, path: str) -> bytes:
        began = time.perf_counter()
        self.connection.request("GET", path, headers={"Cookie": f"sessionid={self.session}; django_language=ru"})
        answer = self.connection.getresponse()
        said = answer.read()
        self.spent.append((name, time.perf_counter() - began))
        if answer.status != 200:
            self.bad.append(f"{answer.status} {path}")
        time.sleep(self.chance.expovariate(1 / self.think))
        return said


def main() -> None:
    """Run them all until the time is over."""
    port, place, seconds, think = int(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4])
    sessions = place.read_text(encoding="utf-8").split()
    officers = [Officer(port, session, seed, think) for seed, session in enumerate(sessions)]
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=officer.work, args=(until,)) for officer in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = [one for officer in officers for one in officer.spent]
    print(json.dumps({"spent": spent, "bad": [one for officer in officers for one in officer.bad]}))


if __name__ == "__main__":
    main()
