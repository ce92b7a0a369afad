"""The kinds of value that stand in rule files, each read strictly: a slip is refused, never bent into shape."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, StringConstraints

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _iso_day(value: Any) -> Any:  # noqa: ANN401  # whatever stands in the file
    """Take a day only as "2026-11-24"; numbers and other spellings are refused."""
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, str) and _ISO.fullmatch(value):
        return date.fromisoformat(value)
    raise ValueError('must be a day written like "2026-11-24", in quotes')


def _several(value: Any) -> Any:  # noqa: ANN401  # whatever stands in the file
    """Take one name, a list of names, or null for none."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


def some(value: Any) -> Any:  # noqa: ANN401  # whatever stands in the file
    """Refuse null and an empty list before items are looked at, so that a faulty item is not told twice.

    >>> some(["icpc_held"])
    ['icpc_held']
    """
    if value is None or (isinstance(value, list | tuple) and not value):
        raise ValueError("at least one is needed")
    return value


Day = Annotated[date, BeforeValidator(_iso_day)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(\.[a-z0-9]+(-[a-z0-9]+)*)+$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Names = Annotated[tuple[Name, ...], BeforeValidator(_several)]
Line = Annotated[StrictInt, Field(ge=1)]
Plain = StrictBool | StrictInt | str


class Frozen(BaseModel):
    """The base of all that is read from files: cannot be changed, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")
