"""`signpost corpus …`: the councils' documents and their digests."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from bot.commands.sketching import write_sketches
from bot.settings import Settings
from bot.usage import UsageError
from corpus import (
    BadLibrary,
    CorpusError,
    Library,
    Source,
    UnknownCouncil,
    UnreadableDocument,
    add_original,
    coverage,
    load_original,
    read_text,
)
from rules import RuleBook


def sources_of(council: str, library: Library, book: RuleBook) -> Iterator[tuple[str, Source]]:
    """Every place of *council*'s document that an entry or a rule rests on: (id, source)."""
    for entry in library.digest(council).entries:
        yield entry.id, entry.source
    for rule in book.of(council):
        source = rule.versions[0].source
        if source.lines:
            yield rule.id, Source(lines=source.lines, sketch=source.sketch)


def run_add(arguments: argparse.Namespace, settings: Settings) -> int:
    """Read a document in and say how many places were found in it."""
    library, book = Library.load(), RuleBook.load()
    council = arguments.council.lower()
    try:
        held = library.digest(council).manifest.sha256
        with Console(stderr=True).status("finding every entry's place …"):
            original = add_original(council, arguments.file, sources_of(council, library, book), settings.data, held)
    except (UnknownCouncil, UnreadableDocument) as fault:
        raise UsageError(str(fault)) from fault
    states = [place.state for place in original.places.values()]
    counts = ", ".join(f"{states.count(state)} {state}" for state in ("same", "changed", "gone"))
    print(f"Read in {arguments.file.name} for {council}: {len(original.lines)} lines; {len(states)} places: {counts}.")
    return 0


def run_list(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print what is loaded, a line a council."""
    library = Library.load()
    rows = []
    for council, digest in library.digests.items():
        original = load_original(council, settings.data)
        rows.append(
            {
                "council": council,
                "title": digest.manifest.title,
                "edition": digest.manifest.edition,
                "standing": digest.manifest.standing,
                "entries": len(digest.entries),
                "read_in": original is not None,
            }
        )
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False))
    else:
        for row in rows:
            quotes = "quoted verbatim" if row["read_in"] else "in the digest's words (document not read in)"
            print(f"{row['council']}: {row['title']}; {row['entries']} entries, {quotes}. {row['standing'] or ''}")
    return 0


def run_check(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the share of each read-in document that its digest covers and the lines it does not; exit 1 on a fault."""
    try:
        library = Library.load()
    except BadLibrary as fault:
        for problem in fault.problems:
            print(problem)
        return 1
    report = [_report(council, library, settings.data) for council in library.councils]
    if arguments.json:
        print(json.dumps(report, ensure_ascii=False))
    else:
        for row in report:
            print(_line(row))
    return 1 if any(row["faults"] for row in report) else 0


def _report(council: str, library: Library, data: Path) -> dict[str, object]:
    digest = library.digest(council)
    faults = [f"{entry.id}: no sketch" for entry in digest.entries if not entry.source.sketch]
    row: dict[str, object] = {"council": council, "entries": len(digest.entries), "coverage": None}
    original = load_original(council, data)
    if original:
        covered = coverage(digest, original.lines)
        gone = [key for key, place in original.places.items() if place.state != "same"]
        held = original.sha256 == digest.manifest.sha256
        faults += [f"{name} runs past the end" for name in covered.overruns]
        faults += [f"{key}: not found unchanged" for key in gone]
        faults += [f"line {line} is in no entry and no exception" for line in covered.uncovered if held]
        row |= {
            "coverage": round(covered.share, 4),
            "content_lines": covered.content,
            "in_entries": covered.in_entries,
            "excepted": covered.excepted,
            "uncovered": list(covered.uncovered),
        }
    return row | {"faults": faults}


def _line(row: dict[str, object]) -> str:
    faults = row["faults"]
    assert isinstance(faults, list)
    head = f"{row['council']}: {row['entries']} entries"
    if row["coverage"] is None:
        head += "; document not read in, so coverage is not known (signpost corpus add COUNCIL FILE)"
    else:
        head += (
            f"; {row['coverage']:.2%} of {row['content_lines']} content lines covered"
            f" ({row['in_entries']} in entries, {row['excepted']} excepted)"
        )
    return "\n".join([head, *(f"  {fault}" for fault in faults)])


def run_sketch(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the sketch of every entry and rule of a council into its YAML, from the original the lines belong to."""
    library, book = Library.load(), RuleBook.load()
    try:
        text = read_text(arguments.file)
        manifest = library.digest(arguments.council.lower()).manifest
    except CorpusError as fault:
        raise UsageError(str(fault)) from fault
    count = write_sketches(manifest, text, book)
    print(f"Wrote {count} sketches.")
    return 0
