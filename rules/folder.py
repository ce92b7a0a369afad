"""Reading a folder of rule files: every problem collected, none hidden behind another.

| in the folder | holds |
| --- | --- |
| `events/*.yaml` | a mapping of names to `{title, question, words}` |
| `facts/*.yaml` | a mapping of names to `{title, question, values}` |
| `<council>/*.yaml` | a list of rules; `england` holds the national ones |
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from rules.rule import EventWord, FactWord, Rule
from rules.strict_yaml import read_yaml

SHIPPED = Path(__file__).parent / "library"
NATIONAL = "england"
_NOT_COUNCILS = ("events", "facts")
_M = TypeVar("_M", bound=BaseModel)


@dataclass
class Folder:
    """What was read: rules with the file each stands in, event and fact words, and every problem."""

    rules: dict[str, Rule] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    events: dict[str, EventWord] = field(default_factory=dict)
    facts: dict[str, FactWord] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    fingerprint: str = ""
    named: set[str] = field(default_factory=set)  # ids of rules that stand in a file, well formed or not

    def say(self, rule: Rule, what: str, problem: str) -> None:
        """Note a problem of a rule that could be read."""
        self.problems.append(f"{self.files[rule.id]}: {rule.id}: {what}: {problem}")


def councils_in(root: Path) -> list[str]:
    """Return the councils that have a folder of rules in *root*.

    >>> "york" in councils_in(SHIPPED)
    True
    """
    return sorted(
        folder.name
        for folder in root.iterdir()
        if folder.is_dir() and folder.name not in _NOT_COUNCILS and next(folder.glob("*.yaml"), None)
    )


def read_folder(root: Path, councils: Sequence[str] | None = None) -> Folder:
    """Read the rule files of *councils* (all where None) and the national ones, with the words for events and facts.

    Nothing is raised: what is wrong stands in `problems`, a line each.

    >>> read_folder(SHIPPED / "nowhere").problems
    ['nowhere: there is no such folder']
    """
    out = Folder()
    if not root.is_dir():
        out.problems.append(f"{root.name}: there is no such folder")
        return out
    wanted = councils_in(root) if councils is None else sorted({*councils, NATIONAL} & set(councils_in(root)))
    for missing in sorted(set(councils or ()) - set(wanted)):
        out.problems.append(f"{missing}: there is no folder of rules for this council")
    _read_words(root, "events", EventWord, out.events, out)
    _read_words(root, "facts", FactWord, out.facts, out)
    for council in wanted:
        for path in sorted((root / council).glob("*.yaml")):
            _read_rules(path, council, out)
    for rule in out.rules.values():
        _check_names(rule, out)
    out.fingerprint = fingerprint(root, ("events", "facts", *wanted))
    return out


def fingerprint(root: Path = SHIPPED, folders: Sequence[str] | None = None) -> str:
    """Return the sha256, in hex, over names and bytes of every rule file of *root* (or of some of its folders).

    >>> len(fingerprint())
    64
    """
    whole = hashlib.sha256()
    for path in sorted(root.glob("*/*.yaml")):
        if folders is None or path.parent.name in folders:
            data = path.read_bytes()
            whole.update(f"{path.parent.name}/{path.name} {len(data)}\n".encode())
            whole.update(data)
    return whole.hexdigest()


def _data(path: Path, out: Folder) -> Any:  # noqa: ANN401  # plain data of any shape
    try:
        return read_yaml(path)
    except ValueError as fault:
        out.problems.append(f"{_short(path)}: {fault}")
        return None


def _short(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _read_words(root: Path, kind: str, model: type[_M], into: dict[str, _M], out: Folder) -> None:
    for path in sorted((root / kind).glob("*.yaml")):
        data = _data(path, out)
        if data is None:
            continue
        if not isinstance(data, dict):
            out.problems.append(f"{_short(path)}: must be a mapping of names, as in `icpc_held: {{title: …}}`")
            continue
        for name, value in data.items():
            if name in into:
                out.problems.append(f"{_short(path)}: {name}: the name stands in another file too")
            found = _model(model, value, f"{_short(path)}: {name}", out)
            if found:
                into[name] = found


def _read_rules(path: Path, council: str, out: Folder) -> None:
    data = _data(path, out)
    if data is None:
        return
    if not isinstance(data, list):
        out.problems.append(f"{_short(path)}: must be a list of rules, each beginning `- id: …`")
        return
    for place, value in enumerate(data, 1):
        given = value.get("id") if isinstance(value, dict) else None
        label = given if isinstance(given, str) else f"rule {place}"
        if label in out.named:
            out.problems.append(f"{_short(path)}: {label}: id: another rule has it too; an id stands once")
            continue
        out.named.add(label)
        rule = _model(Rule, value, f"{_short(path)}: {label}", out)
        if rule is None:
            continue
        out.rules[rule.id] = rule
        out.files[rule.id] = _short(path)
        if rule.council != council:
            out.say(rule, "id", f"must begin with {council}., the folder it stands in")


def _model(model: type[_M], value: object, where: str, out: Folder) -> _M | None:
    try:
        return model.model_validate(value)
    except ValidationError as faults:
        for fault in faults.errors():
            at = ".".join(str(part) for part in fault["loc"])
            out.problems.append(": ".join(filter(None, (where, at, _sentence(fault["type"], fault["msg"])))))
        return None


def _sentence(kind: str, message: str) -> str:
    plain = {
        "missing": "missing",
        "extra_forbidden": "unknown key",
        "model_type": "must be a mapping of keys",
        "model_attributes_type": "must be a mapping of keys",
    }
    return plain.get(kind) or message.removeprefix("Value error, ")


def _check_names(rule: Rule, out: Folder) -> None:
    """Check that events, facts and other rules which *rule* names exist."""
    for what, name in _events_of(rule):
        if name not in out.events:
            out.say(rule, what, f"no event {name!r} in events/")
    for name, value in rule.applies_when.items():
        fact = out.facts.get(name)
        if fact is None:
            out.say(rule, "applies_when", f"no fact {name!r} in facts/")
        elif not any(value == one and type(value) is type(one) for one in fact.values):
            out.say(rule, "applies_when", f"{value!r} is not a value of {name}: {', '.join(map(repr, fact.values))}")
    others: Mapping[str, tuple[str | None, ...]] = {
        "disagrees_with": rule.disagrees_with,
        "sooner_of": rule.sooner_of,
        "restates": (rule.restates,),
        "shortens": (rule.shortens,),
    }
    for what, ids in others.items():
        for one in ids:
            if one and one not in out.named:
                out.say(rule, what, f"there is no rule {one}")


def _events_of(rule: Rule) -> Iterator[tuple[str, str]]:
    for what in ("starts", "done_by", "ends_by", "requires"):
        for name in getattr(rule, what):
            yield what, name
    if rule.window:
        yield "window.of", rule.window.of
