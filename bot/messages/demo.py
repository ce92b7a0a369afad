"""What `signpost demo` says in the terminal."""

from __future__ import annotations

from pathlib import Path

FIRST_START = "First start: building the index. This takes about two minutes, once."
LOADING = "Reading the library, the rules and the index…"
ASSEMBLING = "Opening the workspace, connecting Signpost, writing the invented team down…"
ENDING = "Ending…"
ENDED = "Ended. Nothing keeps running."


def ready(url: str) -> str:
    """The address.

    >>> ready("http://127.0.0.1:8765")
    'Open http://127.0.0.1:8765 in your browser.'
    """
    return f"Open {url} in your browser."


def other_port(wanted: int, port: int) -> str:
    """Said where the port asked for is taken."""
    return f"Port {wanted} is taken, so this is port {port}."


def what_to_try() -> tuple[str, ...]:
    """What to do first, one a line."""
    return (
        "Ask, in a direct message: When is the first core group due if the conference was last Thursday?",
        "Press Done under the overdue visit in #riverbank-team, and see what becomes due next.",
        "Type /signpost due first core group, ICPC last Tuesday; the answer is for you alone.",
        "Be somebody else: your name, at the top left, changes who you are.",
    )


def afresh(path: Path) -> str:
    """Says what is kept and what is not."""
    return (
        f"The team is invented and made afresh at each start ({path.name}): what you record here is gone next time. "
        "All of it stays on this computer."
    )


def reading_in(council: str, quoting: bool) -> str:
    """Says whether answers quote, or how to make them.

    >>> reading_in("york", False)[-36:]
    'with `signpost corpus add york FILE`'
    """
    if quoting:
        return f"Answers quote {council.title()}'s own document, which has been read in."
    return (
        f"Answers are in the digest's own words; to have them quoted, read {council.title()}'s document in with "
        f"`signpost corpus add {council} FILE`"
    )


def how_to_end() -> str:
    """Says how to stop."""
    return "Ctrl-C ends it."


def running_already(folder: Path) -> str:
    """Said where another demonstration uses the same data folder."""
    return f"a demonstration is running already with the data folder {folder}: end that one, or set SIGNPOST_DATA."
