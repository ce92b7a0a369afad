"""The one error that means: you asked for it wrongly. One line, exit 2."""

from __future__ import annotations


class UsageError(Exception):
    """Bad usage; its text is one sentence that says what is wrong and what to do."""
