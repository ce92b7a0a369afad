"""Everything an answer needs, loaded once: library, rule book, index, calendar, originals.

The YAML is read when the index is built and kept beside it as JSON, so that starting takes a fraction of a second. A
fingerprint of the files decides whether that snapshot still holds; where it does not, or where the index is damaged,
the index is built again, and the person is told.
"""

from __future__ import annotations

import fcntl
import hashlib
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import corpus
import index
import rules
from bot.items import items_of
from bot.settings import Settings
from corpus import Library, Original, UnreadableDocument, load_original
from index.confidence import Calibration, load_calibration
from rules import Calendar, RuleBook, england

Say = Callable[[str], None]


def say_to_stderr(sentence: str) -> None:
    """Print one sentence for a person, away from what a program may be reading."""
    print(sentence, file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Services:
    """What `bot.answers.answer` works with. Read-only; safe to share between threads."""

    library: Library
    book: RuleBook
    index: index.Index
    calibration: Calibration
    calendar: Calendar
    originals: Mapping[str, Original] = field(default_factory=dict)

    @property
    def councils(self) -> dict[str, str]:
        """The councils that can be asked about: id → name."""
        return {council: digest.manifest.name for council, digest in self.library.digests.items()}


def sources_fingerprint(model: str | None = None) -> str:
    """Return the sha256, in hex, of every file that the index and the snapshots are made from, and the model's name."""
    whole = f"{corpus.fingerprint()} {rules.fingerprint()} {index.version()} {model or 'packaged'}"
    return hashlib.sha256(whole.encode()).hexdigest()


def load_services(settings: Settings, say: Say = say_to_stderr, fitting: bool = False) -> Services:
    """Load, building or mending the index first where that is needed.

    With *fitting* the services refuse nothing, so that a new calibration can be fitted and measured with them.

    Raises:
        BadLibrary, BadRuleFile: the files that the index would be built from are wrong.
        ModelMissing: there is no encoder to build with.
    """
    mark = sources_fingerprint(settings.model)
    folder = settings.data / "index"
    for attempt in (1, 2):
        try:
            return _load(settings, folder, mark, fitting)
        except (index.CorruptIndex, index.StaleIndex, corpus.BadLibrary, OSError) as fault:
            if attempt == 2:
                raise
            say(_why(folder, fault))
            build(settings, say=say)
    raise AssertionError("unreachable")  # pragma: no cover


def _why(folder: Path, fault: Exception) -> str:
    if not folder.exists():
        return "First start: building the index (about two minutes)."
    if isinstance(fault, index.CorruptIndex):
        return "The index on disk is damaged; building it again (about a minute)."
    return "The library, the rules or the program changed; building the index again (about a minute)."


def _load(settings: Settings, folder: Path, mark: str, fitting: bool) -> Services:
    if not (folder / "header.json").is_file():
        raise index.CorruptIndex("There is no index yet; run `signpost build`.")
    loaded = index.load(folder, mark)
    library = Library.from_json((folder / "library.json").read_bytes())
    book = RuleBook.from_json((folder / "rules.json").read_bytes())
    return Services(
        library=library,
        book=book,
        index=loaded,
        calibration=Calibration.none_yet(loaded.weights) if fitting else load_calibration(loaded.weights),
        calendar=england(),
        originals=dict(_originals(library, settings.data)),
    )


def _originals(library: Library, data: Path) -> Iterator[tuple[str, Original]]:
    for council in library.councils:
        try:
            original = load_original(council, data)
        except UnreadableDocument as fault:  # answers go on in the digest's words
            say_to_stderr(str(fault))
            continue
        if original:
            yield council, original


def build(
    settings: Settings, progress: index.Progress | None = None, say: Say = say_to_stderr, fresh: bool = False
) -> str:
    """Build the index and the snapshots in the data folder; another process doing the same is waited for.

    Only texts that changed since the last build are encoded, all of them with *fresh*. Returns the fingerprint of what
    it was built from.
    """
    mark = sources_fingerprint(settings.model)
    folder = settings.data / "index"
    with _only_one(settings.data):
        if index.mark_of(folder) == mark and not fresh:  # built meanwhile by another process, or never out of date
            return mark
        library = Library.load()
        book = RuleBook.load()
        extra = {"library.json": library.to_json(), "rules.json": book.to_json().encode()}
        index.build(
            items_of(library, book),
            library.names(),
            folder,
            mark=mark,
            model=settings.model,
            extra=extra,
            fresh=fresh,
            progress=progress or _quiet(say),
        )
    return mark


def _quiet(say: Say) -> index.Progress:
    told: set[str] = set()

    def progress(what: str, done: int, total: int) -> None:
        if what not in told:
            told.add(what)
            say(f"… {what}")

    return progress


@contextmanager
def _only_one(data: Path) -> Iterator[None]:
    data.mkdir(parents=True, exist_ok=True)
    with (data / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
