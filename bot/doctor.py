"""What a set-up lacks, in the order in which to mend it, each with its fix."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.answers.dates import LONDON, long_date
from bot.services import sources_fingerprint
from bot.settings import Settings
from corpus import BadLibrary, Library, load_original
from index import IndexFault, encoder_source, load_calibration, mark_of
from rules import BadRuleFile, RuleBook, england

HORIZON = timedelta(days=396)  # thirteen months


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is good, and a sentence that names the fix where it is not."""

    good: bool
    text: str


def findings(settings: Settings) -> list[Finding]:
    """Return what was found, in order."""
    return list(_look(settings))


def _look(settings: Settings) -> Iterator[Finding]:
    try:
        library = Library.load()
        yield Finding(True, f"library: {sum(1 for _ in library.entries())} entries of {', '.join(library.councils)}")
    except BadLibrary as fault:
        yield Finding(False, f"library: {len(fault.problems)} faults; run `signpost corpus check`")
        return
    try:
        yield Finding(True, f"rules: {sum(1 for _ in RuleBook.load())}")
    except BadRuleFile as fault:
        yield Finding(False, f"rules: {len(fault.problems)} faults; run `signpost rules check`")
    try:
        _, digest = encoder_source(settings.model)
        load_calibration(digest)
        yield Finding(True, "encoder: found, the file that its record names, calibration fitted with it")
    except IndexFault as fault:
        yield Finding(False, f"encoder: {fault}")
    whole = mark_of(settings.data / "index") == sources_fingerprint(settings.model)
    yield Finding(whole, "index: built and current" if whole else "index: missing or out of date; run `signpost build`")
    known_to = england().known_to
    far = known_to - datetime.now(LONDON).date() > HORIZON
    fix = "" if far else "; install a newer govuk-bank-holidays"
    yield Finding(far, f"bank holidays: known to {long_date(known_to)}{fix}")
    for council in library.councils:
        held = load_original(council, settings.data) is not None
        text = (
            "read in, answers quote it"
            if held
            else f"not read in; `signpost corpus add {council} FILE` makes answers quote it"
        )
        yield Finding(True, f"{council}'s document: {text}")
    for name, value in (("SLACK_BOT_TOKEN", settings.bot_token), ("SLACK_APP_TOKEN", settings.app_token)):
        yield Finding(bool(value), f"{name}: {'set' if value else 'missing; see docs/slack.md'}")
