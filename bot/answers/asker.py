"""Who asks, and when: all that a question needs to know besides its own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.answers.contract import Context


@dataclass(frozen=True)
class Asker:
    """The person asking.

    `council` is the channel's or the person's own (None: it must be in the words). `now` is Europe/London, aware;
    `locale` is Slack's (``en-GB``): with it 03/04/26 is read day first, without it the date is asked back.
    `context` is what the thread kept, for follow-ups; `facts` are dates already known (a button or date picker gave
    them): event name → date or aware datetime.
    """

    council: str | None
    now: datetime
    locale: str | None = None
    context: Context | None = None
    facts: tuple[tuple[str, date | datetime], ...] = ()

    @property
    def today(self) -> date:
        """The day it is in Europe/London."""
        return self.now.date()
