"""The library of digests: read from YAML, checked whole, held as plain frozen data."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from corpus.entry import Entry, Excepted, Manifest, NotDuty, Term
from corpus.errors import BadLibrary, UnknownCouncil
from corpus.strict_yaml import read_yaml

SHIPPED = Path(__file__).parent / "library"
_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True)
class Digest:
    """One council's document: what it is, its entries, and the lines that carry nothing of their own.

    `not_duties` are lines whose time words set no limit: for the checks, and not in a snapshot.
    """

    manifest: Manifest
    entries: tuple[Entry, ...]
    exceptions: tuple[Excepted, ...]
    not_duties: tuple[NotDuty, ...] = ()


class _Snapshot(BaseModel):
    fingerprint: str
    glossary: tuple[Term, ...]
    manifests: tuple[Manifest, ...]
    entries: tuple[Entry, ...]
    exceptions: dict[str, tuple[Excepted, ...]]


@dataclass(frozen=True)
class Library:
    """All digests, by council, the glossary, and a fingerprint of the files they came from."""

    digests: dict[str, Digest]
    glossary: tuple[Term, ...]
    fingerprint: str
    _by_id: dict[str, Entry] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self._by_id.update({entry.id: entry for entry in self.entries()})

    @classmethod
    def load(cls, root: Path = SHIPPED) -> Library:
        """Read the folder *root*: a folder a council, and ``glossary.yaml``.

        Raises:
            BadLibrary: with every fault of every file.
        """
        problems: list[str] = []
        terms = _read(root / "glossary.yaml", Term, problems)
        digests = [
            _digest(folder, problems) for folder in sorted(root.iterdir()) if (folder / "manifest.yaml").exists()
        ]
        kept = {digest.manifest.council: digest for digest in digests if digest}
        problems += _twice(entry.id for digest in kept.values() for entry in digest.entries)
        if problems:
            raise BadLibrary(problems)
        return cls(kept, tuple(terms), fingerprint(root))

    @property
    def councils(self) -> tuple[str, ...]:
        """The councils that there are digests of."""
        return tuple(self.digests)

    def digest(self, council: str) -> Digest:
        """Return one council's digest.

        Raises:
            UnknownCouncil: it is not in the library.
        """
        if council not in self.digests:
            raise UnknownCouncil(council, self.councils)
        return self.digests[council]

    def entries(self) -> Iterable[Entry]:
        """Every entry of every council."""
        return (entry for digest in self.digests.values() for entry in digest.entries)

    def entry(self, entry_id: str) -> Entry | None:
        """Return the entry of that id, or None."""
        return self._by_id.get(entry_id)

    def names(self) -> list[tuple[str, ...]]:
        """Return the names of each term of the glossary: the full one, then the short ones.

        >>> Library({}, (Term(term="core group", short=("CG",), means="…"),), "").names()
        [('core group', 'CG')]
        """
        return [(term.term, *term.short) for term in self.glossary]

    def to_json(self) -> bytes:
        """Return the whole as JSON, which loads in milliseconds where the YAML takes a second."""
        whole = _Snapshot(
            fingerprint=self.fingerprint,
            glossary=self.glossary,
            manifests=tuple(digest.manifest for digest in self.digests.values()),
            entries=tuple(self.entries()),
            exceptions={council: digest.exceptions for council, digest in self.digests.items()},
        )
        return whole.model_dump_json().encode()

    @classmethod
    def from_json(cls, data: bytes) -> Library:
        """Return what `to_json` wrote.

        Raises:
            BadLibrary: not such a snapshot.
        """
        try:
            whole = _Snapshot.model_validate_json(data)
        except ValidationError as fault:
            raise BadLibrary(["The library's snapshot is damaged; run `signpost build`."]) from fault
        digests = {
            manifest.council: Digest(
                manifest,
                tuple(entry for entry in whole.entries if entry.council == manifest.council),
                whole.exceptions[manifest.council],
            )
            for manifest in whole.manifests
        }
        return cls(digests, whole.glossary, whole.fingerprint)


def fingerprint(root: Path = SHIPPED) -> str:
    """Return the sha256, in hex, of every YAML file under *root*, names and bytes."""
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.yaml")):
        digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _digest(folder: Path, problems: list[str]) -> Digest | None:
    manifests = _read(folder / "manifest.yaml", Manifest, problems, whole=True)
    entries: list[Entry] = []
    exceptions: list[Excepted] = []
    not_duties: list[NotDuty] = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name == "not-duties.yaml":
            not_duties += _read(path, NotDuty, problems)
        elif path.name.startswith("exceptions"):
            exceptions += _read(path, Excepted, problems)
        elif path.name != "manifest.yaml":
            entries += _read(path, Entry, problems)
    problems += [
        f"{folder.name}: {entry.id}: id: does not begin with {folder.name}."
        for entry in entries
        if entry.council != folder.name
    ]
    return Digest(manifests[0], tuple(entries), tuple(exceptions), tuple(not_duties)) if manifests else None


def _read(path: Path, model: type[_Model], problems: list[str], whole: bool = False) -> list[_Model]:
    """Return the file's models; faults are added to *problems* as ``file: where: field: what``."""
    where = f"{path.parent.name}/{path.name}"
    try:
        data = read_yaml(path)
    except (OSError, ValueError) as fault:
        problems.append(f"{where}: {fault}")
        return []
    rows = [data] if whole else data
    if not isinstance(rows, list):
        problems.append(f"{where}: expected a list of entries")
        return []
    models = []
    for number, row in enumerate(rows, 1):
        name = row.get("id", f"entry {number}") if isinstance(row, dict) else f"entry {number}"
        try:
            models.append(TypeAdapter(model).validate_python(row))
        except ValidationError as fault:
            problems += [
                f"{where}: {name}: {'.'.join(map(str, error['loc'])) or 'entry'}: {error['msg']}"
                for error in fault.errors()
            ]
    return models


def _twice(ids: Iterable[str]) -> Sequence[str]:
    seen: set[str] = set()
    return [f"{name}: id: stands twice" for name in ids if name in seen or seen.add(name)]  # type: ignore[func-returns-value]
