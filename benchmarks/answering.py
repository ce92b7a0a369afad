"""How fast a question is answered, warm and cold, and in how much memory: `python -m benchmarks.answering [FILE]`.

FILE holds questions as JSON lines or as one object (the repository's development questions by default). Warm figures
are of one process after one pass; cold ones start `signpost ask` anew. The encoder's forward pass is timed beside them:
it is the floor that no ranking goes under.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bot.answers import Asker, answer
from bot.evaluation import ASKED_ON, read_questions
from bot.services import load_services
from bot.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = ROOT / "tests" / "golden" / "york-development.jsonl"
COLD_RUNS = 7


def percentile(values: list[float], share: float) -> float:
    """Return the value below which *share* of *values* lie.

    >>> percentile([1.0, 2.0, 3.0, 4.0], 0.5)
    3.0
    """
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def main() -> None:
    """Print the figures."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else QUESTIONS
    settings = Settings.from_env()
    began = time.perf_counter()
    services = load_services(settings)
    loaded = time.perf_counter() - began
    asked = read_questions(path)
    for one in asked:
        answer(one.text, Asker(one.council, ASKED_ON), services)
    took, floor = [], []
    for _ in range(3):
        for one in asked:
            began = time.perf_counter()
            answer(one.text, Asker(one.council, ASKED_ON), services)
            took.append((time.perf_counter() - began) * 1000)
            began = time.perf_counter()
            services.index.embedder.encode([one.text])
            floor.append((time.perf_counter() - began) * 1000)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(asked)} questions of {path.name}, three times each, in one process")
    print(f"loading        {loaded:.2f} s")
    print(f"answer         p50 {percentile(took, 0.5):.2f} ms   p95 {percentile(took, 0.95):.2f} ms")
    print(f"encoder alone  p50 {percentile(floor, 0.5):.2f} ms   p95 {percentile(floor, 0.95):.2f} ms")
    print(f"answer / encoder, at p50: {percentile(took, 0.5) / percentile(floor, 0.5):.2f}")
    print(f"memory at most {memory:.0f} MB")
    cold = []
    for _ in range(COLD_RUNS):
        began = time.perf_counter()
        words = [sys.executable, "-m", "bot.cli", "ask", "--council", "york", "when is the first core group?"]
        subprocess.run(words, check=True, capture_output=True, cwd=ROOT)
        cold.append(time.perf_counter() - began)
    print(f"cold `signpost ask`, {COLD_RUNS} runs: median {statistics.median(cold):.2f} s, most {max(cold):.2f} s")


if __name__ == "__main__":
    main()
