"""Search at the size of every council's papers: `python -m benchmarks.scale [--passages 1000000] [--hnsw 100000]`.

Vectors are synthetic: points about centres on the unit sphere, as passages about subjects are, with a fixed seed;
questions are passages with as much noise again. FAISS's flat index (exact, what Signpost uses) is set beside IVF and
HNSW, with their recall of the flat one's first ten. The sparse half is a bm25s index of synthetic words drawn by Zipf's
law. Times are of one question at a time, on two threads.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable

import bm25s
import faiss
import numpy as np
from numpy.typing import NDArray

SIDE, SUBJECTS, SEED, ASKED = 384, 2000, 20261125, 200
Rows = NDArray[np.float32]


def passages(count: int, chance: np.random.Generator) -> Rows:
    """Return *count* unit vectors about SUBJECTS centres."""
    centres = chance.standard_normal((SUBJECTS, SIDE), dtype=np.float32)
    rows = centres[chance.integers(0, SUBJECTS, count)]
    rows += 0.9 * chance.standard_normal((count, SIDE), dtype=np.float32)
    faiss.normalize_L2(rows)
    return rows


def timed(
    name: str, ask: Callable[[Rows], NDArray[np.int64]], asked: Rows, truth: NDArray[np.int64] | None
) -> NDArray[np.int64]:
    """Print the times of one question at a time and the recall of *truth*; return what was found."""
    took, found = [], []
    for row in asked:
        began = time.perf_counter()
        found.append(ask(row[None]))
        took.append((time.perf_counter() - began) * 1000)
    took.sort()
    out = np.concatenate(found)
    recall = (
        1.0 if truth is None else float(np.mean([len(set(a) & set(b)) / 10 for a, b in zip(out, truth, strict=True)]))
    )
    middle, most = took[len(took) // 2], took[int(0.99 * len(took))]
    print(f"{name:<28} p50 {middle:7.2f} ms   p99 {most:7.2f} ms   recall@10 {recall:.3f}", flush=True)
    return out


def memory() -> str:
    """Return the most memory that the process has had."""
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2:.1f} GB at most"


def dense(count: int, hnsw: int) -> None:
    """Print what the dense indexes do."""
    chance = np.random.default_rng(SEED)
    rows = passages(count, chance)
    asked = rows[chance.integers(0, count, ASKED)] + 0.04 * chance.standard_normal((ASKED, SIDE), dtype=np.float32)
    faiss.normalize_L2(asked)
    flat = faiss.IndexFlatIP(SIDE)
    flat.add(rows)
    truth = timed(f"flat, {count:,}", lambda row: flat.search(row, 10)[1], asked, None)
    began = time.perf_counter()
    lists = int(4 * count**0.5)
    ivf = faiss.IndexIVFFlat(faiss.IndexFlatIP(SIDE), SIDE, lists, faiss.METRIC_INNER_PRODUCT)
    ivf.train(rows[: min(count, 40 * lists)])
    ivf.add(rows)
    print(f"IVF, {lists} lists: built in {time.perf_counter() - began:.0f} s")
    for probes in (8, 32, 128):
        ivf.nprobe = probes
        timed(f"IVF, {probes} of {lists} lists", lambda row: ivf.search(row, 10)[1], asked, truth)
    few = rows[:hnsw]
    small = faiss.IndexFlatIP(SIDE)
    small.add(few)
    asked = few[chance.integers(0, hnsw, ASKED)] + 0.04 * chance.standard_normal((ASKED, SIDE), dtype=np.float32)
    faiss.normalize_L2(asked)
    truth = timed(f"flat, {hnsw:,}", lambda row: small.search(row, 10)[1], asked, None)
    began = time.perf_counter()
    graph = faiss.IndexHNSWFlat(SIDE, 32, faiss.METRIC_INNER_PRODUCT)
    graph.add(few)
    print(f"HNSW, 32 links, {hnsw:,}: built in {time.perf_counter() - began:.0f} s")
    for width in (32, 128):
        graph.hnsw.efSearch = width
        timed(f"HNSW, width {width}", lambda row: graph.search(row, 10)[1], asked, truth)


def sparse(count: int) -> None:
    """Print what the sparse index does: passages of sixty words, questions of eight."""
    chance = np.random.default_rng(SEED)
    words = np.minimum(chance.zipf(1.3, size=(count, 60)), 50_000).astype(np.int32)
    began = time.perf_counter()
    index = bm25s.BM25(k1=1.2, b=0.75)
    index.index((words.tolist(), {str(n): n for n in range(50_001)}), show_progress=False)
    held = sum(part.nbytes for part in (index.scores["data"], index.scores["indices"], index.scores["indptr"]))
    print(f"BM25, {count:,}: built in {time.perf_counter() - began:.0f} s, {held / 1024**3:.2f} GB")
    took = []
    for place in chance.integers(0, count, ASKED):
        question = [str(word) for word in chance.choice(words[place], 8)]
        began = time.perf_counter()
        np.argpartition(-index.get_scores(question), 10)[:10]
        took.append((time.perf_counter() - began) * 1000)
    took.sort()
    print(f"{'BM25':<28} p50 {took[len(took) // 2]:7.2f} ms   p99 {took[int(0.99 * len(took))]:7.2f} ms", flush=True)


def main() -> None:
    """Print every line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--hnsw", type=int, default=100_000, help="how many the graph is built of; it takes longest")
    given = parser.parse_args()
    faiss.omp_set_num_threads(2)
    dense(given.passages, given.hnsw)
    print(memory())
    sparse(given.passages)
    print(memory())


if __name__ == "__main__":
    main()
