"""A hundred people asking at once, in one process: `python -m benchmarks.asking [--questions 20000] [--askers 100]`.

Each asker is a thread that asks the development questions one after another, every one of another council and place in
the list. Prints answers a second, the times of an answer as an asker sees them, and memory along the way: it may not
grow.
"""

from __future__ import annotations

import argparse
import itertools
import threading
import time
from pathlib import Path

from bot.answers import Asker, answer
from bot.evaluation import ASKED_ON, read_questions
from bot.services import load_services
from bot.settings import Settings

GOLDEN = Path(__file__).resolve().parent.parent / "tests" / "golden"


def held() -> float:
    """Return the memory that the process has now, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1024**2


def main() -> None:
    """Ask, and print what it took."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.asking", description=__doc__)
    parser.add_argument("--questions", type=int, default=20_000)
    parser.add_argument("--askers", type=int, default=100)
    given = parser.parse_args()
    services = load_services(Settings.from_env())
    asked = [one for path in sorted(GOLDEN.glob("*-development.jsonl")) for one in read_questions(path)]
    turn, took, lock = itertools.count(), [], threading.Lock()
    steps = {given.questions * part // 5 for part in range(1, 6)}

    def ask() -> None:
        while (number := next(turn)) < given.questions:
            one = asked[number * 7 % len(asked)]
            began = time.perf_counter()
            answer(one.text, Asker(one.council, ASKED_ON), services)
            with lock:
                took.append((time.perf_counter() - began) * 1000)
                if len(took) in steps:
                    print(f"{len(took):>8} answered, {held():.0f} MB", flush=True)

    for one in asked[:100]:
        answer(one.text, Asker(one.council, ASKED_ON), services)
    print(f"{0:>8} answered, {held():.0f} MB")
    threads = [threading.Thread(target=ask) for _ in range(given.askers)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - began
    took.sort()
    print(f"{given.askers} askers: {len(took) / spent:.0f} answers a second")
    print(f"an answer: p50 {took[len(took) // 2]:.0f} ms, p99 {took[int(0.99 * len(took))]:.0f} ms")


if __name__ == "__main__":
    main()
