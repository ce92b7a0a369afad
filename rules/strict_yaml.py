"""YAML read strictly: no aliases (so no bombs), no key twice, no large files; plain data out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

MOST_BYTES = 1024 * 1024


class _Strict(yaml.CSafeLoader):
    pass


def _mapping(loader: _Strict, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str):
            raise _fault(key_node, f"key {key!r} must be a word")
        if key in seen:
            raise _fault(key_node, f"key {key!r} stands twice")
        seen[key] = loader.construct_object(value_node, deep=True)
    return seen


def _fault(node: yaml.Node, problem: str) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)


_Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_yaml(path: Path) -> Any:  # noqa: ANN401  # plain data of any shape; pydantic checks it next
    """Return the data in *path*.

    Raises:
        ValueError: too large, not UTF-8, an alias, a key twice, or not YAML; one sentence without the path.

    >>> type(read_yaml(Path(__file__).parent / "library" / "events" / "care.yaml"))
    <class 'dict'>
    """
    if path.stat().st_size > MOST_BYTES:
        raise ValueError(f"larger than {MOST_BYTES // 1024} KiB: split it by topic")
    try:
        text = path.read_text(encoding="utf-8")
        if "&" in text or "*" in text:  # only then is a look at every token worth its time
            _refuse_aliases(text)
        return yaml.load(text, Loader=_Strict)
    except UnicodeDecodeError as fault:
        raise ValueError(f"not UTF-8 at byte {fault.start}") from fault
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 0
        raise ValueError(f"line {line}: {fault.problem or 'not YAML'}") from fault
    except (yaml.YAMLError, RecursionError) as fault:
        raise ValueError("not YAML") from fault


def _refuse_aliases(text: str) -> None:
    for token in yaml.scan(text, Loader=yaml.CSafeLoader):
        if isinstance(token, yaml.AliasToken | yaml.AnchorToken):
            raise ValueError(f"line {token.start_mark.line + 1}: aliases and anchors are not allowed here")
