"""From a stored case to its duties: the one place where the bot asks the rules what applies."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from bot.nudges.plan import Duty
from bot.store.cases import StoredCase
from rules import Calendar, Case, Event, Obligation, RuleBook, obligations


class Knowledge(Protocol):
    """What nudges need of `bot.services.Services`: the rules and the calendar."""

    @property
    def book(self) -> RuleBook:
        """The rule book."""
        ...

    @property
    def calendar(self) -> Calendar:
        """The working days."""
        ...
