"""YAML read strictly: no aliases (so no bombs), no duplicate keys, no over-large files; plain data out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

MOST_BYTES = 2 * 1024 * 1024


class _Strict(yaml.CSafeLoader):
    pass


def _mapping(loader: _Strict, node: yaml.MappingNode) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise yaml.MarkedYAMLError(problem=f"key {key!r} stands twice", problem_mark=key_node.start_mark)
        seen[key] = loader.construct_object(value_node, deep=True)
    return seen


_Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_yaml(path: Path) -> Any:  # noqa: ANN401  # plain data of any shape; pydantic checks it next
    """Return the data in *path*.

    Raises:
        ValueError: too large, not UTF-8, an alias, a key twice, or not YAML; the text is one sentence without the path.
    """
    if path.stat().st_size > MOST_BYTES:
        raise ValueError(f"larger than {MOST_BYTES // 1024} KiB: split it by chapter")
    try:
        text = path.read_text(encoding="utf-8")
        for token in yaml.scan(text, Loader=yaml.CSafeLoader):
            if isinstance(token, yaml.AliasToken | yaml.AnchorToken):
                raise ValueError(f"line {token.start_mark.line + 1}: aliases and anchors are not allowed here")
        return yaml.load(text, Loader=_Strict)
    except UnicodeDecodeError as fault:
        raise ValueError(f"not UTF-8 at byte {fault.start}") from fault
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 0
        raise ValueError(f"line {line}: {fault.problem or 'not YAML'}") from fault
    except yaml.YAMLError as fault:
        raise ValueError("not YAML") from fault
